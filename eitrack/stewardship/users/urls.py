from django.urls import path

from eitrack.stewardship.users import (
    account_views,
    factor_views,
    inviting_views,
    leaving_views,
    role_views,
    user_views,
)

urlpatterns = [
    path("stewardship/users/", user_views.user_list, name="user_list"),
    path("stewardship/users/add/", user_views.user_add, name="user_add"),
    path("stewardship/users/invite/", inviting_views.user_invite_all, name="user_invite_all"),
    path("stewardship/users/<number:pk>/", user_views.user_detail, name="user_detail"),
    path("stewardship/users/<number:pk>/edit/", user_views.user_edit, name="user_edit"),
    path("stewardship/users/<number:pk>/link/", account_views.user_invite, name="user_invite"),
    path(
        "stewardship/users/<number:pk>/off/", account_views.user_switch_off, name="user_switch_off"
    ),
    path("stewardship/users/<number:pk>/on/", account_views.user_switch_on, name="user_switch_on"),
    path(
        "stewardship/users/<number:pk>/second-factor/",
        factor_views.factor_reset_ask,
        name="factor_reset_ask",
    ),
    path(
        "stewardship/second-factor/<number:pk>/",
        factor_views.factor_reset_confirm,
        name="factor_reset_confirm",
    ),
    path("stewardship/users/<number:pk>/leave/", leaving_views.user_leave, name="user_leave"),
    path("stewardship/users/<number:pk>/roles/add/", role_views.role_give, name="role_give"),
    path("stewardship/roles/<number:pk>/end/", role_views.role_end, name="role_end"),
]
