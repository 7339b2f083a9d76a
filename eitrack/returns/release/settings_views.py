from django.contrib import messages
from django.shortcuts import redirect, render

from eitrack.accounts.access import requires
from eitrack.accounts.roles import Permission
from eitrack.common.typed import typed
from eitrack.returns.models import ReleaseSettings
from eitrack.returns.release.forms import SettingsForm

CHANGES_SHOWN = 20


@requires(Permission.CHANGE_RELEASE_SETTINGS)
def release_settings(request):
    """The rules of publishing; they can be stricter than the minimum, never looser."""
    now = ReleaseSettings.objects.now()
    form = SettingsForm(typed(request), instance=now)
    if request.method == "POST" and form.is_valid():
        if form.has_changed():
            form.save(by=request.user)
            messages.success(request, "Saved. It holds for returns that are not released yet.")
        else:
            messages.info(request, "Nothing was changed.")
        return redirect("returns:release_settings")
    context = {
        "form": form,
        "changes": ReleaseSettings.history.select_related("changed_by")[:CHANGES_SHOWN],
    }
    return render(request, "returns/release_settings.html", context)
