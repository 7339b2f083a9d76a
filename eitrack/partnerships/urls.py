from django.urls import path

from eitrack.partnerships import agency_views, paper_views, protocol_views

app_name = "partnerships"
urlpatterns = [
    path("protocols/", protocol_views.protocol_list, name="protocol_list"),
    path("protocols/<number:pk>/", protocol_views.protocol_detail, name="protocol_detail"),
    path(
        "agencies/<number:pk>/protocols/<slug:topic>/",
        protocol_views.protocol_cell,
        name="protocol_cell",
    ),
    path(
        "agencies/<number:pk>/protocols/<slug:topic>/<slug:step>/",
        protocol_views.protocol_step,
        name="protocol_step",
    ),
    path(
        "protocols/<number:pk>/versions/<number:number>/file/",
        paper_views.protocol_file,
        name="protocol_file",
    ),
    path(
        "protocols/<number:pk>/versions/<number:number>/file/add/",
        paper_views.protocol_file_add,
        name="protocol_file_add",
    ),
    path(
        "protocols/<number:pk>/versions/<number:number>/file/remove/",
        paper_views.protocol_file_remove,
        name="protocol_file_remove",
    ),
    path("agencies/", agency_views.agency_list, name="agency_list"),
    path("agencies/add/", agency_views.agency_add, name="agency_add"),
    path("agencies/<number:pk>/", agency_views.agency_detail, name="agency_detail"),
    path("agencies/<number:pk>/edit/", agency_views.agency_edit, name="agency_edit"),
    path("agencies/<number:pk>/settle/", agency_views.agency_settle, name="agency_settle"),
    path("sites/add/", agency_views.site_add, name="site_add"),
    path("sites/<number:pk>/edit/", agency_views.site_edit, name="site_edit"),
    path("sites/<number:pk>/settle/", agency_views.site_settle, name="site_settle"),
]
