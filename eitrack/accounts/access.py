"""Permissions of views."""

from functools import wraps

from django.core.exceptions import PermissionDenied


def requires(permission):
    """Answer 403 unless the signed-in user may do this (login itself is required everywhere)."""

    def wrap(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not request.user.may(permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return wrap
