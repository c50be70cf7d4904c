"""Parts of a schema as short texts for people, near to SQL."""

from __future__ import annotations

from collections.abc import Iterable

from ..model import (
    Check,
    Column,
    ColumnType,
    CompositeType,
    Domain,
    Exclusion,
    ForeignKey,
    Identity,
    Index,
    IndexKey,
    PrimaryKey,
    RangeType,
    Sequence,
    Trigger,
    Unique,
    quote,
)

#: PostgreSQL's long names of types, and the short ones that people write.
_BRIEF = {
    "character varying": "varchar",
    "character": "char",
    "timestamp with time zone": "timestamptz",
    "timestamp without time zone": "timestamp",
    "time with time zone": "timetz",
    "time without time zone": "time",
}


def brief(kind: ColumnType) -> str:
    """A type for a drawing, where there is little room."""
    if kind.schema is not None or kind.quoted or kind.name not in _BRIEF:
        return str(kind)
    words = f"({','.join(kind.modifiers)})" if kind.modifiers else ""
    return _BRIEF[kind.name] + words + "[]" * kind.dimensions


def names(columns: Iterable[str]) -> str:
    return ", ".join(map(quote, columns))


def default(column: Column) -> str:
    """What the database fills in: a default, an identity, what it computes; empty if nothing."""
    if column.generated is not None:
        how = {True: " stored", False: " virtual", None: ""}[column.generated.stored]
        return f"generated always as ({column.generated.expression}){how}"
    if column.identity is not None:
        return identity(column.identity)
    return "" if column.default is None else str(column.default)


def identity(item: Identity) -> str:
    options = _options(item)
    words = f" ({options})" if options else ""
    return f"generated {'always' if item.always else 'by default'} as identity{words}"


def counting(item: Sequence) -> str:
    return f"{item.type} {_options(item)}".strip()


def _options(item: Identity | Sequence) -> str:
    options = [
        f"{word} {value}"
        for word, value in (
            ("start", item.start), ("increment", item.increment), ("minvalue", item.minimum),
            ("maxvalue", item.maximum), ("cache", item.cache),
        )
        if value is not None
    ]  # fmt: skip
    return " ".join(options + ["cycle"] * item.cycle)


def definition(item: Domain | CompositeType | RangeType) -> list[str]:
    """What a type is, and the checks of a domain each by itself."""
    if isinstance(item, CompositeType):
        return [f"({', '.join(f'{one.name} {one.type}' for one in item.attributes)})"]
    if isinstance(item, RangeType):
        return [f"range of {item.subtype}"]
    text = str(item.type) + (f" collate {item.collation}" if item.collation is not None else "")
    text += f" default {item.default}" if item.default is not None else ""
    return [text + ("" if item.nullable else " not null"), *map(constraint, item.checks)]


def index(item: Index) -> str:
    """An index as CREATE INDEX has it, from what it is on."""
    words = "unique " if item.unique else ""
    text = f"{words}{item.method} ({', '.join(map(_key, item.keys))})"
    text += f" include ({names(item.include)})" if item.include else ""
    text += " nulls not distinct" if item.unique and not item.nulls_distinct else ""
    text += f" with ({', '.join('='.join(one) for one in item.options)})" if item.options else ""
    return text + (f" where {item.predicate}" if item.predicate is not None else "")


def _key(key: IndexKey) -> str:
    text = quote(key.column) if key.column is not None else f"({key.expression})"
    text += f" collate {quote(key.collation)}" if key.collation is not None else ""
    text += f" {key.opclass}" if key.opclass is not None else ""
    text += " desc" if key.descending else ""
    if key.nulls_first != key.descending:
        text += " nulls first" if key.nulls_first else " nulls last"
    return text


def constraint(item: PrimaryKey | Unique | Check | Exclusion | ForeignKey, targets: tuple[str, ...] = ()) -> str:
    """A constraint as CREATE TABLE has it, without its name; `targets` are the columns that a foreign key leads to."""
    if isinstance(item, ForeignKey):
        return _foreign_key(item, targets)
    if isinstance(item, Check):
        text = f"check ({item.expression})" + " no inherit" * item.no_inherit
        return text + " not valid" * (not item.validated) + " not enforced" * (not item.enforced)
    if isinstance(item, Exclusion):
        parts = ", ".join(f"{one.expression} with {one.operator}" for one in item.elements)
        text = f"exclude using {item.method} ({parts})"
        text += f" where ({item.predicate})" if item.predicate is not None else ""
    else:
        primary = isinstance(item, PrimaryKey)
        loose = isinstance(item, Unique) and not item.nulls_distinct
        text = ("primary key" if primary else "unique") + " nulls not distinct" * loose
        text += f" ({names(item.columns)}{' without overlaps' * item.without_overlaps})"
    text += f" include ({names(item.include)})" if item.include else ""
    return text + _deferred(item.deferrable, item.initially_deferred)


def _foreign_key(key: ForeignKey, targets: tuple[str, ...]) -> str:
    where = f"{quote(key.target_schema)}.{quote(key.target_table)}"
    text = f"foreign key ({names(key.columns)}) references {where}"
    text += f" ({names(targets)})" if targets else ""
    return f"{text} {actions(key)}"


def actions(key: ForeignKey) -> str:
    """What happens to the row that refers when the one it refers to goes or changes, and all else that is unusual."""
    text = f"on delete {key.on_delete}"
    text += f" ({names(key.delete_columns)})" if key.delete_columns else ""
    text += f" on update {key.on_update}" if key.on_update != "no action" else ""
    text += " match full" if key.match == "full" else ""
    text += _deferred(key.deferrable, key.initially_deferred)
    return text + " not valid" * (not key.validated) + " not enforced" * (not key.enforced)


def _deferred(deferrable: bool, initially: bool) -> str:
    return " deferrable initially deferred" if initially else " deferrable" * deferrable


def trigger(item: Trigger) -> str:
    events = [
        "update of " + names(item.update_columns) if event == "update" and item.update_columns else event
        for event in item.events
    ]
    called = f"{quote(item.function_schema)}." if item.function_schema else ""
    arguments = ", ".join("'" + one.replace("'", "''") + "'" for one in item.arguments)
    text = "constraint trigger " * item.constraint + f"{item.timing} {' or '.join(events)} for each {item.for_each}"
    text += f" when ({item.when})" if item.when is not None else ""
    if item.body is not None:
        return f"{text} begin {item.body} end"
    text += f" execute function {called}{quote(item.function)}({arguments})"
    text += "" if item.enabled == "origin" else f", enabled: {item.enabled}"
    return text + _deferred(item.deferrable, item.initially_deferred)
