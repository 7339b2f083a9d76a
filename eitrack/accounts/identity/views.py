"""The pages between EITrack and the identity provider."""

from allauth.account.decorators import reauthentication_required
from allauth.account.utils import get_next_redirect_url
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from eitrack.accounts.identity import linking
from eitrack.accounts.identity.provider import ask_there, has_provider, is_linked
from eitrack.accounts.invitations import LinkState, state_of
from eitrack.accounts.models import Invitation


@never_cache
@require_POST
@login_not_required
def identity_sign_in(request):
    """To the provider's page."""
    known_or_404()
    linking.forget(request)
    return ask_there(request, next_url=get_next_redirect_url(request))


@never_cache
@require_POST
@login_not_required
def identity_invited(request):
    """By an invitation: instead of a password, the sign-in of the council."""
    known_or_404()
    key = request.GET.get("key", "")
    found = Invitation.objects.with_key(key).select_related("user").first()
    if state_of(found, timezone.now()) != LinkState.OPEN:
        return redirect("accounts:invitation")
    linking.begin(request, key=key)
    return ask_there(request)


@never_cache
def identity_again(request):
    """Before a change to the account, of somebody who signs in elsewhere."""
    known_or_404()
    if request.method == "POST":
        linking.forget(request)
        return ask_there(request, next_url=get_next_redirect_url(request))
    context = {"next": get_next_redirect_url(request) or ""}
    return render(request, "accounts/identity_again.html", context)


@never_cache
def identity_detail(request):
    """Whether one's own account is linked; a POST links it."""
    known_or_404()
    if request.method == "POST":
        return connect(request)
    context = {"is_linked": is_linked(request.user)}
    return render(request, "accounts/identity_detail.html", context)


@reauthentication_required
def connect(request):
    linking.begin(request)
    return ask_there(request)


@never_cache
@login_not_required
def identity_link(request):
    """Both names side by side: is it one person?"""
    said = linking.waiting(request)
    if not said:
        return redirect("account_login")
    user = linking.whom(request)
    if request.method != "POST":
        context = {"said": said, "person": user}
        return render(request, "accounts/identity_link.html", context)
    if "no" in request.POST:
        linking.forget(request)
        messages.info(request, "Nothing is linked. Sign out there first, then try again.")
    elif linking.link(request):
        messages.success(request, "It is linked: from now on you sign in there.")
    else:
        messages.warning(request, "Not linked: it belongs to another account, or was too late.")
    return redirect(
        "accounts:identity_detail" if request.user.is_authenticated else "account_login"
    )


def known_or_404():
    if not has_provider():
        raise Http404
