"""A place in a program: made for every expression that may need one, turned into a Location only when it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..location import Location
from .signals import Thrown
from .values import Site, Unknown

if TYPE_CHECKING:
    from .interpreter import Interpreter
    from .syntax import SourceFile


class Place:
    """Where something happens, for the evaluator's own use. Host code gets its `site`."""

    __slots__ = ("_site", "argument", "file", "interpreter", "offset")

    def __init__(self, interpreter: Interpreter, file: SourceFile | None, offset: int) -> None:
        self.interpreter = interpreter
        self.file = file
        self.offset = offset
        #: The offset of a call's first argument.
        self.argument: int | None = None
        self._site: Site | None = None

    @classmethod
    def at(cls, site: Site) -> Place:
        place = cls(site.interpreter, None, 0)
        place._site = site
        return place

    @property
    def site(self) -> Site:
        if self._site is None:
            location = Location("") if self.file is None else self.file.location(self.offset)
            argument = None
            if self.file is not None and self.argument is not None:
                argument = self.file.location(self.argument)
            self._site = Site(location, self.interpreter, argument)
        return self._site

    @property
    def location(self) -> Location:
        return self.site.location

    def unknown(self, reason: str, *, data: bool = False) -> Unknown:
        return Unknown(reason, self.location, data=data)

    def fail(self, reason: str, kind: str = "TypeError") -> Unknown:
        """What JavaScript answers with an exception of its own: thrown where the program
        would catch it, else an Unknown.

        So one wrong expression costs what stands on it, and not the whole declaration around it.
        """
        if self.interpreter.catching:
            raise Thrown(self.interpreter.make_error(kind, reason, self), self.location)
        return self.unknown(reason)
