"""After signing out, Back shows nothing of the last user; before, it keeps typed data."""

from django.conf import settings
from django.utils.cache import patch_cache_control
from django.utils.crypto import salted_hmac

COOKIE = "signed_in"
# Suffixes of pages that show records without a form: browsers must not store them.
SHOWING = (
    "_list",
    "_detail",
    "_records",
    "_compare",
    "_explainer",
    "my_work",
    "statement",
    "agenda",
    "summary",
)


def mark_of(request):
    """Changes with every sign-in and does not identify the user; "" if nobody is signed in.

    `static/js/signed-in.js` compares the mark of the page with that in the cookie.
    """
    key = request.session.session_key
    if not key or not request.user.is_authenticated:
        return ""
    return salted_hmac("eitrack.accounts.signed-in", key).hexdigest()[:16]


class SignedInMiddleware:
    """Sets the mark of the sign-in, and what of each response the browser may store.

    Responses to a signed-in user are private. Files, lists and pages of records are not stored.
    Forms are, as a browser restores typed data only on a page it may store.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        # A response that did not depend on the user, such as a calendar feed.
        if not request.session.accessed:
            return response
        mark = mark_of(request)
        if mark != request.COOKIES.get(COOKIE, ""):
            self.tell(request, response, mark)
        if mark and not response.has_header("Cache-Control"):
            no_store = {"no_store": True} if is_not_kept(request, response) else {}
            patch_cache_control(response, private=True, **no_store)
        return response

    def tell(self, request, response, mark):
        if not mark:
            response.delete_cookie(COOKIE, samesite="Lax")
            return
        ends = request.session.get_expire_at_browser_close()
        response.set_cookie(
            COOKIE,
            mark,
            max_age=None if ends else request.session.get_expiry_age(),
            secure=settings.SESSION_COOKIE_SECURE,
            samesite="Lax",
        )


def is_not_kept(request, response):
    if not response.get("Content-Type", "").startswith("text/html"):
        return True
    match = request.resolver_match
    return match is not None and match.url_name is not None and match.url_name.endswith(SHOWING)
