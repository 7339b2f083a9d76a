"""Run in the sample world: its files, and its figures as they are and as far as sheets go."""

import json
import os
from pathlib import Path

from eitrack.accounts.models import User
from eitrack.directory.models import SchoolTerm, Site
from tests.intake.moving_in.as_files import workbook_rows
from tests.intake.moving_in.as_sheets_say import leave_what_sheets_say
from tests.intake.moving_in.figures import figures
from tests.intake.moving_in.layouts import LAYOUTS
from tests.intake.moving_in.logged import OF_JOINT, logged_by_worker
from tests.intake.moving_in.national_list import LISTED, write_list
from tests.intake.workbook.filled_in import filled

folder, quarter = Path(os.environ["SERVED_FOLDER"]), os.environ["QUARTER"]
today = os.environ["TODAY"]
sheets = {sheet.replace(" ", "_"): rows for sheet, rows in workbook_rows().items()}
(folder / "service.xlsx").write_bytes(filled(**sheets))
write_list(folder / "edubasealldata.csv")
written, logged = [], logged_by_worker()
layout_of = {email: LAYOUTS[number % len(LAYOUTS)] for number, email in enumerate(logged)}
lead_of = {one.key: email for email, rows in logged.items() for one in rows if one.key > 0}


def is_told_alike(one, layout):
    """Whether a colleague's row has the hour of the session: the layout of clients makes one up."""
    if one.key > OF_JOINT:
        return True
    return "clients" not in (layout.code, layout_of[lead_of[OF_JOINT - one.key]].code)


for number, (email, all_rows) in enumerate(logged.items()):
    layout = layout_of[email]
    rows = [one for one in all_rows if is_told_alike(one, layout)]
    staff = "".join(word[0] for word in User.objects.get(email=email).name.split())
    tables = layout.tables(layout, rows, staff)
    file = f"sheet-{number}.{layout.ending}"
    layout.write(folder / file, tables)
    keys = [[table.name, row, key] for table in tables for row, key in table.keys.items()]
    kinds = {one.key: one.kind for one in rows}
    written.append(
        {
            "file": file,
            "worker": email,
            "staff": staff,
            "layout": layout.code,
            "keys": keys,
            "kinds": kinds,
        }
    )
said = {
    "sheets": written,
    "terms": [
        [term.name, f"{term.from_on}", f"{term.until_on}"] for term in SchoolTerm.objects.all()
    ],
    "listed": list(Site.objects.filter(kind__in=LISTED).values_list("name", flat=True)),
    "world": figures(quarter, today),
}
leave_what_sheets_say(layout_of)
said["as_sheets_say"] = figures(quarter, today)
(folder / "world.json").write_text(json.dumps(said))
print(json.dumps(said["terms"]))
