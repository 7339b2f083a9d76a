from django.urls import path

from eitrack.cases import comparison_views, life_views, views

app_name = "cases"
urlpatterns = [
    path("cases/", views.case_list, name="case_list"),
    path("cases/open/", life_views.case_open, name="case_open"),
    path("cases/compare/", comparison_views.case_compare, name="case_compare"),
    path("cases/<int:pk>/", views.case_detail, name="case_detail"),
    path("cases/<int:pk>/reveal/", views.case_reveal, name="case_reveal"),
    path("cases/<int:pk>/edit/", life_views.case_edit, name="case_edit"),
    path("cases/<int:pk>/level/", life_views.case_level, name="case_level"),
    path("cases/<int:pk>/handover/", life_views.case_handover, name="case_handover"),
    path("cases/<int:pk>/share/", life_views.case_share, name="case_share"),
    path("cases/<int:pk>/close/", life_views.case_close, name="case_close"),
    path("cases/<int:pk>/step-up/", life_views.case_step_up, name="case_step_up"),
    path("cases/<int:pk>/step-down/", life_views.case_step_down, name="case_step_down"),
    path("cases/<int:pk>/reopen/", life_views.case_reopen, name="case_reopen"),
]
