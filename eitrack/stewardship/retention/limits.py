"""Up to which day what may go, and what a legal hold keeps."""

from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

from eitrack.stewardship.models import LegalHold, RetentionSettings


@dataclass(frozen=True)
class Limits:
    """Last days whose references, notes and leavers go now; `held` are the people kept back."""

    references: date
    notes: date
    leavers: date
    audit_years: int
    held: frozenset[int]
    is_all_held: bool

    @classmethod
    def on(cls, today):
        settings = RetentionSettings.objects.now()
        people = set(LegalHold.objects.standing().values_list("person", flat=True))
        return cls(
            references=today - relativedelta(months=settings.reference_months),
            notes=today - relativedelta(months=settings.note_months),
            leavers=today - relativedelta(years=settings.leaver_years),
            audit_years=settings.audit_years,
            held=frozenset(people - {None}),
            is_all_held=None in people,
        )
