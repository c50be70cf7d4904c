"""What of a schema is not what it claims to be, and so is written nowhere and compared with nothing.

The claims are beside the fields of the model (`model/claims.py`); here each is given to the function of the gate that
holds it to that. What does not pass is as if it had not been read: an unknown fact of its object.
"""

from __future__ import annotations

import dataclasses
import operator
import re
import types
import typing
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Any, TypeAlias, TypeVar

from ...frozen import dataclass
from ...model import Column, ColumnType, Expression, Located, Location, Schema, Table
from ...model.claims import Identifier
from ...reading import Gap, Reading
from . import gate, programs, text
from .gate import Refused

#: Raises Refused if a value (not None) of an object's field is not what it claims to be.
Claim: TypeAlias = Callable[[Any, Any], object]

_CLAIMS: dict[str, Callable[[Any], object]] = {
    "identifier": gate.name,
    "path": gate.path,
    "collation": gate.collation,
    "text": gate.literal,
    "label": gate.label,
    "word": gate.word,
    "operator": gate.operator,
    "type": gate.type_name,
    "result": gate.result,
    "arguments": gate.arguments,
    "number": gate.number,
    "bound": gate.partition_bound,
    "partition key": gate.partition_key,
    "parameters": text.parameters,
    "settings": lambda pairs: [text.setting(*pair) for pair in pairs],
    "range options": lambda pairs: [text.range_option(*pair) for pair in pairs],
    "query": gate.query,
    "unwritten": lambda _: None,
}
#: What a name is to an object: without it there is none.
_IDENTITY = frozenset({"schema", "table", "name"})
Item = TypeVar("Item", bound=Located)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A field of `item` that does not pass, and why (a clause without a subject). `within` are the objects around it,
    from the outermost on.
    """

    item: Located
    field: str
    why: str
    within: tuple[Located, ...] = ()


def admitted(schema: Schema) -> tuple[Schema, tuple[Refusal, ...]]:
    """`schema` as far as it passes the gate, and what does not: an unknown fact, or no object if that is its name."""
    refusals: list[Refusal] = []
    found = _admitted(schema, (), refusals) or Schema()
    _passed.clear()
    _passed.update((id(item), item) for item in _parts(found))
    return found, tuple(refusals)


#: What passed last: a schema is written soon after it was read, and its tables are the same ones.
_passed: dict[int, Located] = {}


def _parts(schema: Schema) -> Iterator[Located]:
    """What a schema holds, but not what is in that."""
    for field in dataclasses.fields(schema):
        if isinstance(value := getattr(schema, field.name), tuple):
            yield from (item for item in value if isinstance(item, Located))


def without_refused(reading: Reading) -> Reading:
    """`reading` with a gap for all that does not pass the gate."""
    schema, refusals = admitted(reading.schema)
    if not refusals:
        return reading
    somewhere = reading.home or Location(reading.files[0] if reading.files else "")
    gaps = tuple(_gap(refusal, somewhere) for refusal in refusals)
    statements = replace(reading.statements, gaps=reading.statements.gaps + len(gaps))
    return replace(reading, schema=schema, gaps=(*reading.gaps, *gaps), statements=statements)


def _gap(refusal: Refusal, somewhere: Location) -> Gap:
    around = (*refusal.within, refusal.item)
    places = [refusal.item.place(refusal.field), *(item.location for item in reversed(around))]
    kind = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(refusal.item).__name__).lower()
    named = " ".join(filter(None, (kind, getattr(refusal.item, "name", ""))))
    return Gap(
        next(filter(None, places), somewhere),
        f"{refusal.field.replace('_', ' ')} of {named}",
        f"it {refusal.why}, so it is left out of every statement",
        _object(around),
    )


def _object(around: Sequence[Located]) -> str | None:
    table = next((item for item in around if isinstance(item, Table)), None)
    if table is None:
        return None
    column = around[-1] if isinstance(around[-1], Column) else None
    return ".".join([*table.key, column.name] if column is not None else table.key)


def _admitted(item: Item, within: tuple[Located, ...], refusals: list[Refusal]) -> Item | None:
    """`item` without what is refused; None if that is its name."""
    if _passed.get(id(item)) is item or (len(within) == 1 and _passes(item)):
        return item
    changes: dict[str, Any] = {}
    unknown: set[str] = set()
    cls: type = type(item)
    for field in _fields(cls):
        value = getattr(item, field.name)
        if value is None:
            continue
        if field.claim is None:
            found = _children(value, (*within, item), refusals)
            if len(found) < len(_several(value)):
                unknown.add(field.name)
            if any(map(operator.is_not, found, _several(value))) or field.name in unknown:
                changes[field.name] = found if isinstance(value, tuple) else next(iter(found), None)
            continue
        try:
            field.claim(item, value)
        except Refused as error:
            if field.name not in item.unknown:
                refusals.append(Refusal(item, field.name, error.why, within))
            if field.name in _IDENTITY:
                return None
            unknown.add(field.name)
            changes[field.name] = field.instead(value)
    return replace(item, **changes, unknown=item.unknown | unknown) if changes else item


def _passes(item: Located) -> bool:
    """Whether nothing of `item` is refused: so it mostly is, and then there is nothing to account for."""
    try:
        _hold(item)
    except Refused:
        return False
    return True


def _hold(item: Located) -> None:
    cls: type = type(item)
    for name, claim, usual in _held(cls):
        value = getattr(item, name)
        if value is None or value is usual:
            continue
        if claim is not None:
            claim(item, value)
            continue
        for child in _several(value):
            if _passed.get(id(child)) is not child:
                _hold(child)


def _children(value: Any, within: tuple[Located, ...], refusals: list[Refusal]) -> tuple[Located, ...]:
    found = (_admitted(child, within, refusals) for child in _several(value))
    return tuple(child for child in found if child is not None)


def _several(value: Any) -> tuple[Located, ...]:
    return value if isinstance(value, tuple) else (value,)


@dataclass(frozen=True, slots=True)
class _Field:
    """A field of a class of the model. `claim` is None for one that holds objects; `instead` gives what a value that
    is refused is replaced by.
    """

    name: str
    claim: Claim | None
    instead: Callable[[Any], Any]


@cache
def _fields(cls: type) -> tuple[_Field, ...]:
    """The fields of `cls` in which a text may be. Raises TypeError for a text that claims nothing."""
    hints = typing.get_type_hints(cls, include_extras=True)
    own = [field for field in dataclasses.fields(cls) if field.name not in Located.__dataclass_fields__]
    return tuple(
        _Field(field.name, claim, _instead(field, hints[field.name]))
        for field in own
        if (claim := _with_shape(cls, field.name, _claim(hints[field.name]))) is not _nothing
    )


@cache
def _held(cls: type) -> tuple[tuple[str, Claim | None, Any], ...]:
    """Of those fields the name, the claim, and a value that passes in any case, if there is one: no empty text does."""
    defaults = {field.name: None if field.default == "" else field.default for field in dataclasses.fields(cls)}
    return tuple(
        (field.name, field.claim, None if (cls.__name__, field.name) in _SHAPES else defaults[field.name])
        for field in _fields(cls)
    )


def _with_shape(cls: type, name: str, claim: Claim | None) -> Claim | None:
    """`claim`, and that there are as many columns as such an object has."""
    shape = _SHAPES.get((cls.__name__, name))
    if shape is None or claim is None:
        return claim

    def check(owner: Any, value: Any) -> None:
        shape(owner, value)
        claim(owner, value)

    return check


def _several_columns(_owner: Any, value: Any) -> None:
    if not value:
        raise Refused("has no column")


def _as_many_columns(key: Any, value: Any) -> None:
    if value and len(value) != len(key.columns):
        raise Refused("has another number of columns than the key")


#: What holds a tuple to its length, by class and field.
_SHAPES: dict[tuple[str, str], Claim] = {
    ("PrimaryKey", "columns"): _several_columns,
    ("Unique", "columns"): _several_columns,
    ("ForeignKey", "columns"): _several_columns,
    ("ForeignKey", "target_columns"): _as_many_columns,
    ("Exclusion", "elements"): _several_columns,
    ("Index", "keys"): _several_columns,
}


def _instead(field: dataclasses.Field[Any], hint: Any) -> Callable[[Any], Any]:
    """Nothing, if the field takes that; names are left as they are, for they are no more than names."""
    if hint == tuple[Identifier, ...]:
        return lambda value: value
    if field.default is not dataclasses.MISSING:
        return lambda _: field.default
    return lambda value: type(value)("") if isinstance(value, str | Expression | ColumnType) else ()


def _nothing(_owner: Any, _value: Any) -> None:
    """What is not text: it claims nothing."""


def _claim(hint: Any) -> Claim | None:
    """What holds a value of type `hint` to its claim; None for objects that have fields of their own."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Annotated:
        return _annotated(hint.__metadata__[0])
    if origin in (typing.Union, types.UnionType):
        return _claim(next(one for one in arguments if one is not types.NoneType))
    if origin is tuple:
        return _of_tuple(arguments)
    if origin is typing.Literal:
        return lambda _, value: _one_of(arguments, value)
    if hint in (bool, int):
        return _nothing
    if hint is Expression:
        return lambda _, value: gate.expression(value)
    if hint is ColumnType:
        return lambda _, value: gate.column_type(value)
    if not dataclasses.is_dataclass(hint):
        raise TypeError(f"a field of type {hint} does not say what it claims to be")
    return None if issubclass(typing.cast(type, hint), Located) else _of_part


def _one_of(known: tuple[Any, ...], value: Any) -> None:
    if value not in known:
        raise Refused(f"is not one of {', '.join(known)}")


def _annotated(claim: str) -> Claim:
    if claim == "body":
        return lambda function, _: programs.body(function)
    check = _CLAIMS[claim]
    return lambda _, value: check(value)


def _of_tuple(arguments: tuple[Any, ...]) -> Claim | None:
    """All elements have one type, in this model."""
    claim = _claim(arguments[0])
    if claim is None or claim is _nothing:
        return claim

    def check(owner: Any, value: Any) -> None:
        for item in value:
            claim(owner, item)

    return check


def _of_part(_owner: Any, value: Any) -> None:
    """What is part of an object, and none of its own."""
    cls: type = type(value)
    for field in _fields(cls):
        inner = getattr(value, field.name)
        if inner is not None and field.claim is not None:
            field.claim(value, inner)
