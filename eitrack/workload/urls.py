from django.urls import path

from eitrack.workload import (
    agenda_views,
    placement_views,
    record_views,
    views,
    weight_views,
    worker_views,
)

app_name = "workload"
urlpatterns = [
    path("teams/", views.team_list, name="team_list"),
    path("teams/<slug:slug>/", views.team_detail, name="team_detail"),
    path("teams/<slug:slug>/handover/", views.team_handover, name="team_handover"),
    path(
        "teams/<slug:slug>/workers/<number:pk>/", worker_views.worker_detail, name="worker_detail"
    ),
    path("weights/", weight_views.weight_list, name="weight_list"),
    path("weights/add/", weight_views.weight_add, name="weight_add"),
    path("workers/<number:pk>/placements/", placement_views.placement_list, name="placement_list"),
    path(
        "workers/<number:pk>/placements/add/", placement_views.placement_add, name="placement_add"
    ),
    path("placements/<number:pk>/edit/", placement_views.placement_edit, name="placement_edit"),
    path("placements/<number:pk>/end/", placement_views.placement_end, name="placement_end"),
    path("agencies/<number:pk>/agenda/", agenda_views.agenda, name="agenda"),
    path("records/", record_views.records_list, name="records_list"),
    path("records/dictionary.csv", record_views.records_dictionary, name="records_dictionary"),
    path("records/<slug:name>.csv", record_views.records_export, name="records_export"),
]
