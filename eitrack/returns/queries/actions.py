"""Questions on printed figures: the office asks, managers answer, until it is settled."""

from django import forms
from django.db import transaction
from django.utils import timezone

from eitrack.accounts.roles import Permission
from eitrack.audit.choices import Action
from eitrack.audit.trail import record
from eitrack.common.free_text import FreeTextField
from eitrack.common.words import listed
from eitrack.directory.models import Team
from eitrack.indicators.catalogue.case_count import CASE_COUNT
from eitrack.indicators.catalogue.definitions import INDICATORS
from eitrack.indicators.terms.breakdowns import BREAKDOWNS, PUBLISHED
from eitrack.indicators.terms.scope import Scope
from eitrack.returns.choices import Side
from eitrack.returns.models import FigureQuery, FigureQueryText
from eitrack.returns.release.eligible import RefusedError
from eitrack.returns.release.funder import ATTENDANCES, SESSIONS

LONGEST_TEXT = 500
WHOLE = "All"
NAMES = {each.code: each.name for each in (*INDICATORS, *CASE_COUNT, SESSIONS, ATTENDANCES)}
SETTLED = "This question is settled. Ask a new one if something is still unclear."


class AskForm(forms.Form):
    """The row, the recipients and the question; the figure is in the address."""

    row = forms.ChoiceField(label="Row of the table", required=False)
    team = forms.ModelChoiceField(
        label="Ask", queryset=Team.objects.none(), required=False, empty_label="All managers"
    )
    text = FreeTextField(
        label="Your question",
        max_length=LONGEST_TEXT,
        rows=4,
        help_text="About the figure. No family, no worker.",
        error_messages={"required": "Write what you want to know about this figure."},
    )

    def __init__(self, *args, district, by, **kwargs):
        super().__init__(*args, **kwargs)
        labels = rows_of(district, by)
        self.fields["row"].choices = [("", WHOLE), *((label, label) for label in labels)]
        if not labels:
            del self.fields["row"]
        self.fields["team"].queryset = Team.objects.filter(district=district)


class AnswerForm(forms.Form):
    text = FreeTextField(
        label="Your answer",
        max_length=LONGEST_TEXT,
        rows=4,
        help_text="About the figure. No family, no worker.",
        error_messages={"required": "Write something first."},
    )


def rows_of(district, by):
    """Labels of the rows of a published breakdown."""
    if by not in PUBLISHED:
        return []
    return [row.label for row in BREAKDOWNS[by].rows(Scope.of(district))]


@transaction.atomic
def ask(*, by, district, code, period, text, row_label="", team=None, about_return=None):
    query = FigureQuery.objects.create(
        district=district,
        team=team,
        about_return=about_return,
        period=period.code,
        code=code,
        row_label=row_label,
        asked_by=by,
    )
    record(Action.CREATED, by=by, about=query)
    say(query, text, by=by, side=Side.DISTRICT)
    return query


@transaction.atomic
def answer(*, by, pk, text):
    """Add a text; both sides may write at any time until the query is settled."""
    query = FigureQuery.objects.select_for_update().get(pk=pk)
    if not query.is_open:
        raise RefusedError(SETTLED)
    return say(query, text, by=by, side=side_of(by, query))


def say(query, text, *, by, side):
    managed = Team.objects.visible_to(by).filter(district=query.district_id)
    teams = listed(managed) if side == Side.MANAGER else ""
    said = FigureQueryText.objects.create(
        query=query, side=side, author=by, teams=teams[:200], text=text
    )
    record(Action.CREATED, by=by, about=said)
    return said


@transaction.atomic
def settle(*, by, pk):
    query = FigureQuery.objects.select_for_update().get(pk=pk)
    if not query.is_open:
        raise RefusedError("It is settled already.")
    query.closed_at = timezone.now()
    query.save()
    record(Action.CLOSED, by=by, about=query)
    return query


def side_of(user, query):
    """The office for officers of its district, else the managers."""
    return Side.DISTRICT if may_settle(user, query) else Side.MANAGER


def may_settle(user, query):
    """Whether this user speaks for the office that asked."""
    asks = user.may(Permission.ASK_QUERY)
    return asks and user.districts.filter(pk=query.district_id).exists()
