"""Modules: what each file declares, imports and exports, and when it is evaluated."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from tree_sitter import Node

from ...location import Location
from ..compile.effects import abandon
from ..compile.enums import names_of
from ..compile.functions import Closure, hoisted
from ..compile.keys import naming
from ..compile.language import LANGUAGE
from ..compile.statements import FUNCTION_DECLARATIONS
from ..compile.unit import Unit, named
from ..runtime.environment import Deferred, Environment
from ..runtime.evaluator import Evaluator
from ..runtime.signals import THROWN
from ..runtime.values import UNDEFINED, HostFunction, HostObject, Unknown, Value
from ..syntax.source import ParsedSource
from .exports import Exports, Linker, ProjectModule
from .imports import read_export_statement, read_import

#: The name under which the scope holds `export default` of what has no name.
DEFAULT = "*default*"


class Declaration(Deferred):
    """What a top-level name holds until its statement is evaluated: reading it evaluates the statement.

    So a name that is read too early, in an import cycle or above its declaration, has its value all the same.
    """

    __slots__ = ("module", "name", "statement")

    def __init__(self, module: Module, name: str, statement: TopStatement) -> None:
        self.module = module
        self.name = name
        self.statement = statement

    def read(self) -> Value:
        self.statement.run()
        value = self.module.scope.names.get(self.name, self)
        if value is self:
            reason = f"{self.name} is read before it is initialised"
            return Unknown(reason, self.module.binding_location(self.name))
        return value.read() if isinstance(value, Deferred) else value


class TopStatement:
    """A statement of a module's top level: evaluated once, when its turn comes or when one of its names is read."""

    __slots__ = ("broken", "module", "names", "node", "state")

    def __init__(self, module: Module, node: Node, names: list[str], broken: bool) -> None:
        self.module = module
        #: It is in a part of the file with a syntax error.
        self.broken = broken
        self.node = node
        self.names = names
        self.state = "waiting"

    def run(self) -> None:
        if self.state != "waiting":
            return
        self.state = "running"
        module = self.module
        location = module.file.location(self.node.start_byte)
        _, failed = module.unit.evaluator.contained(self._evaluate, location)
        self.state = "done"
        if failed is not None:
            self._fail(failed)
        for name in self.names:
            held = module.scope.names.get(name)
            if isinstance(held, Declaration) and held.statement is self:
                module.scope.names[name] = failed or Unknown(f"{name} is not initialised", location)

    def _fail(self, failed: Unknown) -> None:
        """What the statement had changed before it failed is as little known as what it would have."""
        module = self.module
        if failed.reason.startswith(THROWN):
            module.unit.evaluator.report(failed.location or module.file.location(self.node.start_byte), failed.reason)
        abandon(module.unit, self.node, module.scope, failed)

    def _evaluate(self) -> Value:
        run = self.module.unit.statement(self.node)
        if run is not None:
            run(self.module.scope)
        if self.broken:
            self._doubt()
        return None

    def _doubt(self) -> None:
        """What a declaration with a syntax error made may be mangled; an entity tells its own place."""
        names = self.module.scope.names
        for name in self.names:
            value = names.get(name)
            if not isinstance(value, Unknown | Declaration) and not (isinstance(value, HostObject) and value.declared):
                names[name] = Unknown(
                    f"there is a syntax error in the declaration of {name}", self.module.binding_location(name)
                )


