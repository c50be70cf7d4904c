"""A label of an enum that is called otherwise: PostgreSQL's stored expressions point at the label, and so follow it.

Here they are text, in which a label is a string like any other. Which string is one follows from what it is cast to or
compared with; where that is not enough, what the expression says from then on is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from ...frozen import dataclass
from ...model import Column, ColumnType, Domain, Expression, Index, Location, Policy, Trigger
from ...sql import Token, tokens_of
from ...sql.references import may_name
from ...sql.renames import edited
from ...sql.strings import literal
from ...sql.tokens import OPERATOR, STRING
from .entries import Constraint, Key, TableEntry, ViewEntry
from .rename_references import constraint_with, index_with
from .session import Session

_COMPARISONS = frozenset({"=", "<>", "!=", "<", ">", "<=", ">="})
T = TypeVar("T", bound="Column | Constraint | Index | Policy | Trigger")
#: Whether a column is of the enum; None if that can't be known.
Typed = Callable[[str], bool | None]


@dataclass(frozen=True, slots=True)
class _Renaming:
    """`types` are the enum and the domains over it."""

    types: frozenset[Key]
    old: str
    new: str

    def is_enum(self, type_: ColumnType) -> bool:
        return (type_.schema or "public", type_.name) in self.types

    def typed(self, columns: Mapping[str, Column]) -> Typed:
        def answer(name: str) -> bool | None:
            column = columns.get(name)
            return None if column is None or "type" in column.unknown else self.is_enum(column.type)

        return answer


def label_renamed(session: Session, enum: Key, old: str, new: str, place: Location) -> None:
    """Follows `ALTER TYPE enum RENAME VALUE old TO new` through every expression of the catalog."""
    catalog = session.catalog
    domains = {
        key
        for key, item in catalog.types.items()
        if isinstance(item, Domain) and (item.type.schema or "public", item.type.name) == enum
    }
    renaming = _Renaming(frozenset({enum, *domains}), old, new)
    for key in domains:
        _domain(session, key, renaming, place)
    for entry in catalog.relations.values():
        if isinstance(entry, TableEntry):
            _table(session, entry, renaming, place)
        elif isinstance(entry, ViewEntry):
            _view(session, entry, renaming, place)


def _domain(session: Session, key: Key, renaming: _Renaming, place: Location) -> None:
    domain = session.catalog.types[key]
    assert isinstance(domain, Domain)
    rewrite = _Rewrite(renaming, lambda name: name == "value" or None)
    checks = tuple(replace(item, expression=rewrite.of(item.expression)) for item in domain.checks)
    domain = replace(domain, default=_of_type(domain.default, renaming), checks=checks)
    if rewrite.ambiguous:
        domain = replace(domain, unknown=domain.unknown | {"checks"})
        _gap(session, place, f"the domain {domain.name}", key)
    session.catalog.types[key] = domain


def _table(session: Session, table: TableEntry, renaming: _Renaming, place: Location) -> None:
    typed = renaming.typed(table.columns)

    def follow(items: dict[str, T], kind: str, fields: tuple[str, ...], change: Callable[[T, _Rewrite], T]) -> None:
        for name, item in items.items():
            rewrite = _Rewrite(renaming, typed)
            items[name] = change(item, rewrite)
            if rewrite.ambiguous:
                items[name] = replace(items[name], unknown=items[name].unknown.union(fields))
                _gap(session, place, f"the {kind} {name}", (*table.key, name))

    follow(table.columns, "column", ("default", "generated"), _column)
    follow(table.constraints, "constraint", ("expression", "elements", "predicate"), _constraint)
    follow(table.indexes, "index", ("keys", "predicate"), _index)
    follow(session.catalog.policies.get(table.key, {}), "policy", ("using", "check"), _policy)
    follow(session.catalog.triggers.get(table.key, {}), "trigger", ("when",), _trigger)


def _column(column: Column, rewrite: _Rewrite) -> Column:
    default = column.default
    if default is not None:
        if rewrite.renaming.is_enum(column.type):
            column = replace(column, default=_of_type(default, rewrite.renaming))
        elif len(tokens_of(default.sql)) > 2:  # else a constant, which is of the column's type
            column = replace(column, default=rewrite.of(default))
    if column.generated is not None:
        column = replace(
            column, generated=replace(column.generated, expression=rewrite.of(column.generated.expression))
        )
    return column


def _constraint(item: Constraint, rewrite: _Rewrite) -> Constraint:
    return constraint_with(item, _same, rewrite)


def _index(index: Index, rewrite: _Rewrite) -> Index:
    return index_with(index, _same, rewrite)


def _same(columns: tuple[str, ...]) -> tuple[str, ...]:
    return columns


def _policy(policy: Policy, rewrite: _Rewrite) -> Policy:
    using = rewrite.of(policy.using) if policy.using is not None else None
    check = rewrite.of(policy.check) if policy.check is not None else None
    return replace(policy, using=using, check=check)


def _trigger(trigger: Trigger, rewrite: _Rewrite) -> Trigger:
    return replace(trigger, when=rewrite.of(trigger.when)) if trigger.when is not None else trigger


def _view(session: Session, entry: ViewEntry, renaming: _Renaming, place: Location) -> None:
    tables = [table for key in entry.reads if (table := session.catalog.table(key)) is not None]

    def typed(name: str) -> bool | None:
        found = {renaming.typed(table.columns)(name) for table in tables if name in table.columns}
        return found.pop() if len(found) == 1 else None

    rewrite = _Rewrite(renaming, typed)
    entry.view = replace(entry.view, definition=rewrite.of(entry.view.definition))
    entry.indexes = {name: _index(index, rewrite) for name, index in entry.indexes.items()}
    if rewrite.ambiguous:
        entry.view = replace(entry.view, unknown=entry.view.unknown | {"definition", "indexes"})
        _gap(session, place, f"the view {entry.view.name}", entry.key)


def _gap(session: Session, place: Location, what: str, about: tuple[str, ...]) -> None:
    session.gap(place, f"what {what} says after this rename can't be determined from its text", about=".".join(about))


def _of_type(expression: Expression | None, renaming: _Renaming) -> Expression | None:
    """The default of something that is of the enum, or an array of it: every string in it is a label, or several."""
    if expression is None:
        return None
    edits = []
    for token in tokens_of(expression.sql):
        if token.kind == STRING:
            value = token.value
            changed = renaming.new if value == renaming.old else _array(value, renaming)
            if changed != value:
                edits.append((token.start, token.end, literal(changed)))
    return Expression(edited(expression.sql, edits)) if edits else expression


def _array(value: str, renaming: _Renaming) -> str:
    """The constant of an array, with the label renamed in it."""
    if not value.startswith("{") or not value.endswith("}"):
        return value
    pattern = rf'(?<=[{{,])(?:{re.escape(renaming.old)}|"{re.escape(renaming.old)}")(?=[,}}])'
    quoted = renaming.new if re.fullmatch(r"\w+", renaming.new) else f'"{renaming.new}"'
    return re.sub(pattern, lambda _: quoted, value)


class _Rewrite:
    """Rewrites expressions; `ambiguous` says that a string in one may or may not be the label."""

    def __init__(self, renaming: _Renaming, typed: Typed) -> None:
        self.renaming, self.typed, self.ambiguous = renaming, typed, False

    def __call__(self, sql: str) -> str:
        if not may_name(sql, self.renaming.old):
            return sql
        reader = _LabelReader(sql, self.renaming, self.typed)
        edits = []
        for token, changed, is_label in reader.strings():
            self.ambiguous |= is_label is None
            if is_label:
                edits.append((token.start, token.end, literal(changed)))
        return edited(sql, edits)

    def of(self, expression: Expression) -> Expression:
        sql = self(expression.sql)
        return expression if sql == expression.sql else Expression(sql)


class _LabelReader:
    """Tells the strings of an expression that are the label."""

    def __init__(self, sql: str, renaming: _Renaming, typed: Typed) -> None:
        self.sql, self.renaming, self.typed = sql, renaming, typed
        self.tokens = tokens_of(sql)

    def strings(self) -> Iterator[tuple[Token, str, bool | None]]:
        """The strings that may be the label, what each would be, and whether it is; None if that can't be known."""
        for at, token in enumerate(self.tokens):
            if token.kind == STRING:
                value = token.value
                changed = self.renaming.new if value == self.renaming.old else _array(value, self.renaming)
                if changed != value:
                    yield token, changed, self._is_label(at)

    def _is_label(self, at: int) -> bool | None:
        if self._word(at + 1) == "::":
            return self._is_type(at + 2)
        if self._word(at + 1) == "as" and self._word(at - 2) == "cast":
            return self._is_type(at + 2)
        if self._word(at - 1) in _COMPARISONS:
            return self._named(at - 2)
        if self._word(at + 1) in _COMPARISONS:
            return self._behind(at + 2)
        if self._is_operator(at - 1) or self._is_operator(at + 1):
            return False
        return self._listed(at)

    def _is_operator(self, at: int) -> bool:
        """Whether an operator is there, none of which but the comparisons takes an enum."""
        return 0 <= at < len(self.tokens) and (
            self.tokens[at].kind == OPERATOR or self._word(at) in ("like", "ilike", "similar", "escape")
        )

    def _behind(self, at: int) -> bool | None:
        """Whether the name that begins at `at` is of the enum."""
        while self._word(at + 1) == "." and self.tokens[at + 2].is_name:
            at += 2
        return self._named(at) if self._word(at + 1) not in ("(", "::") else None

    def _listed(self, at: int) -> bool | None:
        """What the string, as one of a list, is compared with: before IN (, or = ANY (, around ARRAY[ or not."""
        while (opening := self._opening(at)) is not None:
            word = self._word(opening - 1)
            if self._word(opening) == "[" or word in ("", "("):
                at = opening - (word == "array")
                continue
            if word == "in":
                return self._named(opening - 2 - (self._word(opening - 2) == "not"))
            if word in ("any", "all", "some") and self._word(opening - 2) in _COMPARISONS:
                return self._named(opening - 3)
            break
        return None

    def _opening(self, at: int) -> int | None:
        """The parenthesis or bracket that begins the list of constants in which the token at `at` stands."""
        position = at - 1
        while position >= 0 and self._word(position) not in ("(", "["):
            token = self.tokens[position]
            if token.kind != STRING and token.word != ",":
                return None
            position -= 1
        return position if position >= 0 else None

    def _named(self, at: int) -> bool | None:
        """Whether the name that ends at `at` is of the enum: a column, or the type of a cast."""
        if at >= 0 and self._word(at) == ")":
            return self._named(at - 1) if self._word(at - 2) == "(" else None
        if at < 0 or not self.tokens[at].is_name:
            return None
        start = at
        while self._word(start - 1) == "." and start >= 2:
            start -= 2
        if self._word(start - 1) == "::":
            return self._is_type(start)
        return self.typed(self.tokens[at].name)

    def _is_type(self, at: int) -> bool | None:
        """Whether the type whose name begins at `at` is the enum."""
        names = []
        while self.tokens[at].is_name:
            names.append(self.tokens[at].name)
            if self._word(at + 1) != ".":
                break
            at += 2
        if not names:
            return None
        schemas = {names[-2]} if len(names) > 1 else {schema for schema, _ in self.renaming.types}
        return any((schema, names[-1]) in self.renaming.types for schema in schemas)

    def _word(self, at: int) -> str:
        return self.tokens[at].word if 0 <= at < len(self.tokens) else ""
