"""A place in a program: made for every expression that may need one, turned into a Location only when it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...location import Location
from .values import CallSite, Unknown, clipped

if TYPE_CHECKING:
    from ..syntax.source import ParsedSource
    from .evaluator import Evaluator


class Place:
    """Where something happens, for the evaluator's own use. Host code gets its `site`."""

    __slots__ = ("_site", "argument", "evaluator", "file", "offset")

    def __init__(self, evaluator: Evaluator, file: ParsedSource | None, offset: int) -> None:
        self.evaluator = evaluator
        self.file = file
        self.offset = offset
        #: The offset of a call's first argument.
        self.argument: int | None = None
        self._site: CallSite | None = None

    @classmethod
    def at(cls, site: CallSite) -> Place:
        place = cls(site.evaluator, None, 0)
        place._site = site
        return place

    @property
    def site(self) -> CallSite:
        if self._site is None:
            location = Location("") if self.file is None else self.file.location(self.offset)
            argument = None
            if self.file is not None and self.argument is not None:
                argument = self.file.location(self.argument)
            self._site = CallSite(location, self.evaluator, argument)
        return self._site

    @property
    def location(self) -> Location:
        return self.site.location

    def unknown(self, reason: str, *, data: bool = False) -> Unknown:
        return Unknown(clipped(reason), self.location, data=data)

    def fail(self, reason: str) -> Unknown:
        """What JavaScript answers with an exception of its own.

        One wrong expression costs what needs it, and not the whole declaration around it.
        """
        return self.unknown(reason)
