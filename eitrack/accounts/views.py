from allauth.account.forms import SetPasswordForm
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from eitrack.accounts.invitations import LinkState, accept, state_of
from eitrack.accounts.models import Invitation


@sensitive_post_parameters()
@never_cache
@login_not_required
def invitation(request):
    """Choose a password by a link; one that no longer works says why, and what to do.

    The key stands behind the question mark, which our logs leave out, as a proxy's should.
    """
    key, now = request.GET.get("key", ""), timezone.now()
    found = Invitation.objects.with_key(key).select_related("user").first()
    state = state_of(found, now)
    form = None
    if state == LinkState.OPEN:
        is_sent = request.method == "POST"
        form = SetPasswordForm(user=found.user, data=request.POST if is_sent else None)
        if form.is_valid():
            if accept(found, password=form.cleaned_data["password1"], now=now):
                # Perhaps a colleague's session, on a PC that both use.
                logout(request)
                messages.success(request, "Your password is set. Sign in with it.")
                return redirect("account_login")
            found.refresh_from_db()
            state = state_of(found, now)
    context = {"state": state, "states": LinkState, "form": form, "found": found, "key": key}
    return render(request, "accounts/invitation.html", context)
