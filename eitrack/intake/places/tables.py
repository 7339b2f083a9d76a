"""The rows of a list that is to be ticked, and their file."""

import django_tables2 as tables
from django.utils.html import format_html, format_html_join

from eitrack.common.tables import BaseTable
from eitrack.directory.choices import SiteKind
from eitrack.intake.models import StagedRow
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
SAME_HERE = "Is it here already?"


class PlaceRowTable(BaseTable):
    """Each row with its tick; a place that may be here already with a choice."""

    place = tables.Column("Place", accessor="content__name", order_by="content__name")
    kind = tables.Column(
        "Kind",
        accessor="content__place__site_kind",
        order_by="content__place__site_kind",
        attrs={"td": {"class": "beside"}},
    )
    where = tables.Column(
        "Where",
        accessor="content__place__postcode",
        order_by="content__place__postcode",
        attrs={"td": {"class": "beside"}},
    )
    number = tables.Column(
        "URN",
        accessor="content__number",
        order_by="content__number",
        attrs={"td": {"class": "beside"}},
    )
    what = tables.Column("What the list says", accessor="content__what", orderable=False)

    class Meta(BaseTable.Meta):
        model = StagedRow
        fields = []
        attrs = {"class": "ticks"}
        template_name = "intake/_ticks_table.html"
        empty_text = "Nothing here. Choose others under Filters."

    def render_place(self, record):
        return format_html(
            '<input type="hidden" name="shown" value="{pk}">'
            '<label class="choice" for="tick-{pk}"><input type="checkbox" id="tick-{pk}" '
            'name="tick" value="{pk}"{ticked}><span>{name}{own}</span></label>',
            pk=record.pk,
            ticked=" checked" if record.is_chosen else "",
            name=record.content["name"],
            own=own_name_html(record.content),
        )

    def value_place(self, record):
        return record.content["name"]

    def render_kind(self, record):
        place = record.content["place"]
        kind = SiteKind(place["site_kind"]).label
        return format_html(
            '{}<br class="on-desk"><span class="soft on-desk">{}</span>', kind, place["type_name"]
        )

    def value_kind(self, value):
        return SiteKind(value).label

    def render_where(self, record):
        place = record.content["place"]
        return ", ".join(filter(None, [place["town"], place["postcode"]]))

    def value_where(self, record):
        return self.render_where(record) if record.content["place"] else ""

    def render_what(self, record):
        content = record.content
        # What most rows of a first list are is said once, above them.
        is_usual = content["what"] == Offered.UNKNOWN
        what = "" if is_usual else format_html("<b>{}</b>", Offered(content["what"]).label)
        return format_html("{}{}{}", what, said_html(content), same_html(record))

    def value_what(self, record):
        content = record.content
        return f"{Offered(content['what']).label}. {content['reason'] or said_of(content)}".strip()


def own_name_html(content):
    if not content["own_name"] or content["own_name"] == content["name"]:
        return ""
    word = "to" if content["what"] in ("renamed", "succeeded") else "as"
    return format_html('<br><span class="soft">{} “{}”</span>', word, content["own_name"])


def said_html(content):
    said = " ".join(filter(None, [content["reason"] or said_of(content), effect_of(content)]))
    return format_html('<br><span class="soft">{}</span>', said) if said else ""


def effect_of(content):
    """What ticking a change of a known place does."""
    if content["what"] == Offered.SUCCEEDED and content["heir"]:
        return CARRIES_ON
    return EFFECTS.get(content["what"], "")


def said_of(content):
    """The status of a place that is not simply open."""
    place = content["place"]
    if place is None or place["status"] in (Status.OPEN, Status.PROPOSED):
        return ""
    if place["status"] == Status.CLOSED:
        return f"since {place['closed_on']}" if place["closed_on"] else ""
    return Status(place["status"]).label


def same_html(record):
    content = record.content
    if not content["candidates"]:
        return ""
    choices = [
        ("", SAME_HERE),
        *((key, f"It is {name} ({reason})") for key, name, reason in content["candidates"]),
        (ANOTHER, "No, it is another place"),
    ]
    options = format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        (
            (value, " selected" if value == content["same_as"] else "", words)
            for value, words in choices
        ),
    )
    is_open = record.is_chosen and not content["same_as"]
    error = format_html(
        '<div class="field-errors" id="same-{}_error"><p>Say whether it is here already.</p></div>',
        record.pk,
    )
    return format_html(
        '<div class="field{error_class}">{error}<select name="same-{pk}" id="same-{pk}" '
        'aria-label="{name}: {label}"{described}>{options}</select></div>',
        error_class=" has-error" if is_open else "",
        error=error if is_open else "",
        pk=record.pk,
        name=content["name"],
        label=SAME_HERE,
        described=format_html(' aria-describedby="same-{}_error"', record.pk) if is_open else "",
        options=options,
    )
