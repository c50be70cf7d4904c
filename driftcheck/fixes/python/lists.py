"""One Python file with the lists in it: arguments, elements and entries, put in and taken away with their commas."""

from __future__ import annotations

import ast
import re
from itertools import pairwise
from typing import Any

from ...findings import Around, Edit
from ...frozen import dataclass
from .tree import PythonText

#: What stands between the parts of a list: comments, commas, brackets around a part.
_BETWEEN = re.compile(r"#[^\r\n]*|[,()]")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a list: its node, its span with brackets of its own, and the comma behind it if there is one."""

    node: ast.AST
    start: int
    end: int
    comma: int | None


@dataclass(frozen=True, slots=True)
class Parts:
    """What stands between two brackets: `start` is behind the opening one, `end` at the closing one."""

    start: int
    end: int
    items: tuple[Part, ...]


class PythonFile(PythonText):
    """A file that parses, and edits of the lists in it."""

    def parts(self, node: ast.AST) -> Parts | None:
        """The arguments of a call, the elements of a tuple, list, set or subscript, the entries of a dictionary.

        None for a tuple without brackets, and for what is no such list.
        """
        inner = self._inner(node)
        opening = self._opening(node)
        if inner is None or opening is None:
            return None
        end = self.span(node)[1] - 1
        items: list[Part] = []
        at = opening
        for index, (first, last) in enumerate(inner):
            start, stop = self.span(first)[0], self.span(last)[1]
            following = self.span(inner[index + 1][0])[0] if index + 1 < len(inner) else end
            closed, comma, opened = self._gap(stop, following)
            start = min(start, at) if at < start and self.text[at] == "(" and index else start
            items.append(Part(first, start, closed, comma))
            at = opened
        return Parts(opening, end, tuple(items))

    def _inner(self, node: ast.AST) -> list[tuple[Any, Any]] | None:
        if isinstance(node, ast.Call):
            given: list[Any] = [*node.args, *node.keywords]
            if any(isinstance(one, ast.GeneratorExp) for one in given):
                return None
            return [(one, one) for one in sorted(given, key=lambda one: (one.lineno, one.col_offset))]
        if isinstance(node, (ast.Tuple, ast.List, ast.Set)):
            return [(one, one) for one in node.elts]
        if isinstance(node, ast.Dict):
            return [(key or value, value) for key, value in zip(node.keys, node.values, strict=True)]
        return None

    def _opening(self, node: Any) -> int | None:
        """Behind the opening bracket of a list."""
        start, end = self.span(node)
        if not isinstance(node, ast.Call):
            return start + 1 if self.text[start] in "([{" and self.text[end - 1] in ")]}" else None
        at = self.span(node.func)[1]
        found = self.text.find("(", at, end)
        return found + 1 if found >= 0 else None

    def _gap(self, start: int, end: int) -> tuple[int, int | None, int]:
        """Between two parts: where the first ends with its brackets, the comma, and where the second begins."""
        closed, comma, opened = start, None, end
        for found in _BETWEEN.finditer(self.text, start, end):
            if found[0] == ")" and comma is None:
                closed = found.end()
            elif found[0] == ",":
                comma = found.start()
            elif found[0] == "(":
                opened = min(opened, found.start())
        return closed, comma, opened

    def appended(self, parts: Parts, text: str, *, tall: bool = False) -> list[Edit]:
        """`text` as the last part of a list, laid out like those before it; with `tall` each gets a line of its own
        where one line would become too long.
        """
        if not parts.items:
            return [self.edit(parts.start, parts.start, text, Around("", ", ", ""))]
        return self.inserted(parts, len(parts.items), text, tall=tall)

    def inserted(self, parts: Parts, index: int, text: str, *, tall: bool = False) -> list[Edit]:
        """`text` before part `index` of a list that is not empty; behind the last one for the number of parts."""
        items = parts.items
        if index == 0:
            own = self.begins_line(items[0].start)
            between = f",\n{self.indent(items[0].start)}" if own else ", "
            return [self.edit(items[0].start, items[0].start, text + between)]
        last = items[index - 1]
        if tall and index == len(items) and not self._is_tall(parts) and not self._fits(last.end, text):
            return self._exploded(parts, text)
        own = self.begins_line(last.start) or (self._is_tall(parts) and not self._fits(last.end, text))
        if not own:
            if index == len(items) and last.comma is not None:
                return [self.edit(last.comma + 1, last.comma + 1, f" {text},")]
            return [self.edit(last.end, last.end, f", {text}")]
        line = f"\n{self.indent(last.start)}{text}"
        if last.comma is None:
            return self._behind_last(last.end, line)
        rest = self.rest_of_line(last.comma + 1)
        at = rest[0] if rest is not None else last.comma + 1
        return [self.edit(at, at, f"{line},")]

    def shared(self, parts: Parts, text: str, before: str, behind: str) -> list[Edit]:
        """`text` in a last part of a list that several may share: `sa_column_kwargs={…}`."""
        last = parts.items[-1]
        if self.begins_line(last.start):
            lead, rest = f"\n{self.indent(last.start)}{before}", self.rest_of_line((last.comma or last.end - 1) + 1)
            at = rest[0] if rest is not None else last.end
            if last.comma is not None:
                return [self.edit(at, at, text, Around(lead, ", ", f"{behind},"))]
            comma = [self.edit(last.end, last.end, ",")] if at != last.end else []
            return [*comma, self.edit(at, at, text, Around(lead if comma else f",{lead}", ", ", behind))]
        if self._is_tall(parts) or self._fits(last.end, before + text + behind):
            return [self.edit(last.end, last.end, text, Around(f", {before}", ", ", behind))]
        return self._exploded(parts, text, before, behind)

    def _exploded(self, parts: Parts, text: str, before: str | None = None, behind: str = "") -> list[Edit]:
        """Every part of a list, and `text`, on a line of its own. What is between the parts has no comment."""
        items, outer = parts.items, self.indent(parts.start)
        lead = f"\n{outer}{self.unit}"
        edits = [self.edit(parts.start, items[0].start, lead)]
        edits += [self.edit(one.end, two.start, f",{lead}") for one, two in pairwise(items)]
        end = f",\n{outer}{self.text[parts.end]}"
        around = Around(",", ",", end) if before is None else Around(f",{lead}{before}", ", ", f"{behind}{end}")
        return [
            *edits,
            self.edit(items[-1].end, parts.end + 1, text if before is not None else f"{lead}{text}", around),
        ]

    def _behind_last(self, end: int, line: str) -> list[Edit]:
        rest = self.rest_of_line(end)
        if rest is None or not rest[1]:
            return [self.edit(end, end, line, Around(",", ",", ""))]
        return [self.edit(end, end, ","), self.edit(rest[0], rest[0], line, Around("", ",", ""))]

    def _is_tall(self, parts: Parts) -> bool:
        return any(self.begins_line(item.start) for item in parts.items)

    def _fits(self, at: int, text: str) -> bool:
        end = self.rest_of_line(at)
        width = (end[0] if end is not None else at) - self.line_start(at)
        return width + len(text) + 2 <= self.widest

    def removed(self, node: ast.AST, parts: Parts, index: int, *, comment: bool = False) -> list[Edit]:
        """Part `index` of a list is gone; the comment on its line stays, unless `comment`."""
        items, item = parts.items, parts.items[index]
        if self.begins_line(item.start):
            behind = item.comma + 1 if item.comma is not None else item.end
            rest = self.rest_of_line(behind)
            if rest is not None and rest[1] and not comment:
                return [self.edit(item.start, rest[0] - len(rest[1]), "")]
            if rest is not None:
                return [self.edit(self.line_start(item.start), self.behind_line(rest[0]), "")]
        # With the bracket before it, so that nothing is put behind the first part in the same breath, and others stay.
        first, bracket = (parts.start - 1, self.text[parts.start - 1]) if index == 0 else (item.start, "")
        if index + 1 < len(items):
            following, comma = items[index + 1].start, items[index - 1].comma
            if "\n" not in self.text[item.end : following]:
                return [self.edit(first, following, bracket)]
            start = comma + 1 if index and comma is not None else first
            return [self.edit(start, (item.comma or item.end) + 1, bracket)]
        if index == 0:
            return [self.edit(first, parts.end + 1, bracket + self.text[parts.end])]
        before = items[index - 1]
        if "#" in self.text[before.end : item.start]:
            return [self.edit(item.start, item.end, "")]
        # Of a tuple the comma stays: the part before it may be the only one that is left.
        if before.comma is not None and (item.comma is not None or isinstance(node, ast.Tuple)):
            return [self.edit(before.comma + 1, item.end if item.comma is None else item.comma + 1, "")]
        return [self.edit(before.end, item.end, "")]

    def removed_run(self, node: ast.AST, parts: Parts, first: int, last: int) -> list[Edit]:
        """The parts from `first` to `last` of a list are gone, some others stay."""
        items = parts.items
        if any(self.begins_line(one.start) for one in items[first : last + 2]):
            return [edit for index in range(first, last + 1) for edit in self.removed(node, parts, index)]
        if last + 1 < len(items):
            return [self.edit(items[first].start, items[last + 1].start, "")]
        return [self.edit(items[first - 1].end, items[last].end, "")]


def parsed(path: str, data: bytes) -> PythonFile | None:
    """The file, or None where it is no Python text that this Python reads."""
    try:
        return PythonFile(path, data)
    except (SyntaxError, ValueError, RecursionError, LookupError):
        return None
