"""Imports and exports: what a name of one module is in another, found when it is read, and so live."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from tree_sitter import Node

from ...frozen import dataclass
from ...location import Location
from ..compile.unit import Unit
from ..runtime.environment import Deferred, Environment
from ..runtime.values import UNDEFINED, CallSite, HostModule, HostObject, JsObject, Unknown, Value
from ..syntax.source import ParsedSource


class Linker(ABC):
    """Finds the modules that specifiers mean."""

    #: How often the exports of a module were asked for while they were being listed.
    circles: int

    @abstractmethod
    def link(self, importer: ProjectModule, specifier: str, location: Location) -> Target:
        """What a specifier means in a module."""

    @abstractmethod
    def read_from(self, importer: ProjectModule, specifier: str, name: str, location: Location) -> Value:
        """An export of what `specifier` means; "*" is all of them."""

    @abstractmethod
    def whole_of(self, target: Target) -> Callable[[], Value] | None:
        """How to read `export =` or `module.exports`, if the module has that."""

    @abstractmethod
    def load_for_effect(self, importer: ProjectModule, specifier: str, location: Location) -> None:
        """Evaluates a module that is imported without names."""


class ProjectModule(ABC):
    """A file of the project, as imports and exports see it."""

    linker: Linker
    path: Path
    file: ParsedSource
    unit: Unit
    scope: Environment
    table: Exports

    @abstractmethod
    def evaluate(self) -> None:
        """Runs what has not run yet, in order."""

    @abstractmethod
    def read(self, name: str) -> Value:
        """The value of a name of this module's top level."""

    @abstractmethod
    def binding_location(self, name: str) -> Location:
        """Where a name of this module's top level is declared."""

    @abstractmethod
    def declare_default(self, node: Node) -> None:
        """Adds `export default <expression>`."""


#: What a specifier leads to: a file of the project, a module written in Python, or the reason why neither.
Target = ProjectModule | HostModule | Unknown


@dataclass(frozen=True, slots=True)
class Local:
    """An export of a name of this module."""

    name: str


@dataclass(frozen=True, slots=True)
class Forwarded:
    """An export of another module's export; `name` is "*" for its namespace.

    `importer` is the module that names the other one, if it is another than the one whose export this is.
    """

    specifier: str
    name: str
    location: Location
    importer: ProjectModule | None = None


