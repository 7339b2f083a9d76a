from django.urls import path

from eitrack.stewardship.lists import views

urlpatterns = [
    path("stewardship/lists/<slug:kind>/", views.item_list, name="item_list"),
    path("stewardship/lists/<slug:kind>/add/", views.item_add, name="item_add"),
    path("stewardship/lists/<slug:kind>/<number:pk>/", views.item_edit, name="item_edit"),
    path(
        "stewardship/lists/<slug:kind>/<number:pk>/archive/",
        views.item_archive,
        name="item_archive",
    ),
    path(
        "stewardship/lists/<slug:kind>/<number:pk>/remove/",
        views.item_remove,
        name="item_remove",
    ),
]
