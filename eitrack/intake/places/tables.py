"""The rows of a list that is to be ticked, and their file."""

import django_tables2 as tables
from django.utils.html import format_html

from eitrack.common.tables import BaseTable
from eitrack.directory.choices import SiteKind
from eitrack.intake.models import StagedRow
from eitrack.intake.places.choices import Offered
from eitrack.intake.places.row_html import said_html, same_html, status_of, tick_html, type_html

BESIDE = {"td": {"class": "beside"}}


class PlaceRowTable(BaseTable):
    """Each row with its tick; `types` are (key, name) of what a session may be."""

    place = tables.Column("Place", accessor="content__name", order_by="content__name")
    kind = tables.Column(
        "Kind",
        accessor="content__place__site_kind",
        order_by="content__place__site_kind",
        attrs=BESIDE,
    )
    where = tables.Column(
        "Where",
        accessor="content__place__postcode",
        order_by="content__place__postcode",
        attrs=BESIDE,
    )
    number = tables.Column(
        "URN", accessor="content__number", order_by="content__number", attrs=BESIDE
    )
    what = tables.Column("What the list says", accessor="content__what", orderable=False)

    class Meta(BaseTable.Meta):
        model = StagedRow
        fields = []
        attrs = {"class": "ticks"}
        template_name = "intake/_ticks_table.html"
        empty_text = "Nothing here. Choose others under Filters."

    def __init__(self, *args, types=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.types = types

    def render_place(self, record):
        return tick_html(record)

    def value_place(self, record):
        return record.content["name"]

    def render_kind(self, record):
        if record.content["session"]:
            return "Session"
        place = record.content["place"]
        return format_html(
            '{}<br class="on-desk"><span class="soft on-desk">{}</span>',
            SiteKind(place["site_kind"]).label,
            place["type_name"],
        )

    def value_kind(self, record):
        content = record.content
        return "Session" if content["session"] else SiteKind(content["place"]["site_kind"]).label

    def render_where(self, record):
        place = record.content["place"]
        return ", ".join(filter(None, [place["town"], place["postcode"]]))

    def value_where(self, record):
        return self.render_where(record) if record.content["place"] else ""

    def render_what(self, record):
        content = record.content
        asked = type_html(record, self.types) if content["session"] else same_html(record)
        return format_html("{}{}", said_html(content), asked)

    def value_what(self, record):
        content = record.content
        said = content["reason"] or status_of(content)
        return f"{Offered(content['what']).label}. {said}".strip()
