"""What a list says that differs from what is known."""

from dataclasses import replace
from datetime import date

from eitrack.directory.choices import AgencyKind, SiteKind
from eitrack.intake.places.choices import ChangeKind, Status
from eitrack.intake.places.difference import KnownPlace, Listing, difference
from eitrack.intake.places.links import Links, Successor
from eitrack.intake.places.listed import ListedPlace

ELM = ListedPlace(
    number="100001",
    name="Elm Green Primary School",
    status=Status.OPEN,
    site_kind=SiteKind.PRIMARY_SCHOOL,
    agency_kind=AgencyKind.SCHOOL,
    type_name="Community school",
    opened_on=date(1998, 9, 1),
)
KNOWN = KnownPlace(
    number="100001",
    name="Elm Green Primary School",
    site_kind=SiteKind.PRIMARY_SCHOOL,
    listed_name="Elm Green Primary School",
    listed_kind=SiteKind.PRIMARY_SCHOOL,
)
CLOSED = replace(ELM, status=Status.CLOSED, closed_on=date(2026, 8, 31))
ACADEMY = replace(ELM, number="145001", name="Elm Green Academy", opened_on=date(2026, 9, 1))


def changes(*places, known=(KNOWN,), links=None, **options):
    listing = Listing({one.number: one for one in places}, links or Links(), **options)
    return difference(listing, {one.number: one for one in known})


def succeeded(*pairs):
    links = Links()
    for before, after in pairs:
        links.add(before, after)
    return links


def test_what_is_as_it_was_is_no_change():
    assert changes(ELM) == []


def test_a_place_in_use_that_is_not_known_is_new():
    (new,) = changes(ELM, known=())

    assert (new.kind, new.number, new.place) == (ChangeKind.NEW, "100001", ELM)
    assert new.reason == "Open on Tue 1 Sep 1998."


def test_a_place_that_is_not_in_use_is_never_new():
    proposed = replace(ELM, number="100002", status=Status.PROPOSED)

    assert changes(CLOSED, proposed, known=()) == []


def test_a_place_that_was_left_out_before_is_not_new():
    later = replace(ELM, number="100002", name="Ivy Bank")

    found = changes(ELM, later, known=(), numbers_before=frozenset({"100001"}))

    assert [one.number for one in found] == ["100002"]


def test_a_new_name_in_the_list_is_a_change():
    (renamed,) = changes(replace(ELM, name="Elm Green Junior School"))

    assert renamed.kind == ChangeKind.RENAMED
    assert renamed.name == "Elm Green Primary School"
    assert renamed.reason == "The list now has it as “Elm Green Junior School”."


def test_a_name_of_ones_own_is_no_change():
    own = replace(KNOWN, name="Elm Green")

    assert changes(ELM, known=(own,)) == []


def test_a_number_typed_by_hand_is_compared_by_its_own_name():
    typed = replace(KNOWN, name="Elm Green", listed_name="", listed_kind="")

    (renamed,) = changes(ELM, known=(typed,))

    assert renamed.kind == ChangeKind.RENAMED


def test_a_name_that_was_changed_here_already_is_no_change():
    ahead = replace(KNOWN, name="Elm Green Junior School")

    assert changes(replace(ELM, name="Elm Green Junior School"), known=(ahead,)) == []


def test_another_kind_in_the_list_is_a_change():
    (other,) = changes(replace(ELM, site_kind=SiteKind.OTHER, type_name="Academy converter"))

    assert other.kind == ChangeKind.KIND_CHANGED
    assert other.reason == "Primary school here, other in the list (Academy converter)."


def test_a_kind_of_ones_own_is_no_change():
    own = replace(KNOWN, site_kind=SiteKind.COMMUNITY)

    assert changes(ELM, known=(own,)) == []


def test_a_place_that_closed_is_a_change_once():
    (closed,) = changes(CLOSED)
    again = changes(CLOSED, known=(replace(KNOWN, was_closed=True),))

    assert (closed.kind, closed.reason) == (ChangeKind.CLOSED, "Closed on Mon 31 Aug 2026.")
    assert again == []


