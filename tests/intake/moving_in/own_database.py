"""Commands and a script in a database that no other test knows."""

import json

from tests.served.conftest import OwnDatabase, ServedHouse
from tests.serving import HOUSE

HERE = HOUSE / "tests" / "intake" / "moving_in"
SET_UP = (
    *("setup", "--district=Riverside", "--nation=england", "--administrator=ada@example.org"),
    *("--name=Ada Alder", "--site-url=http://127.0.0.1:8000"),
)


def in_a_database_of_its_own(folder, *commands, script, **environment):
    """What the script prints, run after these commands in a new database."""
    database = OwnDatabase(folder)
    database.create()
    try:
        house = ServedHouse(folder, database)
        house.environment |= {"EITRACK_SITE_URL": "http://127.0.0.1:8000", **environment}
        house.prepare(database.name if database.is_file else None)
        for command in commands:
            house.manage(*command)
        read = f"exec(open({str(HERE / script)!r}).read())"
        return json.loads(house.manage("shell", "--no-imports", "-c", read))
    finally:
        database.drop()
