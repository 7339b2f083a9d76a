from django.urls import path

from eitrack.daybook import (
    calendar_views,
    log_views,
    my_work_views,
    preset_views,
    proposal_views,
    tally_views,
    views,
    week_views,
)

app_name = "daybook"
urlpatterns = [
    path("today/", views.today, name="today"),
    path("today/presets/", preset_views.preset_list, name="preset_list"),
    path("log/", log_views.log_start, name="log_start"),
    path("log/<slug:kind>/", log_views.log, name="log"),
    path("tally/", tally_views.tally, name="tally"),
    path("tally/ready/", tally_views.tally_ready, name="tally_ready"),
    path("tally/send/", tally_views.tally_send, name="tally_send"),
    path("tally-worker.js", tally_views.tally_worker, name="tally_worker"),
    path("no-signal/", tally_views.no_signal, name="no_signal"),
    path("week/", week_views.week_now, name="week_now"),
    path("week/<str:iso_week>/", week_views.week, name="week"),
    path("week/<str:iso_week>/log/", proposal_views.proposal_log, name="proposal_log"),
    path(
        "week/<str:iso_week>/dismiss/",
        proposal_views.proposal_dismiss,
        name="proposal_dismiss",
    ),
    path("week/<str:iso_week>/undo/", week_views.week_undo, name="week_undo"),
    path("my-work/", my_work_views.my_work, name="my_work"),
    path("my-work/statement/", my_work_views.statement, name="statement"),
    path("calendar/", calendar_views.calendar, name="calendar"),
    path("calendar/<slug:key>.ics", calendar_views.calendar_feed, name="calendar_feed"),
]
