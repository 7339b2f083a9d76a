"""Whatever points at an agency or a site: found in the models, so that none is forgotten."""

from dataclasses import dataclass
from functools import cache

from django.db import models
from django.db.models import Exists, F, ForeignObjectRel, OuterRef, Q
from simple_history.models import HistoricalChanges
from simple_history.utils import get_history_manager_for_model

from eitrack.directory.models import PlaceMerge, SchoolTerm
from eitrack.directory.school_terms import school_year

CHUNK = 500


@dataclass(frozen=True)
class Link:
    """A field by which records of a model name a place."""

    field: models.Field

    @property
    def label(self):
        """For instance "activities.Activity.site"."""
        return f"{self.model._meta.label}.{self.field.name}"

    @property
    def model(self):
        return self.field.model

    @property
    def is_several(self):
        return self.field.many_to_many

    def rows(self, place):
        """The records that name this place."""
        return self.model._base_manager.filter(**{self.field.name: place}).order_by("pk")

    def alike(self, gone, into):
        """Those of `gone` that cannot name `into` instead, as it has their like already."""
        rows = self.rows(gone)
        if self.model is SchoolTerm:
            # Terms replace the district's by whole school years: those of two are not mixed.
            years = {school_year(term.from_on) for term in self.rows(into)}
            return rows.filter(pk__in=[row.pk for row in rows if school_year(row.from_on) in years])
        found = Q(pk__in=())
        for rule in self.model._meta.constraints:
            if isinstance(rule, models.UniqueConstraint) and self.field.name in rule.fields:
                others = {name: OuterRef(name) for name in rule.fields if name != self.field.name}
                condition = rule.condition or Q()
                found |= condition & Exists(self.rows(into).filter(condition, **others))
        return rows.filter(found)

    def movable(self, gone, into):
        """Those of `gone` that can name `into` instead; of several places any can."""
        rows = self.rows(gone)
        return rows if self.is_several else rows.exclude(pk__in=self.alike(gone, into))

    def move(self, keys, gone, into, *, by, reason):
        """Let the records with these keys name `into`, each with a line in its history."""
        history = history_of(self.model)
        for start in range(0, len(keys), CHUNK):
            rows = self.model._base_manager.filter(pk__in=keys[start : start + CHUNK])
            if self.is_several or (history and history.model._history_m2m_fields):
                for row in rows:
                    row._history_user, row._change_reason = by, reason
                    self.move_one(row, gone, into)
            else:
                rows.update(**{self.field.name: into})
            if "version" in {field.name for field in self.model._meta.fields}:
                # A form that is open meanwhile shows what has changed.
                rows.update(version=F("version") + 1)
            if history and not history.model._history_m2m_fields:
                history.bulk_history_create(
                    rows, update=True, default_user=by, default_change_reason=reason
                )

    def move_one(self, row, gone, into):
        """Through its own methods, which write into history which places it names."""
        if self.is_several:
            named = getattr(row, self.field.name)
            named.add(into)
            named.remove(gone)
        else:
            setattr(row, self.field.name, into)
            row.save()


def history_of(model):
    """The manager of its history, or None."""
    has_one = hasattr(model._meta, "simple_history_manager_attribute")
    return get_history_manager_for_model(model) if has_one else None


@cache
def links_to(model):
    """All links to agencies, or to sites."""
    found = model._meta.get_fields(include_hidden=True)
    relations = [one for one in found if isinstance(one, ForeignObjectRel)]
    return tuple(
        Link(relation.field)
        for relation in relations
        if not is_bookkeeping(relation.related_model) and relation.related_model is not model
    )


def is_bookkeeping(model):
    """History stays as it was; a table between two models moves with the field it is of."""
    return (
        issubclass(model, (HistoricalChanges, PlaceMerge)) or model._meta.auto_created is not False
    )
