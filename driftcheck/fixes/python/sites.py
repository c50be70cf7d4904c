"""Where models say what the model of the database holds: the class or call of a table, the line of a column."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ...location import Location
from ...model import Column, Table
from ..files import Files
from .lists import PythonFile, parsed
from .names import Names

#: What makes a column; SQLModel's Field says some of it itself.
COLUMN_CALLS = frozenset({"Column", "mapped_column", "Field", "AutoString"}) - {"AutoString"}
Function = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True)
class TableSite:
    """What declares a table: a class, or a call of `Table`."""

    file: PythonFile
    names: Names
    node: ast.ClassDef | ast.Call

    @property
    def class_(self) -> ast.ClassDef | None:
        return self.node if isinstance(self.node, ast.ClassDef) else None


@dataclass(frozen=True)
class ColumnSite:
    """What declares a column. `statement` is its own line in a class, None for an argument of `Table`.

    `call` makes it (None: only an annotation does), and `holder` is the class or call of the table that it is in.
    `key` is where the facts are written, for all that share them.
    """

    file: PythonFile
    names: Names
    call: ast.Call | None
    statement: ast.stmt | None
    holder: ast.AST | None
    elsewhere: bool = False

    @property
    def key(self) -> tuple[str, int]:
        return self.file.path, self.file.span(self.call or self.statement)[0]

    @property
    def style(self) -> str:
        """The function that makes columns here, by its own name; "" where none is called."""
        return self.names.called(self.call) if self.call is not None else ""

    @property
    def annotation(self) -> ast.expr | None:
        return self.statement.annotation if isinstance(self.statement, ast.AnnAssign) else None

    @property
    def attribute(self) -> str | None:
        """The attribute of the class that the column is."""
        if isinstance(self.statement, ast.AnnAssign) and isinstance(self.statement.target, ast.Name):
            return self.statement.target.id
        if isinstance(self.statement, ast.Assign) and isinstance(self.statement.targets[0], ast.Name):
            return self.statement.targets[0].id
        return self.statement.name if isinstance(self.statement, ast.FunctionDef) else None

    @cached_property
    def is_field(self) -> bool:
        """Whether the column is a field of a SQLModel class, with what its annotation says."""
        if self.style == "Field":
            return True
        return self.call is None and self.annotation is not None and self.mapped is None

    @property
    def mapped(self) -> ast.expr | None:
        """What is in the brackets of `Mapped[…]`."""
        found = self.annotation
        if isinstance(found, ast.Constant) and isinstance(found.value, str):
            return None
        if isinstance(found, ast.Subscript) and self.names.original(found.value) in ("Mapped", "DynamicMapped"):
            return found.slice
        return None

    def keyword(self, name: str) -> ast.keyword | None:
        return keyword(self.call, name) if self.call is not None else None

    def argument(self, *names: str) -> ast.Call | None:
        """The positional argument that is a call of one of these: `ForeignKey`, `Computed`."""
        return next(iter(self.arguments(*names)), None)

    def arguments(self, *names: str) -> list[ast.Call]:
        given = self.call.args if self.call is not None else []
        return [one for one in given if isinstance(one, ast.Call) and self.names.called(one) in names]


def keyword(call: ast.Call, name: str) -> ast.keyword | None:
    return next((one for one in call.keywords if one.arg == name), None)


class Sites:
    """The places of everything that one reading of models holds."""

    def __init__(self, files: Files, loaded: Sequence[str]) -> None:
        self._files = files
        self.loaded = loaded
        self._names: dict[str, Names] = {}
        self._columns: dict[Location, ColumnSite | None] = {}

    def file(self, path: str) -> PythonFile | None:
        return self._files.made(path, parsed) if path.endswith((".py", ".pyi")) else None

    def names(self, file: PythonFile) -> Names:
        if file.path not in self._names:
            self._names[file.path] = Names(file)
        return self._names[file.path]

    # -- Tables -------------------------------------------------------------------------------------------------

    def table(self, table: Table) -> TableSite | None:
        """The call of `Table` or the class at the table's place."""
        place = table.location
        file = self.file(place.path) if place is not None else None
        if place is None or file is None:
            return None
        names = self.names(file)
        for node in file.over(place):
            if names.called(node) == "Table" and isinstance(node, ast.Call):
                return TableSite(file, names, node)
            if isinstance(node, ast.ClassDef):
                return TableSite(file, names, node)
        return None

    # -- Columns ------------------------------------------------------------------------------------------------

    def column(self, column: Column) -> ColumnSite | None:
        place = column.location
        if place is None:
            return None
        if place not in self._columns:
            self._columns[place] = self._column(place, column.name)
        return self._columns[place]

    def _column(self, place: Location, name: str) -> ColumnSite | None:
        file = self.file(place.path)
        if file is None:
            return None
        names = self.names(file)
        over = file.over(place)
        if (call := self._of_table(names, over, name)) is not None:
            return ColumnSite(file, names, call, None, next(one for one in over if names.called(one) == "Table"))
        statement = next((one for one in over if isinstance(one, (ast.Assign, ast.AnnAssign, *Function))), None)
        if statement is None:
            return None
        holder = next((one for one in file.around(statement) if isinstance(one, ast.ClassDef)), None)
        if isinstance(statement, Function):
            returned = _returned(statement)
            call = self._made(names, returned) if returned is not None else None
            return None if call is None else ColumnSite(file, names, call, statement, holder)
        value = statement.value
        if value is None:
            return ColumnSite(file, names, None, statement, holder)
        call = self._made(names, value)
        if call is None and isinstance(statement, ast.AnnAssign) and not isinstance(value, ast.Call):
            return ColumnSite(file, names, None, statement, holder)
        if call is None:
            return self._factory(file, names, value)
        return ColumnSite(file, names, call, statement, holder)

    def _of_table(self, names: Names, over: Sequence[ast.AST], name: str) -> ast.Call | None:
        table = next((one for one in over if names.called(one) == "Table"), None)
        if not isinstance(table, ast.Call):
            return None
        for one in table.args:
            if isinstance(one, ast.Call) and names.called(one) in COLUMN_CALLS:
                first = one.args[0] if one.args else None
                if isinstance(first, ast.Constant) and first.value == name:
                    return one
        return None

    def _made(self, names: Names, value: ast.AST) -> ast.Call | None:
        """The outermost call in `value` that makes a column: in `deferred(Column(…))`, or `Field(sa_column=…)`."""
        for node in ast.walk(value):
            if isinstance(node, ast.Call) and names.called(node) in COLUMN_CALLS:
                inner = keyword(node, "sa_column")
                if inner is not None and isinstance(inner.value, ast.Call):
                    return inner.value if names.called(inner.value) in COLUMN_CALLS else None
                return node
        return None

    def _factory(self, file: PythonFile, names: Names, value: ast.AST) -> ColumnSite | None:
        """The column that a function without arguments returns: `made = timestamp()`."""
        if not isinstance(value, ast.Call) or value.args or value.keywords:
            return None
        found = self.definition(file, value.func)
        if found is None or not isinstance(found[1], ast.FunctionDef):
            return None
        returned = _returned(found[1])
        there = self.names(found[0])
        call = self._made(there, returned) if returned is not None else None
        return None if call is None else ColumnSite(found[0], there, call, None, None, elsewhere=True)

    # -- Definitions --------------------------------------------------------------------------------------------

    def definition(self, file: PythonFile, node: ast.AST, depth: int = 3) -> tuple[PythonFile, Any] | None:
        """The class, function or assigned value of the project that a name means, followed through imports."""
        if not isinstance(node, ast.Name):
            return None
        if node.id in file.defined:
            return file, file.defined[node.id]
        original = self.names(file).bound.get(node.id, "")
        module, _, name = original.rpartition(".")
        if not module or not depth:
            return None
        for other in self._modules(file.path, module):
            found = self.definition(other, ast.Name(id=name), depth - 1)
            if found is not None:
                return found
        return None

    def _modules(self, path: str, module: str) -> Iterator[PythonFile]:
        """The loaded files that `module`, as the file at `path` says it, may mean."""
        inner = module.lstrip(".")
        ending = inner.replace(".", "/")
        if level := len(module) - len(inner):
            folder = path.split("/")[:-level]
            wanted = ["/".join([*folder, ending]) if ending else "/".join(folder)]
            exact = {f"{one}.py" for one in wanted} | {f"{one}/__init__.py" for one in wanted}
            found = [one for one in self.loaded if one in exact]
        else:
            endings = (f"{ending}.py", f"{ending}/__init__.py")
            found = [one for one in self.loaded if one.endswith(tuple(f"/{e}" for e in endings)) or one in endings]
        for one in found[:4]:
            if (file := self.file(one)) is not None:
                yield file


def _returned(function: Any) -> ast.expr | None:
    """What a function returns, if it returns in one place."""
    returns = [one for one in ast.walk(function) if isinstance(one, ast.Return)]
    return returns[0].value if len(returns) == 1 else None
