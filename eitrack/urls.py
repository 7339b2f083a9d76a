"""The routes of every room, at the root."""

from allauth.socialaccount.providers.openid_connect.views import callback as openid_callback
from django.urls import include, path, register_converter

from eitrack import views
from eitrack.common.converters import WholeNumber

register_converter(WholeNumber, "number")

ROOMS_WITH_PAGES = [
    "accounts",
    "daybook",
    "activities",
    "partnerships",
    "cases",
    "workload",
    "returns",
    "indicators",
    "stewardship",
    "intake",
]

handler500 = "eitrack.views.server_error"
handler429 = "eitrack.views.too_many_tries"
urlpatterns = [
    path("", views.home, name="home"),
    path("help/", views.help_page, name="help"),
    path("help/print/<slug:slug>/", views.help_sheet, name="help_sheet"),
    path("help/<slug:slug>/", views.help_topic, name="help_topic"),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("wrong/", views.wrong, name="wrong"),
    path("signal/", views.signal, name="signal"),
    path("account/", include("allauth.account.urls")),
    # Of allauth's other addresses for providers none is needed: accounts are linked by ours.
    path(
        "account/oidc/<slug:provider_id>/login/callback/",
        openid_callback,
        name="openid_connect_callback",
    ),
    path("account/second-factor/", include("allauth.mfa.urls")),
    *[path("", include(f"eitrack.{room}.urls", namespace=room)) for room in ROOMS_WITH_PAGES],
]
