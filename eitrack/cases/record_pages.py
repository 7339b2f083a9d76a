"""Adding and changing a request or a referral, whose forms may be sent again (rule 9)."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.db import models
from django.shortcuts import redirect, render
from django.utils import timezone

from eitrack.cases.saving import note_once, save_changed, save_new
from eitrack.cases.teams import teams_of
from eitrack.common.typed import typed
from eitrack.common.versioned import SENT_AGAIN, ClashError, correct, saved_before

# The reason in the trail.
DECIDED = "decided"
DECIDED_BEFORE = "It was decided before. Change it there if it is not right."


@dataclass(frozen=True)
class Pages:
    """The pages of one of the two: `name` in addresses, `shown_as` in templates.

    `author` is the field with who saved it.
    """

    model: type[models.Model]
    name: str
    shown_as: str
    author: str
    form_class: type
    saved: Callable

    def form_for(self, request, record, sent):
        user, today = request.user, timezone.localdate()
        teams = teams_of(user, today)
        if record.pk and record.team not in teams:
            teams.append(record.team)
        return self.form_class(sent, instance=record, user=user, teams=teams, today=today)

    def is_gone(self, record, user):
        """Whether it is out of the user's reach after being given to another team or worker."""
        return not self.model.objects.visible_to(user).filter(pk=record.pk).exists()

    def page_after(self, record, user):
        return f"cases:{self.name}_list" if self.is_gone(record, user) else record

    def add(self, request):
        new = self.model(**{self.author: request.user})
        form = self.form_for(request, new, typed(request))
        if request.method == "POST" and form.is_valid():
            own = self.model.objects.filter(**{self.author: getattr(form.instance, self.author)})
            before = saved_before(own, form.cleaned_data["form_token"])
            if before is None:
                saved = save_new(form.instance, by=request.user, own=own)
                messages.success(request, self.saved(saved))
                return redirect(saved)
            if not self.is_gone(before, request.user):
                return self.again(request, form, before)
            form.say_saved_before(before)
        return render(request, f"cases/{self.name}_add.html", {"form": form})

    def again(self, request, form, before):
        """The same form again is done already; a different one corrects its record."""
        before._change_reason = SENT_AGAIN
        try:
            said = correct(
                form,
                before,
                lambda version: save_changed(
                    before, by=request.user, version=version, reason=SENT_AGAIN
                ),
            )
        except ClashError:
            newest = self.model.objects.get(pk=before.pk)
            data = with_what_stands(
                request.POST, self.form_for(request, newest, None), self.form_class.afterwards
            )
            form = self.form_for(request, newest, data)
            form.say_clash(newest)
            return self.edit_page(request, form, newest)
        messages.success(request, said or self.saved(before))
        return redirect(self.page_after(before, request.user))

    def edit(self, request, record):
        form = self.form_for(request, record, typed(request))
        if request.method == "POST" and form.is_valid():
            try:
                save_changed(form.instance, by=request.user, version=form.cleaned_data["version"])
            except ClashError:
                form.say_clash(self.model.objects.get(pk=record.pk))
            else:
                messages.success(request, "Changed.")
                return redirect(self.page_after(record, request.user))
        return self.edit_page(request, form, record)

    def note(self, request, record, form, *, page, reason, done, refused):
        """The page on which something is noted about it once, today by one tap."""
        if request.method == "POST" and form.is_valid():
            try:
                note_once(record, by=request.user, reason=reason, **form.cleaned_data)
            except ClashError:
                messages.warning(request, refused)
            else:
                messages.success(request, done)
            return redirect(f"cases:{self.name}_detail", record.pk)
        return render(request, f"cases/{page}.html", {"form": form, self.shown_as: record})

    def edit_page(self, request, form, record):
        context = {"form": form, self.shown_as: record}
        return render(request, f"cases/{self.name}_edit.html", context)


def with_what_stands(data, form, names):
    """The typed data, with the record's values for fields the first form did not have."""
    data = data.copy()
    for name in names:
        value = form.fields[name].widget.format_value(form[name].value())
        data[form.add_prefix(name)] = value[0] if isinstance(value, list) else value or ""
    return data
