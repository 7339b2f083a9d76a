"""The headcount: what may be typed, and what is derived from it (SPEC.md rule 3).

Each function reads `form.cleaned_data`, adds errors to fields, and writes derived values to
`form.derived`, from where they reach the activity.
"""

from eitrack.activities.choices import OBSTACLE_OF, Band, Method, Status
from eitrack.activities.kinds import Counts

PARTS = ("adults", "children", "first_time", "returning", "first_time_not_known")
CONVERSATIONS = ("conversations", "begun_by_family", "begun_by_worker")


def settle_headcount(form):
    counts = form.kind.counts
    form.derived["status"] = Status.HELD
    if form.cleaned_data.get("not_run_reason"):
        settle_not_run(form)
        return
    if counts in (Counts.CONVERSATIONS, Counts.BOTH):
        settle_conversations(form)
    if counts not in (Counts.CONVERSATIONS, Counts.NOTHING):
        settle_attendance(form)


def settle_not_run(form):
    """A session that did not run has no headcount; its reason may imply the obstacle.

    A session to which nobody came has 0.
    """
    form.derived |= {"status": Status.DID_NOT_RUN, "method": Method.EXACT, "band": ""}
    if not form.cleaned_data.get("obstacle"):
        form.derived["obstacle"] = OBSTACLE_OF.get(form.cleaned_data["not_run_reason"], "")
    counted = ("attendance", *PARTS, *CONVERSATIONS)
    for name in counted:
        if form.cleaned_data.get(name) is not None:
            form.add_error(
                name, "It did not run: leave this empty. If it ran and nobody came, that is 0."
            )
        form.derived[name] = None


def settle_attendance(form):
    values = {name: form.cleaned_data.get(name) for name in ("attendance", *PARTS)}
    if form.has_error("attendance"):
        return
    settle_estimate(form, values)
    if values["attendance"] is None and None not in (values["adults"], values["children"]):
        values["attendance"] = values["adults"] + values["children"]
    if values["attendance"] is None:
        if form.kind.counts != Counts.BOTH:
            form.add_error("attendance", "Type how many. If nobody came, type 0.")
        elif any(value is not None for value in values.values()):
            form.add_error("attendance", "Type how many there were in all.")
    else:
        settle_split(form, values)
        settle_new_and_returning(form, values)
    form.derived |= values


def settle_estimate(form, values):
    """A band alone counts with its point; a number typed with it must lie in the band."""
    band = form.cleaned_data.get("band")
    form.derived |= {"method": Method.ESTIMATE if band else Method.EXACT, "band": band or ""}
    if not band:
        return
    lowest, highest = Band(band).bounds
    if values["attendance"] is None:
        values["attendance"] = Band(band).point
    elif values["attendance"] < lowest or (highest and values["attendance"] > highest):
        message = f"{values['attendance']} does not lie in this band. Keep one of the two."
        form.add_error("band", message)


def settle_split(form, values):
    """Adults and children add up to all; a missing one is derived."""
    total, adults, children = (values[name] for name in ("attendance", "adults", "children"))
    if adults is None and children is None:
        return
    if (adults or 0) + (children or 0) > total:
        name = "children" if adults is None else "adults"
        form.add_error(name, f"Adults and children cannot be more than {total} in all.")
    elif adults is None:
        values["adults"] = total - children
    elif children is None:
        values["children"] = total - adults
    elif adults + children != total:
        form.add_error("adults", f"Adults and children must add up to {total}, or leave one empty.")


def settle_new_and_returning(form, values):
    """People neither new nor returning are not known."""
    new, returning = values["first_time"], values["returning"]
    if new is None and returning is None:
        return
    new, returning = new or 0, returning or 0
    not_known = values["attendance"] - new - returning
    if not_known < 0:
        message = f"New and returning cannot be more than {values['attendance']} in all."
        form.add_error("first_time", message)
        form.add_error("returning", message)
        return
    values |= {"first_time": new, "returning": returning, "first_time_not_known": not_known}


def settle_conversations(form):
    """Conversations begun by families and by the worker; the rest of all is not known."""
    if any(form.has_error(name) for name in CONVERSATIONS):
        return
    total, family, worker = (form.cleaned_data.get(name) for name in CONVERSATIONS)
    if family is not None or worker is not None:
        family, worker = family or 0, worker or 0
        total = family + worker if total is None else total
        if family + worker > total:
            form.add_error(
                "conversations", f"{family + worker} were begun by somebody: type at least that."
            )
        elif total > 999:
            form.add_error("conversations", "At most 999 fit in one entry.")
    if total is None:
        form.add_error("conversations", "Type how many conversations. If there were none, type 0.")
    form.derived |= dict(zip(CONVERSATIONS, (total, family, worker), strict=True))
