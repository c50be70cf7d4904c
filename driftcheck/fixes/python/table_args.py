"""What a table has beside its columns: the arguments of `Table`, or `__table_args__`, made or extended."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from ...findings import Around, Edit
from .arguments import set_entry, set_keyword
from .context import Context
from .elements import ALL_CALLS
from .lists import PythonFile
from .names import Word
from .sites import COLUMN_CALLS, ColumnSite, Function, TableSite
from .types import Unplaced

NAME = "__table_args__"


@dataclass(frozen=True)
class TableArguments:
    """The arguments of one table."""

    context: Context
    site: TableSite

    @property
    def file(self) -> PythonFile:
        return self.site.file

    # -- Finding --------------------------------------------------------------------------------------------------

    def value(self) -> ast.expr | None:
        """What the class's own `__table_args__` is, or returns; None if it has none."""
        class_ = self.site.class_
        for statement in class_.body if class_ is not None else ():
            if isinstance(statement, ast.Assign) and _is_args(statement.targets[0]):
                return statement.value
            if isinstance(statement, ast.AnnAssign) and _is_args(statement.target):
                return statement.value
            if isinstance(statement, Function) and statement.name == NAME:
                returns = [one.value for one in ast.walk(statement) if isinstance(one, ast.Return)]
                if len(returns) != 1:
                    raise Unplaced(f"{NAME} is a function that returns in more than one place")
                return returns[0]
        return None

    def _inherited(self) -> ast.expr | None:
        """The base class whose `__table_args__` the class would have if it had none of its own."""
        class_ = self.site.class_
        return next((base for base in (class_.bases if class_ is not None else ()) if self._has_args(base)), None)

    def _has_args(self, base: ast.expr, depth: int = 8) -> bool:
        return self._args_of(self.file, base, depth) is not None

    def _args_of(self, file: PythonFile, base: ast.expr, depth: int) -> ast.stmt | None:
        found = self.context.sites.definition(file, base)
        if found is None or not isinstance(found[1], ast.ClassDef) or not depth:
            return None
        for statement in found[1].body:
            target = statement.targets[0] if isinstance(statement, ast.Assign) else getattr(statement, "target", None)
            if (target is not None and _is_args(target)) or getattr(statement, "name", "") == NAME:
                return statement
        deeper = (self._args_of(found[0], one, depth - 1) for one in found[1].bases)
        return next((one for one in deeper if one is not None), None)

    # -- Adding ---------------------------------------------------------------------------------------------------

    def add(self, word: Word) -> list[Edit]:
        """The table has one more argument."""
        if isinstance(self.site.node, ast.Call):
            return [*word.edits, *self._to_call(self.site.node, word.text)]
        value = self.value()
        if value is None:
            return [*word.edits, *self._made(word.text)]
        if isinstance(value, ast.Dict):
            return [*word.edits, *self._around_dict(value, word.text)]
        if isinstance(value, ast.BinOp) and isinstance(value.left, ast.Tuple):
            value = value.left
        if not isinstance(value, ast.Tuple):
            raise Unplaced(f"its {NAME} are put together by more than a tuple")
        return [*word.edits, *self._to_tuple(value, word.text)]

    def _to_call(self, call: ast.Call, text: str) -> list[Edit]:
        parts = self.file.parts(call)
        if parts is None or not parts.items:
            raise Unplaced("the call of Table cannot be taken apart")
        return self.file.inserted(parts, len(call.args), text)

    def _to_tuple(self, value: ast.Tuple, text: str) -> list[Edit]:
        file, parts = self.file, self.file.parts(value)
        if parts is None:
            raise Unplaced(f"its {NAME} have no brackets")
        if not parts.items:
            return [file.edit(parts.start, parts.start, f"{text},", Around("", " ", ""))]
        last = value.elts[-1]
        is_element = isinstance(last, ast.Call) and self.site.names.called(last) in ALL_CALLS
        index = len(value.elts) if is_element else len(value.elts) - 1
        if index == 0 and file.begins_line(parts.items[0].start):
            start = parts.items[0].start
            return [file.edit(start, start, f"{text},\n{file.indent(start)}")]
        return file.inserted(parts, index, text)

    def _around_dict(self, value: ast.Dict, text: str) -> list[Edit]:
        """A dictionary becomes the last of a tuple."""
        file = self.file
        start, end = file.span(value)
        outer = file.indent(start)
        inner = f"{outer}{file.unit}"
        return [
            *self._indented(value),
            file.edit(start, start, f"{inner}{text},\n", Around("(\n", "", inner)),
            file.edit(end, end, f",\n{outer})"),
        ]

    def _indented(self, value: ast.Dict) -> list[Edit]:
        """The further lines of a dictionary moved by a level, unless a string goes over several of them."""
        file = self.file
        start, end = file.span(value)
        strings = [one for one in ast.walk(value) if isinstance(one, (ast.Constant, ast.JoinedStr))]
        if any(one.lineno != one.end_lineno for one in strings):
            return []
        return [file.edit(at, at, file.unit) for at in file.line_starts(start, end)]

    def _made(self, text: str) -> list[Edit]:
        """The class gets a `__table_args__`, where the file's other classes have theirs."""
        class_ = self.site.class_
        assert class_ is not None
        file = self.file
        inherited, tail = self._inherited(), ""
        indent = file.indent(file.span(class_.body[0])[0])
        if inherited is not None:
            base = self._args_of(file, inherited, 8)
            if not isinstance(getattr(base, "value", None), ast.Dict):
                raise Unplaced(f"its {NAME} are inherited from {file.source(inherited)}")
            tail = f"\n{indent}{file.unit}{file.source(inherited)}.{NAME},"
        after, gap = self._where(class_)
        at = file.behind(after)
        if at is None:
            raise Unplaced("its class has several statements on one line")
        around = Around(f"\n{gap}{indent}{NAME} = (", "", f"{tail}\n{indent})")
        return [file.edit(at, at, f"\n{indent}{file.unit}{text},", around)]

    def _where(self, class_: ast.ClassDef) -> tuple[ast.stmt, str]:
        """The statement behind which it goes, and the blank line before it."""
        named = next((one for one in class_.body if _named(one) == "__tablename__"), None)
        if named is not None and not self._stands_last():
            return named, ""
        attributes = [one for one in class_.body if isinstance(one, (ast.Assign, ast.AnnAssign))]
        if attributes and (named is not None or self._stands_last()):
            return attributes[-1], "\n"
        first = class_.body[0]
        if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
            return first, "\n"
        return (attributes[-1] if attributes else class_.body[-1]), "\n"

    def _stands_last(self) -> bool:
        """Whether the first class of the file that has it has it behind its columns."""
        if NAME in self.file.words:
            for node in self.file.classes:
                names = [_named(one) for one in node.body]
                if NAME in names:
                    before = node.body[: names.index(NAME)]
                    return any(
                        isinstance(one, (ast.Assign, ast.AnnAssign)) and _is_column(self.site, one) for one in before
                    )
        return False

    # -- Options --------------------------------------------------------------------------------------------------

    def set_option(self, name: str, word: Word | None) -> list[Edit]:
        """A keyword of `Table`, or an entry of the dictionary in `__table_args__`."""
        node = self.site.node
        if isinstance(node, ast.Call):
            return set_keyword(ColumnSite(self.file, self.site.names, node, None, None), name, word)
        value = self.value()
        if isinstance(value, ast.Dict):
            return set_entry(self.file, value, name, word)
        if isinstance(value, ast.Tuple) and value.elts and isinstance(value.elts[-1], ast.Dict):
            return set_entry(self.file, value.elts[-1], name, word)
        if word is None:
            raise Unplaced("what says it is written somewhere else")
        entry = f"{self.file.quoted(name)}: {word.text}"
        if isinstance(value, ast.Tuple):
            return self._last_in_tuple(value, f"{{{entry}}}")
        if value is not None or self._inherited() is not None:
            raise Unplaced(f"its {NAME} are put together by more than a tuple")
        class_ = self.site.class_
        assert class_ is not None
        after, gap = self._where(class_)
        at = self.file.behind(after)
        if at is None:
            raise Unplaced("its class has several statements on one line")
        indent = self.file.indent(self.file.span(class_.body[0])[0])
        return [self.file.edit(at, at, f"\n{gap}{indent}{NAME} = {options_alone(self.file, entry)}")]

    def _last_in_tuple(self, value: ast.Tuple, text: str) -> list[Edit]:
        """Behind whatever else is added to the tuple, for a dictionary has to be its last part."""
        file, parts = self.file, self.file.parts(value)
        if parts is None or not parts.items:
            raise Unplaced(f"its {NAME} have no brackets, or are empty")
        last, close = parts.items[-1], parts.end
        between = " " if last.comma is not None else ", "
        if not file.begins_line(close):
            return [file.edit(close, close + 1, f"{between}{text})")]
        start, lead = file.line_start(close), file.indent(last.start)
        comma = "" if last.comma is not None else ", "
        return [file.edit(start, close + 1, f"{lead}{comma}{text},\n{file.indent(close)})")]


def options_alone(file: PythonFile, entries: str) -> str:
    """`__table_args__` of options alone: a dictionary where the file has such, else a tuple, which cannot change."""
    return f"{{{entries}}}" if f"{NAME} = {{" in file.text else f"({{{entries}}},)"


def _is_args(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and node.id == NAME


def _named(statement: ast.stmt) -> str:
    """The name that a statement of a class defines."""
    if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
        return statement.targets[0].id
    if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
        return statement.target.id
    return getattr(statement, "name", "")


def _is_column(site: TableSite, statement: ast.stmt) -> bool:
    return any(site.names.called(one) in COLUMN_CALLS for one in ast.walk(statement))


def attributes(class_: ast.ClassDef) -> Iterator[ast.stmt]:
    return (one for one in class_.body if isinstance(one, (ast.Assign, ast.AnnAssign)))
