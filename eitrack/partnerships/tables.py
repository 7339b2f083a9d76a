import django_tables2 as tables

from eitrack.common.tables import BaseTable
from eitrack.directory.models import Agency

FIGURE = {"th": {"class": "figure"}, "td": {"class": "figure"}}


class AgencyTable(BaseTable):
    agency = tables.Column(accessor="name", linkify=lambda record: record.get_absolute_url())
    kind = tables.Column()
    sites = tables.Column(accessor="site_number", attrs=FIGURE)
    agreements = tables.Column("Agreements in force", accessor="agreed_number", attrs=FIGURE)
    standing = tables.Column("Standing", accessor="is_provisional")

    class Meta(BaseTable.Meta):
        model = Agency
        fields = []
        empty_text = "No agency here. Partner organisations you work with will be listed here."

    def render_standing(self, value):
        return "Provisional" if value else "Settled"

    def value_standing(self, value):
        return self.render_standing(value)
