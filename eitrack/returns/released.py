"""From a period to what was released of it."""


def released_of(district, period):
    """The newest released summary of a district's period, or None; `period` is a Period.

    Nothing is released before there is a register of returns.
    """
    return None
