"""The note of an activity, only if its type allows one (SPEC.md rule 10)."""

from eitrack.common.words import listed


def offer_note(form):
    """Offered if a type on offer allows it; an existing note can always be removed.

    Another team's note is neither shown nor changed. A note that was sent although it is not
    offered is shown again, so that nothing typed is lost.
    """
    activity, field = form.instance, form.fields["note"]
    is_anothers = activity.pk and not activity.note_is_open_to(form.user)
    allowing = [str(type_) for type_ in form.types if type_.allows_note]
    is_there = activity.note or form.data.get(form.add_prefix("note"), "").strip()
    if is_anothers or not (allowing or is_there):
        del form.fields["note"]
    elif 0 < len(allowing) < len(form.types):
        field.help_text = f"Only for {listed(allowing)}. {field.help_text}"


def settle_note(form):
    """If the type does not allow it, only a new note is refused."""
    if "note" not in form.fields or form.has_error("activity_type"):
        return
    field = form.fields["note"]
    activity_type = form.cleaned_data.get("activity_type") or form.instance.activity_type
    typed = field.to_python(form["note"].value())
    if not typed or activity_type.allows_note or typed == form.instance.note:
        return
    form.errors.pop("note", None)
    field.stay_silent()
    form.add_error(
        "note",
        f"Notes are turned off for {activity_type}. Take the note out, then save: everything "
        "else is kept.",
    )
