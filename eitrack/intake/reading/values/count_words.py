"""The words that stand beside counts in sheets, in small letters."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split(", "))


NUMBERS = {word: 0 for word in _words("none, nil, zero, nobody, no one, noone, no-one")} | {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "dozen": 12, "a dozen": 12,
}  # fmt: skip
ADULTS = _words(
    "adult, adults, mum, mums, mom, moms, mother, mothers, dad, dads, father, fathers, parent, "
    "parents, carer, carers, parents/carers, grandparent, grandparents, gran, grans, nan, nans, "
    "grandma, grandad, woman, women, man, men, lady, ladies, guardian, guardians"
)
CHILDREN = _words(
    "child, children, kid, kids, ch, chn, baby, babies, toddler, toddlers, infant, infants, pupil, "
    "pupils, boy, boys, girl, girls, teen, teens, teenager, teenagers, yp, youngster, youngsters, "
    "young people, young person, little ones, under 5s, under fives"
)
PEOPLE = _words(
    "people, person, persons, ppl, attendee, attendees, attended, attending, attendance, present, "
    "came, total, in total, in all"
)
NEW = _words("new, newcomer, newcomers, new faces, first time, first timers")
RETURNING = _words("returning, returners, regular, regulars, old, existing")
FAMILIES = _words("family, families, fam, fams, household, households")
DID_NOT_RUN = _words(
    "cancelled, canceled, cancel, canx, dnr, closed, postponed, called off, holiday, did not run, "
    "didn't run, didn’t run, not run, no session"
)
NOT_KNOWN = _words("n/a, na, -, –, —, ?, x, tbc, nk, unknown, not known, not recorded")
