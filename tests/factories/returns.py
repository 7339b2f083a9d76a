import datetime
from hashlib import sha256

import factory
from factory.django import DjangoModelFactory

from eitrack.indicators.catalogue.definitions import INDICATORS
from eitrack.returns import models
from eitrack.returns.document import Column, Definition, Document, Kind, PrintedCell, Table
from tests.factories.accounts import UserFactory
from tests.factories.directory import DistrictFactory

PREPARED_AT = datetime.datetime(2026, 10, 20, 9, 0, tzinfo=datetime.UTC)


def a_document(figures=("10", "c"), **changed):
    """Of one indicator: its total, and the North and South teams; then `changed`."""
    definition = next(each for each in INDICATORS if each.code == "RCH-01")
    cells = tuple(PrintedCell(figure) for figure in figures)
    column = Column("RCH-01", "2026-Q2", PrintedCell("25"))
    tables = (
        Table("", "All", (), (column,)),
        Table(
            "team",
            "Team",
            ("North team", "South team"),
            (Column("RCH-01", "2026-Q2", PrintedCell("25"), cells),),
        ),
    )
    words = {
        "kind": Kind.SUMMARY,
        "title": "Indicator summary, Riverside",
        "district": "Riverside",
        "period": "2026-Q2",
        "period_name": "Quarter 2 of 2026/27",
        "period_dates": "1 July 2026 to 30 September 2026",
        "is_sample": False,
        "parameters": (("Period", "Quarter 2 of 2026/27"),),
        "definitions": (Definition.of(definition),),
        "tables": tables,
    }
    return Document(**words | changed)


class ReturnFactory(DjangoModelFactory):
    """One that is prepared and waits; traits name the other states."""

    class Meta:
        model = models.Return

    class Params:
        preparing = factory.Trait(state="preparing", document="", sha256="", prepared_at=None)
        approved = factory.Trait(
            state="approved",
            approved_by=factory.SubFactory(UserFactory, district=True),
            approved_at=PREPARED_AT,
        )
        released = factory.Trait(
            state="released",
            approved_by=factory.SubFactory(UserFactory, district=True),
            approved_at=PREPARED_AT,
            released_by=factory.SelfAttribute("approved_by"),
            released_at=PREPARED_AT,
            note="As agreed in October.",
        )

    district = factory.SubFactory(DistrictFactory)
    period = "2026-Q2"
    state = "prepared"
    prepared_by = factory.SubFactory(UserFactory, district=True)
    prepared_at = PREPARED_AT
    coverage = "86%"
    kept = factory.LazyFunction(
        lambda: {
            "rules": {"threshold": 7, "base": 5},
            "today": "2026-10-20",
            "sheets": [],
            "printed": {},
        }
    )
    report_lines = factory.LazyFunction(lambda: [["Leaks found", "0"]])
    document = factory.LazyFunction(lambda: a_document().to_json())
    sha256 = factory.LazyAttribute(lambda made: sha256(made.document.encode()).hexdigest())


class ReturnFileFactory(DjangoModelFactory):
    class Meta:
        model = models.ReturnFile

    of_return = factory.SubFactory(ReturnFactory, released=True)
    name = "summary-riverside-2026-Q2-release-1.csv"
    media_type = "text/csv; charset=utf-8"
    content = b"code,figure\r\nRCH-01,25\r\n"
    size = 25
    sha256 = factory.LazyAttribute(lambda made: sha256(made.content).hexdigest())


class FigureQueryFactory(DjangoModelFactory):
    """Asked of all managers, about the whole service; nothing is said yet."""

    class Meta:
        model = models.FigureQuery

    district = factory.SubFactory(DistrictFactory)
    period = "2026-Q2"
    code = "RCH-01"
    asked_by = factory.SubFactory(UserFactory, district=True)


class FigureQueryTextFactory(DjangoModelFactory):
    class Meta:
        model = models.FigureQueryText

    query = factory.SubFactory(FigureQueryFactory)
    side = "district"
    author = factory.SelfAttribute("query.asked_by")
    text = "Why is this higher than in spring?"
