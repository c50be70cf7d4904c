"""A page on its way: what it describes, where its links lead, and the words that people added to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ...model import Location
from ...plain import plain
from ..described import About, Described, Key, shown
from ..mermaid import Drawn
from ..places import Places
from ..words import slot
from .text import cell, code


@dataclass
class Page:
    """`kept` are the words of people by what they are about; those that found their place are in `placed`.
    `drawn` is what drawings have in common."""

    described: Described
    places: Places
    kept: Mapping[str, str] = field(default_factory=dict)
    placed: set[str] = field(default_factory=set)
    drawn: Drawn = field(default_factory=dict)

    def table(self, key: Key) -> str:
        """A table as a link to where it is described."""
        address = self.places.tables.get(key, "")
        return f"[{code(shown(key))}]({address})" if address else code(shown(key))

    def column(self, key: Key, name: str) -> str:
        address = self.places.tables.get(key, "")
        text = code(f"{shown(key)}.{name}")
        return f"[{text}]({address})" if address else text

    def place(self, location: Location | None) -> str:
        text, address = self.places.file(location)
        return f"[{code(text)}]({address})" if address else code(text) if text else ""

    def slot(self, *about: str) -> str:
        """Markers with the words that people wrote between them on an earlier page."""
        name, text = slot(about, self.kept)
        self.placed.add(name)
        return text

    def described_cell(self, text: str, *about: str) -> str:
        """A description within a table; where there is none, room for one."""
        name, added = slot(about, self.kept)
        self.placed.add(name)
        words = cell(text)
        if words and not self.kept.get(name):
            return words
        return f"{words} {added}" if words else added


def heading(key: About) -> str:
    """The name of a thing as the text of a heading."""
    return plain(shown((key[0], key[1])))
