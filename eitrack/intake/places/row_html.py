"""What a row of ticks shows beside its place, as HTML."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from eitrack.intake.places.choices import Offered, Status
from eitrack.intake.places.taking import ANOTHER

EFFECTS = {
    Offered.RENAMED: "Ticked, it takes that name.",
    Offered.KIND_CHANGED: "Ticked, it becomes that kind here.",
    Offered.CLOSED: "Ticked, it is archived here.",
    Offered.SUCCEEDED: "Ticked, it is archived here.",
    Offered.REOPENED: "Ticked, it is no longer archived here.",
}
CARRIES_ON = "Ticked, it keeps all its records under that name and number."
TAKES_ANOTHER_NAME = (Offered.RENAMED, Offered.SUCCEEDED)


def tick_html(record):
    content = record.content
    return format_html(
        '<input type="hidden" name="shown" value="{pk}">'
        '<label class="choice" for="tick-{pk}"><input type="checkbox" id="tick-{pk}" '
        'name="tick" value="{pk}"{ticked}><span>{name}{beside}</span></label>',
        pk=record.pk,
        ticked=" checked" if record.is_chosen else "",
        name=content["name"],
        beside=beside_html(content),
    )


def beside_html(content):
    """The venue of a session; the name that a place would get, where it is another."""
    if content["session"]:
        said = f"at {content['place']['name']}"
    elif content["own_name"] in ("", content["name"]):
        return ""
    else:
        word = "to" if content["what"] in TAKES_ANOTHER_NAME else "as"
        said = f"{word} “{content['own_name']}”"
    return format_html('<br><span class="soft">{}</span>', said)


def said_html(content):
    """What the list says, and what ticking does. What most rows of a first list are is left out."""
    what = "" if content["what"] == Offered.UNKNOWN else Offered(content["what"]).label
    said = " ".join(filter(None, [content["reason"] or status_of(content), effect_of(content)]))
    parts = [format_html("<b>{}</b>", what)] if what else []
    parts += [format_html('<span class="soft">{}</span>', said)] if said else []
    return format_html_join(mark_safe("<br>"), "{}", ((part,) for part in parts))


def effect_of(content):
    """What ticking a change of a known place does."""
    if content["what"] == Offered.SUCCEEDED and content["heir"]:
        return CARRIES_ON
    return EFFECTS.get(content["what"], "")


def status_of(content):
    """The status of a place that is not simply open."""
    place = content["place"]
    if place is None or place["status"] in (Status.OPEN, Status.PROPOSED):
        return ""
    if place["status"] == Status.CLOSED:
        return f"since {place['closed_on']}" if place["closed_on"] else ""
    return Status(place["status"]).label


def same_html(record):
    """Which place of ours it is, where it may be one."""
    content = record.content
    if not content["candidates"]:
        return ""
    likeliest = content["candidates"][0][1]
    choices = [
        ("", f"Is it {likeliest}?"),
        *((key, f"Yes, {name} ({reason})") for key, name, reason in content["candidates"]),
        (ANOTHER, "No, it is another place"),
    ]
    problem = "Say whether it is here already."
    return choice_html(record, "same", content["same_as"], choices, problem)


def type_html(record, types):
    """What a session is here."""
    choices = [("", "What is it?"), *types]
    return choice_html(record, "type", record.content["activity_type"], choices, "Say what it is.")


def choice_html(record, name, chosen, choices, problem):
    is_open = record.is_chosen and not chosen
    key = f"{name}-{record.pk}"
    options = format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((value, " selected" if value == chosen else "", words) for value, words in choices),
    )
    error = format_html('<div class="field-errors" id="{}_error"><p>{}</p></div>', key, problem)
    return format_html(
        '<div class="field{error_class}">{error}<select name="{key}" id="{key}" '
        'aria-label="{label}"{described}>{options}</select></div>',
        error_class=" has-error" if is_open else "",
        error=error if is_open else "",
        key=key,
        label=f"{record.content['name']}: {choices[0][1]}",
        described=format_html(' aria-describedby="{}_error"', key) if is_open else "",
        options=options,
    )
