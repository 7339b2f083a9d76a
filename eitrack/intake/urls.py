from django.urls import path

from eitrack.intake import (
    activity_views,
    batch_views,
    calendar_views,
    places_views,
    service_views,
)

app_name = "intake"
urlpatterns = [
    path("intake/", batch_views.batch_list, name="batch_list"),
    path("intake/layouts/", activity_views.layout_list, name="layout_list"),
    path("intake/calendar/", calendar_views.calendar_add, name="calendar_add"),
    path("intake/places/", places_views.places_add, name="places_add"),
    path("intake/places/fetch/", places_views.places_fetch, name="places_fetch"),
    path(
        "intake/places/<number:pk>/authority/",
        places_views.places_authority,
        name="places_authority",
    ),
    path("intake/places/<number:pk>/", places_views.places_list, name="places_list"),
    path("intake/places/<number:pk>/apply/", places_views.places_apply, name="places_apply"),
    path("intake/activity/", activity_views.activity_add, name="activity_add"),
    path(
        "intake/activity/<number:pk>/questions/",
        activity_views.activity_questions,
        name="activity_questions",
    ),
    path("intake/activity/<number:pk>/", activity_views.activity_preview, name="activity_preview"),
    path(
        "intake/activity/<number:pk>/import/",
        activity_views.activity_import,
        name="activity_import",
    ),
    path("intake/service/", service_views.service_add, name="service_add"),
    path(
        "intake/service/eitrack-workbook.xlsx",
        service_views.service_template,
        name="service_template",
    ),
    path("intake/service/<number:pk>/", service_views.service_preview, name="service_preview"),
    path("intake/service/<number:pk>/import/", service_views.service_import, name="service_import"),
    path("intake/<number:pk>/", batch_views.batch_detail, name="batch_detail"),
    path("intake/<number:pk>/progress/", batch_views.batch_progress, name="batch_progress"),
    path("intake/<number:pk>/restart/", batch_views.batch_restart, name="batch_restart"),
    path("intake/<number:pk>/drop/", batch_views.batch_drop, name="batch_drop"),
    path("intake/<number:pk>/take-back/", batch_views.batch_take_back, name="batch_take_back"),
]
