"""Choosing the thread of a contact with an unregistered family (rule 1)."""

from django import forms

from eitrack.accounts.roles import Permission
from eitrack.activities.models.thread import EXPIRES_AFTER
from eitrack.activities.threads.life import NEW, NONE
from eitrack.activities.threads.lists import threads_in_touch
from eitrack.common.words import day, plural

WHAT_IT_IS = (
    "A thread gets two plain words and a number. Only you see it. It is dissolved 26 weeks after "
    "the last contact."
)
GONE = "This thread is no longer there: it was dissolved, or 26 weeks have passed. Choose again."


NO_THREAD = "No"


class ThreadField(forms.ChoiceField):
    """Own threads by label; cleaned to a thread, NEW, NONE, or None if nothing is chosen."""

    def __init__(self, **kwargs):
        super().__init__(error_messages={"invalid_choice": GONE}, **kwargs)
        self.threads = {}

    def offer(self, threads, *, empty=(), last=()):
        self.threads = {str(thread.pk): thread for thread in threads}
        own = [(thread.pk, f"Continue {described(thread)}") for thread in threads]
        self.choices = [*empty, (NEW, "Start a thread"), *own, *last]

    def clean(self, value):
        value = super().clean(value)
        return self.threads.get(value, value or None)


def described(thread):
    """ "woven kettle 7: 3 contacts, last Tue 3 Nov"."""
    contacts = plural(thread.contacts, "contact", "contacts")
    return f"{thread.label}: {contacts}, last {day(thread.last_contact_on)}"


def offer_thread(form):
    """Only on a new record of the user; later the thread is chosen on its own page."""
    is_own = form.user == form.worker and form.user.may(Permission.KEEP_THREADS)
    if not form.is_as_new or not is_own:
        del form.fields["thread"]
        return
    form.fields["thread"].offer(threads_in_touch(form.user, form.today), empty=[("", NO_THREAD)])


def settle_thread_choice(form):
    """Only contact with an unregistered family can be in a thread."""
    date = form.cleaned_data.get("date")
    if not form.cleaned_data.get("thread"):
        return
    if date and date < form.today - EXPIRES_AFTER:
        form.add_error("thread", "This contact is older than 26 weeks. Choose “No” here.")
    elif form.cleaned_data.get("case"):
        form.add_error(
            "thread", "This contact is for a formal case, which keeps it. Choose “No” here."
        )
    elif form.cleaned_data.get("not_run_reason"):
        form.add_error("thread", "It did not run: there is no contact to keep. Choose “No” here.")


class KeepForm(forms.Form):
    """The thread of an existing contact."""

    thread = ThreadField(
        label="Keep this contact together with", widget=forms.RadioSelect, help_text=WHAT_IT_IS
    )

    def __init__(self, *args, activity, threads, **kwargs):
        super().__init__(*args, **kwargs)
        now = activity.thread_id
        others = [thread for thread in threads if thread.pk != now]
        field = self.fields["thread"]
        field.error_messages["required"] = "Choose one of these."
        field.offer(others, last=[(NONE, "Nothing: take it out of its thread")] if now else [])
