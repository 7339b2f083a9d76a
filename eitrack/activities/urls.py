from django.urls import path

from eitrack.activities.pages import (
    approval_views,
    join_views,
    series_views,
    session_views,
    step_views,
    thread_views,
    time_views,
    views,
)

app_name = "activities"
urlpatterns = [
    path("activities/", views.activity_list, name="activity_list"),
    path("activities/<number:pk>/", views.activity_detail, name="activity_detail"),
    path("activities/<number:pk>/edit/", views.activity_edit, name="activity_edit"),
    path("activities/<number:pk>/void/", views.activity_void, name="activity_void"),
    path("activities/<number:pk>/take-out/", views.activity_take_out, name="activity_take_out"),
    path("activities/<number:pk>/undo/", views.activity_undo, name="activity_undo"),
    path("activities/approvals/", approval_views.approval_list, name="approval_list"),
    path(
        "activities/<number:pk>/approve/", approval_views.activity_approve, name="activity_approve"
    ),
    path("activities/<number:pk>/join/", join_views.activity_join, name="activity_join"),
    path("activities/<number:pk>/unjoin/", join_views.activity_unjoin, name="activity_unjoin"),
    path("activities/<number:pk>/time/", time_views.time_edit, name="time_edit"),
    path("activities/<number:pk>/time/confirm/", time_views.time_confirm, name="time_confirm"),
    path("activities/<number:pk>/time/remove/", time_views.time_remove, name="time_remove"),
    path("time/<number:pk>/approve/", approval_views.time_approve, name="time_approve"),
    path("time/<number:pk>/take-off/", approval_views.time_take_off, name="time_take_off"),
    path("protocols/<number:pk>/work/", step_views.protocol_step_list, name="protocol_step_list"),
    path(
        "protocols/work/<number:pk>/apply/",
        step_views.protocol_step_apply,
        name="protocol_step_apply",
    ),
    path("activities/<number:pk>/thread/", thread_views.thread_choose, name="thread_choose"),
    path("threads/", thread_views.thread_list, name="thread_list"),
    path("threads/<number:pk>/", thread_views.thread_detail, name="thread_detail"),
    path("threads/<number:pk>/agree/", thread_views.thread_agree, name="thread_agree"),
    path("threads/<number:pk>/dissolve/", thread_views.thread_dissolve, name="thread_dissolve"),
    path("series/", series_views.series_list, name="series_list"),
    path("series/add/", series_views.series_add, name="series_add"),
    path("series/<number:pk>/", series_views.series_detail, name="series_detail"),
    path("series/<number:pk>/edit/", series_views.series_edit, name="series_edit"),
    path("series/<number:pk>/handover/", series_views.series_handover, name="series_handover"),
    path(
        "series/<number:pk>/<str:day>/not-run/", session_views.series_not_run, name="series_not_run"
    ),
    path("series/<number:pk>/<str:day>/join/", session_views.series_join, name="series_join"),
]
