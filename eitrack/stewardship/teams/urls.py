from django.urls import path

from eitrack.stewardship.teams import changeover_views, views

urlpatterns = [
    path("stewardship/teams/", views.team_list, name="team_list"),
    path("stewardship/teams/add/", views.team_add, name="team_add"),
    path("stewardship/teams/<number:pk>/", views.team_detail, name="team_detail"),
    path("stewardship/teams/<number:pk>/managers/", views.team_managers, name="team_managers"),
    path("stewardship/teams/<number:pk>/rename/", changeover_views.team_rename, name="team_rename"),
    path("stewardship/teams/<number:pk>/split/", changeover_views.team_split, name="team_split"),
    path("stewardship/teams/<number:pk>/merge/", changeover_views.team_merge, name="team_merge"),
    path("stewardship/teams/<number:pk>/close/", views.team_close, name="team_close"),
    path("stewardship/teams/<number:pk>/reopen/", views.team_reopen, name="team_reopen"),
    path(
        "stewardship/streams/<number:pk>/rename/",
        changeover_views.stream_rename,
        name="stream_rename",
    ),
]
