"""Extensions, user-defined types and sequences."""

from __future__ import annotations

from collections.abc import Iterator

from ...model import (
    Attribute,
    Check,
    CompositeType,
    Domain,
    Enum,
    Extension,
    Identity,
    RangeType,
    Sequence,
    qualified,
    quote,
)
from .absent import written
from .text import collate, default, dotted, grouped, literal, parts

TYPES = (Enum, Domain, CompositeType, RangeType, Sequence)


def extension(item: Extension) -> str:
    """CASCADE makes what the extension itself needs, if nothing made it before."""
    schema = f" WITH SCHEMA {quote(item.schema)}" if item.schema is not None else ""
    return f"CREATE EXTENSION IF NOT EXISTS {quote(item.name)}{schema} CASCADE;\n"


def create(item: Enum | Domain | CompositeType | RangeType | Sequence) -> Iterator[str]:
    if not written(item):
        return
    full = qualified(item.schema, item.name)
    if isinstance(item, Enum):
        yield f"CREATE TYPE {full} AS ENUM ({', '.join(map(literal, item.values))});\n"
    elif isinstance(item, CompositeType):
        yield f"CREATE TYPE {full} AS ({', '.join(map(_attribute, item.attributes))});\n"
    elif isinstance(item, RangeType):
        options = [f"SUBTYPE = {item.subtype}", *(_range_option(*option) for option in item.options)]
        yield f"CREATE TYPE {full} AS RANGE ({', '.join(options)});\n"
    elif isinstance(item, Sequence):
        yield f"CREATE SEQUENCE {full} AS {item.type}{_counting(item)};\n"
    else:
        yield from _domain(item, full)


def _attribute(attribute: Attribute) -> str:
    return f"{quote(attribute.name)} {attribute.type}{collate(attribute.collation)}"


def _range_option(option: str, value: str) -> str:
    return f"{option.upper()} = {dotted(value) if option == 'collation' else parts(value)}"


def _domain(domain: Domain, full: str) -> Iterator[str]:
    lines = [f"CREATE DOMAIN {full} AS {domain.type}{collate(domain.collation)}"]
    if domain.default is not None:
        lines.append(f"DEFAULT {default(domain.default)}")
    if not domain.nullable:
        lines.append("NOT NULL")
    lines += [_check(check) for check in domain.checks if check.validated and written(check)]
    yield "\n    ".join(lines) + ";\n"
    for check in domain.checks:
        if not check.validated and written(check):
            yield f"ALTER DOMAIN {full} ADD {_check(check)} NOT VALID;\n"


def _check(check: Check) -> str:
    return f"CONSTRAINT {quote(check.name)} CHECK {grouped(check.expression)}"


def _counting(item: Sequence | Identity) -> str:
    """The options that say how a sequence counts; those that nobody set are left to the server."""
    words = (("START WITH", item.start), ("INCREMENT BY", item.increment), ("MINVALUE", item.minimum),
             ("MAXVALUE", item.maximum), ("CACHE", item.cache))  # fmt: skip
    found = "".join(f" {word} {value}" for word, value in words if value is not None)
    return found + (" CYCLE" if item.cycle else "")


def identity(item: Identity) -> str:
    """GENERATED … AS IDENTITY of a column."""
    options = (f" SEQUENCE NAME {quote(item.sequence_name)}" if item.sequence_name is not None else "") + _counting(
        item
    )
    within = f" ({options.strip()})" if options else ""
    return f"GENERATED {'ALWAYS' if item.always else 'BY DEFAULT'} AS IDENTITY{within}"


def ownership(sequence: Sequence) -> Iterator[str]:
    """OWNED BY, once the table is there."""
    if sequence.owned_by is not None and written(sequence):
        *table, column = sequence.owned_by
        owner = f"{qualified(*table)}.{quote(column)}"
        yield f"ALTER SEQUENCE {qualified(sequence.schema, sequence.name)} OWNED BY {owner};\n"
