"""The pages to open, change, level, hand over, share and close a case."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from eitrack.accounts.access import requires
from eitrack.accounts.roles import Permission
from eitrack.cases import actions
from eitrack.cases.choices import EndReason
from eitrack.cases.forms import (
    CaseForm,
    CloseForm,
    FactsForm,
    HandoverForm,
    LevelForm,
    ShareForm,
    StepForm,
)
from eitrack.cases.forms.fields import may_take_over
from eitrack.cases.handover import hand_over, share_case
from eitrack.cases.models import Case
from eitrack.common.typed import typed
from eitrack.common.versioned import ClashError


@sensitive_post_parameters("reference")
@requires(Permission.MANAGE_CASES)
def case_open(request):
    form = CaseForm(typed(request), user=request.user, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        case = actions.opened_by(form, by=request.user)
        if case:
            opened = f"{case} is open. It is known by this number from now on."
            messages.success(request, form.said or opened)
            return redirect(case)
    return render(request, "cases/case_open.html", {"form": form})


@requires(Permission.MANAGE_CASES)
def case_edit(request, pk):
    case = case_to_change(request, pk)
    form = FactsForm(typed(request), instance=case, today=timezone.localdate())

    def act(values):
        actions.change_facts(
            case=form.instance,
            agencies=values["agencies_in_plan"],
            by=request.user,
            version=values["version"],
        )

    return change_page(request, "cases/case_edit.html", case, form, act, "Changed.")


@requires(Permission.MANAGE_CASES)
def case_level(request, pk):
    case, today = case_to_change(request, pk), timezone.localdate()
    form = LevelForm(typed(request), case=case, today=today)

    def act(values):
        actions.change_level(case=case, today=today, by=request.user, **values)

    said = "The level is changed. What was logged before keeps the level of its day."
    level = case.level_spells.filter(until_on__isnull=True).first()
    return change_page(request, "cases/case_level.html", case, form, act, said, level=level)


@requires(Permission.MANAGE_CASES)
def case_handover(request, pk):
    case, today = case_to_change(request, pk), timezone.localdate()
    allocations = case.allocations.filter(until_on__isnull=True)
    form = HandoverForm(
        typed(request),
        case=case,
        today=today,
        user=request.user,
        allocations=allocations,
        people=may_take_over(request.user, case, today),
    )

    def act(values):
        to, team = values.pop("to")
        hand_over(case=case, to=to, team=team, by=request.user, **values)

    context = {"allocations": allocations.select_related("worker", "team")}
    said = f"{case} is handed over."
    return change_page(request, "cases/case_handover.html", case, form, act, said, **context)


@requires(Permission.MANAGE_CASES)
def case_share(request, pk):
    case, today = case_to_change(request, pk), timezone.localdate()
    form = ShareForm(
        typed(request), case=case, today=today, people=may_take_over(request.user, case, today)
    )

    def act(values):
        worker, team = values.pop("to")
        share_case(case=case, worker=worker, team=team, by=request.user, **values)

    said = f"{case} is a joint case from then on."
    return change_page(request, "cases/case_share.html", case, form, act, said)


@requires(Permission.MANAGE_CASES)
def case_close(request, pk):
    return closing_page(request, pk, "cases/case_close.html", CloseForm)


@requires(Permission.MANAGE_CASES)
def case_step_up(request, pk):
    form_class = partial(StepForm, reason=EndReason.STEPPED_UP)
    return closing_page(request, pk, "cases/case_step_up.html", form_class)


@requires(Permission.MANAGE_CASES)
def case_step_down(request, pk):
    form_class = partial(StepForm, reason=EndReason.STEPPED_DOWN)
    return closing_page(request, pk, "cases/case_step_down.html", form_class)


def closing_page(request, pk, template, form_class):
    case, today = case_to_change(request, pk), timezone.localdate()
    form = form_class(typed(request), case=case, today=today)

    def act(values):
        actions.close_case(case=case, today=today, by=request.user, **values)

    said = f"{case} is closed. Until midnight a closing by mistake can be taken back here."
    return change_page(request, template, case, form, act, said)


@require_POST
@requires(Permission.MANAGE_CASES)
def case_reopen(request, pk):
    """Undoes a closing on the same day."""
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=pk)
    try:
        actions.reopen_case(case=case, today=timezone.localdate(), by=request.user)
    except ClashError:
        messages.warning(request, f"{case} was not closed today, so it cannot be opened again.")
    else:
        messages.success(request, f"{case} is open again, as it was before.")
    return redirect(case)


def case_to_change(request, pk):
    """An open case in reach; if it was closed meanwhile, the typed data is shown (rule 9)."""
    cases = Case.objects.editable_by(request.user)
    if request.method == "POST":
        cases = Case.objects.visible_to(request.user)
    return get_object_or_404(cases, pk=pk)


def change_page(request, template, case, form, act, said, **context):
    """The page of one change: `act` performs it with the data, `said` is the message."""
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except ClashError:
            form.say_clash(Case.objects.get(pk=case.pk))
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, said)
            return redirect(after(case, request.user))
    return render(request, template, {"form": form, "case": case, **context})


def after(case, user):
    """The page of the case, or the list if it is no longer in reach."""
    visible = Case.objects.visible_to(user).filter(pk=case.pk).exists()
    return case.get_absolute_url() if visible else reverse("cases:case_list")
