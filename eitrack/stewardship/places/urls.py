from django.urls import path

from eitrack.stewardship.places import identifier_views, merge_views, views

urlpatterns = [
    path("stewardship/places/<slug:kind>/", views.place_list, name="place_list"),
    path("stewardship/places/<slug:kind>/add/", views.place_add, name="place_add"),
    path("stewardship/places/<slug:kind>/<number:pk>/", views.place_detail, name="place_detail"),
    path("stewardship/places/<slug:kind>/<number:pk>/edit/", views.place_edit, name="place_edit"),
    path(
        "stewardship/places/<slug:kind>/<number:pk>/settle/",
        views.place_settle,
        name="place_settle",
    ),
    path(
        "stewardship/places/<slug:kind>/<number:pk>/archive/",
        views.place_archive,
        name="place_archive",
    ),
    path(
        "stewardship/places/<slug:kind>/<number:pk>/reopen/",
        views.place_reopen,
        name="place_reopen",
    ),
    path(
        "stewardship/places/<slug:kind>/<number:pk>/merge/",
        merge_views.place_merge,
        name="place_merge",
    ),
    path(
        "stewardship/places/<slug:kind>/<number:pk>/numbers/add/",
        identifier_views.identifier_add,
        name="identifier_add",
    ),
    path("stewardship/merges/<number:pk>/undo/", merge_views.merge_undo, name="merge_undo"),
    path(
        "stewardship/numbers/<number:pk>/edit/",
        identifier_views.identifier_edit,
        name="identifier_edit",
    ),
    path(
        "stewardship/numbers/<number:pk>/remove/",
        identifier_views.identifier_remove,
        name="identifier_remove",
    ),
]
