"""The district that formal work and agreements of a workbook belong to."""

from django import forms

from eitrack.directory.models import District


def the_district():
    """The one district of the service; with several a workbook cannot tell which is meant."""
    districts = list(District.objects.all()[:2])
    if len(districts) != 1:
        raise forms.ValidationError(
            "This service has several districts: a workbook cannot say which is meant."
        )
    return districts[0]
