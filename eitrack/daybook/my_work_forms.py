from django import forms

from eitrack.common.free_text import FreeTextField
from eitrack.daybook.models import MOST_NOTE_LETTERS

TOGETHER_TOO_LONG = (
    "Your note of this time and this text are {number} letters together; at most "
    f"{MOST_NOTE_LETTERS:,} fit. Make one of them shorter."
)


class ContextNoteForm(forms.Form):
    """The worker's own note about a stretch of time; an empty one deletes it."""

    text = FreeTextField(
        label="My note",
        max_length=MOST_NOTE_LETTERS,
        rows=4,
        required=False,
        help_text="What the figures do not say: a school that closed, a new post. "
        f"Only you see it. At most {MOST_NOTE_LETTERS:,} letters.",
    )


class ReflectionForm(forms.Form):
    """Text typed for the paper; `note` is the worker's note of the same days, if any.

    Only the button that says so saves it.
    """

    reflection = FreeTextField(
        label="Reflection",
        max_length=MOST_NOTE_LETTERS,
        rows=6,
        required=False,
        help_text="What went well, what was hard, what to talk about. It is printed and not "
        f"saved. At most {MOST_NOTE_LETTERS:,} letters.",
    )

    def __init__(self, *args, note=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.note = note

    def clean(self):
        if self.wants_note:
            text = self.cleaned_data.get("reflection", "")
            both = self.note_with(text)
            if not text and "reflection" not in self.errors:
                self.add_error("reflection", "Type something first: there is nothing to save.")
            elif len(both) > MOST_NOTE_LETTERS:
                self.add_error("reflection", TOGETHER_TOO_LONG.format(number=f"{len(both):,}"))
        return self.cleaned_data

    @property
    def wants_note(self):
        return self.data.get("do") == "note"

    def note_with(self, text):
        """The note with this text added below, unless it contains it already."""
        if self.note is None or not text:
            return text
        return self.note.text if text in self.note.text else f"{self.note.text}\n\n{text}"
