"""Controlled vocabularies of the work; a local name is mapped to one of these."""

from django.db import models

from eitrack.common.choices import Purpose


class Status(models.TextChoices):
    HELD = "held", "Held"
    DID_NOT_RUN = "did_not_run", "Did not run"
    # In a closed quarter: counted once a manager has approved it.
    AWAITING = "awaiting", "Waiting for approval"
    VOID = "void", "Void"


class NotRunReason(models.TextChoices):
    CANCELLED_BY_HOST = "cancelled_by_host", "Cancelled by host"
    NO_ROOM = "no_room", "No room"
    NOBODY_AVAILABLE = "nobody_available", "Nobody available"
    WEATHER = "weather", "Weather"
    OTHER = "other", "Other"


class VoidReason(models.TextChoices):
    UNDONE = "undone", "Undone"
    TWICE = "twice", "Logged twice"
    MISTAKE = "mistake", "Logged by mistake"
    NOT_HELD = "not_held", "It did not happen"
    MERGED = "merged", "Joined with another record"
    # Of a file: it counts once all of the file is there, and no longer once that was taken back.
    IMPORTING = "importing", "Being brought in from a file"
    TAKEN_BACK = "taken_back", "The file it came from was taken back"
    OTHER = "other", "Other"


class ChangeReason(models.TextChoices):
    """Why a manager changes a worker's entry, or one older than 28 days."""

    WORKER_ASKED = "worker_asked", "The worker asked for it"
    WORKER_AWAY = "worker_away", "The worker is away"
    WRONG = "wrong", "It was wrong"
    INCOMPLETE = "incomplete", "Something was missing"
    OTHER = "other", "Another reason"


class Method(models.TextChoices):
    EXACT = "exact", "Counted"
    ESTIMATE = "estimate", "Estimated"


class Band(models.TextChoices):
    """An estimate's range; INDICATORS.md rule C7 gives lower, upper and point."""

    UP_TO_5 = "1-5", "About 1 to 5"
    UP_TO_10 = "6-10", "About 6 to 10"
    UP_TO_20 = "11-20", "About 11 to 20"
    UP_TO_40 = "21-40", "About 21 to 40"
    UP_TO_80 = "41-80", "About 41 to 80"
    OVER_80 = "81+", "81 or more"

    @property
    def point(self):
        """The number with which the band enters sums."""
        return {"1-5": 3, "6-10": 8, "11-20": 15, "21-40": 30, "41-80": 60, "81+": 100}[self]

    @property
    def bounds(self):
        """Lowest and highest number of people; None for the highest of the open band."""
        low, _, high = self.value.rstrip("+").partition("-")
        return int(low), int(high) if high else None


class BegunBy(models.TextChoices):
    FAMILY = "family", "Family"
    WORKER = "worker", "Worker"
    NOT_KNOWN = "not_known", "Not known"


SENSITIVE_PURPOSES = (Purpose.DOMESTIC_ABUSE, Purpose.SUBSTANCE_USE, Purpose.MENTAL_HEALTH)


class Outcome(models.TextChoices):
    ADVICE = "advice", "Advice"
    SIGNPOSTED = "signposted", "Signposted"
    PROGRAMME = "programme", "Programme"
    REQUEST_MADE = "request_made", "Request made"
    REFERRAL_ON = "referral_on", "Referral on"
    CASE_OPENED = "case_opened", "Case opened"
    NONE_YET = "none_yet", "None yet"


class WhyNotRegistered(models.TextChoices):
    FAMILY_PREFERS_NOT = "family_prefers_not", "Family prefers not"
    INFORMAL_SETTING = "informal_setting", "Informal setting"
    PARTNER_HOLDS_CONSENT = "partner_holds_consent", "Partner holds consent"
    BRIEF_CONTACT = "brief_contact", "Brief contact"
    PROFESSIONAL_ADVICE = "professional_advice", "Advice to a professional"
    TOO_EARLY = "too_early", "Too early to say"


class Mode(models.TextChoices):
    HOME = "home", "Home visit"
    SITE = "site", "School or centre"
    PHONE = "phone", "Phone"
    ONLINE = "online", "Online"


class Formality(models.TextChoices):
    INFORMAL = "informal", "Informal"
    FORMAL = "formal", "Formal"


class Tier(models.TextChoices):
    FRONT_LINE = "front_line", "Front-line"
    MANAGERIAL = "managerial", "Managerial"
    BOTH = "both", "Both"


