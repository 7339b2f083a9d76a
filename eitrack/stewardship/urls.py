from django.urls import path

from eitrack.stewardship import service_views
from eitrack.stewardship.audit.urls import urlpatterns as of_the_trail
from eitrack.stewardship.lists.urls import urlpatterns as of_lists
from eitrack.stewardship.people.urls import urlpatterns as of_people
from eitrack.stewardship.places.urls import urlpatterns as of_places
from eitrack.stewardship.retention.urls import urlpatterns as of_retention
from eitrack.stewardship.scim.urls import urlpatterns as of_directory
from eitrack.stewardship.takeout import views as takeout_views
from eitrack.stewardship.teams.urls import urlpatterns as of_teams
from eitrack.stewardship.users.urls import urlpatterns as of_users
from eitrack.stewardship.year.urls import urlpatterns as of_the_year

app_name = "stewardship"
urlpatterns = [
    path("stewardship/", service_views.service_detail, name="service_detail"),
    *of_users,
    *of_teams,
    *of_people,
    *of_places,
    *of_lists,
    *of_the_year,
    *of_the_trail,
    *of_retention,
    path("account/own-data/", takeout_views.own_data, name="own_data"),
    *of_directory,
]
