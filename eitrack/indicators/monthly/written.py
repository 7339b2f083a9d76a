"""How sums are written into a stored row, and read again."""


def as_stored(sums):
    """{row key: {name: value}} as it is stored: the names, then key and values of each row."""
    names = sorted(set().union(*sums.values()))
    rows = (
        [key, *(_listed(values.get(name, 0)) for name in names)] for key, values in sums.items()
    )
    return [names, *rows]


def _listed(value):
    return sorted(value, key=str) if isinstance(value, set) else value


def from_stored(written):
    """The inverse of `as_stored`."""
    names, *rows = written or ((),)
    return {
        key: {
            name: set(value) if type(value) is list else value
            for name, value in zip(names, values, strict=True)
            if value
        }
        for key, *values in rows
    }
