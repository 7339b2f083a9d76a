"""What a kind of activity is: its code, its group, what its headcount counts."""

from dataclasses import dataclass
from enum import StrEnum

from django.db import models


class Group(models.TextChoices):
    UNREGISTERED = "unregistered", "With families, unregistered"
    CASE = "case", "Case work"
    PARTNERSHIP = "partnership", "With partners"
    OVERHEAD = "overhead", "Overhead"


class Counts(StrEnum):
    """What the headcount of the kind counts."""

    PEOPLE = "people"
    CONVERSATIONS = "conversations"
    BOTH = "both"
    FAMILY_MEMBERS = "family members"
    PROFESSIONALS = "professionals"
    NOTHING = "nothing"


class KindCode(models.TextChoices):
    CASE_CONTACT = "case_contact", "Case contact"
    CONSULTATION_FAMILY = "consultation_family", "Talk with a parent or carer"
    CONSULTATION_CHILD = "consultation_child", "Talk with a child"
    CONSULTATION_PROFESSIONAL = "consultation_professional", "Advice to a professional"
    DROP_IN = "drop_in", "Drop-in"
    PLAYGROUND = "playground", "Playground"
    GROUP_SESSION = "group_session", "Group or programme session"
    OPEN_EVENING = "open_evening", "Open evening or fun day"
    OUTREACH = "outreach", "Outreach"
    JOINT_VISIT = "joint_visit", "Joint visit, unregistered family"
    MEETING_FAMILY = "meeting_family", "Meeting about a child or family"
    MEETING_SERVICE = "meeting_service", "Service or network meeting"
    PARTNER_LIAISON = "partner_liaison", "Contact with a partner"
    PROTOCOL_WORK = "protocol_work", "Protocol work"
    TRAINING_GIVEN = "training_given", "Training given"
    AWAY_DAY = "away_day", "Joint away day"
    REFERRAL_WORK = "referral_work", "Referral work"
    OVERHEAD = "overhead", "Supervision, team, own training"


@dataclass(frozen=True)
class Kind:
    """One kind; `requires` names the fields that no record of it goes without."""

    code: KindCode
    group: Group
    is_direct: bool
    counts: Counts
    usual_minutes: int
    requires: tuple = ()
    is_one_family: bool = False

    @property
    def label(self):
        return self.code.label

    @property
    def noun(self):
        """For a button: "Save drop-in"."""
        return self.label[0].lower() + self.label[1:]

    @property
    def may_have_case(self):
        return self.is_one_family

    @property
    def has_headcount(self):
        return self.counts != Counts.NOTHING

    @property
    def allows_note(self):
        """Informal kinds have no note unless the administrator turns it on (rule 10)."""
        is_informal = self.group == Group.UNREGISTERED and self.is_direct
        return not is_informal
