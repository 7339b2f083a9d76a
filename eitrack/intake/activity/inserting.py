"""Inserts made ready before the transaction that runs them.

On SQLite whoever saves waits for that transaction. `bulk_create` makes its SQL inside of it, which
takes several times as long as running it. This rests on a private part of Django, as that does.
"""

from django.db import connection
from django.db.models.sql import InsertQuery


def made_ready(made):
    """What `insert` runs for these unsaved records of one model."""
    if not made:
        return []
    model, ready = type(made[0]), []
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    at_once = max(connection.ops.bulk_batch_size(fields, made), 1)
    for start in range(0, len(made), at_once):
        some = made[start : start + at_once]
        query = InsertQuery(model)
        query.insert_values(fields, some)
        compiler = query.get_compiler(connection=connection)
        compiler.returning_fields = [model._meta.pk]
        ((sql, params),) = compiler.as_sql()
        ready.append((some, sql, params))
    return ready


def insert(ready):
    """Run it; the records know their keys afterwards."""
    with connection.cursor() as cursor:
        for some, sql, params in ready:
            cursor.execute(sql, params)
            for one, (key,) in zip(some, cursor.fetchall(), strict=True):
                one.pk = key


def versions_of(made, *, by, at, reason, kind):
    """Unsaved versions of records of one model; `kind` is "+" for new ones, "~" for changed."""
    if not made:
        return []
    model = type(made[0]).history.model
    names = [field.attname for field in model.tracked_fields]
    return [
        model(
            history_date=at,
            history_user=by,
            history_change_reason=reason,
            history_type=kind,
            **{name: getattr(one, name) for name in names},
        )
        for one in made
    ]
