"""Labels of enums where they are written: in a class, in the call of `Enum`, in a tuple or `Literal` given to it."""

from __future__ import annotations

import ast
import keyword as keywords
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...findings import Edit
from ...model import Column, Enum, Table
from ..drift import Drift
from .arguments import type_argument
from .context import Context
from .lists import Part, Parts, PythonFile
from .names import Names
from .sites import ColumnSite
from .types import Unplaced

_CALLS = frozenset({"Enum", "ENUM"})


def label_edits(context: Context, drift: Drift) -> list[Edit]:
    """The edits after which an enum has the truth's labels, in its order. Raises Unplaced."""
    wanted, now = drift.expected, drift.actual
    found = list(dict.fromkeys(_lists(context, now)))
    if not found:
        raise Unplaced("its labels are not written out where driftcheck could see them")
    return [edit for one in found for edit in one.changed(context, wanted.values)]


def is_of(column: Column, enum: Enum) -> bool:
    return (column.type.schema or "public", column.type.name) == (enum.schema, enum.name)


def _lists(context: Context, enum: Enum) -> Iterator[LabelList | LabelClass]:
    """Where the labels are written: once, or once for each column."""
    for file, node in _candidates(context, enum):
        yield from _in(context, file, node, enum, 3)


def _candidates(context: Context, enum: Enum) -> Iterator[tuple[PythonFile, ast.AST]]:
    place = enum.location
    file = context.sites.file(place.path) if place is not None else None
    if place is not None and file is not None:
        names = context.sites.names(file)
        for node in file.over(place):
            if names.called(node) in _CALLS or isinstance(node, ast.ClassDef):
                yield file, node
                break
    for table in context.between.actual.tables:
        for column in table.columns:
            site = context.sites.column(column) if is_of(column, enum) else None
            if site is not None:
                yield from _of_column(context, site)


def _of_column(context: Context, site: ColumnSite) -> Iterator[tuple[PythonFile, ast.AST]]:
    node, _ = type_argument(site)
    if node is not None:
        yield site.file, node
        return
    found = context.annotation(site)
    if found is not None:
        yield site.file, found.core


def _in(context: Context, file: PythonFile, node: ast.AST, enum: Enum, depth: int) -> Iterator[LabelList | LabelClass]:
    """The lists of exactly these labels in `node`, or in what it names."""
    names = context.sites.names(file)
    if isinstance(node, ast.ClassDef):
        class_ = LabelClass.of(file, names, node, enum.values)
        if class_ is not None:
            yield class_
        return
    for inner in ast.walk(node):
        list_ = LabelList.of(file, inner, enum.values)
        if list_ is not None:
            yield list_
            return
    for inner in ast.walk(node):
        if not isinstance(inner, ast.Name) or not depth:
            continue
        defined = context.sites.definition(file, inner)
        if defined is None or defined[1] is node:
            continue
        there, statement = defined
        yield from _in(context, there, statement, enum, depth - 1)


@dataclass(frozen=True)
class LabelList:
    """Labels as strings in one list."""

    file: PythonFile
    node: ast.AST
    labels: tuple[str, ...]

    @classmethod
    def of(cls, file: PythonFile, node: ast.AST, labels: tuple[str, ...]) -> LabelList | None:
        """The list that `node` is, if it holds exactly `labels`."""
        given = _strings(node)
        return cls(file, node, labels) if given and tuple(one.value for one in given) == labels else None

    def changed(self, context: Context, wanted: Sequence[str]) -> list[Edit]:
        parts = self._parts()
        kept = [label for label in wanted if label in self.labels]
        if kept != [label for label in self.labels if label in wanted]:
            return self._rewritten(parts, wanted)
        edits = [
            edit
            for index, label in enumerate(self.labels)
            if label not in wanted
            for edit in self.file.removed(self.node, parts, index)
        ]
        at = 0
        for label in wanted:
            if label in self.labels:
                at = self.labels.index(label) + 1
            else:
                edits += self.file.inserted(parts, at, self.file.requoted(parts.items[0].node, label))
        return edits

    def _rewritten(self, parts: Parts, wanted: Sequence[str]) -> list[Edit]:
        """Another order: the strings change their places, what is between them stays."""
        items = parts.items[: len(self.labels)]
        edits = [
            self.file.edit(*self.file.span(item.node), self.file.requoted(item.node, label))
            for item, label, now in zip(items, wanted, self.labels, strict=False)
            if label != now
        ]
        for label in wanted[len(items) :]:
            edits += self.file.inserted(parts, len(items), self.file.requoted(items[0].node, label))
        for index in range(len(wanted), len(items)):
            edits += self.file.removed(self.node, parts, index)
        return edits

    def _parts(self) -> Parts:
        inner = self.node.slice if isinstance(self.node, ast.Subscript) else self.node
        parts = self.file.parts(inner)
        if parts is not None:
            return parts
        if isinstance(self.node, ast.Subscript) and isinstance(inner, ast.Tuple):
            spans = [self.file.span(one) for one in inner.elts]
            starts = [start for start, _ in spans[1:]]
            commas = [self.file.text.find(",", end, start) for (_, end), start in zip(spans, starts, strict=False)]
            items = [
                Part(one, *span, comma)
                for one, span, comma in zip(inner.elts, spans, [*commas, None], strict=True)
            ]  # fmt: skip
            return Parts(spans[0][0], spans[-1][1], tuple(items))
        raise Unplaced("the list of its labels cannot be taken apart")


