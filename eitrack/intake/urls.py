from django.urls import path

from eitrack.intake import batch_views, calendar_views, places_views, service_views

app_name = "intake"
urlpatterns = [
    path("intake/", batch_views.batch_list, name="batch_list"),
    path("intake/calendar/", calendar_views.calendar_add, name="calendar_add"),
    path("intake/places/", places_views.places_add, name="places_add"),
    path(
        "intake/places/<number:pk>/authority/",
        places_views.places_authority,
        name="places_authority",
    ),
    path("intake/places/<number:pk>/", places_views.places_list, name="places_list"),
    path("intake/places/<number:pk>/apply/", places_views.places_apply, name="places_apply"),
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
