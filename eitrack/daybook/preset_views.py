"""The worker's own presets: pin, rename, hide, and undo."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from eitrack.accounts.access import requires
from eitrack.accounts.roles import Permission
from eitrack.daybook.models import PresetChoice
from eitrack.daybook.own_log import recent_log
from eitrack.daybook.preset_forms import PresetNameForm
from eitrack.daybook.presets import known_presets, most_shown

# What a button changes, and what is said of it.
DECISIONS = {
    "pin": ({"is_pinned": True, "is_hidden": False}, "is pinned and comes first on Today."),
    "unpin": ({"is_pinned": False}, "is no longer pinned."),
    "hide": ({"is_hidden": True, "is_pinned": False}, "is hidden on Today and in the week."),
    "show": ({"is_hidden": False}, "is shown again."),
}


@requires(Permission.RECORD_ACTIVITY)
def preset_list(request):
    """All combinations: those on Today now, the others, the hidden ones."""
    now = timezone.localtime()
    choices = PresetChoice.objects.visible_to(request.user).by_combination()
    known = known_presets(recent_log(request.user, now.date()), now, choices)
    refused = None
    if request.method == "POST":
        preset = asked_preset(known, request.POST)
        choice = preset.choice or new_choice(request.user, preset)
        refused = decide(request, preset, choice)
        if refused is None:
            return redirect(f"{reverse('daybook:preset_list')}#preset-{preset.key}")
    rows = [(preset, name_form(preset, refused)) for preset in known]
    shown = [row for row in rows if not row[0].is_hidden]
    on_today = most_shown(known)
    context = {
        "today": shown[:on_today],
        "others": shown[on_today:],
        "hidden": [row for row in rows if row[0].is_hidden],
        "refused": refused,
    }
    return render(request, "daybook/preset_list.html", context)


def asked_preset(known, data):
    found = [preset for preset in known if preset.key == data.get("preset")]
    if not found or data.get("do") not in (*DECISIONS, "rename"):
        raise Http404
    return found[0]


def new_choice(user, preset):
    type_id, site_id, series_id = preset.combination
    return PresetChoice(worker=user, activity_type_id=type_id, site_id=site_id, series_id=series_id)


def decide(request, preset, choice):
    """Save the choice; returns the form of a name with errors, else None."""
    if request.POST["do"] == "rename":
        form = PresetNameForm(request.POST, instance=choice, prefix=preset.key)
        if not form.is_valid():
            return form
        name = form.cleaned_data["name"]
        said = f"is called “{name}” now." if name else "has its old name again."
    else:
        values, said = DECISIONS[request.POST["do"]]
        for name, value in values.items():
            setattr(choice, name, value)
    keep(choice)
    messages.success(request, f"{preset.own_name} at {preset.site_name} {said}")
    return None


def keep(choice):
    """One choice per combination, however often a button is pressed; an empty choice is deleted."""
    type_id, site_id, series_id = choice.combination
    own = PresetChoice.objects.visible_to(choice.worker)
    if choice.name or choice.is_pinned or choice.is_hidden:
        own.update_or_create(
            worker=choice.worker,
            activity_type_id=type_id,
            site_id=site_id,
            series_id=series_id,
            defaults={name: getattr(choice, name) for name in ("name", "is_pinned", "is_hidden")},
        )
    else:
        own.filter(pk=choice.pk).delete()


def name_form(preset, refused):
    if refused is not None and refused.prefix == preset.key:
        return refused
    return PresetNameForm(instance=preset.choice, prefix=preset.key)
