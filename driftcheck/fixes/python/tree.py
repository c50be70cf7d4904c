"""The text of one Python file, its syntax tree, and edits of it by the places of its nodes.

`ast` counts columns in bytes of UTF-8 and knows neither commas nor comments; here everything is an offset into the
text, and becomes one into the bytes, whatever their encoding, when an edit is made.
"""

from __future__ import annotations

import ast
import io
import json
import re
import tokenize
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise
from typing import Any

from ...findings import Around, Edit
from ...location import Location

_MARK = b"\xef\xbb\xbf"
_LINE_END = re.compile(r"\r\n|\r|\n")
_BLANK = re.compile(r"[ \t\f]*")
_LEVELS = re.compile(r"^(?: {4})+", re.MULTILINE)
#: The comment behind a statement or a part of a list, and the end of the line.
_REST = re.compile(r"[ \t\f]*(#[^\r\n]*)?(?=\r\n|\r|\n|\Z)")

Span = tuple[int, int]


class PythonText:
    """A file that parses. `blocks` are its statements, with the statements in which each one is."""

    def __init__(self, path: str, data: bytes) -> None:
        """Raises SyntaxError or ValueError where `data` is no Python text."""
        self.path = path
        self.encoding = tokenize.detect_encoding(io.BytesIO(data).readline)[0].removesuffix("-sig")
        self._skipped = len(_MARK) if data.startswith(_MARK) else 0
        self.text = data[self._skipped :].decode(self.encoding)
        self.tree = ast.parse(self.text)
        self._held: dict[re.Pattern[str], bool] = {}
        self._counted: dict[re.Pattern[str], int] = {}
        self._starts = [0, *(found.end() for found in _LINE_END.finditer(self.text))]
        self.holders: dict[ast.AST, ast.AST] = {
            child: node for node in ast.walk(self.tree) for child in ast.iter_child_nodes(node)
        }

    def holds(self, pattern: re.Pattern[str]) -> bool:
        """Whether `pattern` is found in the text: looked for once."""
        if pattern not in self._held:
            self._held[pattern] = pattern.search(self.text) is not None
        return self._held[pattern]

    def count(self, pattern: re.Pattern[str]) -> int:
        """How often `pattern` is found in the text: counted once."""
        if pattern not in self._counted:
            self._counted[pattern] = sum(1 for _ in pattern.finditer(self.text))
        return self._counted[pattern]

    @cached_property
    def words(self) -> dict[str, list[ast.Name | ast.Constant]]:
        """Variables and strings by what they say, but for names that are defined there."""
        found: dict[str, list[ast.Name | ast.Constant]] = {}
        for node in self.holders:
            if isinstance(node, ast.Name):
                found.setdefault(node.id, []).append(node)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.setdefault(node.value, []).append(node)
        return found

    @cached_property
    def defined(self) -> dict[str, ast.stmt]:
        """The classes, functions and assignments of the module by their names, the first of each."""
        found: dict[str, ast.stmt] = {}
        for one in self.tree.body:
            if isinstance(one, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
                found.setdefault(one.name, one)
            elif isinstance(one, (ast.Assign, ast.AnnAssign)) and one.value is not None:
                for target in one.targets if isinstance(one, ast.Assign) else [one.target]:
                    if isinstance(target, ast.Name):
                        found.setdefault(target.id, one)
        return found

    @cached_property
    def classes(self) -> list[ast.ClassDef]:
        """Its classes, wherever they stand."""
        return [node for node in self.holders if isinstance(node, ast.ClassDef)]

    # -- Places -------------------------------------------------------------------------------------------------

    def offset(self, line: int, column: int) -> int:
        """The offset of a place as `ast` says it: the line from 1, the column from 0 in bytes of UTF-8."""
        start = self._starts[line - 1]
        if self.text.isascii():
            return start + column
        end = self._starts[line] if line < len(self._starts) else len(self.text)
        return start + len(self.text[start:end].encode()[:column].decode("utf-8", "ignore"))

    def span(self, node: Any) -> Span:
        return self.offset(node.lineno, node.col_offset), self.offset(node.end_lineno, node.end_col_offset)

    def source(self, node: Any) -> str:
        start, end = self.span(node)
        return self.text[start:end]

    def line_start(self, offset: int) -> int:
        return max(self.text.rfind("\n", 0, offset), self.text.rfind("\r", 0, offset)) + 1

    def with_tabs(self, text: str) -> str:
        """`text` indented as the file is."""
        return _LEVELS.sub(lambda found: "\t" * (len(found[0]) // 4), text) if self.unit == "\t" else text

    @cached_property
    def unit(self) -> str:
        """What a level is indented by."""
        return "\t" if re.search(r"^\t", self.text, re.MULTILINE) else "    "

    def line_starts(self, start: int, end: int) -> list[int]:
        """Where the lines that begin between two offsets do, but for empty ones."""
        found = self._starts[bisect_right(self._starts, start) : bisect_right(self._starts, end)]
        return [at for at in found if self.text[at : at + 1] not in ("\n", "\r", "")]

    def indent(self, offset: int) -> str:
        """What the line of `offset` begins with."""
        found = _BLANK.match(self.text, self.line_start(offset))
        return found[0] if found else ""

    def begins_line(self, offset: int) -> bool:
        return self.line_start(offset) + len(self.indent(offset)) == offset

    def rest_of_line(self, offset: int) -> tuple[int, str] | None:
        """Where the line of `offset` ends and the comment on it, if nothing else stands behind `offset`."""
        found = _REST.match(self.text, offset)
        return (found.end(), found[1] or "") if found else None

    def behind_line(self, offset: int) -> int:
        """Behind the line end at `offset`."""
        found = _LINE_END.match(self.text, offset)
        return found.end() if found else offset

    @cached_property
    def widest(self) -> int:
        """How wide lines may be: as wide as the widest that is here, within what people use."""
        return min(max(88, *(len(line) for line in _LINE_END.split(self.text))), 120)

    def quoted(self, text: str) -> str:
        """`text` as a string in the quotes that most strings of the file have."""
        double = json.dumps(text, ensure_ascii=False)
        if not self._single_quotes or "'" in text or "\\" in double.replace('\\"', ""):
            return double
        return "'" + text + "'"

    def requoted(self, node: ast.AST, text: str) -> str:
        """`text` instead of the string `node`, in its quotes."""
        now = self.source(node)
        plain = now[:1] in "'\"" and now[:3] not in ("'''", '"""') and not set(text) & set("'\"\\\n\r")
        return f"{now[0]}{text}{now[0]}" if plain and text.isprintable() else self.quoted(text)

    @cached_property
    def _single_quotes(self) -> bool:
        strings = [one for one in ast.walk(self.tree) if isinstance(one, ast.Constant) and isinstance(one.value, str)]
        firsts = [self.text[self.span(one)[0]] for one in strings]
        return firsts.count("'") > firsts.count('"')

    def over(self, place: Location) -> list[ast.AST]:
        """The nodes that cover `place`, the innermost first."""
        top = self.tree.body[: bisect_right(self._tops, place.line)]
        near = ast.Module(body=[one for one in top[-3:] if (one.end_lineno or 0) >= place.line], type_ignores=[])
        return sorted(self._over(near, place.line, place.column - 1), key=self._size)

    @cached_property
    def _tops(self) -> list[int]:
        """The lines at which the statements of the module begin."""
        return [min(one.lineno for one in (node, *getattr(node, "decorator_list", []))) for node in self.tree.body]

    def _over(self, node: ast.AST, line: int, column: int) -> Iterator[ast.AST]:
        for child in ast.iter_child_nodes(node):
            first = min([child, *getattr(child, "decorator_list", [])], key=lambda one: getattr(one, "lineno", 0))
            begin, end = getattr(first, "lineno", None), getattr(child, "end_lineno", None)
            if begin is None or end is None:
                yield from self._over(child, line, column)
            elif begin <= line <= end:
                if (line, column) < (end, getattr(child, "end_col_offset", 0)) and (
                    line > begin or column >= getattr(first, "col_offset", 0)
                ):
                    yield child
                yield from self._over(child, line, column)

    def _size(self, node: Any) -> int:
        start, end = self.span(node)
        return end - start

    def around(self, node: ast.AST) -> Iterator[ast.AST]:
        """The nodes in which `node` is, the innermost first."""
        while (holder := self.holders.get(node)) is not None:
            yield holder
            node = holder

    # -- Edits --------------------------------------------------------------------------------------------------

    def edit(self, start: int, end: int, text: str, around: Around | None = None) -> Edit:
        return Edit(self.path, self._byte(start), self._byte(end), text, around)

    def _byte(self, offset: int) -> int:
        if self.text.isascii():
            return self._skipped + offset
        line = bisect_right(self._starts, offset) - 1
        return self._byte_starts[line] + len(self.text[self._starts[line] : offset].encode(self.encoding))

    @cached_property
    def _byte_starts(self) -> list[int]:
        """The bytes at which the lines begin."""
        found = [self._skipped]
        for start, end in pairwise(self._starts):
            found.append(found[-1] + len(self.text[start:end].encode(self.encoding)))
        return found

    def replace(self, node: Any, text: str) -> Edit:
        return self.edit(*self.span(node), text)

    # -- Statements ---------------------------------------------------------------------------------------------

    def behind(self, statement: ast.stmt) -> int | None:
        """The end of the last line of a statement; None if another one stands behind it."""
        rest = self.rest_of_line(self.span(statement)[1])
        return rest[0] if rest is not None else None

    def lines_of(self, statement: ast.stmt) -> Span | None:
        """The whole lines of a statement, decorators and line end included; None if it shares one."""
        decorators = getattr(statement, "decorator_list", [])
        start = min(self.span(one)[0] for one in [statement, *decorators])
        start = self.line_start(start) if decorators else start
        end = self.behind(statement)
        if end is None or not (decorators or self.begins_line(start)):
            return None
        return self.line_start(start), self.behind_line(end)
