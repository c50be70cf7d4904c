"""What PostgreSQL refuses of an expression for the types and the volatility of its parts, as far as they are known."""

from __future__ import annotations

import json
import re
from functools import lru_cache

from ...model import Column, ColumnType
from ...normalize.expressions.parser import parse_expression
from ...normalize.expressions.tree import Node
from ...regex import lazy
from ...sql import signature_type
from . import builtin
from .casts import TEXTS, Kind, is_assignable, kind_of_type
from .entries import TableEntry
from .enum_labels import EnumEntry
from .errors import RefusedError, StateError
from .scopes import QUERIES
from .session import Session

_ORDERED = frozenset({"=", "<>", "<", ">", "<=", ">="})
_COMPARISONS = _ORDERED | frozenset("~~ !~~ ~~* !~~* ~ !~ ~* !~*".split())
_BOOLEAN = frozenset({"and", "or", "not", "is", "in", "exists", "in_query", "quantified", "quantified_query"})
_NUMBERS = frozenset({"smallint", "integer", "bigint", "numeric", "real", "double precision"})
#: Values that the grammar spells like names, none of which is always the same.
_VALUES = frozenset(
    """
    current_date current_time current_timestamp localtime localtimestamp current_role current_user user session_user
    system_user current_catalog current_schema
    """.split()
)
_ZONED = "timestamp with time zone"
#: Functions that take a moment in the session's time zone, or another kind of moment that needs none.
_OF_MOMENTS = frozenset({"date_trunc", "date_part", "extract", "date"})
#: Types whose text depends on settings, or whose value does, when it is read from text.
_SHOWN = frozenset({"date", "timestamp without time zone", _ZONED, "interval", "money"})
_READ = _SHOWN | {"time without time zone", "time with time zone", "xml"}
#: Moments of which one becomes another by the session's time zone.
_BY_ZONE = {
    _ZONED: ("date", "timestamp without time zone", "time without time zone", "time with time zone"),
    "date": (_ZONED,),
    "timestamp without time zone": (_ZONED,),
    "time without time zone": ("time with time zone",),
}
_UUID = lazy(r"\{?[0-9a-f]{4}(?:-?[0-9a-f]{4}){7}\}?", re.IGNORECASE)
_WHOLE = lazy(r"\s*[+-]?(?:\d(?:_?\d)*|0[xob](?:_?[0-9a-f])+)\s*", re.IGNORECASE)
_LIKE_BOOLEAN = ("true", "false", "yes", "no")


