"""Model fields that are Django's own to migrations: they only validate values."""

from typing import Any

from django.db import models

from eitrack.common import fields
from eitrack.common.horizon import brought_near, within_horizon


class DayField(models.DateField):
    """A date within the horizon; a stored one beyond it is moved into range when read."""

    default_validators = [within_horizon]

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return value and brought_near(value)

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": fields.DayField, **kwargs})

    def deconstruct(self) -> Any:
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.DateField", args, kwargs


class MomentField(models.DateTimeField):
    """A typed moment within the horizon."""

    default_validators = [within_horizon]

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        if value is None or (near := brought_near(value.date())) == value.date():
            return value
        return value.replace(year=near.year, month=near.month, day=near.day)

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": fields.MomentField, **kwargs})

    def deconstruct(self) -> Any:
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.DateTimeField", args, kwargs
