import django_tables2 as tables

from eitrack.common.tables import BaseTable
from eitrack.directory.models import Agency


class AgencyTable(BaseTable):
    agency = tables.Column(accessor="name", linkify=lambda record: record.get_absolute_url())
    kind = tables.Column()
    sites = tables.Column(accessor="site_number", attrs={"td": {"class": "figure"}})
    agreements = tables.Column(
        accessor="agreed_number",
        verbose_name="Agreements in force",
        attrs={"td": {"class": "figure"}},
    )
    standing = tables.Column(accessor="is_provisional")

    class Meta(BaseTable.Meta):
        model = Agency
        fields = []
        empty_text = "No agency here. Partner organisations you work with will be listed here."

    def render_standing(self, value):
        return "Provisional" if value else "Settled"

    def value_standing(self, value):
        return self.render_standing(value)
