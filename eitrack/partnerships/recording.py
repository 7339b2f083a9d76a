"""Agreements with agencies about consent and recording, for the forms at their sites."""

from dataclasses import dataclass

from eitrack.common.cached_lists import cached_list
from eitrack.directory.models import Agency
from eitrack.partnerships.choices import ConsentRule, RecordableField, Topic
from eitrack.partnerships.models import ProtocolVersion

CONSENT_WORDS = {
    ConsentRule.WRITTEN: "written consent before we work with a family",
    ConsentRule.SPOKEN: "we ask the family, nothing is signed",
    ConsentRule.INFORMAL: "no consent is asked for informal contact without names",
    ConsentRule.PARTNER_HOLDS: "the agency asks and holds the consent",
}
FIELD_WORDS = {
    RecordableField.CHILDREN: "how many were children",
    RecordableField.NEW_AND_RETURNING: "new or returning",
    RecordableField.BEGUN_BY: "who began it",
    RecordableField.PURPOSE: "purpose",
    RecordableField.OUTCOME: "outcome",
    RecordableField.NEED_LEVEL: "level of need",
    RecordableField.PROFESSION: "the professional’s job",
    RecordableField.NOTE: "note",
}


@dataclass(frozen=True)
class Agreement:
    """The agreement in force with one agency on one day; `recordable` is None without one."""

    agency: Agency | None = None
    consent_rule: str = ""
    recordable: frozenset | None = None

    def allows(self, field):
        return self.recordable is None or field in self.recordable

    def not_asked(self, fields=RecordableField):
        """Those of these fields that may not be asked, in the order of the list."""
        return [field for field in RecordableField if field in fields and not self.allows(field)]

    def sentence(self, fields=RecordableField):
        """The sentence beside a form that would ask these fields; "" without an agency."""
        if self.agency is None:
            return ""
        if not self.consent_rule and self.recordable is None:
            return f"Nothing is agreed with {self.agency} about consent or recording yet."
        consent = (
            f"Agreed with {self.agency}: {CONSENT_WORDS[ConsentRule(self.consent_rule)]}."
            if self.consent_rule
            else f"Nothing is agreed with {self.agency} about consent yet."
        )
        return f"{consent} {self.recording_sentence(fields)}".rstrip()

    def recording_sentence(self, fields):
        if self.recordable is None:
            return "Nothing is agreed about recording yet."
        left_out = in_words(self.not_asked(fields))
        return f"Not asked there: {left_out}." if left_out else ""


def in_words(fields):
    return ", ".join(FIELD_WORDS[RecordableField(field)] for field in fields)


def agreement_for(agency, district_id, on):
    """The agreement in force with this agency in this district on this day; one query."""
    if agency is None or district_id is None:
        return Agreement(agency)
    found = in_force(agency.pk, district_id, on)
    consent_rule, _ = found.get(Topic.CONSENT, ("", None))
    _, recordable = found.get(Topic.RECORDS, ("", None))
    return Agreement(agency, consent_rule, None if recordable is None else frozenset(recordable))


@cached_list("partnerships.Protocol", "partnerships.ProtocolVersion")
def in_force(agency_id, district_id, on):
    """{topic: (consent rule, fields that may be recorded)} of what was agreed on both."""
    versions = ProtocolVersion.objects.in_force_on(on).filter(
        protocol__agency=agency_id,
        protocol__district=district_id,
        protocol__topic__in=(Topic.CONSENT, Topic.RECORDS),
    )
    rows = versions.order_by("number").values_list(
        "protocol__topic", "consent_rule", "recordable_fields"
    )
    return {topic: (consent_rule, recordable) for topic, consent_rule, recordable in rows}
