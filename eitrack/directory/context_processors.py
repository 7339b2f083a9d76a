from django.utils.functional import SimpleLazyObject

from eitrack.directory.models import District


def sample_data(request):
    """Whether this database holds the sample world; asked only by pages that print it."""
    return {"is_sample_data": SimpleLazyObject(is_sample_data)}


def is_sample_data():
    return District.objects.filter(is_sample=True).exists()
