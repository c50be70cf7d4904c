"""What a file calls things that it imports, and how it comes to know one that it does not import yet."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from ...findings import Around, Edit
from ...frozen import dataclass
from ..edits import applied
from .lists import Part, Parts, PythonFile

#: Modules that have the same names as one that stands first here.
_SAME = {
    "sqlalchemy": (
        "sqlalchemy", "sqlalchemy.types", "sqlalchemy.schema", "sqlalchemy.sql", "sqlalchemy.sql.expression",
        "sqlalchemy.sql.schema", "sqlalchemy.sql.sqltypes", "sqlalchemy.sql.functions", "sqlmodel",
    ),
    "sqlalchemy.orm": ("sqlalchemy.orm",),
}  # fmt: skip
_DIALECT = "sqlalchemy.dialects.postgresql"
#: What the name of something is where its own is taken.
_OTHER_NAMES = {"Enum": "SAEnum", "Text": "SAText", "Date": "SADate", "Time": "SATime"}
_FLASK = re.compile(r"\bdb\.(?:Column|Model|Table)\b")
#: isort's order: CONSTANTS, Classes, functions.
_TO_COMMA = re.compile(r"(?:[^#,]|#[^\r\n]*)*?,")
_WORD = re.compile(r"[A-Z][A-Z0-9_]*\Z")


@dataclass(frozen=True, slots=True)
class Word:
    """How to write something in a file, and the edits after which the file knows it."""

    text: str
    edits: tuple[Edit, ...] = ()


class Names:
    """The names of one file."""

    def __init__(self, file: PythonFile) -> None:
        self._file = file

    @cached_property
    def _imports(self) -> list[ast.Import | ast.ImportFrom]:
        """The imports that run whenever the module is imported, in their order."""
        return [one for one in _statements(self._file.tree.body) if isinstance(one, (ast.Import, ast.ImportFrom))]

    @cached_property
    def bound(self) -> dict[str, str]:
        """name → what it is imported as: `Col` → `sqlalchemy.Column`; "" for what is defined here."""
        found: dict[str, str] = {}
        for statement in self._imports:
            for alias in statement.names:
                if isinstance(statement, ast.ImportFrom):
                    module = "." * statement.level + (statement.module or "")
                    found[alias.asname or alias.name] = f"{module}.{alias.name}"
                elif alias.asname:
                    found[alias.asname] = alias.name
                else:
                    found[alias.name.partition(".")[0]] = alias.name.partition(".")[0]
        for other in _statements(self._file.tree.body):
            found.update(dict.fromkeys(_defined(other), ""))
        return found

    @cached_property
    def _starred(self) -> set[str]:
        """Modules of which all names are imported."""
        found = [one for one in self._imports if isinstance(one, ast.ImportFrom) and one.names[0].name == "*"]
        return {one.module for one in found if one.module}

    def original(self, node: ast.AST) -> str:
        """The last word of what `node` names, as its module calls it: `Column` of `db.Column`, or of `Col`."""
        if isinstance(node, ast.Attribute):
            return node.attr
        if isinstance(node, ast.Name):
            return self.bound.get(node.id, node.id).rpartition(".")[2] or node.id
        return ""

    def path(self, node: ast.AST) -> str:
        """What `node` names, from its module on: `sqlalchemy.dialects.postgresql.UUID` of `pg.UUID`."""
        if isinstance(node, ast.Attribute):
            return f"{self.path(node.value)}.{node.attr}"
        return (self.bound.get(node.id) or node.id) if isinstance(node, ast.Name) else ""

    def called(self, node: ast.AST) -> str:
        """The last word of what a call calls."""
        return self.original(node.func) if isinstance(node, ast.Call) else ""

    def word(self, module: str, name: str) -> Word:
        """How to write `name` of `module` here."""
        modules = _SAME.get(module, (module,))
        known = next((here for here, there in self.bound.items() if _is(there, modules, name)), None)
        if known is not None:
            return Word(known)
        if self._starred.intersection(modules) and name not in self.bound:
            return Word(name)
        if module.startswith("sqlalchemy") and module != _DIALECT and self._file.holds(_FLASK):
            return Word(f"db.{name}")
        statement = self._statement(module)
        alias = next((here for here, there in self.bound.items() if there == module), None)
        if alias is not None and (statement is None or self._prefers(alias, statement)):
            return Word(f"{alias}.{name}")
        return self._imported(statement, module, name)

    def _prefers(self, alias: str, statement: ast.ImportFrom) -> bool:
        """Whether the file says `sa.String` more often than the names of `from sqlalchemy import …`."""
        names = "|".join(re.escape(one.asname or one.name) for one in statement.names)
        single = self._file.count(re.compile(rf"(?<![\w.])(?:{names})\b")) - len(statement.names)
        return self._file.count(re.compile(rf"(?<![\w.]){re.escape(alias)}\.\w")) > single

    def _statement(self, module: str) -> ast.ImportFrom | None:
        """The import that a name can be added to."""
        for one in self._imports:
            mine = isinstance(one, ast.ImportFrom) and not one.level and one.module == module
            if isinstance(one, ast.ImportFrom) and mine and one.names[0].name != "*" and self._file.behind(one):
                return one
        return None

    def _imported(self, statement: ast.ImportFrom | None, module: str, name: str) -> Word:
        module_here = next((here for here, there in self.bound.items() if there == module), None)
        if name in self.bound and module_here is not None:
            return Word(f"{module_here}.{name}")
        here = _OTHER_NAMES.get(name, f"SA{name}") if name in self.bound else name
        spelled = name if here == name else f"{name} as {here}"
        if statement is not None:
            return Word(here, tuple(self._completed(statement, spelled)))
        return Word(here, tuple(self._added(module, spelled)))

    # -- Completing an import -----------------------------------------------------------------------------------

    def _completed(self, statement: ast.ImportFrom, spelled: str) -> list[Edit]:
        file = self._file
        names = [alias.name for alias in statement.names]
        keys = [import_order(name) for name in names]
        ordered = keys == sorted(keys)
        index = sum(key <= import_order(spelled) for key in keys) if ordered else len(names)
        parts = alias_parts(file, statement)
        if index < len(names):
            item = parts.items[index]
            own = file.begins_line(item.start)
            between = f",\n{file.indent(item.start)}" if own else ", "
            return [file.edit(item.start, item.start, spelled + between)]
        return file.inserted(parts, index, spelled)

    # -- A new import -------------------------------------------------------------------------------------------

    def _added(self, module: str, spelled: str) -> list[Edit]:
        """A new statement, where the imports are sorted into sections as `isort` sorts them."""
        file, mine = self._file, _section(module)
        top = [one for one in file.tree.body if isinstance(one, (ast.Import, ast.ImportFrom))]
        top = [one for one in top if file.lines_of(one) is not None and not _is_future(one)]
        before = [one for one in top if _order(one) < (mine, 1, module) and _section(_module(one)) == mine]
        after = [one for one in top if _section(_module(one)) >= mine]
        if before:
            at = file.behind(before[-1]) or 0
            return [self._line(at, module, spelled, "\n", "")]
        if after:
            start = file.line_start(file.span(after[0])[0])
            gap = _section(_module(after[0])) != mine
            line = self._line(start, module, spelled, "", "\n")
            return [line, *([self._blank(start, _rank(module, last=True))] if gap else [])]
        last = self._last_before_code(top)
        if last is None:
            return [self._line(0, module, spelled, "", "\n"), self._blank(0, _rank(module, last=True))]
        at = file.behind(last) or 0
        return [self._blank(at, 0), self._line(at, module, spelled, "\n", "")]

    def _blank(self, at: int, rank: int) -> Edit:
        """A line end, once for all that want it there."""
        return replace(self._file.edit(at, at, "", Around("\n", "", "")), rank=rank)

    def _line(self, at: int, module: str, spelled: str, before: str, behind: str) -> Edit:
        """The statement; several names that come to one new import share it."""
        around = Around(f"{before}from {module} import ", ", ", behind)
        return replace(self._file.edit(at, at, spelled, around), rank=_rank(module))

    def _last_before_code(self, top: Sequence[ast.stmt]) -> ast.stmt | None:
        """The last import, else `from __future__`, else the docstring."""
        if top:
            return top[-1]
        found = None
        for statement in self._file.tree.body:
            docstring = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
            if not (docstring or _is_future(statement)) or self._file.behind(statement) is None:
                break
            found = statement
        return found


def _is(there: str, modules: Sequence[str], name: str) -> bool:
    module, _, last = there.rpartition(".")
    return last == name and module in modules


def _statements(body: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements of a module, those under `if` and `try` included, but not what only type checkers read."""
    for statement in body:
        yield statement
        if isinstance(statement, ast.If) and "TYPE_CHECKING" in ast.unparse(statement.test):
            yield from _statements(statement.orelse)
        elif isinstance(statement, (ast.If, ast.Try)):
            for field in ("body", "orelse", "finalbody"):
                yield from _statements(getattr(statement, field, []))
            for handler in getattr(statement, "handlers", []):
                yield from _statements(handler.body)


