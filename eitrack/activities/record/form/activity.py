"""The form for logging and changing an activity; it has only the fields of its kind."""

from django import forms
from django.forms.utils import ErrorDict

from eitrack.accounts.models import User
from eitrack.accounts.roles import Permission
from eitrack.activities import choices
from eitrack.activities.forms import fields, rules
from eitrack.activities.forms.fields import AgencyField
from eitrack.activities.models import Activity, ActivityType
from eitrack.activities.record.fields import FIELDS, names_for
from eitrack.activities.record.form import offers
from eitrack.activities.record.form.following import (
    FILLED_IN_FOR,
    ask_what_follows,
    settle_following,
)
from eitrack.activities.record.form.headcount import CONVERSATIONS, PARTS, settle_headcount
from eitrack.activities.record.form.layout import layout_for
from eitrack.activities.record.form.notes import settle_note
from eitrack.activities.record.form.shape import FILLED_IN, REASON, settle_reason
from eitrack.activities.record.form.steps import CHOICES, HELP, settle_steps
from eitrack.activities.record.form.threshold import settle_threshold_advice
from eitrack.activities.record.form.wording import worded
from eitrack.activities.threads.form import WHAT_IT_IS, ThreadField, settle_thread_choice
from eitrack.cases.models import Case
from eitrack.common.fields import DayField, SeveralField, TimeOfDayField, YesNoSelect
from eitrack.common.forms import WholeModelForm
from eitrack.common.free_text import FreeTextField
from eitrack.common.layout import helper_with
from eitrack.common.recorded import in_order
from eitrack.common.versioned import CHANGED_BESIDE, TokenForm, VersionForm
from eitrack.directory.choices import SiteKind
from eitrack.directory.models import Agency, Placement, Site

# Hidden fields that say for which answer others were filled in.
MARKERS = {**FILLED_IN_FOR, REASON: FILLED_IN}
# Worked out from what was typed, or set by an action, instead of stored as typed.
NOT_AS_TYPED = {"form_token", "thread", "attendance", *PARTS, *CONVERSATIONS}
STORED = [
    field.name
    for field in in_order(
        FIELDS,
        *("activity_type", "date", "starts_at", "site", "session_number", "asked_for_help"),
        last=(
            *("agency", "case", "request", "referral", "series", "band", "not_run_reason"),
            *("obstacle", "has_interpreter", "contribution", "outcome_tag", "funding_stream"),
            "note",
        ),
    )
    if field.is_asked
    and field.name in {field.name for field in Activity._meta.fields} - NOT_AS_TYPED
]


