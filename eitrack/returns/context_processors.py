from functools import cache, lru_cache

from django.db.models import Value
from django.template.loader import render_to_string
from django.utils.functional import SimpleLazyObject

from eitrack.accounts.roles import Permission
from eitrack.directory.models import District
from eitrack.directory.sample import is_sample_data
from eitrack.returns.models import FigureQuery


def frame(request):
    """Whether this is the sample world, and how many questions wait for the user.

    One query for both, run only by pages with the frame.
    """

    @cache
    def read():
        user = getattr(request, "user", None)
        if user is None or not user.is_authenticated or not user.may(Permission.SEE_RETURNS):
            return is_sample_data(), 0
        return _read_both(user)

    def navigation(name):
        match = request.resolver_match
        permissions = frozenset(request.user.permissions if request.user.is_active else ())
        return _navigation(name, permissions, match and match.view_name, read()[1])

    return {
        "is_sample_data": SimpleLazyObject(lambda: read()[0]),
        "nav_items": SimpleLazyObject(lambda: navigation("nav_items")),
        "bottom_nav": SimpleLazyObject(lambda: navigation("bottom_nav")),
    }


@lru_cache(maxsize=512)
def _navigation(name, permissions, view_name, questions_waiting):
    """The pages that somebody of these permissions may open, as HTML; the same for all of them."""
    context = {
        "may": {permission.value: True for permission in permissions},
        "view_name": view_name,
        "questions_waiting": questions_waiting,
    }
    return render_to_string(f"components/{name}.html", context)


def _read_both(user):
    sample = District.objects.filter(is_sample=True).order_by().values_list(Value(0))
    waiting = FigureQuery.objects.waiting_for(user).order_by().values_list("pk")
    keys = {key for (key,) in waiting.union(sample)}
    return 0 in keys, len(keys - {0})
