from django.urls import path

from eitrack.cases import (
    comparison_views,
    life_views,
    referral_views,
    request_views,
    subject_views,
    views,
)

app_name = "cases"
urlpatterns = [
    path("cases/", views.case_list, name="case_list"),
    path("cases/open/", life_views.case_open, name="case_open"),
    path("cases/subject/", subject_views.subject_find, name="subject_find"),
    path("cases/compare/", comparison_views.case_compare, name="case_compare"),
    path("cases/<number:pk>/", views.case_detail, name="case_detail"),
    path("cases/<number:pk>/reveal/", views.case_reveal, name="case_reveal"),
    path("cases/<number:pk>/edit/", life_views.case_edit, name="case_edit"),
    path("cases/<number:pk>/level/", life_views.case_level, name="case_level"),
    path("cases/<number:pk>/handover/", life_views.case_handover, name="case_handover"),
    path("cases/<number:pk>/share/", life_views.case_share, name="case_share"),
    path("cases/<number:pk>/close/", life_views.case_close, name="case_close"),
    path("cases/<number:pk>/step-up/", life_views.case_step_up, name="case_step_up"),
    path("cases/<number:pk>/step-down/", life_views.case_step_down, name="case_step_down"),
    path("cases/<number:pk>/reopen/", life_views.case_reopen, name="case_reopen"),
    path("requests/", request_views.request_list, name="request_list"),
    path("requests/add/", request_views.request_add, name="request_add"),
    path("requests/<number:pk>/", request_views.request_detail, name="request_detail"),
    path("requests/<number:pk>/edit/", request_views.request_edit, name="request_edit"),
    path(
        "requests/<number:pk>/first-contact/",
        request_views.request_first_contact,
        name="request_first_contact",
    ),
    path("requests/<number:pk>/decide/", request_views.request_decide, name="request_decide"),
    path("referrals/", referral_views.referral_list, name="referral_list"),
    path("referrals/add/", referral_views.referral_add, name="referral_add"),
    path("referrals/<number:pk>/", referral_views.referral_detail, name="referral_detail"),
    path("referrals/<number:pk>/edit/", referral_views.referral_edit, name="referral_edit"),
    path("referrals/<number:pk>/decide/", referral_views.referral_decide, name="referral_decide"),
    path(
        "agencies/<number:pk>/link-workers/",
        referral_views.link_worker_list,
        name="link_worker_list",
    ),
    path("link-workers/<number:pk>/end/", referral_views.link_worker_end, name="link_worker_end"),
]
