"""What the host values of one reading share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from typing import Any

from ...budget import Budget
from ...frozen import dataclass
from ...model import Location
from ...reading import Gap, GapKind
from ...typescript.runtime.coercion import observed
from ...typescript.runtime.values import CallSite, HostFunction, HostObject, Unknown, Value, clipped
from .casing import Casing
from .line import Line


class Entity(HostObject):
    """Something Drizzle declares and drizzle-kit would create if a schema file exports it.

    `kind` is a word of `driftcheck.model.KINDS`; `location` where it was made (None: by Drizzle itself).
    """

    kind = ""
    declared = True

    def __init__(self, location: Location | None) -> None:
        self.location = location


@dataclass(slots=True)
class Context:
    """`core` is the module of drizzle-orm whose tables are read, `families` its column functions if
    they are not PostgreSQL's. `casing` is the config's, for columns without a name.

    `declared` are all entities the program made, in order. What is written of values, and how often, is drawn from
    `budget`.
    """

    line: Line = Line.STABLE
    core: str = "pg-core"
    families: Mapping[str, Any] | None = None
    casing: Casing | None = None
    budget: Budget = field(default_factory=Budget)
    declared: list[Entity] = field(default_factory=list)
    _gaps: dict[Gap, None] = field(default_factory=dict)

    @property
    def gaps(self) -> list[Gap]:
        return list(self._gaps)

    def declare(self, entity: Entity) -> None:
        """Keeps `entity` as one of the project's own, if it is (and not one that Drizzle ships, as `authUsers`)."""
        if entity.location is not None:
            self.declared.append(entity)

    def gap(
        self,
        location: Location | None,
        what: str,
        why: str | Unknown,
        object_name: str | None = None,
        kind: GapKind = "gap",
    ) -> None:
        """Notes a gap, at the place of the Unknown that is its reason only if nothing nearer is known."""
        if isinstance(why, Unknown):
            location, why = location or why.location, why.reason
        about = None if object_name is None else clipped(object_name)
        self._gaps[Gap(location or Location(""), clipped(what), clipped(why), about, kind)] = None


def method(function: Callable[[list[Value], CallSite], Value], name: str = "") -> HostFunction:
    return HostFunction(function, name)


def argument(arguments: list[Value], index: int, default: Value = None) -> Value:
    """The argument at `index`, as far as it is known; `default` where the call gives none."""
    return observed(arguments[index]) if index < len(arguments) else default
