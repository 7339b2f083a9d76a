"""The kinds of record that calculated figures count: what "show me the records" lists of them."""

from eitrack.cases.models import Case, Referral, Request
from eitrack.indicators.indicator import RecordKind
from eitrack.partnerships.models import Protocol

CASES = RecordKind(Case, "case", "cases", "opened_on")
REQUESTS = RecordKind(Request, "request", "requests", "received_at")
REFERRALS = RecordKind(Referral, "referral", "referrals", "sent_at")
PROTOCOLS = RecordKind(Protocol, "protocol", "protocols", "")
