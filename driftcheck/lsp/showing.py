"""Where the editor has what an answer points to."""

from __future__ import annotations

import os

from lsprotocol import types

from ..frozen import dataclass
from ..location import Location
from .answer import Answer
from .folders import Document, Folders
from .kept import Kept
from .text import Place, Text, moved, text_of, units


@dataclass(frozen=True, slots=True)
class Showing:
    """What is open in the editor, what is known of one project, and the encoding of positions."""

    folders: Folders
    kept: Kept
    encoding: str

    def location(self, answer: Answer, place: Location | None) -> types.Location | None:
        """A place of `answer`, from there to the end of its line; None if it is in no file."""
        if place is None or not place.is_file:
            return None
        path = os.path.join(answer.root, place.path)
        found = self._texts(answer, place.path)
        if found is None:
            known = os.path.isfile(path)  # of a folder there is nothing to show
            return types.Location(self.folders.uri(path), whole_line(max(place.line, 1) - 1)) if known else None
        checked, now = found
        line, start = moved(checked, now).to(checked.place(place.line, place.column))
        return types.Location(self.folders.uri(path), self._rest(now, line, start))

    def _rest(self, text: Text, line: int, start: int) -> types.Range:
        words = text.lines[line]
        end = len(words.rstrip(" \t\f,;"))
        if start >= end:
            start, end = len(words) - len(words.lstrip()), len(words)
        return types.Range(
            types.Position(line, units(words[:start], self.encoding)),
            types.Position(line, units(words[:end], self.encoding)),
        )

    def checked(self, answer: Answer, path: str, place: Place) -> Place | None:
        """The line and column, from 1, that `answer` has for a place in an open document; None if it is not in it."""
        found = self._texts(answer, path)
        if found is None:
            return None
        checked, now = found
        return checked.reader(moved(now, checked).to(place))

    def _texts(self, answer: Answer, path: str) -> tuple[Text, Text] | None:
        """The text as it was checked, and as it is now; None where nobody knows it."""
        data = answer.files.get(path)
        if data is None:
            return None
        document = self.document(answer, path)
        latest = self.kept.data(path) or data
        return text_of(path, data), document.text if document is not None else text_of(path, latest)

    def lines(self, answer: Answer, path: str) -> list[str]:
        """The lines of a file as `answer` has them."""
        data = answer.files.get(path)
        return text_of(path, data).lines if data is not None else []

    def document(self, answer: Answer, path: str) -> Document | None:
        """The document that is open for a path of `answer`."""
        return self.folders.document(os.path.join(answer.root, path))


def whole_line(line: int) -> types.Range:
    """A line of which no more is known."""
    return types.Range(types.Position(line, 0), types.Position(line + 1, 0))
