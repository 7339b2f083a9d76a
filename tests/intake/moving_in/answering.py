"""What the worker answers who knows their own sheet."""

from eitrack.activities.models import ActivityType
from eitrack.directory.models import Agency, Site
from eitrack.intake.activity.meanings import plain_word
from eitrack.intake.reading.fields import plain_name

LISTS = {"what": ActivityType, "where": Site, "agency": Agency}


def answers_of(form, layout, staff):
    """(what is sent, how many columns had to be put right)."""
    data = {name: field.initial for name, field in form.fields.items() if field.initial}
    corrected = 0
    for at, (_, field) in enumerate(layout.columns):
        corrected += form.fields[f"column-{at}"].initial != field.name
        data[f"column-{at}"] = field.name
    for field, asked in form.asks.get("words", {}).items():
        meant = meanings(field, layout)
        for at, (word, _) in enumerate(asked):
            data[f"word-{field}-{at}"] = meant[plain_word(word)]
    if "own_names" in form.fields:
        data["own_names"] = [plain_name(staff)]
    if "zero_means" in form.fields:
        data["zero_means"] = "nobody"
    return data | layout.answers, corrected


def meanings(field, layout):
    """{word of the sheet as it is compared: key of what it means}."""
    say = layout.meaning()[field]
    return {plain_word(say(str(one))): one.pk for one in LISTS[field].objects.all()}