def _defined(statement: ast.stmt) -> Iterator[str]:
    if isinstance(statement, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
        yield statement.name
    elif isinstance(statement, (ast.Assign, ast.AnnAssign)):
        for target in statement.targets if isinstance(statement, ast.Assign) else [statement.target]:
            yield from (node.id for node in ast.walk(target) if isinstance(node, ast.Name))


def _rank(module: str, *, last: bool = False) -> int:
    """Where an import stands among new ones at the same place: by sections, in them by names; `last` in its section."""
    letters = int.from_bytes(module.encode()[:6].ljust(6, b"\0"), "big")
    return 1 + _section(module) * 256**7 + (256**6 if last else letters)


def _is_future(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.ImportFrom) and statement.module == "__future__"


def _module(statement: ast.stmt) -> str:
    if isinstance(statement, ast.ImportFrom):
        return "." * statement.level + (statement.module or "")
    return statement.names[0].name if isinstance(statement, ast.Import) else ""


_STANDARD = frozenset({"datetime", "decimal", "enum", "typing", "uuid"})


def _section(module: str) -> int:
    """0 for Python's own library, 1 for packages, 2 for what is imported from beside the file."""
    import sys

    if module.startswith("."):
        return 2
    return 0 if module.partition(".")[0] in _STANDARD | sys.stdlib_module_names else 1


def _order(statement: ast.stmt) -> tuple[int, int, str]:
    module = _module(statement)
    return _section(module), int(isinstance(statement, ast.ImportFrom)), module


def import_order(name: str) -> tuple[int, str]:
    """isort's order of the names of one import: CONSTANTS, Classes, functions."""
    first = name.partition(" ")[0]
    group = 0 if len(first) > 1 and _WORD.match(first) else 1 if first[:1].isupper() else 2
    return group, first


def alias_parts(file: PythonFile, statement: ast.ImportFrom) -> Parts:
    """The names of an import as a list."""
    end = file.span(statement)[1]
    items = []
    for alias, following in zip(statement.names, [*statement.names[1:], None], strict=True):
        start, stop = file.span(alias)
        until = file.span(following)[0] if following is not None else end
        comma = _TO_COMMA.match(file.text, stop, until)
        items.append(Part(alias, start, stop, comma.end() - 1 if comma else None))
    return Parts(items[0].start, end, tuple(items))


def removed_imports(file: PythonFile, statement: ast.Import | ast.ImportFrom, names: set[str]) -> list[Edit]:
    """The edits after which a statement does not import `names` any more."""
    going = [alias for alias in statement.names if _local(statement, alias) in names]
    if going and len(going) == len(statement.names):
        lines = file.lines_of(statement)
        return [file.edit(*lines, "")] if lines is not None and len(_siblings(file, statement)) > 1 else []
    if not going or isinstance(statement, ast.Import):
        return []
    parts = alias_parts(file, statement)
    edits, first = [], None
    for index, alias in enumerate([*statement.names, None]):
        if alias in going:
            first = index if first is None else first
        elif first is not None:
            edits += file.removed_run(statement, parts, first, index - 1)
            first = None
    return edits


def without_name(file: PythonFile, statement: ast.ImportFrom, name: str) -> str:
    """The text of an import without one of its names."""
    start, end = file.span(statement)
    edits = removed_imports(file, statement, {name})
    zero = file.edit(start, start, "").start
    data = applied(file.text[start:end].encode("utf-8", "surrogatepass"), [])
    moved = [replace(one, start=one.start - zero, end=one.end - zero) for one in edits]
    return applied(data, moved).decode("utf-8", "surrogatepass").replace("\r\n", "\n")


def _siblings(file: PythonFile, statement: ast.stmt) -> list[ast.stmt]:
    holder = file.holders[statement]
    return next(
        (body for _, body in ast.iter_fields(holder) if isinstance(body, list) and statement in body), [statement]
    )


def _local(statement: ast.Import | ast.ImportFrom, alias: ast.alias) -> str:
    if alias.asname or isinstance(statement, ast.ImportFrom):
        return alias.asname or alias.name
    return alias.name.partition(".")[0]
