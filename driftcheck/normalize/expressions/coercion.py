"""Arguments as the function or operator that PostgreSQL chooses for them takes them, and no cast that it makes itself.

What the server stores has every cast; what people write has few. Both come to one form: the one without the casts that
PostgreSQL would make anyway, if it would then still choose the same; else the one with all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from ...model import ColumnType
from ...sql import parse_type
from ..builtin import choice
from ..builtin.choice import Choice, Keys
from ..builtin.type_keys import ENUM, RANGE, ROW, UNKNOWN, categories, is_implicit
from ..known import Known
from ..types import canonical_type
from . import type_families as families
from .casts import cast, is_unknown, typed
from .tree import Node

Choose = Callable[[Keys], Choice | None]

_PREFIXES = {"enum": ENUM, "row": ROW, "range": RANGE}
#: Types of which the catalog's name is another than the one people see.
_NAMES = {
    "smallint": "int2", "integer": "int4", "bigint": "int8", "real": "float4", "double precision": "float8",
    "boolean": "bool", "character varying": "varchar", "character": "bpchar",
    "timestamp without time zone": "timestamp", "timestamp with time zone": "timestamptz",
    "time without time zone": "time", "time with time zone": "timetz", "bit varying": "varbit",
}  # fmt: skip
_TYPES = {key: ColumnType(name) for name, key in _NAMES.items()} | {
    "bpchar": families.BLANK_PADDED,
    "char": ColumnType("char", quoted=True),
}


def key_of(node: Node, known: Known) -> str | None:
    """The catalog's name of `node`'s type; None if it is not known here."""
    if is_unknown(node) or (node.kind == "null" and node.type is None):
        return UNKNOWN
    return None if node.type is None else _key(node.type, known)


def _key(type_: ColumnType, known: Known) -> str | None:
    own = known.kinds.get(type_.element)
    if own is not None:
        name: str | None = f"{_PREFIXES[own]}{families.bare(type_.element)}"
    elif type_.schema is not None or (type_.quoted and type_.name != "char"):
        name = None
    else:
        name = _NAMES.get(type_.name, type_.name.split(" ")[0] if type_.name.startswith("interval ") else type_.name)
        name = name if name in categories() or name == "record" else None
    return f"_{name}" if name and type_.dimensions else name


def type_of(key: str) -> ColumnType | None:
    """The type that the catalog calls `key`; None for rows of no type, and for what PostgreSQL itself does not know."""
    if key in (UNKNOWN, "record") or key.startswith("any"):
        return None
    if key.startswith("_"):
        element = type_of(key[1:])
        return replace(element, dimensions=1) if element is not None else None
    for prefix in _PREFIXES.values():
        if key.startswith(prefix):
            return canonical_type(parse_type(key.removeprefix(prefix)))
    return _TYPES.get(key) or ColumnType(key)


def settled(nodes: Sequence[Node], choose: Choose, known: Known) -> tuple[tuple[Node, ...], Choice] | None:
    """`nodes` as the arguments of what `choose` chooses for them, and that; None if it cannot be known."""
    keys = [key_of(node, known) for node in nodes]
    written = tuple(key for key in keys if key is not None)
    chosen = choose(written) if len(written) == len(keys) else None
    if chosen is None:
        return None
    nodes = [_quoted_number(node, key) for node, key in zip(nodes, chosen.parameters, strict=True)]
    plain = tuple(_plain(node, key, known) for node, key in zip(nodes, chosen.parameters, strict=True))
    plain_keys = tuple(_written_key(node, key, known) for node, key in zip(plain, chosen.parameters, strict=True))
    again = choose(plain_keys) if "" not in plain_keys else None
    if again is None or (again.parameters, again.signature) != (chosen.parameters, chosen.signature):
        plain = tuple(_cast(node, key, known) for node, key in zip(nodes, chosen.parameters, strict=True))
    shown = tuple(_typed(node, key, known) for node, key in zip(plain, chosen.parameters, strict=True))
    return shown, chosen


def _quoted_number(node: Node, key: str) -> Node:
    """A number that is written as a string, where a number is wanted."""
    type_ = type_of(key) if is_unknown(node) else None
    return typed(node, type_) if families.rank(type_) else node


def _typed(node: Node, key: str, known: Known) -> Node:
    """A constant as one of the type that is wanted; a NULL of another type as the cast that it is."""
    if node.kind == "null":
        same = node.type is None or _key(node.type, known) == key
        return Node("null") if same else Node("cast", children=(Node("null"),), type=node.type)
    return typed(node, type_of(key))


def _plain(node: Node, key: str, known: Known) -> Node:
    """`node` without a cast to `key` that would come by itself."""
    if node.type is None or node.type.modifiers or _key(node.type, known) != key:
        return node
    if node.kind == "null":
        return Node("null")
    if node.kind == "literal" and families.rank(node.type):
        return replace(node, type=_number_type(node.text))
    if node.kind == "array" and key.startswith("_"):
        return _plain_array(node, key, known)
    if node.kind == "cast":
        operand = node.children[0]
        source = key_of(operand, known)
        if source is not None and source != UNKNOWN and is_implicit(source, key):
            return operand
    return node


def _plain_array(node: Node, key: str, known: Known) -> Node:
    """ARRAY[…] with the items as they were before each was cast."""
    items = tuple(_plain(item, key[1:], known) for item in node.children)
    keys = [key_of(item, known) for item in items]
    found = choice.alike(tuple(one for one in keys if one is not None)) if None not in keys else None
    return node if found is None else replace(node, children=items, type=type_of(f"_{found.result}"))


def _written_key(node: Node, key: str, known: Known) -> str:
    """The type of `node` by itself; a quoted constant that was made a `key` has none."""
    found = key_of(node, known) or ""
    quoted = node.kind == "literal" and not families.rank(node.type) and node.type != families.BOOLEAN
    return UNKNOWN if quoted and found == key else found


def _number_type(text: str) -> ColumnType:
    """The type of a number that says none, as `make_const` in src/backend/parser/parse_node.c gives it."""
    if not text.lstrip("-").isdigit():
        return families.NUMERIC
    size = abs(int(text))
    return families.INTEGER if size < 2**31 else families.BIGINT if size < 2**63 else families.NUMERIC


def _cast(node: Node, key: str, known: Known) -> Node:
    """`node` with the cast to `key` that PostgreSQL stores."""
    target = type_of(key)
    if target is None or key_of(node, known) in (key, UNKNOWN):
        return node
    return cast(node, target)
