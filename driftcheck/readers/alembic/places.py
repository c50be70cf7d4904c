"""Where in a revision's file the parts of a statement stand: the `op.` call, the column in it, the line of its SQL."""

from __future__ import annotations

import ast
import bisect
import re
from collections import deque
from collections.abc import Iterator
from functools import cached_property

from ...model import Location
from ...project import Project
from ...project.python import parse_python
from ..sql.applying import SourceText

#: An identifier of SQL at some place, without its quotes.
_NAME = re.compile(r'"((?:[^"]|"")+)"|([A-Za-z_]\w*)')
#: Words before what a constraint is called, or instead of that, and the class that a revision has for it.
_CLASSES = {
    "primary": "PrimaryKeyConstraint", "foreign": "ForeignKeyConstraint", "unique": "UniqueConstraint",
    "check": "CheckConstraint", "exclude": "ExcludeConstraint",
}  # fmt: skip
#: Words of an operation on a table that say which call it comes from, where several name the same thing.
_VERBS = {"add": ("add", "create"), "alter": ("alter",), "drop": ("drop",), "create": ("create",), "rename": ("alter",)}
#: Where statements have others in them.
_BLOCKS = ("body", "orelse", "finalbody", "handlers", "cases")
#: More text than any revision that people write has.
_LONGEST = 2_000_000


