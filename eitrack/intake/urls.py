from django.urls import path

from eitrack.intake import batch_views

app_name = "intake"
urlpatterns = [
    path("intake/", batch_views.batch_list, name="batch_list"),
    path("intake/<number:pk>/", batch_views.batch_detail, name="batch_detail"),
    path("intake/<number:pk>/progress/", batch_views.batch_progress, name="batch_progress"),
    path("intake/<number:pk>/restart/", batch_views.batch_restart, name="batch_restart"),
    path("intake/<number:pk>/drop/", batch_views.batch_drop, name="batch_drop"),
    path("intake/<number:pk>/take-back/", batch_views.batch_take_back, name="batch_take_back"),
]
