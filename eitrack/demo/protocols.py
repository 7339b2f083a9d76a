"""What the sample service has agreed with its 22 agencies: 154 cells, dealt out by the seed."""

from collections import Counter
from datetime import timedelta

from eitrack.demo import names
from eitrack.demo.dice import Dice
from eitrack.demo.stories import moment
from eitrack.demo.writing import write
from eitrack.directory.choices import AgencyKind
from eitrack.directory.models import Agency, LinkWorker
from eitrack.partnerships.choices import IN_FORCE, ConsentRule, RecordableField, Status, Topic
from eitrack.partnerships.models import Protocol, ProtocolVersion

# Of 22 agencies × 7 topics (DEMO.md); "none" has no record at all.
NOT_NEEDED, IN_DATE, OVERDUE, TALKS, NONE = "not needed", "in date", "overdue", "talks", "none"
TARGETS = {NOT_NEEDED: 12, IN_DATE: 104, OVERDUE: 14, TALKS: 15, NONE: 9}
STATUTORY = (AgencyKind.HEALTH, AgencyKind.POLICE, AgencyKind.EDUCATION, AgencyKind.HOUSING)
# A client's consent and limits of confidentiality matter with everybody.
ALWAYS_NEEDED = (Topic.CONSENT, Topic.CONFIDENTIALITY)
RENEWED = 0.4
IN_REVIEW = 0.12
CONSENT = {
    AgencyKind.SCHOOL: ConsentRule.INFORMAL,
    AgencyKind.CHILDRENS_CENTRE: ConsentRule.SPOKEN,
    AgencyKind.VOLUNTARY: ConsentRule.PARTNER_HOLDS,
}
# The one agency that agreed to less: no level, no note, nothing on what came of it.
STRICT_AGENCY = "Bamboo Community Association"
STRICT_FIELDS = [
    RecordableField.CHILDREN.value,
    RecordableField.NEW_AND_RETURNING.value,
    RecordableField.PURPOSE.value,
]
JOBS = {
    AgencyKind.SCHOOL: "Home-school liaison",
    AgencyKind.HEALTH: "Named nurse",
    AgencyKind.POLICE: "Family liaison officer",
    AgencyKind.EDUCATION: "Duty officer",
    AgencyKind.HOUSING: "Tenancy support officer",
}
AGREED = {
    Topic.CONSENT: "How a family is asked, and who asks.",
    Topic.CRITERIA: "Who is referred, with which information, and how fast it is answered.",
    Topic.ASSESSMENT: "Which form is used, so that a family tells its story once.",
    Topic.RECORDS: "What is written down where, and who can read it.",
    Topic.SHARING: "What is shared with consent, and what is shared without.",
    Topic.CONFIDENTIALITY: "When a worker has to pass on what was said, and who tells the family.",
    Topic.ROLES: "Who supervises, who manages, and who decides when the two disagree.",
}
LEARNED = (
    "The fast track saved a week where it was used.",
    "Both sides had read the threshold differently; two examples were added.",
    "A joint away day did more than the paper.",
)


def build_protocols(seed, window, places):
    """Write link workers, protocols and their versions, with dice of their own."""
    dice = Dice(f"{seed} protocols")
    agencies = list(places.agencies.values())
    write_link_workers(dice, window, places.district, agencies)
    # The strict agency's own agreement on records is in date, whatever the dice say.
    cells = deal(dice, [(agency, topic) for agency in agencies for topic in Topic])
    protocols, versions = [], []
    for (agency, topic), kind in cells.items():
        if kind != NONE:
            protocol = Protocol(district=places.district, agency=agency, topic=topic)
            protocols.append(protocol)
            versions += WRITTEN[kind](dice, window.until, places, protocol)
    write(protocols)
    for version in versions:
        version.protocol = version.protocol
        first = version.drafted_on or version.not_needed_from_on
        version._history_date = moment(first, 9, 0)
    write(versions, history=True)


def deal(dice, cells):
    """{cell: what it is}, as many of each as the targets say."""
    kinds = [kind for kind, number in TARGETS.items() for _ in range(number)]
    kinds.remove(IN_DATE)
    fixed = next(
        cell for cell in cells if cell[0].name == STRICT_AGENCY and cell[1] == Topic.RECORDS
    )
    free = [cell for cell in cells if cell != fixed]
    dice.shuffle(free)
    # What is not needed comes first in the list: topics that always matter go to the back.
    free.sort(key=lambda cell: cell[1] in ALWAYS_NEEDED)
    rest = free[TARGETS[NOT_NEEDED] :]
    dice.shuffle(rest)
    dealt = dict(zip([*free[: TARGETS[NOT_NEEDED]], *rest], kinds, strict=True))
    return {cell: dealt.get(cell, IN_DATE) for cell in cells}


