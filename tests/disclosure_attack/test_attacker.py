"""The attacker bites: made papers with a leak planted in them, and papers that hold."""

import pytest

from tests.disclosure_attack.amounts import Amounts, is_safe
from tests.disclosure_attack.counts import Counts
from tests.disclosure_attack.papers import (
    Fact,
    Words,
    from_csv,
    from_json,
    from_page,
    period_of,
    second_figures,
)
from tests.disclosure_attack.reading import by_place, decided_twice

STREAMS = ["Children's Fund", "Mainstream", "Neighbourhood Renewal", "On Track", "Sure Start"]


class NoHints:
    streams = STREAMS

    def kind_of(self, fine, row):
        return row.split(" of ")[-1]

    def small_part(self, code, where, rows):
        return ""

    def is_all_of(self, name, names):
        return False


@pytest.fixture
def words():
    known = Words()
    for code, unit, disclosure in (
        ("RCH-01", "count", "P"),
        ("RCH-02", "%", "P"),
        ("RCH-04", "count", "P"),
        ("RSP-04", "count", "E"),
        ("VIS-02", "count", "E"),
        ("VIS-04", "count", "E"),
        ("PTN-04", "%", "E"),
        ("FND-01", "hours", "R"),
        ("PTN-03", "hours", "R"),
        ("VIS-03", "ratio", "R"),
    ):
        known.units[code], known.classes[code] = unit, disclosure
    return known


def line(code, period, by, total, **rows):
    """Facts of a printed line; rows by name, with a space for an underscore."""
    facts = [Fact(code, period, "", "", "figure", total, "paper")]
    return facts + [
        Fact(code, period, by, row.replace("_", " "), "figure", text, "paper")
        for row, text in rows.items()
    ]


def cells(code, period, by, total, texts):
    return line(code, period, by, total, **{f"r{n}": text for n, text in enumerate(texts)})


def hidden_counts(facts, words):
    counts = Counts(by_place(facts), words, NoHints())
    return counts.ends(counts.secrets)


def hidden_hours(facts, words):
    amounts = Amounts(by_place(facts), words, STREAMS)
    return amounts.ends(amounts.secrets)


def width(ends):
    low, high = ends
    return high - low


