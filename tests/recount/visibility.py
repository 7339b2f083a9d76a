"""VIS: how much of the work a case count does not show."""

from tests.recount.rows import Figure, all_minutes, contact, unregistered
from tests.recount.staff import expected_days, full_time, recorded_days

CONSULTATIONS = ("consultation_family", "consultation_child", "consultation_professional")
IN_TIME = 3


def vis_01(part):
    """Contact minutes with families on no case, out of all contact minutes with families."""
    direct = part.direct_entries
    return Figure(contact(each for each in direct if unregistered(each["of"])), contact(direct))


def vis_02(part):
    """Activities with families that are on no case, each once; nobody came still counts."""
    return Figure(sum(unregistered(each) for each in part.direct_activities))


def vis_03(part):
    """All service minutes, out of those on formal cases."""
    service = part.service_entries
    on_cases = [each for each in service if not unregistered(each["of"])]
    return Figure(all_minutes(service), all_minutes(on_cases))


def vis_04(part):
    """Consultations, each occasion once; beside them, how many for each full-time worker."""
    given = sum(each["kind"] in CONSULTATIONS for each in part.activities)
    return Figure(given, beside=Figure(given, full_time(part)))


def vis_05(part):
    """Worker-days with a record, out of those expected; beside them, time recorded in time."""
    expected = expected_days(part)
    done = recorded_days(part)
    in_time = [each for each in part.entries if is_in_time(part.world, each)]
    return Figure(
        len(expected & done), len(expected), beside=Figure(len(in_time), len(part.entries))
    )


def is_in_time(world, entry):
    """Recorded at most three working days after the day it was about."""
    return world.working_days_after(entry["date"], entry["recorded_at"].date()) <= IN_TIME
