from functools import cache

from django.db.models import Value
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

    return {
        "is_sample_data": SimpleLazyObject(lambda: read()[0]),
        "questions_waiting": SimpleLazyObject(lambda: read()[1]),
    }


def _read_both(user):
    sample = District.objects.filter(is_sample=True).order_by().values_list(Value(0))
    waiting = FigureQuery.objects.waiting_for(user).order_by().values_list("pk")
    keys = {key for (key,) in waiting.union(sample)}
    return 0 in keys, len(keys - {0})