class TestCounts:
    @pytest.mark.parametrize(
        ("texts", "total"),
        [
            (["c", "c"], "45"),
            (["c", "c", "10"], "15"),
            (["c", "45", "c", "0"], "60"),
            (["c", "c", "c", "60"], "95"),
            (["c", "c", "25", "110", "0", "c"], "150"),
            (["c", "c", "c", "c"], "10"),
            (["x"] * 7, "c"),
            (["x"] * 12, "10"),
        ],
    )
    def test_the_published_test_vectors_leave_four_values_of_every_hidden_cell(
        self, words, texts, total
    ):
        """INDICATORS.md part 4: what D1 to D3 publish of the lines in its table."""
        ends = hidden_counts(cells("RCH-01", "2026-Q1", "need_level", total, texts), words)

        assert len([name for name in ends if name[2]]) == texts.count("c") + texts.count("x")
        assert min(map(width, ends.values())) >= 3

    def test_a_cell_beside_its_own_total_is_found(self, words):
        """Two tens are 16 or more; the hidden one is 8 or more by the line rule, of 27 in all."""
        facts = cells("RCH-01", "2026-Q1", "need_level", "25", ["c", "10", "10"])

        ends = hidden_counts(facts, words)

        assert list(ends.values()) == [(8, 11)]

    def test_sites_are_found_by_the_kinds_that_they_lie_in(self, words):
        facts = [
            *line("RCH-01", "2026-Q1", "site_kind", "30", school="10", clinic="20"),
            *line(
                *("RCH-01", "2026-Q1", "site", "30"),
                **{"one_of_school": "c", "two_of_school": "10", "three_of_clinic": "c"},
            ),
        ]

        ends = hidden_counts(facts, words)

        assert ends["RCH-01", "2026-Q1", "site", "one of school"] == (1, 4)

    def test_a_year_less_its_quarters_is_found(self, words):
        facts = [
            *cells("RCH-01", "2026", "need_level", "110", ["90", "20"]),
            *cells("RCH-01", "2026-Q1", "need_level", "30", ["c", "c"]),
            *cells("RCH-01", "2026-Q2", "need_level", "30", ["30", "0"]),
            *cells("RCH-01", "2026-Q3", "need_level", "25", ["25", "0"]),
            *cells("RCH-01", "2026-Q4", "need_level", "25", ["25", "0"]),
        ]

        ends = hidden_counts(facts, words)

        assert ends["RCH-01", "2026-Q1", "need_level", "r1"] == (18, 22)

    @pytest.mark.parametrize(
        ("smaller", "larger"),
        [("VIS-02", "PTN-04"), ("RSP-04", "VIS-04"), ("RCH-02", "RCH-01")],
    )
    def test_what_is_counted_among_others_is_no_more_than_they(self, words, smaller, larger):
        def share(code, period, row, text, count):
            by = "need_level" if row else ""
            figure, denominator = (text, count) if words.units[code] == "%" else (count, "")
            yield Fact(code, period, by, row, "figure", figure, "paper")
            if denominator:
                yield Fact(code, period, by, row, "denominator", denominator, "paper")

        facts = [
            *share(larger, "2026-Q1", "", "u", "20"),
            *share(larger, "2026-Q1", "r0", "u", "10"),
            *share(larger, "2026-Q1", "r1", "u", "10"),
            *share(smaller, "2026-Q1", "", "c", "20"),
            *share(smaller, "2026-Q1", "r0", "c", "c"),
            *share(smaller, "2026-Q1", "r1", "c", "c"),
        ]
        part = "/D" if words.units[smaller] == "%" else ""

        ends = hidden_counts(facts, words)

        assert ends[smaller + part, "2026-Q1", "need_level", "r0"][1] <= 12

    def test_families_met_had_a_session_on_a_case(self, words):
        facts = [
            *line("RCH-04", "2026-Q1", "", "c"),
            *line("VIS-02", "2026-Q1", "", "10"),
            Fact("PTN-04", "2026-Q1", "", "", "figure", "u", "paper"),
            Fact("PTN-04", "2026-Q1", "", "", "denominator", "10", "paper"),
        ]

        ends = hidden_counts(facts, words)

        assert ends["RCH-04", "2026-Q1", "", ""] == (1, 4)


class TestHours:
    def test_the_hidden_work_of_a_stream_is_told_by_another_ones_return(self, words):
        """Year 2024: the summary hides two streams, the return of one of them prints 31 h."""
        facts = [
            *line(
                "PTN-03",
                "2024",
                "funding_stream",
                "173 h",
                **{
                    "Children's_Fund": "c",
                    "Mainstream": "48 h",
                    "Neighbourhood_Renewal": "32 h",
                    "On_Track": "c",
                    "Sure_Start": "37 h",
                },
            ),
            Fact(
                "funder:Children's Fund:FND-01", "2024", "kind", "Protocol work",
                "figure", "31 h", "its return",
            ),
        ]  # fmt: skip

        low, high = hidden_hours(facts, words)["protocol", "2024", "funding_stream", "On Track"]

        assert low < 25 < high
        assert not is_safe(25, low, high, 173)

    def test_a_hidden_quarter_is_told_by_the_year_and_the_others(self, words):
        """The Children's Fund in the second quarter of 2025 is 68 less 17, 14 and 19 hours."""
        own = {"2025": "68 h", "2025-Q1": "17 h", "2025-Q2": "c", "2025-Q3": "14 h"}
        facts = [
            fact
            for period, text in {**own, "2025-Q4": "19 h"}.items()
            for whole in ["200 h" if "-" in period else "800 h"]
            for fact in line(
                "PTN-03", period, "funding_stream", whole, **{"Children's_Fund": text, "x": "c"}
            )
        ]

        name = ("protocol", "2025-Q2", "funding_stream", "Children's Fund")
        low, high = hidden_hours(facts, words)[name]

        assert low < 18 < high
        assert not is_safe(18, low, high, 200)

    def test_a_line_that_hides_enough_holds(self, words):
        facts = line("PTN-03", "2024", "team", "100 h", north="c", south="c", east="40 h")

        ends = hidden_hours(facts, words)

        assert is_safe(30, *ends["protocol", "2024", "team", "north"], 100)
        assert is_safe(30, *ends["protocol", "2024", "team", "south"], 100)

    def test_a_worker_who_is_alone_in_one_row_reads_the_other(self, words):
        facts = line("PTN-03", "2024", "team", "100 h", north="c", south="c", east="40 h")
        amounts = Amounts(by_place(facts), words, STREAMS)
        own = ("protocol", "2024", "team", "north")
        other = ("protocol", "2024", "team", "south")

        low, high = amounts.ends({other}, also={own: 12})[other]

        assert (round(low), round(high)) == (47, 49)

    def test_hours_of_one_name_on_two_papers_are_one_number(self, words):
        """What the summary says of all service time by stream is what FND-01 says."""
        facts = [
            *line("FND-01", "2024", "funding_stream", "500 h", A="c", B="c", C="400 h"),
            Fact("VIS-03", "2024", "funding_stream", "A", "figure", "2.5", "paper"),
            Fact("VIS-03", "2024", "funding_stream", "A", "numerator", "61 h", "paper"),
        ]

        ends = hidden_hours(facts, words)

        assert ends["service", "2024", "funding_stream", "B"] == pytest.approx((37.5, 40.5))


