"""Answers of whoever runs a command: from its options, else asked for on the terminal."""

from django.core.management.base import CommandError

from eitrack.stewardship.answers import AnswerError


class Terminal:
    """`options` as the command was given them; without `may_ask` nothing is asked for."""

    def __init__(self, options, *, may_ask):
        self.options, self._may_ask, self._missing = options, may_ask, []

    def answer(self, option, read, question, default=None):
        """What `read` makes of an option or of what is typed; None, noted, if it is missing."""
        if (given := self.options[option]) is not None:
            return self._read(option, read, given)
        if self._may_ask:
            return self._asked(read, question, default)
        if default is None:
            self._missing.append(option)
            return None
        return read(default)

    def several(self, option, read, question, *, is_asked):
        """As `answer`, for an option that may be given several times, or not at all."""
        if given := self.options[option]:
            return [self._read(option, read, one) for one in given]
        found = []
        while self._may_ask and is_asked:
            answer = self._asked(lambda text: text and read(text.split()), question, "")
            if not answer:
                break
            found.append(answer)
        return found

    def refuse_if_missing(self):
        if self._missing:
            names = ", ".join(f"--{option.replace('_', '-')}" for option in self._missing)
            raise CommandError(
                f"Missing: {names}. Give them as options, or run this on a terminal, where it "
                "asks. Nothing was written."
            )

    def _read(self, option, read, given):
        try:
            return read(given)
        except AnswerError as problem:
            name = option.replace("_", "-")
            raise CommandError(f"--{name}: {problem} Nothing was written.") from problem

    def _asked(self, read, question, default):
        while True:
            try:
                typed = input(f"{question}{f' [{default}]' if default else ''}: ").strip()
            except (EOFError, KeyboardInterrupt):
                raise CommandError("Nothing was written.") from None
            try:
                return read(typed or (default or ""))
            except AnswerError as problem:
                print(problem)