class Module(ProjectModule):
    """A file of the project, evaluated."""

    def __init__(
        self, linker: Linker, evaluator: Evaluator, scope: Environment, path: Path, file: ParsedSource
    ) -> None:
        self.linker = linker
        self.path = path
        self.file = file
        self.unit = Unit(evaluator, file, LANGUAGE)
        self.scope = Environment(scope, function=True)
        self.table = Exports(self)
        self.state = "linked"
        self._statements: list[TopStatement] = []
        self._declared: dict[str, Node] = {}
        self._loads: list[Callable[[], object]] = []
        #: Whether what is linked is in a part of the file with a syntax error.
        self._broken = False
        for location, message in file.errors():
            evaluator.report(location, message, syntax=True)
        self._link()

    # -- For everyone -------------------------------------------------------------------------------------------

    @property
    def exports(self) -> Mapping[str, Value]:
        """Every export with its value now, "default" and what is re-exported included; types have none."""
        return {name: self.table.read(name) for name in self.table.names()}

    def export_location(self, name: str) -> Location:
        """Where what is exported under `name` is declared, in whichever file that is."""
        return self.table.location(name)

    def binding_location(self, name: str) -> Location:
        node = self._declared.get(name)
        if node is None:
            return self.file.location(0)
        return self.file.location(node.start_byte)

    # -- For the evaluator --------------------------------------------------------------------------------------

    def read(self, name: str) -> Value:
        """The value of a name of this module's top level."""
        value = self.scope.names.get(name, UNDEFINED)
        return value.read() if isinstance(value, Deferred) else value

    def evaluate(self) -> None:
        """Runs what has not run yet, in order."""
        if self.state != "linked":
            return
        self.state = "evaluating"
        for load in self._loads:
            load()
        for statement in self._statements:
            statement.run()
        self.state = "evaluated"
        self.table.adopt_commonjs()

    def _link(self) -> None:
        if b"module" in self.file.data or b"exports" in self.file.data:
            self.table.offer_commonjs()
        self.scope.names["__filename"] = self.path.as_posix()
        self.scope.names["__dirname"] = self.path.parent.as_posix()
        self.scope.names["require"] = HostFunction(self.table.require, "require")
        for root in self.file.roots:
            self._broken = root.has_error or self.file.torn is not None
            for node in _statements(root):
                self._link_statement(node)

    def _link_statement(self, node: Node) -> None:
        kind = node.type
        if kind == "import_statement":
            for name, found in read_import(self, node, self._loads):
                self.scope.names[name] = found
        elif kind == "export_statement":
            inner = read_export_statement(self, node, self._loads)
            if inner is not None:
                self.declare(inner, exported="default" if _is_default(node) else "name")
        else:
            self.declare(node)

    def declare(self, node: Node, exported: str = "") -> None:
        """Adds a statement of the top level; its names become Declarations, those of functions have their value."""
        names = names_of(self.unit, node)
        for name in names:
            text = self.unit.text(name)
            self._declared.setdefault(text, name)
            if exported:
                self.table.local("default" if exported == "default" else text, text)
        if node.type in FUNCTION_DECLARATIONS:
            label, code = hoisted(self.unit, node)
            if self._broken:
                where = self.file.location(node.start_byte)
                self.scope.names[label or DEFAULT] = Unknown(f"there is a syntax error in the function {label}", where)
                return
            self.scope.names[label or DEFAULT] = Closure(code, self.scope, label or "default")
            if not label and exported:
                self.table.local("default", DEFAULT)
            return
        statement = TopStatement(self, node, [self.unit.text(name) for name in names], self._broken)
        self._statements.append(statement)
        for text in statement.names:
            self.scope.names.setdefault(text, Declaration(self, text, statement))

    def declare_default(self, node: Node) -> None:
        """`export default <expression>`."""
        statement = DefaultStatement(self, node, self._broken)
        self._statements.append(statement)
        self._declared[DEFAULT] = node
        self.scope.names[DEFAULT] = Declaration(self, DEFAULT, statement)
        self.table.local("default", DEFAULT)


class DefaultStatement(TopStatement):
    __slots__ = ()

    def __init__(self, module: Module, node: Node, broken: bool) -> None:
        super().__init__(module, node, [DEFAULT], broken)

    def _evaluate(self) -> Value:
        code = naming(self.node, self.module.unit.expression(self.node), "default")
        self.module.scope.names[DEFAULT] = code(self.module.scope)
        if self.broken:
            self._doubt()
        return None


def _is_default(node: Node) -> bool:
    return any(child.type == "default" for child in node.children)


def _statements(root: Node) -> Iterator[Node]:
    """The top level; of a stretch with a syntax error, the statements that are whole in it."""
    pending = list(reversed(named(root)))
    while pending:
        node = pending.pop()
        if node.is_error:
            pending.extend(
                child for child in reversed(named(node)) if child.type.endswith(("statement", "declaration"))
            )
        else:
            yield node
