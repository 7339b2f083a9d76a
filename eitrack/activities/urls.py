from django.urls import path

from eitrack.activities import (
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
    path("activities/<int:pk>/", views.activity_detail, name="activity_detail"),
    path("activities/<int:pk>/edit/", views.activity_edit, name="activity_edit"),
    path("activities/<int:pk>/void/", views.activity_void, name="activity_void"),
    path("activities/<int:pk>/take-out/", views.activity_take_out, name="activity_take_out"),
    path("activities/<int:pk>/undo/", views.activity_undo, name="activity_undo"),
    path("activities/approvals/", approval_views.approval_list, name="approval_list"),
    path("activities/<int:pk>/approve/", approval_views.activity_approve, name="activity_approve"),
    path("activities/<int:pk>/join/", join_views.activity_join, name="activity_join"),
    path("activities/<int:pk>/unjoin/", join_views.activity_unjoin, name="activity_unjoin"),
    path("activities/<int:pk>/time/", time_views.time_edit, name="time_edit"),
    path("activities/<int:pk>/time/confirm/", time_views.time_confirm, name="time_confirm"),
    path("activities/<int:pk>/time/remove/", time_views.time_remove, name="time_remove"),
    path("time/<int:pk>/approve/", approval_views.time_approve, name="time_approve"),
    path("time/<int:pk>/take-off/", approval_views.time_take_off, name="time_take_off"),
    path("protocols/<int:pk>/work/", step_views.protocol_step_list, name="protocol_step_list"),
    path(
        "protocols/work/<int:pk>/apply/",
        step_views.protocol_step_apply,
        name="protocol_step_apply",
    ),
    path("activities/<int:pk>/thread/", thread_views.thread_choose, name="thread_choose"),
    path("threads/", thread_views.thread_list, name="thread_list"),
    path("threads/<int:pk>/", thread_views.thread_detail, name="thread_detail"),
    path("threads/<int:pk>/agree/", thread_views.thread_agree, name="thread_agree"),
    path("threads/<int:pk>/dissolve/", thread_views.thread_dissolve, name="thread_dissolve"),
    path("series/", series_views.series_list, name="series_list"),
    path("series/add/", series_views.series_add, name="series_add"),
    path("series/<int:pk>/", series_views.series_detail, name="series_detail"),
    path("series/<int:pk>/edit/", series_views.series_edit, name="series_edit"),
    path("series/<int:pk>/handover/", series_views.series_handover, name="series_handover"),
    path("series/<int:pk>/<str:day>/not-run/", session_views.series_not_run, name="series_not_run"),
    path("series/<int:pk>/<str:day>/join/", session_views.series_join, name="series_join"),
]
