"""After signing out, Back brings nothing of the last person; until then it keeps what was typed."""

from django.conf import settings
from django.utils.cache import patch_cache_control
from django.utils.crypto import salted_hmac

COOKIE = "signed_in"
# What pages are called that show records and take in nothing: browsers keep no copy of them.
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
    """A word that changes with every sign-in and says nothing of who it is; "" for nobody.

    `static/js/signed-in.js` holds the mark of the page against the one in the cookie.
    """
    key = request.session.session_key
    if not key or not request.user.is_authenticated:
        return ""
    return salted_hmac("eitrack.accounts.signed-in", key).hexdigest()[:16]


class SignedInMiddleware:
    """Gives the browser the mark of its sign-in, and says what of the answers it may keep.

    Answers to somebody signed in are private. Files, lists and pages of records are not stored.
    Forms are: a browser puts back what was typed only where it may keep the page.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        # What did not ask who it is, such as a calendar feed, is the same for everybody.
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