@worded
class ActivityForm(TokenForm, VersionForm, WholeModelForm):
    """`user` fills it in, `worker` is whose minutes it holds; `today` limits dates.

    `hats` are those of `offers.hats_to_choose`, if the page has read them already.
    """

    zero_when_empty = fields.MINUTE_PARTS

    change_reason = forms.ChoiceField(choices=choices.ChangeReason.choices)
    activity_type = fields.OfferedField(queryset=ActivityType.objects.none())
    date = DayField()
    starts_at = TimeOfDayField(required=False)
    site = fields.SiteField(
        queryset=Site.objects.none(),
        error_messages={"invalid_choice": "Choose a site from the list."},
    )
    elsewhere_kind = forms.ChoiceField(
        choices=SiteKind.choices,
        required=False,
        help_text="Chosen here, it replaces the site above.",
    )
    elsewhere_agency = fields.AgencyField(queryset=Agency.objects.none(), required=False)
    placement = fields.HatField(
        queryset=Placement.objects.none(),
        error_messages={"required": "Choose the hat you wore."},
    )
    contact_minutes = fields.MinutesField(required=True)
    preparation_minutes = fields.MinutesField(quick_values=(10, 15, 30, 60))
    travel_minutes = fields.MinutesField(quick_values=(10, 15, 30, 45))
    has_confirmed_long_day = forms.BooleanField(required=False)
    attendance = fields.count_field()
    children = fields.count_field()
    adults = fields.count_field()
    first_time = fields.count_field()
    returning = fields.count_field()
    conversations = fields.count_field()
    begun_by_family = fields.count_field()
    begun_by_worker = fields.count_field()
    asked_for_help = fields.count_field()
    session_number = fields.count_field()
    became = forms.ChoiceField(choices=CHOICES, required=False, help_text=HELP)
    reason_filled_in = forms.CharField(required=False, widget=forms.HiddenInput)
    case = fields.CaseField(queryset=Case.objects.none(), required=False)
    colleague_reference = fields.ReferenceField(
        required=False,
        help_text="Exactly as it stands there. It is not kept: what you save shows “Case 412”.",
    )
    co_agencies = fields.AgenciesField(queryset=Agency.objects.none())
    co_workers = SeveralField(
        queryset=User.objects.none(),
        help_text="Each confirms your minutes, or changes them, on their own Today.",
        error_messages={"invalid_choice": "One of them had no hat in the service on that day."},
    )

    series_filled_in = forms.CharField(required=False, widget=forms.HiddenInput)
    mode_filled_in = forms.CharField(required=False, widget=forms.HiddenInput)
    note = FreeTextField(max_length=200, rows=2, required=False)
    thread = ThreadField(required=False, help_text=WHAT_IT_IS)

    class Meta:
        model = Activity
        fields = STORED
        field_classes = {"agency": AgencyField}
        widgets = {"has_interpreter": YesNoSelect, "has_threshold_advice": YesNoSelect}

    def __init__(
        self,
        data=None,
        *,
        kind,
        user,
        worker,
        today,
        entry=None,
        asks_reason=False,
        asked=(),
        hats=None,
        is_correction=False,
        **kwargs,
    ):
        # If this very form has already become a record, it has the fields it had then.
        self.is_correction = is_correction
        self.kind, self.user, self.worker, self.today = kind, user, worker, today
        # Only these are instantiated: most fields belong to other kinds.
        wanted = self.fields_wanted(data or {}, kwargs.get("instance"), asks_reason)
        self.base_fields = {
            name: field for name, field in self.base_fields.items() if name in wanted
        }
        super().__init__(data, **kwargs)
        self.entry = entry
        # Names of the fields prefilled from the address.
        self.asked = asked
        self.was_voided = self.instance.status == choices.Status.VOID
        # Values derived from the answers: see headcount and rules.
        self.derived = {}
        self.elsewhere = None
        # A colleague's case, covered by this contact.
        self.covered = None
        offers.offer_all(self, hats)

    def fields_wanted(self, data, instance, asks_reason):
        names = names_for(self.kind)
        wanted = {*names, *(marker for name, marker in MARKERS.items() if name in names)}
        if instance and instance.pk and not self.is_correction:
            wanted = {*wanted, "version"} - {"form_token", *FILLED_IN_FOR.values()}
            if self.user.may(Permission.MANAGE_PLACEMENTS):
                wanted.add("funding_stream")
        if asks_reason:
            wanted.add("change_reason")
        if "has_confirmed_long_day" in data:
            wanted.add("has_confirmed_long_day")
        return wanted

    @property
    def is_as_new(self):
        """Whether it asks what only the form of a new record asks."""
        return self.is_correction or not self.instance.pk

    @property
    def helper(self):
        """The layout; a form that was sent gets its remaining lists here."""
        if self.is_bound:
            offers.offer_rest(self)
        return helper_with(layout_for(self))

    @property
    def chosen_date(self):
        """The date as typed, else as prefilled: lists that depend on it are read for that day."""
        typed = self.data.get(self.add_prefix("date")) if self.is_bound else None
        try:
            return DayField().clean(typed) if typed else self.initial.get("date", self.today)
        except forms.ValidationError:
            return self.today

    @property
    def minutes(self):
        """The three parts of a time entry; an empty part is 0."""
        return {part: self.cleaned_data.get(part) or 0 for part in fields.MINUTE_PARTS}

    def offer_usual(self, sites, minutes):
        """Put the worker's usual choices first; needed only if the form is shown."""
        field = self.fields["site"]
        field.usual = list(dict.fromkeys([*field.usual, *sites]))
        self.fields["contact_minutes"].offer(minutes)

    def offer_days(self, days):
        """(day, words) for the buttons beside the date, which work without scripts too."""
        self.fields["date"].days = days

    def show_as_typed(self):
        """Show the values as typed, without error messages."""
        self._errors = ErrorDict()

    def full_clean(self):
        if self.is_bound:
            settle_following(self)
        super().full_clean()

    def clean(self):
        # Without super(): the database's own constraints are not asked one by one before saving,
        # each rule is looked at here, beside its field.
        settle_headcount(self)
        rules.settle_all(self)
        settle_reason(self)
        settle_threshold_advice(self)
        settle_steps(self)
        settle_thread_choice(self)
        settle_note(self)
        ask_what_follows(self)
        return self.cleaned_data

    def _get_validation_exclusions(self):
        """Chosen records were just read from their lists; the model need not check them again."""
        lists = {
            name for name, field in self.fields.items() if isinstance(field, forms.ModelChoiceField)
        }
        return super()._get_validation_exclusions() | lists

    def _post_clean(self):
        """Set on the activity what the form knows beside its own fields."""
        super()._post_clean()
        for name, value in self.derived.items():
            setattr(self.instance, name, value)
        if self.elsewhere:
            self.instance.site = self.elsewhere

    @property
    def is_behind(self):
        """Whether the activity has a newer version than the form was opened with."""
        typed = self.data.get(self.add_prefix("version"), "")
        return self.was_voided or (typed.isdecimal() and int(typed) != self.initial["version"])

    def clash_in_words(self, newest):
        if not self.was_voided:
            return CHANGED_BESIDE
        if self.instance.void_reason != choices.VoidReason.MERGED:
            return (
                "This was voided after you opened it, so it can no longer be changed. Everything "
                "you typed is still here: log it anew if it happened."
            )
        return (
            "This was joined with another record of the same session after you opened it. "
            "Everything you typed is still here: change the other record."
        )
