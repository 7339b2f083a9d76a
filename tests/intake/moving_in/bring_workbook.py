"""Run in an empty service that was set up: bring the workbook in, and say what there is then."""

import json
import os
from pathlib import Path

from eitrack.accounts.models import User
from tests.intake.moving_in.compared import told
from tests.intake.workbook.filled_in import import_again, read_file

folder = Path(os.environ["SERVED_FOLDER"])
batch = read_file(User.objects.get(), (folder / "service.xlsx").read_bytes())
refused = batch.staged_rows.filter(state="refused").values_list("sheet", "number", "reason")
assert not refused, list(refused)
import_again(batch)
assert batch.state == "imported", batch.message
print(json.dumps(told()))
