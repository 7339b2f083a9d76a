"""Run in the sample world: its workbook, and what its records say."""

import json
import os
from pathlib import Path

from tests.intake.moving_in.as_files import workbook_rows
from tests.intake.moving_in.compared import told
from tests.intake.workbook.filled_in import filled

folder = Path(os.environ["SERVED_FOLDER"])
sheets = {sheet.replace(" ", "_"): rows for sheet, rows in workbook_rows().items()}
(folder / "service.xlsx").write_bytes(filled(**sheets))
print(json.dumps(told()))