def test_a_place_archived_here_already_does_not_close():
    assert changes(CLOSED, known=(replace(KNOWN, is_archived=True),)) == []


def test_a_closed_place_is_not_renamed_too():
    (closed,) = changes(replace(CLOSED, name="Elm Green (closed)"))

    assert closed.kind == ChangeKind.CLOSED


def test_a_place_that_is_to_close_is_no_change():
    assert changes(replace(ELM, status=Status.CLOSING)) == []


def test_a_place_that_was_closed_and_is_open_has_reopened():
    (reopened,) = changes(ELM, known=(replace(KNOWN, was_closed=True, is_archived=True),))

    assert reopened.kind == ChangeKind.REOPENED
    assert reopened.reason == "The list had it as closed; now it is open on Tue 1 Sep 1998."


def test_a_place_archived_by_hand_does_not_reopen():
    assert changes(ELM, known=(replace(KNOWN, is_archived=True),)) == []


def test_a_school_that_became_an_academy_carries_on_and_is_not_new():
    links = succeeded(("100001", Successor("145001", "Elm Green Academy")))

    (change,) = changes(CLOSED, ACADEMY, links=links)

    assert (change.kind, change.carries_on_as) == (ChangeKind.SUCCEEDED, ACADEMY)
    assert change.reason == (
        "Closed on Mon 31 Aug 2026; carries on as “Elm Green Academy” (145001) on Tue 1 Sep 2026."
    )


def test_succession_is_followed_over_terms_that_were_missed():
    middle = replace(ACADEMY, number="140001", status=Status.CLOSED)
    links = succeeded(
        ("100001", Successor("140001")), ("140001", Successor("145001", "Elm Green Academy"))
    )

    (change,) = changes(CLOSED, middle, ACADEMY, links=links)

    assert change.carries_on_as == ACADEMY


def test_a_circle_of_successors_ends():
    links = succeeded(("100001", Successor("140001")), ("140001", Successor("100001")))
    middle = replace(CLOSED, number="140001")

    (change,) = changes(CLOSED, middle, links=links)

    assert (change.kind, change.carries_on_as) == (ChangeKind.SUCCEEDED, None)


def test_two_schools_that_became_one_end_and_the_new_one_is_new():
    ivy = replace(CLOSED, number="100002", name="Ivy Bank")
    merged = Successor("145001", "Elm Green Academy", None, False)
    links = succeeded(("100001", merged), ("100002", merged))
    known = (KNOWN, replace(KNOWN, number="100002", name="Ivy Bank", listed_name="Ivy Bank"))

    found = changes(CLOSED, ivy, ACADEMY, known=known, links=links)

    assert [(one.number, one.kind) for one in found] == [
        ("145001", ChangeKind.NEW),
        ("100001", ChangeKind.SUCCEEDED),
        ("100002", ChangeKind.SUCCEEDED),
    ]
    assert found[1].reason == (
        "Closed on Mon 31 Aug 2026; succeeded by “Elm Green Academy” (145001)."
    )
    assert found[1].carries_on_as is None


def test_a_successor_that_is_known_already_stays_a_place_of_its_own():
    links = succeeded(("100001", Successor("145001", "Elm Green Academy")))
    known = (KNOWN, replace(KNOWN, number="145001", name="Elm Green Academy", listed_name=""))

    (change,) = changes(CLOSED, ACADEMY, known=known, links=links)

    assert (change.number, change.carries_on_as) == ("100001", None)


def test_a_successor_outside_the_list_is_named_by_its_link():
    links = succeeded(("100001", Successor("145001", "Far Away Academy")))

    (change,) = changes(CLOSED, links=links)

    assert change.reason == ("Closed on Mon 31 Aug 2026; succeeded by “Far Away Academy” (145001).")


def test_a_centre_that_left_the_list_of_open_centres_has_closed():
    found = changes(known=(KNOWN,), names_all_open=True)
    elsewhere = changes(known=(KNOWN,), names_all_open=False)

    assert [one.kind for one in found] == [ChangeKind.CLOSED]
    assert elsewhere == []
