from functools import lru_cache

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from eitrack.accounts.roles import Permission
from eitrack.common.cached_lists import cached_list
from eitrack.directory.sample import is_sample_data
from eitrack.returns.models import FigureQuery


def frame(request):
    """What the frame of a page says of the database and of the user; read where it is printed."""

    def waiting():
        user = request.user
        if not user.may(Permission.SEE_RETURNS):
            return 0
        return questions_waiting_for(user, timezone.localdate())

    def navigation(name):
        match = request.resolver_match
        permissions = frozenset(request.user.permissions if request.user.is_active else ())
        return _navigation(name, permissions, match and match.view_name, waiting())

    return {
        "is_sample_data": SimpleLazyObject(is_sample_data),
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


@cached_list(
    *("returns.FigureQuery", "returns.FigureQueryText", "directory.District", "directory.Team"),
    *("directory.Placement", "accounts.RoleTerm"),
)
def questions_waiting_for(user, today):
    """How many; whose districts and teams are a user's changes with `today`."""
    return len(FigureQuery.objects.waiting_for(user).order_by().values_list("pk"))
