from django.urls import path

from eitrack.accounts import views

app_name = "accounts"
urlpatterns = [path("account/invitation/", views.invitation, name="invitation")]
