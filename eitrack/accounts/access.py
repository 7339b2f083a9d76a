"""Permissions of views."""

from functools import wraps

from django.core.exceptions import PermissionDenied


def requires(*permissions):
    """Answer 403 unless the signed-in user may do one of these (all pages require signing in)."""

    def wrap(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not any(request.user.may(permission) for permission in permissions):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return wrap
