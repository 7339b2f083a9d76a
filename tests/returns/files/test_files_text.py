"""CSV, tidy file with its metadata, JSON with its schema, ZIP: read back by what others wrote."""

import csv
import io
import json
from zipfile import ZipFile

import jsonschema
import pandas
import pytest

from eitrack.indicators.disclosure import SYMBOLS
from eitrack.returns.datasets import TIDY
from eitrack.returns.document import Document
from eitrack.returns.files import CONTENT_TYPES, FORMATS, render
from eitrack.returns.files.csvw import csvw_metadata, tidy_csv
from eitrack.returns.files.structured import json_file, schema
from eitrack.returns.files.text import csv_file
from eitrack.returns.files.workbook import xlsx
from tests.returns.documents import LABELS, RELEASED, awkward_document, printed

DTYPES = {"string": "string", "number": "float64", "integer": "int64", "boolean": "bool"}


@pytest.fixture(scope="module")
def document():
    return awkward_document()


def rows_of(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


class TestCsv:
    def test_has_the_mark_that_excel_needs(self, document):
        assert csv_file(document, RELEASED).startswith(b"\xef\xbb\xbfTitle,")

    def test_the_head_says_what_d13_asks(self, document):
        rows = rows_of(csv_file(document, RELEASED))
        head = [tuple(row) for row in rows[: rows.index([])]]

        assert ("Title", "Indicator summary, Riverside & Hill") in head
        assert (
            "Period",
            "Quarter 2 of 2026/27, 1 July 2026 to 30 September 2026",
        ) in head
        assert ("Status", "Released 23 November 2026, release 2") in head
        assert set(document.parameters) <= set(head)
        assert {(f"Symbol {symbol}", text) for symbol, text in SYMBOLS.items()} <= set(head)
        assert ("Changed since the last release", document.moved[1]) in head
        assert ("Note", "Sites below the floor are in “Other sites”") in head

    def test_every_figure_is_there_once_as_text_with_its_version(self, document):
        rows = rows_of(csv_file(document, RELEASED))
        names, *lines = rows[rows.index([]) + 1 :]
        read = [dict(zip(names, line, strict=True)) for line in lines]

        texts = [
            line[name]
            for line in read
            for name in ("figure", "numerator", "denominator", "known", "beside")
        ]
        assert sorted(filter(None, texts)) == sorted(printed(document))
        assert {line["definition version"] for line in read} == {"1"}

    def test_what_begins_like_a_formula_is_guarded(self, document):
        for row in rows_of(csv_file(document, RELEASED)):
            assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@"))]


class TestTidy:
    def test_pandas_reads_it_by_its_metadata(self, document):
        metadata = json.loads(csvw_metadata(document, RELEASED, "r-tidy.csv"))
        columns = metadata["tableSchema"]["columns"]

        frame = pandas.read_csv(
            io.BytesIO(tidy_csv(document)),
            dtype={column["name"]: DTYPES[column["datatype"]] for column in columns},
            na_values=[metadata["null"]],
            keep_default_na=False,
        )

        assert list(frame.columns) == [column["name"] for column in columns]
        for column in columns:
            assert not (column["required"] and frame[column["name"]].isna().any())
        beside = frame[~frame.fact.isin(["figure", "numerator", "denominator", "known"])]
        said = [*frame.drop(beside.index).text, *(beside.fact + " " + beside.text)]
        whole = [part for text in printed(document) for part in text.split(", ")]
        assert sorted(said) == sorted(whole)
        assert frame.loc[frame.row == "N/A", "breakdown"].notna().all()

    def test_it_is_one_table_from_its_first_byte_to_its_last(self, document):
        header, *rows = csv.reader(io.StringIO(tidy_csv(document).decode()))

        assert header == [column.name for column in TIDY]
        assert len({name.lower() for name in header}) == len(header)
        assert {len(row) for row in rows} == {len(header)}
        assert all(any(row) for row in rows)
        assert len(set(map(tuple, rows))) == len(rows)

    def test_numbers_are_those_that_are_printed(self, document):
        lines = csv.DictReader(io.StringIO(tidy_csv(document).decode()))
        by_key = {
            (each["period"], each["row"], each["indicator_code"], each["fact"]): each
            for each in lines
        }

        share = by_key["2026-Q2", "All", "VIS-01", "figure"]
        reach = by_key["2026-Q2", "All", "RCH-03", "figure"]
        hidden = by_key["2026-Q2", "'+44 team", "RCH-01", "figure"]
        adults = by_key["2026-Q2", "All", "RCH-04", "adults"]
        assert (share["value"], share["unit"]) == ("53", "%")
        assert (reach["value"], reach["lower"], reach["upper"]) == ("", "1070", "5835")
        assert reach["at_least"] == "true"
        assert (hidden["value"], hidden["symbol"]) == ("", "c")
        assert (adults["symbol"], adults["unit"]) == ("c", "number")

    def test_the_metadata_carry_what_other_files_say_at_their_head(self, document):
        metadata = json.loads(csvw_metadata(document, RELEASED, "r-tidy.csv"))

        notes = {(note["name"], note["text"]) for note in metadata["notes"]}
        assert metadata["url"] == "r-tidy.csv"
        assert metadata["@context"][0] == "http://www.w3.org/ns/csvw"
        assert metadata["dc:issued"]["@value"] == "2026-11-23T12:00:00"
        assert ("Status", "Released 23 November 2026, release 2") in notes
        assert set(document.parameters) <= notes


class TestJson:
    def test_the_schema_is_a_schema(self):
        jsonschema.Draft202012Validator.check_schema(json.loads(schema()))

    def test_a_file_keeps_to_it(self, document):
        content, published = json.loads(json_file(document, RELEASED)), json.loads(schema())

        jsonschema.Draft202012Validator(published).validate(content)

        assert content["$schema"] == published["$id"]

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("value", 3),
            ("text", ""),
            ("lower", 1),
            ("symbol", "q"),
            ("is_estimate", None),
            ("exact", 4),
        ],
    )
    def test_the_schema_refuses_a_hidden_figure_that_says_more(self, document, name, value):
        content = json.loads(json_file(document, RELEASED))
        hidden = next(
            row["figure"]
            for each in content["tables"][1]["indicators"]
            for row in each["rows"]
            if row["figure"]["symbol"] == "c"
        )

        hidden[name] = value

        with pytest.raises(jsonschema.ValidationError):
            jsonschema.Draft202012Validator(json.loads(schema())).validate(content)

    def test_it_says_every_figure(self, document):
        content = json.loads(json_file(document, RELEASED))

        site_kind = content["tables"][1]
        assert [row["label"] for row in site_kind["indicators"][0]["rows"]] == list(LABELS)
        for table, written in zip(document.tables, content["tables"], strict=True):
            for column, indicator in zip(table.columns, written["indicators"], strict=True):
                texts = [row["figure"]["text"] for row in indicator["rows"]]
                assert indicator["total"]["figure"]["text"] == column.total.figure
                assert texts == [cell.figure for cell in column.rows]

    def test_what_is_said_twice_under_one_name_stays(self, document):
        said = json.loads(json_file(document, RELEASED))["parameters"]

        assert said["Changed since the last release"] == "\n".join(document.moved)


