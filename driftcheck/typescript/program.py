"""A program: its modules, found and evaluated as they are asked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ..budget import OverLimit
from ..location import Location
from ..opening import TooLarge
from ..project import Project
from ..project.documents import parse_json
from .builtins import make_globals, make_prototypes
from .builtins.json import JSON, from_json
from .modules.documents import Documents
from .modules.exports import Linker, ProjectModule, Target, namespace
from .modules.module import Module
from .modules.node import is_node_module, node_module
from .modules.resolution import Resolver, is_declaration, split_package
from .runtime.evaluator import Diagnostic, Evaluator
from .runtime.stack import deeply
from .runtime.values import UNDEFINED, HostModule, JsObject, Unknown, Value
from .syntax.source import EXTENSIONS, ParsedSource, grammar_of

__all__ = ["Diagnostic", "Module", "Program"]

#: What finding a module is counted as.
_LINK = 300


class Program(Linker):
    """Evaluates TypeScript without running it: only files are read, and nothing else happens.

    `hosts` is asked first for what a specifier that is no path means; it gives a module written in Python, or None.
    `working_directory` is what `process.cwd()` gives; without it that is Unknown.
    """

    def __init__(
        self,
        project: Project | Path,
        hosts: Callable[[str], HostModule | None] | None = None,
        working_directory: Path | None = None,
    ) -> None:
        self.project = Project.of(project)
        self.root = self.project.root
        self.hosts = hosts or (lambda specifier: None)
        self.evaluator = Evaluator(make_prototypes(), self.project.budget)
        self.working_directory = working_directory
        self.globals = make_globals(working_directory)
        self.documents = Documents(self.project, self.evaluator.report)
        self.resolver = Resolver(self.documents)
        self.circles = 0
        self._modules: dict[Path, Target] = {}
        self._links: dict[tuple[Path, str], Target] = {}

    @property
    def modules(self) -> list[Module]:
        """The project's modules, in the order in which they were loaded."""
        return [module for module in self._modules.values() if isinstance(module, Module)]

    @property
    def diagnostics(self) -> list[Diagnostic]:
        return self.evaluator.diagnostics

    def load(self, path: Path) -> Module:
        """The module in the file `path`, evaluated, with all that it exports. Raises OSError if it cannot be read."""
        return deeply(lambda: self._load_complete(self.project.real(path)))

    def _load_complete(self, path: Path) -> Module:
        module = self.module_at(path)
        if not isinstance(module, Module):
            reason = module.reason if isinstance(module, Unknown) else f"{self.shown(path)} holds no module"
            raise OSError(reason)
        self.complete(module)
        return module

    def complete(self, module: Module) -> None:
        """Evaluates a module and all whose exports are its own."""
        module.evaluate()
        for name in module.table.names():
            module.table.read(name)

    def module_at(self, path: Path) -> Target:
        """The module of a file, parsed but perhaps not evaluated."""
        found = self._modules.get(path)
        if found is None:
            found = self._modules[path] = self._open(path)
        return found

    def _open(self, path: Path) -> Module | HostModule | Unknown:
        where = Location(self.shown(path))
        if is_declaration(path):
            return Unknown(f"{where.path} holds only types", where)
        if path.suffix not in (*EXTENSIONS, ".json"):
            return Unknown(f"{where.path} is not a module", where)
        try:
            data = self.project.data(path, where, self.evaluator.bounds.file.most)
            if path.suffix == ".json":
                return self._open_json(where, data)
            text = ParsedSource(where.path, data, grammar_of(path), self.evaluator.budget)
        except TooLarge:
            return self._not_read(where, self.evaluator.bounds.file.why)
        except OverLimit as error:
            return self._not_read(where, error.why)
        except OSError as error:
            return Unknown(f"{where.path} cannot be read: {error.strerror or error}", where)
        return Module(self, self.evaluator, self.globals, path, text)

    def _not_read(self, where: Location, why: str) -> Unknown:
        self.evaluator.report(where, f"not read: {why}")
        return Unknown(f"{where.path} is not read: {why}", where)

    def _open_json(self, where: Location, data: bytes) -> HostModule | Unknown:
        self.evaluator.budget.make(JSON * len(data), where)
        try:
            value = from_json(parse_json(data.decode("utf-8-sig")))
        except ValueError as error:
            return Unknown(f"{where.path} is not JSON: {error}", where)
        named = dict(value) if isinstance(value, JsObject) else {}
        return HostModule(where.path, {**named, "default": value}, missing=lambda name: UNDEFINED)

    def shown(self, path: Path) -> str:
        """A path as Locations have it."""
        try:
            return path.relative_to(self.root).as_posix()
        except ValueError:
            return self.project.shown(path)

    # -- Imports ------------------------------------------------------------------------------------------------

    def link(self, importer: ProjectModule, specifier: str, location: Location) -> Target:
        """What a specifier means in a module. Of what cannot be found at all, a problem is reported."""
        key = (importer.path.parent, specifier)
        found = self._links.get(key)
        if found is None:
            found = self._links[key] = self._find(importer, specifier, location)
        return found

    def _find(self, importer: ProjectModule, specifier: str, location: Location) -> Target:
        if not specifier.startswith("."):
            host = self.hosts(specifier) or node_module(specifier, self.working_directory)
            own = self.resolver.alias(specifier, importer.path) if host is not None and host.yields else None
            if host is not None and own is None:
                return host
        self.project.budget.step(_LINK, location)
        path = self.resolver.resolve(specifier, importer.path)
        if path is not None:
            return self.module_at(path)
        if self.resolver.is_of_project(specifier, importer.path):
            trouble = self.resolver.trouble
            why = f"cannot read {specifier!r} imported here: {trouble}" if trouble else None
            self.evaluator.report(location, why or f"cannot find {specifier!r} imported here")
            return Unknown(f"{specifier!r} cannot be found", location)
        if is_node_module(specifier):
            return Unknown(f"it comes from Node's own module {specifier!r}", location, data=True)
        return Unknown(f"it comes from the npm package {split_package(specifier)[0]!r}", location)

    def read_from(self, importer: ProjectModule, specifier: str, name: str, location: Location) -> Value:
        """An export of what `specifier` means; "*" is all of them."""
        target = self.link(importer, specifier, location)
        if isinstance(target, Unknown):
            return target
        if name == "*":
            whole = self.whole_of(target)
            return namespace(target) if whole is None else whole()
        if isinstance(target, HostModule):
            if name == "default" and "default" not in target.exports:
                return namespace(target)
            return target.read(name, location)
        target.evaluate()
        return target.table.read(name)

    def whole_of(self, target: Target) -> Callable[[], Value] | None:
        """How to read `export =` or `module.exports`, if the module has that."""
        if not isinstance(target, ProjectModule):
            return None
        target.evaluate()
        return target.table.whole

    def load_for_effect(self, importer: ProjectModule, specifier: str, location: Location) -> None:
        target = self.link(importer, specifier, location)
        if isinstance(target, ProjectModule):
            target.evaluate()
