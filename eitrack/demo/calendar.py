"""The sample world lies in England."""

from functools import partial

from eitrack.directory import calendars, closing
from eitrack.directory.choices import Nation

bank_holidays = partial(calendars.bank_holidays, nation=Nation.ENGLAND)
is_working_day = partial(calendars.is_working_day, nation=Nation.ENGLAND)
working_days = partial(calendars.working_days, nation=Nation.ENGLAND)
add_working_days = partial(calendars.add_working_days, nation=Nation.ENGLAND)
closes_after = partial(closing.closes_after, nation=Nation.ENGLAND)