class TestAll:
    def test_the_same_document_gives_the_same_bytes(self, document):
        read_back = Document.from_json(document.to_json())

        for make in (csv_file, json_file, xlsx):
            assert make(document, RELEASED) == make(read_back, RELEASED)
        assert tidy_csv(document) == tidy_csv(read_back)

    def test_the_zip_holds_every_file_and_the_schema(self, document):
        name = "summary-riverside-2026-Q2-release-2"
        files = render(document, standing=RELEASED, name=name)

        packed = ZipFile(io.BytesIO(files[".zip"]))
        expected = {f"{name}{suffix}": files[suffix] for suffix in files if suffix != ".zip"}
        expected["return-2.schema.json"] = schema()
        assert {each: packed.read(each) for each in packed.namelist()} == expected
        assert {entry.date_time for entry in packed.infolist()} == {(2026, 11, 23, 12, 0, 0)}

    def test_one_csv_is_for_people_and_one_for_programs(self, document):
        files = render(document, standing=RELEASED, name="r")

        assert [suffix for suffix in files if suffix.endswith(".csv")] == [".csv", "-tidy.csv"]

    def test_every_suffix_has_its_type_and_every_format_its_suffix(self):
        assert {f".{name}": kind for name, (_, kind) in FORMATS.items()}.items() <= (
            CONTENT_TYPES.items()
        )