class Exports:
    """What one module exports."""

    def __init__(self, module: ProjectModule) -> None:
        self.module = module
        self.entries: dict[str, Local | Forwarded] = {}
        self.stars: list[tuple[str, Location]] = []
        #: The value of `export =` or `module.exports`, if the module has that.
        self.whole: Callable[[], Value] | None = None
        self._reading: set[str] = set()
        self._listing = False
        self._index: Mapping[str, Local | Forwarded] | None = None
        self._holder: JsObject | None = None
        self._linked: list[tuple[Exports | HostModule, Forwarded]] | None = None

    def local(self, exported: str, name: str) -> None:
        self.entries.setdefault(exported, Local(name))

    def names(self) -> list[str]:
        """Own names first, then those of `export *`; no "default" of those."""
        whole = self.whole() if self.whole is not None else None
        if isinstance(whole, JsObject):
            return list(dict.fromkeys([*self.index(), "default", *whole]))
        return [*self.index(), *(["default"] if self.whole is not None else [])]

    def index(self) -> Mapping[str, Local | Forwarded]:
        """What each name is. Of two `export *` with one name the first wins, as in the modules that bundlers make."""
        if self._index is not None:
            return self._index
        if self._listing:
            self.module.linker.circles += 1
            return {}
        circles, self._listing = self.module.linker.circles, True
        try:
            found: dict[str, Local | Forwarded] = {**self._own()}
            for name, entry in self._starred():
                found.setdefault(name, entry)
        finally:
            self._listing = False
        if circles == self.module.linker.circles:
            self._index = found
        return found

    def _own(self) -> Mapping[str, Local | Forwarded]:
        return {name: entry for name, entry in self.entries.items() if self._has_value(name)}

    def _starred(self) -> Iterator[tuple[str, Forwarded]]:
        """What comes by `export *`, of each module once, however many lead to it: such modules may name each other."""
        seen, waiting = {id(self)}, [*reversed(self._targets())]
        while waiting:
            target, through = waiting.pop()
            if isinstance(target, Exports):
                if id(target) in seen:
                    continue
                seen.add(id(target))
                waiting += reversed(target._targets())
                names = target._names()
            else:
                names = list(target.exports)
            yield from ((name, replace(through, name=name)) for name in names if name != "default")

    def _targets(self) -> list[tuple[Exports | HostModule, Forwarded]]:
        """What each `export *` leads to, looked up once, and the way there, which has no name yet."""
        if self._linked is None:
            self._linked = [
                (target if isinstance(target, HostModule) else target.table, Forwarded(specifier, "*", at, self.module))
                for specifier, at in self.stars
                if not isinstance(target := self.module.linker.link(self.module, specifier, at), Unknown)
            ]
        return self._linked

    def _names(self) -> list[str]:
        """Those that do not come by `export *`."""
        if self._listing:
            self.module.linker.circles += 1
            return []
        whole = self.whole() if self.whole is not None else None
        return [*self._own(), *(whole if isinstance(whole, JsObject) else [])]

    def _has_value(self, name: str) -> bool:
        """False for `export { SomeType }`."""
        entry = self.entries[name]
        if isinstance(entry, Local):
            held = self.module.scope.names.get(entry.name)
            return held is not None and not (isinstance(held, ImportedName) and not held.has_value())
        return entry.name == "*" or _has(self.module.linker.link(self.module, entry.specifier, entry.location), entry)

    def has(self, name: str) -> bool:
        return name in self.index() or (self.whole is not None and name in self.names())

    def read(self, name: str) -> Value:
        if name in self._reading:
            return Unknown(f"{name} is exported in a circle", self.module.file.location(0))
        self._reading.add(name)
        try:
            return self._read(name)
        finally:
            self._reading.discard(name)

    def _read(self, name: str) -> Value:
        entry = self.entries.get(name) or self.index().get(name)
        if isinstance(entry, Local):
            return self.module.read(entry.name)
        if entry is not None:
            importer = entry.importer or self.module
            return self.module.linker.read_from(importer, entry.specifier, entry.name, entry.location)
        return self._read_whole(name) if self.whole is not None else self._read_missing(name)

    def _read_whole(self, name: str) -> Value:
        assert self.whole is not None
        whole = self.whole()
        if name == "default":
            return whole
        if isinstance(whole, Unknown):
            return whole
        return whole.get(name, UNDEFINED) if isinstance(whole, JsObject) else UNDEFINED

    def _read_missing(self, name: str) -> Value:
        """It may be among what an `export *` of something unknown gives."""
        for specifier, location in self.stars if name != "default" else []:
            target = self.module.linker.link(self.module, specifier, location)
            if isinstance(target, Unknown):
                return target.as_one()
        return Unknown(f"{self.module.file.path} exports no {name}", self.module.file.location(0))

    def location(self, name: str) -> Location:
        if name in self._reading:
            return self.module.file.location(0)
        self._reading.add(name)
        try:
            return self._location(name)
        finally:
            self._reading.discard(name)

    def _location(self, name: str) -> Location:
        entry = self.index().get(name)
        if isinstance(entry, Local):
            held = self.module.scope.names.get(entry.name)
            return held.origin() if isinstance(held, ImportedName) else self.module.binding_location(entry.name)
        if entry is None:
            return self.module.file.location(0)
        target = self.module.linker.link(entry.importer or self.module, entry.specifier, entry.location)
        return _location_in(target, entry.name) or entry.location

    # -- CommonJS -----------------------------------------------------------------------------------------------

    def offer_commonjs(self) -> None:
        exports = JsObject()
        self._holder = JsObject([("exports", exports)])
        self.module.scope.names["module"] = self._holder
        self.module.scope.names["exports"] = exports

    def adopt_commonjs(self) -> None:
        """After the evaluation: whatever was put into `module.exports` is exported."""
        held = self._holder
        if held is None or self.entries or self.stars or self.whole is not None:
            return
        exports = held["exports"]
        if not isinstance(exports, JsObject) or exports:
            self.whole = lambda: held["exports"]

    def require(self, arguments: list[Value], site: CallSite) -> Value:
        if len(arguments) != 1 or not isinstance(arguments[0], str):
            return site.unknown("a module is imported at run time")
        target = self.module.linker.link(self.module, arguments[0], site.location)
        whole = self.module.linker.whole_of(target)
        return namespace(target) if whole is None else whole()


def _has(target: Target, entry: Forwarded) -> bool:
    return isinstance(target, HostModule | Unknown) or target.table.has(entry.name)


def _location_in(target: Target, name: str) -> Location | None:
    if isinstance(target, HostModule | Unknown):
        return None
    return target.file.location(0) if name == "*" else target.table.location(name)


class ModuleNamespace(HostObject):
    """`import * as name`: all that a module exports, as it is when it is read."""

    def __init__(self, target: ProjectModule | HostModule) -> None:
        self.target = target

    def get(self, key: str, site: CallSite) -> Value:
        if isinstance(self.target, HostModule):
            return self.target.read(key, site.location)
        self.target.evaluate()
        table = self.target.table
        return table.read(key) if table.has(key) or table.stars else UNDEFINED

    def keys(self) -> list[str]:
        if not isinstance(self.target, HostModule):
            self.target.evaluate()
            return self.target.table.names()
        return list(self.target.exports)


def namespace(target: Target) -> Value:
    return target if isinstance(target, Unknown) else ModuleNamespace(target)


class ImportedName(Deferred):
    """A name that is another module's export."""

    __slots__ = ("location", "module", "name", "specifier")

    def __init__(self, module: ProjectModule, specifier: str, name: str, location: Location) -> None:
        self.module = module
        self.specifier = specifier
        self.name = name
        self.location = location

    def read(self) -> Value:
        return self.module.linker.read_from(self.module, self.specifier, self.name, self.location)

    def peek(self) -> Value:
        """What an import holds may be changed from here, so it must be there."""
        return self.read()

    def has_value(self) -> bool:
        target = self.module.linker.link(self.module, self.specifier, self.location)
        return self.name == "*" or isinstance(target, HostModule | Unknown) or target.table.has(self.name)

    def origin(self) -> Location:
        target = self.module.linker.link(self.module, self.specifier, self.location)
        return _location_in(target, self.name) or self.location