class Places:
    """The files of revisions, each parsed once."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._files: dict[str, RevisionFile] = {}

    def source(self, sql: str, file: str, line: int, *, one_line: bool) -> SourceText:
        """The text of a statement that line `line` of a file caused, and that `one_line` alone if so."""
        return _Statement(sql, self.file(file), line, one_line)

    def location(self, file: str, line: int) -> Location:
        return Location(self.file(file).path, max(1, line))

    def file(self, path: str) -> RevisionFile:
        if path not in self._files:
            self._files[path] = RevisionFile(self._project, path)
        return self._files[path]


class RevisionFile:
    """The text of a revision, and its calls by their lines; nothing of it where it is no Python that is read here."""

    def __init__(self, project: Project, path: str) -> None:
        self._project, self._whole = project, path
        self.path = project.shown(path)

    @cached_property
    def tree(self) -> ast.Module | None:
        try:
            return parse_python(self._project.data(self._whole, most=_LONGEST))
        except (OSError, SyntaxError, ValueError, RecursionError, MemoryError):
            return None

    @cached_property
    def _statements(self) -> dict[int, ast.stmt]:
        """The innermost statement for each line on which one begins, and for each line of simple ones."""
        found: dict[int, ast.stmt] = {}
        waiting: deque[ast.AST] = deque([] if self.tree is None else [self.tree])
        while waiting:
            node = waiting.popleft()
            inside = [inner for name in _BLOCKS for inner in getattr(node, name, ())]
            waiting.extend(inside)
            if isinstance(node, ast.stmt):
                last = node.lineno if hasattr(node, "body") else node.end_lineno or node.lineno
                for line in range(node.lineno, last + 1):
                    found[line] = node
        return found

    def at(self, line: int) -> ast.stmt | None:
        """The innermost statement on a line."""
        return self._statements.get(line)


class _Statement(SourceText):
    """A statement of SQL whose places are those of the Python that made it."""

    def __init__(self, sql: str, file: RevisionFile, line: int, one_line: bool) -> None:
        super().__init__(file.path, sql)
        self._file, self._line, self._one_line = file, max(1, line), one_line

    def line(self, offset: int) -> int:
        return self.location(offset).line

    def location(self, start: int, end: int | None = None) -> Location:
        if (written := self._written) is not None:
            first, shift = written
            line = self.line_of_text(start)
            column = start - self._starts[line - 1] + 1 if line > 1 else 1
            last = None if end is None else first + self.line_of_text(max(start, end - 1)) - 1
            return Location(self.path, first + line - 1, column + (shift if line == 1 else 0), last)
        return Location(self.path, self._of_call(start))

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(found.end() for found in re.finditer("\n", self.text))]

    def line_of_text(self, offset: int) -> int:
        return bisect.bisect_right(self._starts, offset)

    @cached_property
    def _node(self) -> ast.stmt | None:
        return None if self._one_line else self._file.at(self._line)

    @cached_property
    def _parts(self) -> list[ast.AST]:
        """All that is in the statement of Python; of one that makes a table each column asks for a call in it."""
        return [] if self._node is None else list(ast.walk(self._node))

    @cached_property
    def _calls(self) -> list[ast.Call]:
        return [part for part in self._parts if isinstance(part, ast.Call)]

    @cached_property
    def _written(self) -> tuple[int, int] | None:
        """Where the SQL stands as a constant, if it does: its first line, and what to add to columns there."""
        if self._node is None:
            return None
        wanted = self.text.strip().rstrip(";").rstrip()
        for node in self._parts:
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and wanted in node.value:
                value, lines = node.value, (node.end_lineno or node.lineno) - node.lineno
                if value.count("\n") != lines:
                    continue  # put together of several constants, or with escapes
                before = value.index(wanted) - self.text.index(wanted)
                return node.lineno + value.count("\n", 0, max(0, before)), 0
        return None

    def _of_call(self, start: int) -> int:
        """The line of the call that made what is at offset `start`: in one that makes a table, of a column of it."""
        node = self._node
        if node is None:
            return self._line
        if isinstance(node, ast.With):
            return self._in_block(node, start)
        if start == 0:
            return node.lineno
        # SQLAlchemy writes each column and constraint of a table in a line of its own.
        whole = self.text.rfind("\n", 0, start) + 1
        return self._part(start) or (self._part(whole) if whole else None) or node.lineno

    def _part(self, start: int) -> int | None:
        """The line of the part of a call that the words at `start` come from."""
        words = _words(self.text, start)
        head = words[0].lower() if words else ""
        if head == "constraint" and len(words) > 1:
            return self._naming(words[1])
        if head in _CLASSES:
            made = [call for call in self._calls if _last(call) == _CLASSES[head]]
            fitting = [call for call in made if any(word in _constants(call) for word in words[1:6])]
            return (fitting or made)[0].lineno if made else None
        return (self._naming(words[0], first=True) or self._naming(words[0])) if words else None

    def _naming(self, name: str, *, first: bool = False) -> int | None:
        """The line of the innermost call that has `name` among its own arguments; `first`: as the first of them."""
        for call in self._calls:
            if call is getattr(self._node, "value", None):
                continue
            given = call.args[:1] if first else [*call.args, *(keyword.value for keyword in call.keywords)]
            values = [value.args[0] if isinstance(value, ast.Call) and value.args else value for value in given]
            if any(isinstance(value, ast.Constant) and value.value == name for value in values):
                return call.lineno
        return None

    def _in_block(self, node: ast.With, start: int) -> int:
        """A `with op.batch_alter_table(…)`, which runs its operations at its end."""
        words = _words(self.text, 0)
        verbs = next((_VERBS[word.lower()] for word in words[2:] if word.lower() in _VERBS), ())
        verbs = verbs or _VERBS.get(words[0].lower() if words else "", ())
        names = {word for word in words if word.lower() not in _VERBS}
        calls = [call for statement in node.body for call in _calls(statement) if _constants(call) & names]
        fitting = [call for call in calls if _last(call).startswith(tuple(verbs))] if verbs else []
        best = max(fitting or calls, key=lambda call: len(_constants(call) & names), default=None)
        return best.lineno if best is not None else node.lineno


def _words(sql: str, start: int) -> list[str]:
    """The next identifiers from an offset on."""
    found = []
    for match in _NAME.finditer(sql, start, start + 2_000):
        found.append(match[1].replace('""', '"') if match[1] is not None else match[2])
        if len(found) == 12:
            break
    return found


def _calls(node: ast.AST) -> Iterator[ast.Call]:
    return (inner for inner in ast.walk(node) if isinstance(inner, ast.Call))


def _last(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _constants(node: ast.AST) -> set[str]:
    return {inner.value for inner in ast.walk(node) if isinstance(inner, ast.Constant) and isinstance(inner.value, str)}
