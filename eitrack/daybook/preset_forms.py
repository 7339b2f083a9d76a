from eitrack.common.forms import WholeModelForm
from eitrack.common.free_text import FreeTextField
from eitrack.daybook.models import PresetChoice


class PresetNameForm(WholeModelForm):
    """The worker's own name for a combination; an empty one restores the default."""

    class Meta:
        model = PresetChoice
        fields = ["name"]
        field_classes = {"name": FreeTextField}
        labels = {"name": "New name"}
        help_texts = {"name": "Empty for the old name. Never the name of a person."}
        error_messages = {"name": {"max_length": "At most 60 letters fit here."}}

    def clean_name(self):
        return " ".join(self.cleaned_data["name"].split())