class Typing:
    """The types of expressions over the columns of `table`, or over the `value` of a domain."""

    def __init__(self, session: Session, table: TableEntry | None, value: ColumnType | None = None) -> None:
        self.session, self.table, self.value = session, table, value

    def kind(self, node: Node) -> Kind:
        """The type of what the expression gives; None if it is not known."""
        if node.kind == "name":
            return self._column(node)
        if node.kind == "cast" or (node.kind == "literal" and node.type is not None):
            return self._of(node.type)
        if node.kind in _BOOLEAN or (node.kind == "op" and node.text in _COMPARISONS):
            return "boolean"
        if node.kind == "op" and node.text in ("+", "-", "*", "/", "%"):
            kinds = {self.kind(child) for child in node.children}
            return kinds.pop() if len(kinds) == 1 and kinds <= _NUMBERS else None
        if node.kind == "op" and node.text in ("->>", "#>>"):
            return "text"
        if node.kind == "prefix" and node.text in ("-", "+"):
            return self.kind(node.children[0])
        if node.kind == "call" and (found := self._builtin(node)) is not None:
            return self._of(found.result) if found.kind == "f" else None
        return None

    def _builtin(self, node: Node) -> builtin.Builtin | None:
        """PostgreSQL's own function that is called, if the catalog has none of that name."""
        names = self.session.catalog.routine_names
        if "." in node.text or any((schema, node.text) in names for schema in self.session.path):
            return None
        return builtin.find(node.text)

    def _column(self, node: Node) -> Kind:
        if self.value is not None:
            return self._of(self.value)
        column = self.table.columns.get(node.children[-1].text) if self.table is not None else None
        if column is None or len(node.children) > 2 or "type" in column.unknown:
            return None
        return self._of(column.type)

    def _of(self, type_: ColumnType | None) -> Kind:
        return None if type_ is None else kind_of_type(self.session.resolved(type_), self.session.catalog.types)

    def need_boolean(self, node: Node, what: str) -> None:
        """Raises RefusedError if a condition is none."""
        kind = self.kind(node)
        if kind is not None and kind != "boolean":
            raise RefusedError(f"argument of {what} must be type boolean, not type {_shown(kind)}")
        if node.kind in ("and", "or", "not"):
            for child in node.children:
                self.need_boolean(child, node.kind.upper())

    def need_labels(self, node: Node) -> None:
        """Raises StateError if a constant is compared with an enum, or cast to one, that has no such label."""
        if node.kind == "cast" and _is_text(node.children[0]):
            self._need_label(self._of(node.type), node.children[0])
        elif node.kind == "in" or (node.kind == "op" and node.text in _ORDERED):
            self._need_labels(node.children, node.children)
        elif node.kind == "quantified" and node.children[1].kind == "array":
            self._need_labels(node.children[:1], node.children[1].children)
        for child in _parts(node):
            self.need_labels(child)

    def _need_labels(self, typed: tuple[Node, ...], items: tuple[Node, ...]) -> None:
        kind = next((kind for child in typed if isinstance(kind := self.kind(child), tuple)), None)
        for item in items:
            if kind is not None and _is_text(item):
                self._need_label(kind, item)

    def _need_label(self, kind: Kind, constant: Node) -> None:
        entry = self.session.catalog.types.get(kind) if isinstance(kind, tuple) else None
        if isinstance(entry, EnumEntry) and not entry.unknown and constant.text not in entry.values:
            raise StateError(f'invalid input value for enum {_shown(kind)}: "{constant.text}"')
        if isinstance(kind, tuple) and (*kind, constant.text) in self.session.fresh_labels:
            raise StateError(f'unsafe use of new value "{constant.text}" of enum type {_shown(kind)}')

    def need_immutable(self, node: Node, why: str) -> None:
        """Raises StateError with `why` if the expression does not always give the same."""
        if self._varies(node):
            raise StateError(why)
        for child in _parts(node):
            self.need_immutable(child, why)

    def _varies(self, node: Node) -> bool:
        if node.kind == "cast" and not _is_text(node.children[0]):
            return _varies_as(self.session, self.kind(node.children[0]), self._of(node.type))
        if node.kind != "call":
            return False
        if node.text in _VALUES and not node.children:
            return True
        if node.text in _OF_MOMENTS and any(self.kind(child) == _ZONED for child in node.children):
            return self._builtin(node) is not None or node.text == "extract"
        if (found := self._builtin(node)) is not None:
            return found.kind == "f" and found.volatile(len(node.children)) != "i"
        return self._own_varies(node.text)

    def _own_varies(self, name: str) -> bool:
        """Whether it is one of these files' functions, and not immutable. One in SQL may be taken for what is in it."""
        if "." in name or builtin.find(name) is not None:
            return False
        found = [key for schema in self.session.path for key in self.session.catalog.functions_named((schema, name))]
        if len(found) != 1:
            return False
        function = self.session.catalog.functions[found[0]]
        return function.volatility != "immutable" and function.language != "sql" and not function.unknown

    def need_default(self, node: Node, column: Column) -> None:
        """Raises RefusedError if the column cannot hold what its default gives."""
        wanted = self._of(column.type)
        if _is_text(node):
            self._need_label(wanted, node)
            if not column.type.dimensions and isinstance(wanted, str) and not _is_input(wanted, node.text):
                what = "json" if wanted in ("json", "jsonb") else f'{wanted}: "{node.text}"'
                raise RefusedError(f"invalid input syntax for type {what}")
            return
        kind = self.kind(node)
        if kind is None:
            return
        if is_assignable(kind, wanted) is False or (column.type.dimensions and not self._is_domain(column.type)):
            what = f"of type {signature_type(column.type)} but default expression is of type {_shown(kind)}"
            raise StateError(f'column "{column.name}" is {what}')

    def _is_domain(self, type_: ColumnType) -> bool:
        element = kind_of_type(ColumnType(type_.name, schema=type_.schema), self.session.catalog.types)
        return not isinstance(element, str)


def _parts(node: Node) -> tuple[Node, ...]:
    """The parts of an expression, without queries in it, whose names are of other relations."""
    return tuple(child for child in node.children if child.kind not in QUERIES)


def _is_text(node: Node) -> bool:
    """Whether the node is a constant in quotes whose type nobody said."""
    return node.kind == "literal" and node.type is None


def _shown(kind: Kind) -> str:
    return kind[1] if isinstance(kind, tuple) else str(kind)


def _varies_as(session: Session, source: Kind, target: Kind) -> bool:
    """Whether a cast depends on settings."""

    def labels(kind: Kind) -> bool:
        return isinstance(kind, tuple) and isinstance(session.catalog.types.get(kind), EnumEntry)

    if source is None or target is None:
        return False
    if target in TEXTS:
        return source in _SHOWN or labels(source)
    if source in TEXTS:
        return target in _READ or labels(target)
    return isinstance(source, str) and target in _BY_ZONE.get(source, ())


def _is_input(kind: str, text: str) -> bool:
    """Whether `text` may be a value of the type; True where that is not known."""
    if kind == "uuid":
        return _UUID.fullmatch(text) is not None
    if kind in ("smallint", "integer", "bigint"):
        return _WHOLE.fullmatch(text) is not None
    if kind == "boolean":
        word = text.strip().lower()
        return word in ("on", "of", "off", "1", "0") or (bool(word) and any(w.startswith(word) for w in _LIKE_BOOLEAN))
    if kind in ("json", "jsonb"):
        try:
            json.loads(text)
        except RecursionError:
            return True
        except ValueError:
            return False
    return True


@lru_cache(maxsize=4_096)
def is_plain(sql: str, type_: ColumnType) -> bool:
    """Whether a default is a constant that one of PostgreSQL's own types surely takes, whatever is in the catalog."""
    try:
        node = parse_expression(sql)
    except (ValueError, RecursionError):
        return False
    wanted = kind_of_type(type_, {})
    if node.kind == "cast" and _is_text(node.children[0]) and kind_of_type(node.type or type_, {}) == wanted:
        node = node.children[0]
    if node.kind != "literal" or not isinstance(wanted, str):
        return False
    return _is_input(wanted, node.text) if node.type is None else kind_of_type(node.type, {}) == wanted
