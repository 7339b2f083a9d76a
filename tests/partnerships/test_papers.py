import pytest
from django.core.exceptions import ValidationError

from eitrack.partnerships.papers import MEDIA_TYPES, MOST_BYTES, clean_name, read_paper
from tests.partnerships.papers import CONTENT_TYPES, PDF, docx, odt, upload, zipped

BOMB = docx(("word/media/image1.png", b"\0" * (201 * 1024 * 1024)))


class TestReadPaper:
    @pytest.mark.parametrize(
        ("content", "ending", "media_type"),
        [
            (PDF, "pdf", "application/pdf"),
            (PDF, "PDF", "application/pdf"),
            (docx(), "docx", MEDIA_TYPES["docx"]),
            (odt(), "odt", "application/vnd.oasis.opendocument.text"),
        ],
    )
    def test_takes_what_its_name_says(self, content, ending, media_type):
        paper = read_paper(upload(content, f"agreement.{ending}"))

        assert paper.media_type == media_type
        assert paper.content == content
        assert len(paper.sha256) == 64

    @pytest.mark.parametrize(
        ("content", "name", "words"),
        [
            (docx(), "agreement.pdf", "says that it is a PDF file"),
            (PDF, "agreement.docx", "says that it is a DOCX file"),
            (odt(), "agreement.docx", "says that it is a DOCX file"),
            (zipped(("[Content_Types].xml", CONTENT_TYPES)), "agreement.docx", "DOCX"),
            (zipped(("word/document.xml", "<w/>")), "agreement.docx", "DOCX"),
            (zipped(("content.xml", "<office/>")), "agreement.odt", "ODT"),
            (zipped(("mimetype", "application/zip")), "agreement.odt", "ODT"),
            (zipped(("mimetype", "x" * 200_000)), "agreement.odt", "ODT"),
            (docx().replace(b"PK\x01\x02", b"PK\x09\x09"), "agreement.docx", "DOCX"),
            (docx()[:-30], "agreement.docx", "DOCX"),
            (b"<script>alert(1)</script>", "agreement.pdf", "PDF"),
            (b"", "agreement.pdf", "is empty"),
            (PDF.ljust(MOST_BYTES + 1), "agreement.pdf", "larger than 10 MB"),
            (PDF, "agreement.exe", "Choose a PDF"),
            (PDF, "agreement", "Choose a PDF"),
            (BOMB, "agreement.docx", "unpack to far more"),
        ],
    )
    def test_refuses_what_is_not_what_its_name_says(self, content, name, words):
        with pytest.raises(ValidationError, match=words):
            read_paper(upload(content, name))

    def test_takes_a_file_of_exactly_ten_megabytes(self):
        assert len(read_paper(upload(PDF.ljust(MOST_BYTES))).content) == MOST_BYTES

    def test_a_macro_document_is_no_docx(self):
        macro = CONTENT_TYPES.replace(
            "openxmlformats-officedocument.wordprocessingml.document.main",
            "ms-word.document.macroEnabled.main",
        )
        content = zipped(("[Content_Types].xml", macro), ("word/document.xml", "<w/>"))

        with pytest.raises(ValidationError, match="DOCX"):
            read_paper(upload(content, "agreement.docx"))


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("Consent 2026.pdf", "Consent 2026.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\Head\\Consent.docx", "Consent.docx"),
        ('con\r\nsent\x00"\u202efdp.pdf', "consentfdp.pdf"),
        (".pdf", "agreement.pdf"),
        ("", "agreement"),
        ("x" * 300 + ".pdf", "x" * 89 + ".pdf"),
    ],
)
def test_a_name_keeps_its_last_part_without_hidden_signs(name, cleaned):
    assert clean_name(name) == cleaned
