"""The form of a series: what, when, and who delivers it."""

from crispy_forms.layout import Fieldset
from django import forms

from eitrack.accounts.models import User
from eitrack.activities import kinds
from eitrack.activities.choices import Repeat, SeriesRole
from eitrack.activities.forms.dates import DatesField
from eitrack.activities.forms.fields import MinutesField, WholeNumberField
from eitrack.activities.models import ActivityType, Series
from eitrack.activities.record.fields import BY_NAME
from eitrack.cases.teams import workers_of
from eitrack.common.fields import DayField, SeveralField, TimeOfDayField
from eitrack.common.forms import WholeModelForm, name_the_empty_choices
from eitrack.common.free_text import FreeTextField
from eitrack.common.layout import Fold, Layout, Row, helper_with
from eitrack.common.versioned import OpenedForm
from eitrack.directory.models import Agency, Site, Team

# Kinds of work that repeat.
SERIES_KINDS = kinds.codes(lambda kind: kind.code.value in BY_NAME["series"].kinds)
EMPTY_WORDS = {"site": "Choose a site", "team": "Choose a team", "lead": "Choose a worker"}


class SeriesForm(OpenedForm, WholeModelForm):
    """`user` plans it; it offers teams and workers in reach on `today`."""

    what = forms.ChoiceField(label="What it is", error_messages={"required": "Choose what it is."})
    starts_at = TimeOfDayField(label="Start", required=False)
    usual_minutes = MinutesField(label="Usual length in minutes", quick_values=(60, 90, 120))
    from_on = DayField(label="First day")
    until_on = DayField(label="Last day", required=False)
    dates = DatesField(
        label="Single dates", required=False, help_text="One on each line, as 2026-11-23."
    )
    planned_sessions = WholeNumberField(
        label="Planned number of sessions",
        most=200,
        unit="sessions",
        help_text="It ends after that many. Leave empty if it goes on.",
    )
    seats = WholeNumberField(
        label="Seats of a programme",
        most=60,
        unit="seats",
        help_text="Seats are numbers, never names: each session then asks which were taken.",
    )
    agencies = SeveralField(
        label="Agencies that deliver it with us", queryset=Agency.objects.none()
    )
    lead = forms.ModelChoiceField(
        label="Lead", queryset=User.objects.none(), error_messages={"required": "Choose who leads."}
    )
    co_leads = SeveralField(label="Co-leads", queryset=User.objects.none())
    co_workers = SeveralField(label="Co-workers", queryset=User.objects.none())

    class Meta:
        model = Series
        fields = [
            "name",
            "site",
            "team",
            "repeat",
            "from_on",
            "until_on",
            "starts_at",
            "usual_minutes",
            "skips_school_holidays",
            "skips_bank_holidays",
            "planned_sessions",
            "seats",
            "agencies",
        ]
        field_classes = {"name": FreeTextField}
        labels = {"repeat": "How often"}
        help_texts = {
            "name": "What you call it, without anybody's name.",
            "repeat": "On the weekday of the first day; every month, the same one of the month.",
        }
        error_messages = {
            "name": {"required": "Give it a name, for instance “Monday drop-in”."},
            "site": {"required": "Choose where it is."},
            "team": {"required": "Choose the team."},
        }

    def __init__(self, *args, user, teams, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.today = user, today
        name_the_empty_choices(self, EMPTY_WORDS)
        self.offer_kinds()
        self.offer_places(teams)
        self.offer_workers(teams)
        if self.instance.pk:
            single = self.instance.single_dates.values_list("date", flat=True)
            self.initial["dates"] = "\n".join(str(date) for date in single)
            self.remember_opened()
        else:
            self.initial["repeat"] = Repeat.WEEKLY

    def offer_kinds(self):
        """Local names of the kinds that repeat, or the name of the kind if there is none."""
        types = list(ActivityType.objects.in_use().filter(kind__in=SERIES_KINDS))
        if self.instance.pk and self.instance.activity_type not in types:
            types.append(self.instance.activity_type)
        if self.instance.pk:
            # Its records keep their kind.
            types = [type_ for type_ in types if type_.kind == self.instance.activity_type.kind]
            self.initial["what"] = str(self.instance.activity_type_id)
        self.types = {str(type_.pk): type_ for type_ in types}
        if not self.instance.pk:
            named = set(ActivityType.objects.values_list("kind", flat=True))
            for code in SERIES_KINDS:
                if code not in named:
                    label = kinds.BY_CODE[code].label
                    self.types[code] = ActivityType(name=label, kind=code)
        choices = [(key, type_.name) for key, type_ in self.types.items()]
        self.fields["what"].choices = [("", "Choose what it is"), *choices]

    def offer_places(self, teams):
        kept = Site.objects.filter(pk=self.instance.site_id)
        offered = Site.objects.visible_to(self.user).in_use(self.today)
        self.fields["site"].queryset = offered | kept
        agencies = Agency.objects.visible_to(self.user).in_use(self.today)
        if self.instance.pk:
            kept = self.instance.agencies.values_list("pk", flat=True)
            agencies |= Agency.objects.filter(pk__in=list(kept))
        self.fields["agencies"].queryset = agencies
        team = self.fields["team"]
        team.queryset = Team.objects.filter(pk__in=[team.pk for team in teams])
        if len(teams) == 1:
            self.initial["team"] = teams[0].pk
            team.widget = forms.HiddenInput()

    def offer_workers(self, teams):
        people = workers_of(teams, self.today)
        for name in ("lead", "co_leads", "co_workers"):
            self.fields[name].queryset = people
        if self.instance.pk:
            del self.fields["lead"]
            roles = list(self.instance.workers.not_ended(self.today))
            kept = people | User.objects.filter(pk__in=[role.worker_id for role in roles])
            for name, role in (("co_leads", "co_lead"), ("co_workers", "co_worker")):
                self.fields[name].queryset = kept
                self.initial[name] = [kept_.worker_id for kept_ in roles if kept_.role == role]
        else:
            self.initial.setdefault("lead", self.user.pk)

    @property
    def helper(self):
        return helper_with(layout_for(self))

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("repeat") == Repeat.DATES and not cleaned.get("dates"):
            if not self.has_error("dates"):
                self.add_error("dates", "Type at least one date, or choose how often it repeats.")
        elif cleaned.get("repeat") == Repeat.DATES and cleaned.get("from_on"):
            self.settle_dates(cleaned)
        if cleaned.get("seats") == 0:
            cleaned["seats"] = None
        if cleaned.get("planned_sessions") == 0:
            cleaned["planned_sessions"] = None
        what = self.types.get(cleaned.get("what"))
        if cleaned.get("seats") and what and what.spine.counts != kinds.Counts.PEOPLE:
            self.add_error("seats", "Seats fit where people are counted. Leave this empty.")
        self.settle_helpers(cleaned)
        return cleaned

    def settle_dates(self, cleaned):
        """Single dates lie between the first and the last day."""
        first, last = cleaned["from_on"], cleaned.get("until_on")
        outside = [day for day in cleaned["dates"] if day < first or (last and day > last)]
        if outside:
            self.add_error("dates", f"{outside[0]} does not lie between the first and last day.")

    def settle_helpers(self, cleaned):
        lead = cleaned.get("lead") or self.lead_until_now()
        co_leads = [worker for worker in cleaned.get("co_leads", ()) if worker != lead]
        co_workers = [worker for worker in cleaned.get("co_workers", ()) if worker != lead]
        self.helpers = dict.fromkeys(co_workers, SeriesRole.CO_WORKER)
        self.helpers |= dict.fromkeys(co_leads, SeriesRole.CO_LEAD)

    def lead_until_now(self):
        if not self.instance.pk:
            return None
        lead = self.instance.workers.not_ended(self.today).filter(role=SeriesRole.LEAD).first()
        return lead and lead.worker

    def _post_clean(self):
        super()._post_clean()
        if what := self.cleaned_data.get("what"):
            self.instance.activity_type = self.types[what]


def layout_for(form):
    return Layout(
        *(name for name in ("opened",) if name in form.fields),
        "name",
        "what",
        "site",
        "team",
        Fieldset(
            "When",
            "repeat",
            Row("from_on", "until_on"),
            Row("starts_at", "usual_minutes"),
            Fold("Single dates", "dates"),
            "skips_school_holidays",
            "skips_bank_holidays",
        ),
        Fieldset(
            "Who",
            *(name for name in ("lead",) if name in form.fields),
            Fold("Who else of us", "co_leads", "co_workers"),
        ),
        Fold("Partner agencies", "agencies"),
        Fold("A programme: sessions and seats", Row("planned_sessions", "seats")),
    )
