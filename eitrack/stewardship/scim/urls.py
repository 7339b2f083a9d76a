from django.urls import path

from eitrack.stewardship.scim import views

urlpatterns = [
    path("scim/v2/Users", views.scim_users, name="scim_users"),
    path("scim/v2/Users/<number:pk>", views.scim_user, name="scim_user"),
]
