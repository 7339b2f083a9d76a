from django.urls import path

from eitrack.accounts import session_views, views

app_name = "accounts"
urlpatterns = [
    path("account/invitation/", views.invitation, name="invitation"),
    path("account/stay/", session_views.stay, name="stay"),
    path("account/browsers/", session_views.browser_list, name="browser_list"),
    path("account/browsers/end/", session_views.browser_end_others, name="browser_end_others"),
    path("account/browsers/<slug:mark>/end/", session_views.browser_end, name="browser_end"),
]
