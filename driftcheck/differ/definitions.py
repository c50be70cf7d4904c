"""A whole object in one line, and the parts of it that a rule speaks of."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ..model import Check, Column, Exclusion, ForeignKey, Index, Policy, PrimaryKey, Sequence, Trigger, Unique, quote
from ..sql.strings import literal
from . import words


def deferrability(key: Any) -> str:
    if not key.deferrable:
        return "NOT DEFERRABLE"
    return "DEFERRABLE INITIALLY DEFERRED" if key.initially_deferred else "DEFERRABLE"


def column(value: Column) -> str:
    parts = [str(value.type), "" if value.nullable else "NOT NULL"]
    if value.default is not None:
        parts.append(f"DEFAULT {value.default}")
    parts += [text for text in (words.plain(value.generated), words.plain(value.identity)) if text]
    return _join(parts)


def primary_key(value: PrimaryKey) -> str:
    parts = [_period(value), _include(value.include)]
    return _join([*parts, deferrability(value) if value.deferrable else ""])


def unique(value: Unique) -> str:
    parts = [_period(value), "" if value.nulls_distinct else "NULLS NOT DISTINCT", _include(value.include)]
    return _join([*parts, deferrability(value) if value.deferrable else ""])


def _period(value: PrimaryKey | Unique) -> str:
    if not value.without_overlaps:
        return words.columns(value.columns)
    return "(" + ", ".join(map(quote, value.columns)) + " WITHOUT OVERLAPS)"


def _include(names: tuple[str, ...]) -> str:
    return f"INCLUDE {words.columns(names)}" if names else ""


def foreign_key_ends(value: ForeignKey) -> str:
    parts = [f"{words.columns(value.columns)} → {words.target(value)}"]
    return _join([*parts, "MATCH FULL" if value.match == "full" else "", "PERIOD" if value.period else ""])


def on_delete(value: ForeignKey) -> str:
    return _join([value.on_delete.upper(), words.columns(value.delete_columns) if value.delete_columns else ""])


def foreign_key(value: ForeignKey) -> str:
    parts = [foreign_key_ends(value)]
    if value.on_delete != "no action":
        parts.append(f"ON DELETE {on_delete(value)}")
    if value.on_update != "no action":
        parts.append(f"ON UPDATE {value.on_update.upper()}")
    return _join([*parts, deferrability(value) if value.deferrable else ""])


def exclusion(value: Exclusion) -> str:
    parts = [f"USING {value.method}", str(words.plain(value.elements)), _include(value.include)]
    parts.append(f"WHERE ({value.predicate})" if value.predicate is not None else "")
    return _join([*parts, deferrability(value) if value.deferrable else ""])


def index_keys(value: Index) -> str:
    return "(" + ", ".join(words.index_key(key) for key in value.keys) + ")"


def index(value: Index) -> str:
    parts = ["UNIQUE" if value.unique else "", "" if value.method == "btree" else f"USING {value.method}"]
    parts += [index_keys(value), _include(value.include), "" if value.nulls_distinct else "NULLS NOT DISTINCT"]
    return _join([*parts, f"WHERE ({value.predicate})" if value.predicate is not None else ""])


def policy(value: Policy) -> str:
    parts = ["" if value.permissive else "AS RESTRICTIVE", f"FOR {value.command.upper()} TO {', '.join(value.roles)}"]
    parts.append(f"USING ({value.using})" if value.using is not None else "")
    return _join([*parts, f"WITH CHECK ({value.check})" if value.check is not None else ""])


def trigger(value: Trigger) -> str:
    of = f" OF {', '.join(value.update_columns)}" if value.update_columns else ""
    events = " OR ".join(event.upper() + (of if event == "update" else "") for event in value.events)
    parts = [value.timing.upper(), events, f"FOR EACH {value.for_each.upper()}"]
    parts.append(f"WHEN ({value.when})" if value.when is not None else "")
    if value.body is not None:
        return _join([*parts, f"BEGIN {value.body} END"])
    return _join([*parts, f"EXECUTE FUNCTION {value.function}({', '.join(map(literal, value.arguments))})"])


def sequence(value: Sequence) -> str:
    return _join([f"AS {value.type}", *words.sequence_options(value)])


def check(value: Check) -> str:
    return value.expression.sql


_WHOLE: dict[str, Callable[[Any], str | None]] = {
    "column": column,
    "primary-key": primary_key,
    "foreign-key": foreign_key,
    "unique": unique,
    "exclusion": exclusion,
    "check": check,
    "index": index,
    "policy": policy,
    "trigger": trigger,
    "sequence": sequence,
    "enum": lambda value: words.fact("enum", "values", value.values),
    "domain": lambda value: str(value.type),
    "view": lambda value: value.definition.sql,
    "function": lambda value: value.returns,
}

#: What a rule shows of an object where its fields only make sense together.
_PART: dict[str, Callable[[Any], str | None]] = {
    "DR301": primary_key,
    "DR313": foreign_key_ends,
    "DR314": on_delete,
    "DR315": lambda value: value.on_update.upper(),
    "DR316": deferrability,
    "DR324": deferrability,
    "DR333": exclusion,
    "DR503": index_keys,
    "DR508": index_keys,
    "DR623": sequence,
    "DR823": trigger,
}


def whole(kind: str, thing: Any) -> str:
    """`thing` in one line; what has no short form is only said to be there."""
    say = _WHOLE.get(kind)
    return (say(thing) if say is not None else None) or "declared"


def part(code: str, kind: str, thing: Any, facts: list[tuple[str, str]]) -> str | None:
    """What the rule `code` compares of `thing`; `facts` are the fields that differ, with their labels."""
    if code in _PART and not _beyond(code, facts):
        return _PART[code](thing)
    if len(facts) == 1:
        name, label = facts[0]
        return words.fact(kind, name, getattr(thing, name), label)
    said = [(label, words.fact(kind, name, getattr(thing, name))) for name, label in facts]
    return ", ".join(f"{label} {text or 'none'}" for label, text in said)


#: Fields that the short form of their rule leaves out: where they differ, the fields themselves are shown.
_HIDDEN = {
    "DR623": {"owned_by"},
    "DR823": {
        "function_schema", "constraint", "deferrable", "initially_deferred", "constraint_table", "old_table",
        "new_table", "enabled",
    },
}  # fmt: skip


def _beyond(code: str, facts: Iterable[tuple[str, str]]) -> bool:
    return any(name in _HIDDEN.get(code, ()) for name, _ in facts)


def _join(parts: Iterable[str]) -> str:
    return " ".join(part for part in parts if part)
