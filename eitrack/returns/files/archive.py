"""All files of a return in one ZIP."""

import io
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from eitrack.returns.files.lines import moment_of

READABLE = 0o644 << 16


def archive(files, released):
    """{name: bytes} packed in this order, all dated with the moment of release."""
    buffer = io.BytesIO()
    moment = moment_of(released).timetuple()[:6]
    with ZipFile(buffer, "w", ZIP_DEFLATED) as packed:
        for name, content in files.items():
            entry = ZipInfo(name, moment)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = READABLE
            entry.create_system = 3
            packed.writestr(entry, content)
    return buffer.getvalue()
