from django.urls import path

from eitrack.indicators.pages import comment_views, compare_views, record_views, views

app_name = "indicators"
urlpatterns = [
    path("indicators/", views.indicator_list, name="indicator_list"),
    path("indicators/compare/", compare_views.indicator_compare, name="indicator_compare"),
    path(
        "indicators/comments/<number:pk>/take-back/",
        comment_views.comment_take_back,
        name="comment_take_back",
    ),
    path("indicators/<str:code>/", views.indicator_detail, name="indicator_detail"),
    path(
        "indicators/<str:code>/records/", record_views.indicator_records, name="indicator_records"
    ),
    path(
        "indicators/<str:code>/comment/", comment_views.indicator_comment, name="indicator_comment"
    ),
]
