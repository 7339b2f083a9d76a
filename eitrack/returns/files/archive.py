"""All files of a return in one ZIP."""

import io
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

READABLE = 0o644 << 16


def archive(files, standing):
    """{name: bytes} packed in this order, dated with the moment of release or extraction."""
    buffer = io.BytesIO()
    moment = standing.at.timetuple()[:6]
    with ZipFile(buffer, "w", ZIP_DEFLATED) as packed:
        for name, content in files.items():
            entry = ZipInfo(name, moment)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = READABLE
            entry.create_system = 3
            packed.writestr(entry, content)
    return buffer.getvalue()
