"""The kinds of record that calculated figures count, which "show me the records" lists."""

from eitrack.cases.models import Case, Referral, Request
from eitrack.indicators.terms.indicator import RecordKind
from eitrack.partnerships.models import Protocol

CASES = RecordKind(
    Case,
    "case",
    "cases",
    "A case is opened by the workers who hold it, or held it to its end, and by the managers of "
    "the teams they hold it in.",
)
REQUESTS = RecordKind(
    Request,
    "request",
    "requests",
    "A request is opened by whoever took or answers it, and by the manager of its team.",
)
REFERRALS = RecordKind(
    Referral,
    "referral",
    "referrals",
    "A referral is opened by whoever sent it, and by the manager of its team.",
)
PROTOCOLS = RecordKind(
    Protocol,
    "protocol",
    "protocols",
    "A protocol is opened by those who work or manage in its district.",
)
