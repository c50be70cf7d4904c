"""What every object of the model has beside its facts."""

from __future__ import annotations

from dataclasses import field

from ..frozen import dataclass
from ..location import Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """What every object of the model carries beside its facts; none of it takes part in equality.

    `location` is where the object is declared. `places` holds, for single fields, the statement that last set them,
    where that is elsewhere (an ALTER in a later migration). `unknown` names the fields that are never compared: those
    that a reader met but could not understand (each is a gap, too), and those that the source leaves open (the name of
    a key that SQLAlchemy leaves to the server).
    """

    location: Location | None = field(default=None, compare=False)
    places: tuple[tuple[str, Location], ...] = field(default=(), compare=False)
    unknown: frozenset[str] = field(default=frozenset(), compare=False)

    def place(self, fact: str) -> Location | None:
        """Where the field `fact` was last set; the object's own place unless something later set it."""
        for name, location in self.places:
            if name == fact:
                return location
        return self.location