def _strings(node: ast.AST) -> list[ast.Constant]:
    """The strings with which a list begins; none if something else is among them."""
    if isinstance(node, ast.Call):
        given = node.args
    elif isinstance(node, (ast.Tuple, ast.List)):
        given = node.elts
    elif isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Tuple):
        given = node.slice.elts
    else:
        return []
    strings = [one for one in given if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    return strings if len(strings) == len(given) else []


@dataclass(frozen=True)
class LabelClass:
    """An enum class; its labels are the names of its members, or their values."""

    file: PythonFile
    node: ast.ClassDef
    labels: tuple[str, ...]
    by_name: bool

    @classmethod
    def of(cls, file: PythonFile, names: Names, node: ast.ClassDef, labels: tuple[str, ...]) -> LabelClass | None:
        members = _members(node)
        if not members:
            return None
        if tuple(_name(one) for one in members) == labels:
            return cls(file, node, labels, by_name=True)
        lowered = any(names.original(base) == "StrEnum" for base in node.bases)
        return (
            cls(file, node, labels, by_name=False) if tuple(_value(one, lowered) for one in members) == labels else None
        )

    def changed(self, context: Context, wanted: Sequence[str]) -> list[Edit]:
        file, members = self.file, _members(self.node)
        by_label = dict(zip(self.labels, members, strict=True))
        kept_now = [label for label in self.labels if label in wanted]
        kept = [label for label in wanted if label in by_label]
        edits: list[Edit] = []
        for label in self.labels:
            if label not in wanted:
                self._demand_unused(context, _name(by_label[label]))
                edits.append(file.edit(*self._lines(by_label[label]), ""))
        for slot, label in zip(kept_now, kept, strict=True):
            if slot != label:
                start, end = self._lines(by_label[slot])
                first, last = self._lines(by_label[label])
                edits.append(file.edit(start, end, file.text[first:last].replace("\r\n", "\n")))
        slots = dict(zip(kept, kept_now, strict=True))
        return edits + self._added(wanted, {label: by_label[slot] for label, slot in slots.items()})

    def _added(self, wanted: Sequence[str], slots: dict[str, ast.Assign]) -> list[Edit]:
        """New members behind the one that the truth has before them."""
        file, edits, after = self.file, [], None
        first = _members(self.node)[0]
        indent = file.indent(file.span(first)[0])
        for label in wanted:
            if label in slots:
                after = slots[label]
                continue
            text = f"{indent}{self._member(label)}"
            at = self._lines(after)[1] if after is not None else self._lines(first)[0]
            alone = after is not None and at == len(file.text) and file.text[-1:] not in "\r\n"
            edits.append(file.edit(at, at, f"\n{text}" if alone else f"{text}\n"))
        return edits

    def _lines(self, member: ast.Assign) -> tuple[int, int]:
        lines = self.file.lines_of(member)
        if lines is None:
            raise Unplaced("its members are on one line")
        return lines

    def _member(self, label: str) -> str:
        """`gone = "gone"`, as the other members are written."""
        members = _members(self.node)
        names = [_name(one) for one in members]
        name = label
        if not self.by_name:
            name = re.sub(r"\W", "_", label) or "_"
            name = name.upper() if all(one == one.upper() for one in names) else name
            name = name.lower() if all(one == one.lower() for one in names) else name
            name = f"_{name}" if name[:1].isdigit() else name
        if not name.isidentifier() or keywords.iskeyword(name) or name in names:
            raise Unplaced(f"no member of {self.node.name} can be called {label!r}")
        return f"{name} = {self._member_value(label, name)}"

    def _member_value(self, label: str, name: str) -> str:
        last = _members(self.node)[-1].value
        if isinstance(last, ast.Call):
            return self.file.source(last)
        if isinstance(last, ast.Constant) and isinstance(last.value, int) and self.by_name:
            values = [_constant(one.value) for one in _members(self.node)]
            return str(max(one for one in values if isinstance(one, int)) + 1)
        if not isinstance(last, ast.Constant) or not isinstance(last.value, str):
            raise Unplaced(f"what the value of a new member of {self.node.name} would be is not known")
        text = label
        if self.by_name:
            pairs = [(_name(one), _constant(one.value)) for one in _members(self.node)]
            if all(value == key.lower() for key, value in pairs):
                text = name.lower()
            elif all(value == key.upper() for key, value in pairs):
                text = name.upper()
        return self.file.requoted(last, text)

    def _demand_unused(self, context: Context, member: str) -> None:
        word = re.compile(rf"\b{re.escape(self.node.name)}\.{re.escape(member)}\b")
        for path in context.sites.loaded:
            file = context.sites.file(path)
            if file is not None and (found := word.search(file.text)):
                line = file.text.count("\n", 0, found.start()) + 1
                raise Unplaced(f"{path}:{line} uses {self.node.name}.{member}")


def _members(node: ast.ClassDef) -> list[ast.Assign]:
    found = [one for one in node.body if isinstance(one, ast.Assign)]
    return [one for one in found if _name(one) and not _name(one).startswith("_")]


def _name(member: ast.Assign) -> str:
    target = member.targets[0]
    return target.id if isinstance(target, ast.Name) else ""


def _constant(node: ast.AST) -> object:
    return node.value if isinstance(node, ast.Constant) else None


def _value(member: ast.Assign, lowered: bool) -> object:
    return _name(member).lower() if lowered and isinstance(member.value, ast.Call) else _constant(member.value)


def users(tables: Sequence[Table], enum: Enum) -> list[Column]:
    """The columns of the enum, or of arrays of it."""
    return [column for table in tables for column in table.columns if is_of(column, enum)]
