"""Facts as people read them: canonical types, expressions as their author wrote them, PostgreSQL's own keywords."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..model import (
    Attribute,
    Check,
    ColumnType,
    ExclusionElement,
    Expression,
    ForeignKey,
    Generated,
    Identity,
    IndexKey,
    Partition,
    qualified,
    quote,
)
from ..sql.strings import literal

#: Fields whose value has a word of its own: (kind, field) → words for true and false.
_FLAGS = {
    ("column", "nullable"): ("nullable", "NOT NULL"),
    ("domain", "nullable"): ("nullable", "NOT NULL"),
    ("unique", "nulls_distinct"): ("NULLS DISTINCT", "NULLS NOT DISTINCT"),
    ("index", "nulls_distinct"): ("NULLS DISTINCT", "NULLS NOT DISTINCT"),
    ("index", "unique"): ("unique", "not unique"),
    ("table", "row_security"): ("enabled", "disabled"),
    ("table", "force_row_security"): ("forced", "not forced"),
    ("table", "unlogged"): ("unlogged", "logged"),
    ("policy", "permissive"): ("permissive", "restrictive"),
    ("foreign-key", "validated"): ("valid", "NOT VALID"),
    ("foreign-key", "enforced"): ("enforced", "NOT ENFORCED"),
    ("check", "validated"): ("valid", "NOT VALID"),
    ("check", "enforced"): ("enforced", "NOT ENFORCED"),
    ("view", "materialized"): ("materialized view", "view"),
    ("index", "only"): ("ON ONLY the parent", "on every partition"),
}


def fact(kind: str, name: str, value: Any, label: str = "") -> str | None:
    """The value of one field; None if it says nothing is there. `label` says what a flag without words asks."""
    if isinstance(value, bool):
        yes, no = _FLAGS.get((kind, name), (label, f"not {label}") if label else ("yes", "no"))
        return yes if value else no
    if kind == "enum" and name == "values":
        return ", ".join(literal(label) for label in value)
    if name in ("roles", "events"):
        return ", ".join(value)
    return plain(value)


def plain(value: Any) -> str | None:
    """Any value of the model, by its type."""
    if value is None or value == ():
        return None
    if isinstance(value, tuple):
        return _several(value)
    for cls, say in _SAY.items():
        if isinstance(value, cls):
            return say(value)
    return str(value)


def _several(value: tuple[Any, ...]) -> str:
    if all(isinstance(item, tuple) and len(item) == 2 for item in value):
        return ", ".join(f"{key} = {setting}" for key, setting in value)
    return "(" + ", ".join(str(plain(item)) for item in value) + ")"


def columns(names: tuple[str, ...]) -> str:
    return "(" + ", ".join(quote(name) for name in names) + ")"


def identity(value: Identity) -> str:
    if value.autoincrement:
        return "AUTOINCREMENT"
    return " ".join(["GENERATED", "ALWAYS" if value.always else "BY DEFAULT", "AS IDENTITY", *_options(value)])


def _options(value: Identity) -> list[str]:
    inside = sequence_options(value)
    if value.type is not None:
        inside.insert(0, f"AS {value.type}")
    if value.sequence_name is not None:
        inside.insert(0, f"SEQUENCE NAME {quote(value.sequence_name)}")
    return [f"({' '.join(inside)})"] if inside else []


def sequence_options(value: Any) -> list[str]:
    """The options that somebody set, of an identity or a sequence, as SQL says them."""
    keywords = {
        "start": "START WITH",
        "increment": "INCREMENT BY",
        "minimum": "MINVALUE",
        "maximum": "MAXVALUE",
        "cache": "CACHE",
    }
    found = [f"{word} {getattr(value, name)}" for name, word in keywords.items() if getattr(value, name) is not None]
    return [*found, "CYCLE"] if value.cycle else found


def _generated(value: Generated) -> str:
    kind = {True: " STORED", False: " VIRTUAL", None: ""}[value.stored]
    return f"GENERATED ALWAYS AS ({value.expression}){kind}"


def index_key(key: IndexKey) -> str:
    """One key of an index as CREATE INDEX says it: only what departs from the default order is written."""
    parts = [quote(key.column) if key.column is not None else f"({key.expression})"]
    if key.collation is not None:
        parts.append(f"COLLATE {quote(key.collation)}")
    if key.opclass is not None:
        options = ", ".join(f"{name} = {value}" for name, value in key.opclass_options)
        parts.append(f"{key.opclass}({options})" if options else key.opclass)
    if key.descending:
        parts.append("DESC")
    if key.nulls_first != key.descending:
        parts.append("NULLS FIRST" if key.nulls_first else "NULLS LAST")
    return " ".join(parts)


def _element(value: ExclusionElement) -> str:
    parts = [str(value.expression), *([value.opclass] if value.opclass else []), "WITH", value.operator]
    return " ".join(parts)


def _attribute(value: Attribute) -> str:
    return f"{quote(value.name)} {value.type}"


def _partition(value: Partition) -> str:
    return f"PARTITION OF {qualified(value.parent_schema, value.parent_table)} {value.bound}"


def _check(value: Check) -> str:
    return f"CHECK ({value.expression})"


def target(key: ForeignKey) -> str:
    schema = None if key.target_schema == "public" else key.target_schema
    return qualified(schema, key.target_table) + (columns(key.target_columns) if key.target_columns else "")


_SAY: dict[type, Callable[[Any], str]] = {
    Expression: lambda value: value.sql,
    ColumnType: str,
    Identity: identity,
    Generated: _generated,
    IndexKey: index_key,
    ExclusionElement: _element,
    Attribute: _attribute,
    Partition: _partition,
    Check: _check,
}
