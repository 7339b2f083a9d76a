"""Free text (SPEC.md rule 10): every such form field is one of these.

Text that might identify somebody is pointed out once, beside the field, before saving. Ticking
"Save it as it is" confirms exactly this text. It warns and never blocks.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.datastructures import MultiValueDict

from eitrack.common.identifying import Finding, find_identifying_text

NO_PLACE_FOR_CONCERNS = (
    "This is no place to record a safeguarding concern. Follow your safeguarding procedure."
)
LOOK_AGAIN = "This looks as if it could identify somebody. Change it, or tick “Save it as it is”."
TOO_LONG = "At most %(limit_value)d characters fit here. This has %(show_value)d: make it shorter."


class Typed(str):
    """A text as sent, and the seal of the text that was confirmed, if any."""

    decided_on = ""


def plain(text: object) -> str:
    """The text as saved, with line ends normalised."""
    return str(text).replace("\r\n", "\n").strip()


def seal(text: object) -> str:
    """Identifies exactly this text without revealing it."""
    return salted_hmac("eitrack.common.free_text", plain(text)).hexdigest()[:20]


def is_decided(value: object) -> bool:
    """Whether exactly this text was confirmed."""
    decided_on = getattr(value, "decided_on", "")
    return constant_time_compare(decided_on.encode(), seal(value).encode())


def findings_in(text: str) -> list[Finding]:
    return find_identifying_text(text, this_year=timezone.localdate().year)


def parts_of(text: str, findings: Sequence[Finding]) -> Iterator[tuple[str, bool]]:
    """(part of the text, whether to mark it), in order."""
    start = 0
    for finding in findings:
        yield text[start : finding.start], False
        yield text[finding.start : finding.end], True
        start = finding.end
    yield text[start:], False


class WarningBeside(forms.Widget):
    """The widget of a text: the box, the warning, and the check box to confirm.

    A text that was not sent with the form was saved before, and therefore confirmed.
    """

    template_name = "eitrack/free_text.html"
    box_template = ""
    longest = 0
    is_silent = False

    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> Typed | None:
        text: str | None = super().value_from_datadict(data, files, name)
        if text is None:
            return None
        typed = Typed(text)
        typed.decided_on = data.get(decision_name(name), "")
        return typed

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        text = plain(value or "")
        is_sent = isinstance(value, Typed)
        is_looked_at = is_sent and not self.is_silent and len(text) <= self.longest
        findings = findings_in(text) if is_looked_at else []
        context["widget"] |= {
            "box": self.box_template,
            "findings": findings,
            "parts": parts_of(text, findings),
            "is_stored": bool(text) and not is_sent,
            "decision": decision_name(name),
            "seal": seal(text),
            "is_decided": is_sent and is_decided(value),
        }
        return context


def decision_name(name: str) -> str:
    return f"{name}_as_it_is"


class FreeTextLine(WarningBeside, forms.TextInput):
    box_template = forms.TextInput.template_name


class FreeTextArea(WarningBeside, forms.Textarea):
    box_template = forms.Textarea.template_name


class FreeTextField(forms.CharField):
    """A line of free text, or an area of `rows` lines, always with a maximum length.

    Scripts that store a form on a phone skip these fields.
    """

    def __init__(
        self,
        *,
        max_length: int,
        rows: int | None = None,
        help_text: str = "",
        error_messages: dict[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        kwargs["widget"] = FreeTextArea(attrs={"rows": rows}) if rows else FreeTextLine()
        super().__init__(
            max_length=max_length,
            help_text=f"{help_text} {NO_PLACE_FOR_CONCERNS}".strip(),
            error_messages={"max_length": TOO_LONG, **(error_messages or {})},
            **kwargs,
        )
        self.widget.longest = max_length

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Without `maxlength`, as a browser cuts off pasted text silently."""
        return {"autocomplete": "off", "data-not-kept": True}

    def to_python(self, value: Any) -> str | None:
        return super().to_python(value if value in self.empty_values else plain(value))

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if findings_in(text) and not is_decided(value):
            raise forms.ValidationError(LOOK_AGAIN, code="identifying")
        return text

    def stay_silent(self) -> None:
        """Point nothing out, as the text cannot be saved for another reason."""
        self.widget.is_silent = True