class TestPapers:
    def test_what_one_paper_hides_and_another_prints_is_found(self):
        where = ("PTN-03", "2024", "funding_stream", "On Track", "figure")
        other = ("PTN-03", "2024", "funding_stream", "Sure Start", "figure")
        facts = [
            *(Fact(*where, "c", "summary"), Fact(*where, "25 h", "its page")),
            *(Fact(*other, "37 h", "summary"), Fact(*other, "37 h", "its page")),
        ]

        found = decided_twice(by_place(facts))

        assert found == [(where[:4], {"c": "summary", "25 h": "its page"})]

    JSON = """{"definitions": [{"name": "Unregistered sessions", "code": "VIS-02", "unit": "count",
    "disclosure": "E"}], "tables": [{"breakdown": "need_level", "label": "Level of need",
    "indicators": [{"code": "VIS-02", "period": "2026-Q1", "total": {"figure": {"text": "30"}},
    "rows": [{"label": "Targeted", "figure": {"text": "c"}}]}]}]}"""
    FACTS = (
        Fact("VIS-02", "2026-Q1", "", "", "figure", "30", "it"),
        Fact("VIS-02", "2026-Q1", "need_level", "Targeted", "figure", "c", "it"),
    )

    def test_a_file_is_read(self, words):
        assert tuple(from_json(self.JSON, "it", words)) == self.FACTS

    def test_both_kinds_of_csv_are_read(self, words):
        list(from_json(self.JSON, "it", words))
        for_people = (
            "Title,A return\n\n"
            "code,indicator,row,figure,numerator,denominator,known,beside,broken down by,period\n"
            "VIS-02,Unregistered sessions,All,30,,,,,Nothing,2026-Q1\n"
            "VIS-02,Unregistered sessions,Targeted,c,,,,,Level of need,2026-Q1\n"
        )
        for_machines = (
            "period,breakdown,row,indicator_code,fact,text\n"
            "2026-Q1,none,All,VIS-02,figure,30\n"
            "2026-Q1,need_level,Targeted,VIS-02,figure,c\n"
        )

        assert tuple(from_csv(for_people, "it", words)) == self.FACTS
        assert tuple(from_csv(for_machines, "it", words)) == self.FACTS

    def test_a_page_is_read_without_the_words_of_its_symbols(self, words):
        list(from_json(self.JSON, "it", words))
        page = """<table><tr><th>Level of need</th><th>Unregistered sessions</th></tr>
        <tr><th>All</th><td>30</td></tr>
        <tr><th>Targeted</th><td><span>c<span class="symbol-word"> hidden</span></span></td></tr>
        </table>"""

        assert tuple(from_page(page, "it", words, "2026-Q1")) == self.FACTS

    def test_periods_and_second_figures_are_read(self):
        assert period_of("Quarter 2 of 2025/26") == "2025-Q2"
        assert period_of("Year 2025/26, so far") == "2025"
        assert second_figures("children 620, adults c") == {"children": "620", "adults": "c"}
        assert second_figures("for each full-time worker 61.1") == {
            "for each full-time worker": "61.1"
        }
