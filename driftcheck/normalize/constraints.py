"""Keys and checks."""

from __future__ import annotations

from dataclasses import replace

from ..model import DEFAULT_SCHEMA, Check, Exclusion, ExclusionElement, ForeignKey, Table, quote
from .expressions import Site, condition, value
from .known import Known
from .operator_classes import canonical_collation, canonical_opclass, type_of_key
from .revise import revised

#: Primary keys of tables that platforms bring along, so that no source declares them (Supabase's users).
_PLATFORM_KEYS: dict[tuple[str, str], tuple[str, ...]] = {("auth", "users"): ("id",)}


def canonical_foreign_key(key: ForeignKey, known: Known) -> ForeignKey:
    """A foreign key that names no columns of its target means the target's primary key."""
    target = key.target_schema, key.target_table
    columns = key.target_columns or known.primary_keys.get(target, _PLATFORM_KEYS.get(target, ()))
    return revised(key, target_columns=columns, delete_columns=tuple(sorted(key.delete_columns)))


def canonical_check(check: Check, site: Site) -> Check:
    return replace(check, expression=condition(check.expression, site))


def canonical_exclusion(exclusion: Exclusion, table: Table, site: Site) -> Exclusion:
    method = exclusion.method.lower()

    def element(item: ExclusionElement) -> ExclusionElement:
        expression = value(item.expression, site)
        type_ = type_of_key(item.expression.sql, site)
        return replace(
            item,
            expression=expression,
            operator=canonical_operator(item.operator),
            opclass=canonical_opclass(item.opclass, method, type_, site.known.types),
            collation=canonical_collation(item.collation, expression.sql, table),
        )

    predicate = condition(exclusion.predicate, site) if exclusion.predicate is not None else None
    return replace(
        exclusion, method=method, predicate=predicate, elements=tuple(element(item) for item in exclusion.elements)
    )


def canonical_operator(operator: str) -> str:
    """`&&` for `OPERATOR(pg_catalog.&&)`, and `<>` for `!=`; one of a schema that is not searched keeps it."""
    text = operator.strip()
    if text.lower().startswith("operator"):
        text = text[len("operator") :].strip().strip("()").strip()
    path, _, text = text.rpartition(".")
    path, text = path.strip(), text.strip()
    schema = path[1:-1].replace('""', '"') if path.startswith('"') else path.lower()
    text = "<>" if text == "!=" else text
    return text if schema in ("", "pg_catalog", DEFAULT_SCHEMA) else f"OPERATOR({quote(schema)}.{text})"