def not_needed(dice, until, places, protocol):
    since = until - timedelta(days=dice.randint(200, 700))
    return [ProtocolVersion(protocol=protocol, number=1, not_needed_from_on=since)]


def in_date(dice, until, places, protocol):
    """Agreed within the year; some of them for the second time, some under review."""
    agreed = until - timedelta(days=dice.randint(20, 340))
    version = agreement(dice, places, protocol, agreed)
    if dice.happens(IN_REVIEW):
        version.review_from_on = agreed + (until - agreed) * 0.8
    if not dice.happens(RENEWED):
        return [version]
    before = agreement(dice, places, protocol, agreed - timedelta(days=dice.randint(330, 400)))
    before.ended_on = agreed
    before.learned_text = dice.choice(LEARNED)
    version.number = 2
    return [before, version]


def overdue(dice, until, places, protocol):
    agreed = until - timedelta(days=365 + dice.randint(3, 90))
    return [agreement(dice, places, protocol, agreed)]


def talks(dice, until, places, protocol):
    drafted = until - timedelta(days=dice.randint(30, 150))
    version = ProtocolVersion(protocol=protocol, number=1, drafted_on=drafted)
    version.negotiating_from_on = drafted + timedelta(days=dice.randint(3, 25))
    return [version]


def agreement(dice, places, protocol, agreed):
    manager = dice.choice(list(places.managers.values()))
    agency = protocol.agency
    version = ProtocolVersion(
        protocol=protocol,
        number=1,
        drafted_on=agreed - timedelta(days=dice.randint(30, 120)),
        our_name=manager.name,
        our_role="Team manager",
        our_agreed_on=agreed - timedelta(days=dice.randint(0, 10)),
        their_name=invented_name(dice),
        their_role="Head teacher" if agency.kind == AgencyKind.SCHOOL else "Service manager",
        their_agreed_on=agreed,
        review_due_on=agreed + timedelta(days=365),
        agreed_text=AGREED[protocol.topic],
    )
    version.negotiating_from_on = version.drafted_on + timedelta(days=dice.randint(2, 15))
    if protocol.topic == Topic.CONSENT:
        version.consent_rule = CONSENT.get(agency.kind, ConsentRule.WRITTEN)
    if protocol.topic == Topic.RECORDS and agency.name == STRICT_AGENCY:
        version.recordable_fields = STRICT_FIELDS
    return version


WRITTEN = {NOT_NEEDED: not_needed, IN_DATE: in_date, OVERDUE: overdue, TALKS: talks}


def write_link_workers(dice, window, district, agencies):
    """One for each school agency and each statutory one."""
    write(
        [
            LinkWorker(
                district=district,
                agency=agency,
                name=invented_name(dice),
                job=JOBS[agency.kind],
                from_on=window.start - timedelta(days=dice.randint(30, 400)),
            )
            for agency in agencies
            if agency.kind == AgencyKind.SCHOOL or agency.kind in STATUTORY
        ],
        history=True,
    )


def invented_name(dice):
    return f"{dice.choice(names.FIRST_NAMES)} {dice.choice(names.BIRDS)}"


def reached(day):
    """How many cells of each kind there are on this day."""
    found = Counter()
    for protocol in Protocol.objects.with_versions():
        status, version = protocol.status_on(day), protocol.in_force_on(day)
        if status in IN_FORCE:
            found[OVERDUE if version.is_overdue_on(day) else IN_DATE] += 1
        elif status == Status.NOT_NEEDED:
            found[NOT_NEEDED] += 1
        elif status in (Status.DRAFT, Status.NEGOTIATING):
            found[TALKS] += 1
    cells = Agency.objects.partners().count() * len(Topic)
    return {**found, NONE: cells - found.total()}


def table(day):
    """The lines as text: target and reached."""
    numbers = reached(day)
    head = f"{'Protocols, cells of the matrix':38}{'target':>11}{'reached':>10}"
    lines = [f"{kind:38}{target:>11}{numbers.get(kind, 0):>10}" for kind, target in TARGETS.items()]
    return [head, *lines, f"{'Link workers':38}{'':>11}{LinkWorker.objects.count():>10}"]
