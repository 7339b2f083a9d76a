from django.urls import path

from eitrack.workload import agenda_views, views

app_name = "workload"
urlpatterns = [
    path("teams/", views.team_list, name="team_list"),
    path("teams/<slug:slug>/", views.team_detail, name="team_detail"),
    path("teams/<slug:slug>/handover/", views.team_handover, name="team_handover"),
    path("agencies/<int:pk>/agenda/", agenda_views.agenda, name="agenda"),
]
