"""Types that a database defines (enums, domains, composite types, ranges), and collations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from ...model import Attribute, Check, Collation, CompositeType, Domain, Enum, Expression, RangeType
from ...sql import parse_type
from .constraints import check_of
from .gaps import Gaps, those
from .places import Places
from .received import Received
from .rows import CollationRow, ConstraintRow, Relation, TypeRow, items, true
from .tables import Relations, collation_named

T = TypeVar("T")
_PROVIDERS = {"c": "libc", "i": "icu", "b": "builtin"}


def read_types(rows: Received, relations: Relations, gaps: Gaps) -> dict[str, Any]:
    """The fields of a Schema that hold types."""
    made = [TypeRow._make(row) for row in rows.of("types")]
    checks = _checks(rows, made, relations)
    place = relations.places.of

    def read(kind: str, one: TypeRow | Relation, build: Callable[[], T]) -> T | None:
        return gaps.read(kind, (one.schema, one.name), place(one.schema, one.name), build)

    return {
        "enums": tuple(
            Enum(schema=one.schema, name=one.name, values=tuple(map(str, items(one.labels))),
                 location=place(one.schema, one.name))
            for one in made if one.kind == "e"
        ),
        "domains": those(
            read("domain", one, partial(_domain, one, checks.get(one.oid, []), relations))
            for one in made if one.kind == "d"
        ),
        "ranges": those(read("range", one, partial(_range, one, relations)) for one in made if one.kind == "r"),
        "composites": those(
            read("composite", one, partial(_composite, one, relations)) for one in relations.of_kind("c")
        ),
    }  # fmt: skip


def _composite(one: Relation, relations: Relations) -> CompositeType:
    return CompositeType(
        schema=one.schema,
        name=one.name,
        attributes=tuple(
            Attribute(row.name, parse_type(row.type), collation_named(row.collation))
            for row in relations.columns.get(one.oid, {}).values()
        ),
        location=relations.places.of(one.schema, one.name),
    )


def _checks(rows: Received, types: list[TypeRow], relations: Relations) -> dict[str, list[Check]]:
    """The checks of each domain, by its number."""
    domains = {one.oid: one for one in types if one.kind == "d"}
    found: dict[str, list[Check]] = defaultdict(list)
    for one in map(ConstraintRow._make, rows.of("constraints")):
        domain = domains.get(one.domain)
        if one.type == "c" and domain is not None:
            found[one.domain].append(check_of(one, relations.places.of(domain.schema, domain.name, one.name)))
    return found


def _domain(one: TypeRow, checks: list[Check], relations: Relations) -> Domain:
    return Domain(
        schema=one.schema,
        name=one.name,
        type=parse_type(one.base),
        nullable=not true(one.not_null),
        default=Expression(one.default) if one.default else None,
        collation=collation_named(one.collation),
        checks=tuple(checks),
        location=relations.places.of(one.schema, one.name),
    )


def _range(one: TypeRow, relations: Relations) -> RangeType:
    options = {
        "subtype_opclass": one.subtype_opclass, "collation": one.range_collation, "canonical": one.canonical,
        "subtype_diff": one.subtype_diff, "multirange_type_name": one.multirange,
    }  # fmt: skip
    return RangeType(
        schema=one.schema,
        name=one.name,
        subtype=parse_type(one.subtype),
        options=tuple(sorted((name, _unquoted(value)) for name, value in options.items() if value)),
        location=relations.places.of(one.schema, one.name),
    )


def _unquoted(path: str) -> str:
    """A qualified name with its parts as they are, as the model has them."""
    found = parse_type(path)
    return f"{found.schema}.{found.name}" if found.schema else found.name


def read_collations(rows: Received, places: Places) -> tuple[Collation, ...]:
    """They are not compared, but what a dump creates may need them."""
    return tuple(
        Collation(schema=one.schema, name=one.name, options=_options(one), location=places.of(one.schema, one.name))
        for one in map(CollationRow._make, rows.of("collations"))
    )


def _options(one: CollationRow) -> tuple[tuple[str, str], ...]:
    options = {"provider": _PROVIDERS.get(one.provider, one.provider), "rules": one.rules}
    if one.provider == "c" and one.ctype != one.locale:
        options |= {"lc_collate": one.locale, "lc_ctype": one.ctype}
    else:
        options["locale"] = one.locale
    options["deterministic"] = "" if true(one.deterministic) else "false"
    return tuple(sorted((name, value) for name, value in options.items() if value))
