from django.urls import path

from eitrack.accounts import session_views, views
from eitrack.accounts.identity import views as identity_views

app_name = "accounts"
urlpatterns = [
    path("account/invitation/", views.invitation, name="invitation"),
    path("account/invitation/council/", identity_views.identity_invited, name="identity_invited"),
    path("account/council/", identity_views.identity_detail, name="identity_detail"),
    path("account/council/sign-in/", identity_views.identity_sign_in, name="identity_sign_in"),
    path("account/council/link/", identity_views.identity_link, name="identity_link"),
    path("account/council/again/", identity_views.identity_again, name="identity_again"),
    path("account/stay/", session_views.stay, name="stay"),
    path("account/browsers/", session_views.browser_list, name="browser_list"),
    path("account/browsers/end/", session_views.browser_end_others, name="browser_end_others"),
    path("account/browsers/<slug:mark>/end/", session_views.browser_end, name="browser_end"),
]
