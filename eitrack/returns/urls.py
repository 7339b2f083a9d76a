from django.urls import path

from eitrack.returns import views

app_name = "returns"
urlpatterns = [
    path("summary/", views.summary, name="summary"),
]
