from eitrack.common.cached_lists import cached_list
from eitrack.directory.models import District


@cached_list("directory.District")
def is_sample_data():
    """Whether this database holds the sample world."""
    return District.objects.filter(is_sample=True).exists()
