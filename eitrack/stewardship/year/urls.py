from django.urls import path

from eitrack.stewardship.year import district_views, term_views, year_views

urlpatterns = [
    path("stewardship/terms/", term_views.term_list, name="term_list"),
    path("stewardship/terms/add/", term_views.term_add, name="term_add"),
    path("stewardship/terms/paste/", term_views.term_paste, name="term_paste"),
    path("stewardship/terms/<number:pk>/edit/", term_views.term_edit, name="term_edit"),
    path("stewardship/terms/<number:pk>/remove/", term_views.term_remove, name="term_remove"),
    path("stewardship/settings/", district_views.district_list, name="district_list"),
    path(
        "stewardship/settings/<number:pk>/edit/",
        district_views.district_edit,
        name="district_edit",
    ),
    path("stewardship/year-end/", year_views.year_end, name="year_end"),
]
