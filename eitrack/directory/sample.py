from eitrack.directory.models import District


def is_sample_data():
    """Whether this database holds the sample world."""
    return District.objects.filter(is_sample=True).exists()
