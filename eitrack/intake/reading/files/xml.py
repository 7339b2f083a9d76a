"""XML gone through piece by piece, and never kept."""

from typing import IO
from xml.parsers import expat

from eitrack.intake.reading.files.refusal import DAMAGED, NotReadable

BLOCK = 64 * 1024


class Walker:
    """Calls `start` at each element; its name and those of attributes have their namespace before.

    The text of an element is gathered between `listen` and the end that `end` makes of it.
    """

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.StartDoctypeDeclHandler = self._refuse_types
        self.text: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        raise NotImplementedError

    def end(self, name: str) -> None:
        """Called while listening."""

    def listen(self) -> None:
        """Text and ends cost time, so they are asked for where they matter."""
        self.text = []
        self.parser.CharacterDataHandler = self.text.append
        self.parser.EndElementHandler = self.end

    def stop_listening(self) -> None:
        self.parser.CharacterDataHandler = None
        self.parser.EndElementHandler = None

    def walk(self, file: IO[bytes]) -> None:
        try:
            while block := file.read(BLOCK):
                self.parser.Parse(block)
            self.parser.Parse(b"", True)
        except expat.ExpatError:
            raise NotReadable(DAMAGED) from None

    def _refuse_types(self, *declared: object) -> None:
        """No spreadsheet writes a document type; bombs do."""
        raise NotReadable(DAMAGED)
