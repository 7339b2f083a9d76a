import pytest
from django.core.exceptions import ImproperlyConfigured

from eitrack.settings import KNOWN, reject_unknown_settings


def test_a_misspelt_setting_stops_the_start_with_a_clear_message():
    with pytest.raises(ImproperlyConfigured, match="Unknown setting EITRACK_DATABSE_URL"):
        reject_unknown_settings(["EITRACK_DATABSE_URL", "PATH"])


def test_known_settings_and_other_programs_are_left_alone():
    reject_unknown_settings([*KNOWN, "PATH", "DJANGO_SETTINGS_MODULE"])
