from django.urls import path

from eitrack.returns.queries import views as query_views
from eitrack.returns.release import (
    closing_views,
    draft_views,
    funder_views,
    return_views,
    settings_views,
)
from eitrack.returns.summary import views

app_name = "returns"
urlpatterns = [
    path("summary/", views.summary, name="summary"),
    path("returns/", return_views.return_list, name="return_list"),
    path("returns/calendar/", closing_views.closing_calendar, name="closing_calendar"),
    path(
        "returns/calendar/<slug:slug>/<str:quarter>/close/",
        closing_views.quarter_close,
        name="quarter_close",
    ),
    path("returns/settings/", settings_views.release_settings, name="release_settings"),
    path("returns/queries/", query_views.query_list, name="query_list"),
    path("returns/queries/ask/", query_views.query_ask, name="query_ask"),
    path("returns/queries/<number:pk>/", query_views.query_detail, name="query_detail"),
    path("returns/queries/<number:pk>/settle/", query_views.query_settle, name="query_settle"),
    path("returns/funders/", funder_views.funder_list, name="funder_list"),
    path("returns/funders/<slug:slug>/", funder_views.funder_detail, name="funder_detail"),
    path("returns/prepare/", draft_views.return_prepare, name="return_prepare"),
    path("returns/<number:pk>/", return_views.return_detail, name="return_detail"),
    path("returns/<number:pk>/progress/", draft_views.return_progress, name="return_progress"),
    path("returns/<number:pk>/restart/", draft_views.return_restart, name="return_restart"),
    path("returns/<number:pk>/check/", draft_views.return_check, name="return_check"),
    path("returns/<number:pk>/approve/", draft_views.return_approve, name="return_approve"),
    path("returns/<number:pk>/release/", draft_views.return_release, name="return_release"),
    path("returns/<number:pk>/withdraw/", draft_views.return_withdraw, name="return_withdraw"),
    path("returns/<number:pk>/compare/", return_views.return_compare, name="return_compare"),
    path("returns/<number:pk>/explainer/", return_views.return_explainer, name="return_explainer"),
    # Without a slash: metadata name the file beside them, and lead to it.
    path(
        "returns/<number:pk>/files/<str:name>", return_views.return_download, name="return_download"
    ),
]
