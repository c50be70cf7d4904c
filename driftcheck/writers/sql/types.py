"""Extensions, user-defined types and sequences."""

from __future__ import annotations

from collections.abc import Iterator

from ...model import Attribute, Check, Collation, CompositeType, Domain, Enum, Extension, Identity, RangeType, Sequence
from .absent import written
from .gate import NOTHING, SqlText, column_type, default, grouped, joined, label, name, number, sql, type_name
from .text import collate, parameters, qualified, range_option

TYPES = (Enum, Domain, CompositeType, RangeType, Sequence)


def extension(item: Extension) -> SqlText:
    """CASCADE makes what the extension itself needs, if nothing made it before."""
    schema = sql(" WITH SCHEMA {}", name(item.schema)) if item.schema is not None else NOTHING
    return sql("CREATE EXTENSION IF NOT EXISTS {}{} CASCADE", name(item.name), schema)


def collation_of(item: Collation) -> SqlText:
    """CREATE COLLATION."""
    return sql("CREATE COLLATION {} {}", qualified(item.schema, item.name), parameters(item.options))


def create(item: Enum | Domain | CompositeType | RangeType | Sequence) -> Iterator[SqlText]:
    if not written(item):
        return
    full = qualified(item.schema, item.name)
    if isinstance(item, Enum):
        yield sql("CREATE TYPE {} AS ENUM ({})", full, joined(map(label, item.values)))
    elif isinstance(item, CompositeType):
        yield sql("CREATE TYPE {} AS ({})", full, joined(map(attribute, item.attributes)))
    elif isinstance(item, RangeType):
        options = [sql("SUBTYPE = {}", column_type(item.subtype)), *(range_option(*one) for one in item.options)]
        yield sql("CREATE TYPE {} AS RANGE ({})", full, joined(options))
    elif isinstance(item, Sequence):
        yield joined([sql("CREATE SEQUENCE {} AS {}", full, type_name(item.type)), *_counting(item)], " ")
    else:
        yield from _domain(item, full)


def attribute(item: Attribute) -> SqlText:
    return sql("{} {}{}", name(item.name), column_type(item.type), collate(item.collation))


def _domain(domain: Domain, full: SqlText) -> Iterator[SqlText]:
    lines = [sql("CREATE DOMAIN {} AS {}{}", full, column_type(domain.type), collate(domain.collation))]
    if domain.default is not None:
        lines.append(sql("DEFAULT {}", default(domain.default)))
    if not domain.nullable:
        lines.append(sql("NOT NULL"))
    lines += [domain_check(check) for check in domain.checks if check.validated and written(check)]
    yield joined(lines, "\n    ")
    for check in domain.checks:
        if not check.validated and written(check):
            yield sql("ALTER DOMAIN {} ADD {} NOT VALID", full, domain_check(check))


def domain_check(check: Check) -> SqlText:
    return sql("CONSTRAINT {} CHECK {}", name(check.name), grouped(check.expression))


def _counting(item: Sequence | Identity) -> Iterator[SqlText]:
    """The options that say how a sequence counts; those that nobody set are left to the server."""
    options = (
        (sql("START WITH"), item.start),
        (sql("INCREMENT BY"), item.increment),
        (sql("MINVALUE"), item.minimum),
        (sql("MAXVALUE"), item.maximum),
        (sql("CACHE"), item.cache),
    )
    yield from (sql("{} {}", option, number(value)) for option, value in options if value is not None)
    if item.cycle:
        yield sql("CYCLE")


def identity(item: Identity) -> SqlText:
    """GENERATED … AS IDENTITY of a column."""
    named = [sql("SEQUENCE NAME {}", name(item.sequence_name))] if item.sequence_name is not None else []
    options = joined([*named, *_counting(item)], " ")
    kind = sql("ALWAYS") if item.always else sql("BY DEFAULT")
    return sql("GENERATED {} AS IDENTITY{}", kind, sql(" ({})", options) if options else NOTHING)


def ownership(sequence: Sequence) -> Iterator[SqlText]:
    """OWNED BY, once the table is there."""
    if sequence.owned_by is not None and written(sequence):
        *table, column = sequence.owned_by
        owner = sql("{}.{}", qualified(*table), name(column))
        yield sql("ALTER SEQUENCE {} OWNED BY {}", qualified(sequence.schema, sequence.name), owner)
