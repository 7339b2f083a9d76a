from django.urls import path

from eitrack.stewardship.people import absence_views, contract_views, hat_views, person_views

urlpatterns = [
    path("stewardship/people/", person_views.person_list, name="person_list"),
    path("stewardship/people/<number:pk>/", person_views.person_detail, name="person_detail"),
    path("stewardship/people/<number:pk>/hats/add/", hat_views.hat_add, name="hat_add"),
    path("stewardship/hats/<number:pk>/edit/", hat_views.hat_edit, name="hat_edit"),
    path("stewardship/hats/<number:pk>/end/", hat_views.hat_end, name="hat_end"),
    path(
        "stewardship/people/<number:pk>/contracts/add/",
        contract_views.contract_add,
        name="contract_add",
    ),
    path(
        "stewardship/contracts/<number:pk>/edit/",
        contract_views.contract_edit,
        name="contract_edit",
    ),
    path(
        "stewardship/contracts/<number:pk>/remove/",
        contract_views.contract_remove,
        name="contract_remove",
    ),
    path("absences/", absence_views.absence_list, name="absence_list"),
    path("absences/add/", absence_views.absence_add, name="absence_add"),
    path("absences/<number:pk>/edit/", absence_views.absence_edit, name="absence_edit"),
    path("absences/<number:pk>/remove/", absence_views.absence_remove, name="absence_remove"),
]
