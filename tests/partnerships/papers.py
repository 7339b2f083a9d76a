"""Files as they are sent, good and bad."""

import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
CONTENT_TYPES = (
    '<Types><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)


def zipped(*entries):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in entries:
            book.writestr(name, content)
    return buffer.getvalue()


def docx(*more):
    return zipped(
        ("[Content_Types].xml", CONTENT_TYPES), ("word/document.xml", "<w:document/>"), *more
    )


def odt():
    return zipped(
        ("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "<office/>")
    )


def upload(content, name="agreement.pdf"):
    return SimpleUploadedFile(name, content)
