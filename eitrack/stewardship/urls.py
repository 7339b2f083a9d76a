from django.urls import path

from eitrack.stewardship import service_views

app_name = "stewardship"
urlpatterns = [
    path("stewardship/", service_views.service_detail, name="service_detail"),
]