class Profession(models.TextChoices):
    TEACHER = "teacher", "Teacher"
    SCHOOL_STAFF = "school_staff", "School staff"
    HOME_SCHOOL = "home_school", "Home-school liaison"
    GP = "gp", "GP"
    HEALTH_VISITOR = "health_visitor", "Health visitor"
    SPEECH = "speech", "Speech therapist"
    PSYCHOLOGIST = "psychologist", "Educational psychologist"
    POLICE = "police", "Police"
    HOUSING = "housing", "Housing"
    VOLUNTARY = "voluntary", "Voluntary worker"
    OTHER = "other", "Other"


class ThresholdResult(models.TextChoices):
    HELD_LOWER = "held_lower", "Held at lower level"
    FAST_TRACKED = "fast_tracked", "Fast-tracked"
    REFERRED = "referred", "Referred"
    NO_ACTION = "no_action", "No further action"


class OverheadKind(models.TextChoices):
    SUPERVISION = "supervision", "Supervision"
    PEER_CONTACT = "peer_contact", "Peer contact"
    TEAM_MEETING = "team_meeting", "Team meeting"
    OWN_TRAINING = "own_training", "Own training"
    RECORDING = "recording", "Recording"


class EveningFormat(models.TextChoices):
    OPEN = "open", "Open"
    ROUND_ROBIN = "round_robin", "Round-robin"


class Contribution(models.TextChoices):
    DIRECT = "direct", "Direct work"
    COORDINATION = "coordination", "Coordination"
    ADVOCACY = "advocacy", "Advocacy"


class OutcomeTag(models.TextChoices):
    """The five outcomes of Every Child Matters."""

    HEALTHY = "healthy", "Be healthy"
    SAFE = "safe", "Stay safe"
    ENJOY = "enjoy", "Enjoy and achieve"
    POSITIVE = "positive", "Make a positive contribution"
    ECONOMIC = "economic", "Achieve economic well-being"


class Obstacle(models.TextChoices):
    NO_ROOM = "no_room", "No room"
    DOUBLE_BOOKED = "double_booked", "Double-booked"
    NO_ACCESS = "no_access", "No access"
    HOST_CANCELLED = "host_cancelled", "Host cancelled"
    NO_PRIVACY = "no_privacy", "No private space"
    PARTNER_ABSENT = "partner_absent", "Partner absent"
    OTHER = "other", "Other"


# The obstacle of a session that did not run, unless another is chosen.
OBSTACLE_OF = {
    NotRunReason.NO_ROOM: Obstacle.NO_ROOM,
    NotRunReason.CANCELLED_BY_HOST: Obstacle.HOST_CANCELLED,
}


class EntryState(models.TextChoices):
    PROPOSED = "proposed", "Proposed"
    # Confirmed by its worker, in a closed quarter: counted once a manager approves.
    AWAITING = "awaiting", "Waiting for approval"
    CONFIRMED = "confirmed", "Confirmed"


class Repeat(models.TextChoices):
    WEEKLY = "weekly", "Every week"
    FORTNIGHTLY = "fortnightly", "Every two weeks"
    MONTHLY = "monthly", "Every month on the same weekday"
    DATES = "dates", "On single dates"


class SeriesRole(models.TextChoices):
    LEAD = "lead", "Lead"
    CO_LEAD = "co_lead", "Co-lead"
    CO_WORKER = "co_worker", "Co-worker"


class DayMark(models.TextChoices):
    COMPLETE = "complete", "Complete"
    NOT_WORKED = "not_worked", "Not worked"
    NOTHING_TO_LOG = "nothing_to_log", "Nothing to log"


class CommitmentKind(models.TextChoices):
    """Standing commitments that count in a workload (INDICATORS.md part 5)."""

    SCHOOL_HALF_DAY = "school_half_day", "School half-day presence"
    DAILY_PLAYGROUND = "daily_playground", "Daily playground slot"
    PANEL = "panel", "Monthly inter-agency panel"
    PROTOCOL_LEAD = "protocol_lead", "Protocol lead for an agency"


class ApprovalReason(models.TextChoices):
    """Why a record is still added to a closed quarter."""

    FOUND_LATE = "found_late", "Found late"
    WAS_AWAY = "was_away", "The worker was away"
    NO_ACCESS = "no_access", "No access to the system"
    CORRECTION = "correction", "Correction of a mistake"
