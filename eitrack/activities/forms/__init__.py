from eitrack.activities.forms.activity import ActivityForm
from eitrack.activities.forms.void import VoidForm

__all__ = ["ActivityForm", "VoidForm"]
