"""What workers call kinds of work, places and agencies: unlike each other, and unlike the lists."""

TYPES = {
    "Case contact": "case visit",
    "Talk with a parent or carer": "parent chat",
    "Talk with a child": "1:1 child",
    "Advice to a professional": "cons",
    "Family drop-in": "d/in",
    "Stay and play": "S&P",
    "Playground": "gate",
    "Parenting programme": "PP",
    "Children's group": "kids group",
    "School open evening": "open eve",
    "Joint visit, unregistered family": "joint HV",
    "Meeting about a child or family": "TAF mtg",
    "Network meeting": "n/work mtg",
    "Managers' meeting": "mgrs mtg",
    "Contact with a partner": "t/c partner",
    "Protocol work": "protocol",
    "Training given": "trg given",
    "Joint away day": "away day",
    "Referral work": "ref",
    "Supervision, team, own training": "s/v and team",
}
LONG = {
    "Case contact": "Contact on an open case",
    "Talk with a parent or carer": "Parent consultation (informal)",
    "Talk with a child": "Child consultation",
    "Advice to a professional": "Consultation with professional",
    "Family drop-in": "Weekly drop in",
    "Playground": "Playground presence",
    "School open evening": "Parents’ evening",
    "Contact with a partner": "Liaison call",
    "Supervision, team, own training": "Internal",
}
SITES = (
    ("Primary School", "PS"),
    ("Secondary School", "Sec"),
    ("Children's Centre", "CC"),
    ("Sure Start Centre", "S/Start"),
    ("Early Years Centre", "EY"),
    ("At the family's home", "home"),
    ("Phone or online", "tel"),
    ("District office, ", "office "),
    (", Upper Meadow", ""),
    (", Lower Meadow", ""),
    ("Thistledown Hospital", "hosp"),
)
AGENCIES = (
    (" Schools Partnership", " schools"),
    ("Meadowmere ", ""),
    (" service", ""),
    ("Thistledown General Hospital", "the General"),
    ("Community Association", "CA"),
)


def as_listed(name):
    return name


def shorter(name):
    return TYPES.get(name, name)


def longer(name):
    return LONG.get(name, name)


def shouted(name):
    """With capitals and a space at the end, which are no difference."""
    return f"{name.upper()} "


def short_place(name):
    return replaced(name, SITES)


def first_word(name):
    """Of a school or centre, as everybody here says."""
    is_known_so = name.endswith(("School", "Centre"))
    return name.split()[0] if is_known_so else replaced(name, SITES)


def short_agency(name):
    return replaced(name, AGENCIES)


def replaced(name, pairs):
    for long, short in pairs:
        name = name.replace(long, short)
    return name
