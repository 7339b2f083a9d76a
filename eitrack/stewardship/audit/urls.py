from django.urls import path

from eitrack.stewardship.audit import views

urlpatterns = [
    path("stewardship/audit/", views.trail_list, name="trail_list"),
]
