"""Files as workers and other programs make them."""

import zipfile

import xlsxwriter

SHEET_START = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
)
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ODF = "urn:oasis:names:tc:opendocument:xmlns"


def text_file(folder, text, encoding="utf-8", name="sent"):
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def workbook(folder, *rows, formats=None, hidden=(), name="sent"):
    """A workbook of one sheet; a cell may be (value, format of its number)."""
    path = folder / name
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Log")
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                value, shape = cell if isinstance(cell, tuple) else (cell, None)
                style = book.add_format({"num_format": shape}) if shape else None
                sheet.write(number, column, value, style)
        for other in hidden:
            book.add_worksheet(other).hide()
    return path


def raw_workbook(folder, rows, parts=None, name="sent"):
    """A workbook with these rows as XML, and these parts in place of usual ones."""
    usual = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/'
        f'main" xmlns:r="{OFFICE}"><sheets><sheet name="Log" sheetId="1" r:id="r1"/></sheets>'
        "</workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" '
        f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": f"{SHEET_START}{rows}</sheetData></worksheet>",
    }
    return zipped(folder / name, usual | (parts or {}))


def document(folder, rows, name="sent"):
    """An OpenDocument spreadsheet with these rows as XML."""
    return zipped(
        folder / name,
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": '<manifest:manifest xmlns:manifest="'
            f'{ODF}:manifest:1.0"><manifest:file-entry manifest:full-path="/" '
            'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
            "</manifest:manifest>",
            "content.xml": f'<office:document-content xmlns:office="{ODF}:office:1.0" '
            f'xmlns:table="{ODF}:table:1.0" xmlns:text="{ODF}:text:1.0" xmlns:calcext="urn:org:'
            'documentfoundation:names:experimental:calc:xmlns:calcext:1.0"><office:body>'
            f'<office:spreadsheet><table:table table:name="Log">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        },
    )


def zipped(path, parts):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, text in parts.items():
            archive.writestr(part, text)
    return path
