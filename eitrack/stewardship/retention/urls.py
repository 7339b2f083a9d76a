from django.urls import path

from eitrack.stewardship.retention import views

urlpatterns = [
    path("stewardship/retention/", views.retention_detail, name="retention_detail"),
    path("stewardship/retention/hold/", views.hold_add, name="hold_add"),
    path("stewardship/retention/hold/<number:pk>/lift/", views.hold_lift, name="hold_lift"),
]
