"""Functions, triggers, policies and roles."""

from __future__ import annotations

import json
import re
from functools import partial
from typing import Any, Literal, cast

from ...model import Comment, Expression, Function, Policy, Role, Trigger, quote
from ...model.programs import LIST_SETTINGS
from ...sql import Stream
from ...sql.strings import literal
from ...sql.triggers import read_clauses, read_events
from .gaps import Gaps, those
from .places import Places
from .received import Received
from .rows import CommentRow, FunctionRow, PolicyRow, RoleRow, TriggerRow, items, true

#: A name in a list of names, quoted or not.
_NAMES = re.compile(r'"((?:[^"]|"")*)"|([^\s",]+)')
_COMMANDS = {"*": "all", "r": "select", "a": "insert", "w": "update", "d": "delete"}
_ENABLED = {"O": "origin", "D": "disabled", "R": "replica", "A": "always"}
_KINDS = {"f": "function", "w": "function", "p": "procedure", "a": "aggregate"}
_VOLATILITY = {"v": "volatile", "s": "stable", "i": "immutable"}
_PARALLEL = {"u": "unsafe", "r": "restricted", "s": "safe"}
#: pg_aggregate.aggfinalmodify, for which the default depends on the kind of the aggregate.
_MODIFY = {"r": "READ_ONLY", "s": "SHAREABLE", "w": "READ_WRITE"}
#: What an aggregate's definition holds as a string, as a number, as a word of its own.
_STRINGS, _NUMBERS, _FLAGS = ("initcond", "minitcond"), ("sspace", "msspace"), ("finalfunc_extra", "mfinalfunc_extra")


def read_functions(rows: Received, places: Places, gaps: Gaps) -> tuple[Function, ...]:
    made = map(FunctionRow._make, rows.of("functions"))
    return those(gaps.read("function", one[:2], places.of(*one[:2]), partial(_function, one, places)) for one in made)


def read_policies(rows: Received, places: Places, known: set[str]) -> tuple[Policy, ...]:
    """The policies on the tables whose numbers are `known`: others are those of extensions and of the system."""
    made = (PolicyRow._make(row) for row in rows.of("policies"))
    return tuple(
        Policy(
            schema=one.schema,
            table=one.table,
            name=one.name,
            command=cast(Any, _COMMANDS[one.command]),
            roles=("public",) if true(one.everybody) else tuple(sorted(map(str, items(one.roles)))),
            using=Expression(one.using) if one.using else None,
            check=Expression(one.check) if one.check else None,
            permissive=true(one.permissive),
            location=places.of(one.schema, one.table, one.name),
        )
        for one in made
        if one.relation in known
    )


def read_triggers(rows: Received, places: Places, known: set[str], gaps: Gaps) -> tuple[Trigger, ...]:
    made = (TriggerRow._make(row) for row in rows.of("triggers"))
    return those(
        gaps.read("trigger", (one.schema, one.name), places.of(*one[:3]), partial(_trigger, one, places), one.table)
        for one in made
        if one.relation in known
    )


def read_roles(rows: Received, places: Places) -> tuple[Role, ...]:
    made = (RoleRow._make(row) for row in rows.of("roles"))
    return tuple(
        Role(
            name=one.name,
            create_database=true(one.create_database),
            create_role=true(one.create_role),
            inherit=true(one.inherit),
            location=places.of(one.name),
        )
        for one in made
    )


def read_comments(rows: Received, places: Places) -> tuple[Comment, ...]:
    return tuple(
        Comment(
            kind=one.kind,
            schema=one.schema or None,
            name=one.name,
            table=one.table or None,
            signature=tuple(map(str, items(one.signature))) if one.kind in _KINDS.values() else None,
            text=one.text,
            location=places.of(*filter(None, (one.schema, one.table, one.name))),
        )
        for one in map(CommentRow._make, rows.of("comments"))
    )


def _trigger(one: TriggerRow, places: Places) -> Trigger:
    """A trigger, from `pg_get_triggerdef`."""
    stream = Stream.of(one.definition)
    stream.expect("create")
    constraint = stream.accept("constraint")
    stream.expect("trigger")
    stream.identifier()
    values: dict[str, Any] = {"constraint": constraint, **read_events(stream)}
    stream.expect("on")
    stream.name()
    values |= read_clauses(stream)
    if table := values.get("constraint_table"):
        values["constraint_table"] = ".".join(part for part in table if part)
    return Trigger(
        schema=one.schema,
        table=one.table,
        name=one.name,
        enabled=cast(Any, _ENABLED[one.enabled]),
        location=places.of(one.schema, one.table, one.name),
        **values,
    )


def _function(one: FunctionRow, places: Places) -> Function:
    kind = cast(Literal["function", "procedure", "aggregate"], _KINDS[one.kind])
    facts: dict[str, Any] = {
        "schema": one.schema, "name": one.name, "kind": kind,
        "signature": tuple(map(str, items(one.signature))),
        "arguments": one.arguments,
        "location": places.of(one.schema, one.name),
    }  # fmt: skip
    if kind == "aggregate":
        facts["arguments"] = one.arguments or "*"
        return Function(**facts, body=_aggregate(json.loads(one.aggregate or "{}"), one))
    return Function(
        **facts,
        returns=one.result if kind == "function" else None,
        language=one.language,
        body=one.body or ", ".join(filter(None, (one.binary, one.source))),
        volatility=cast(Any, _VOLATILITY[one.volatility]),
        strict=true(one.strict),
        security_definer=true(one.security_definer),
        leakproof=true(one.leakproof),
        window=one.kind == "w",
        parallel=cast(Any, _PARALLEL[one.parallel]),
        cost=one.cost if kind == "function" else None,  # a procedure has one in the catalog, and takes none
        rows=one.rows if one.rows != "0" else None,
        support=_path(one.support) if one.support else None,
        settings=tuple(_setting(str(item)) for item in items(one.settings)),
    )


def _path(text: str) -> str:
    return ".".join(Stream.of(text).path()[-2:])


def _setting(text: str) -> tuple[str, str]:
    """One of pg_proc.proconfig, `search_path=public, "$user"`; a list of names without the empty ones."""
    name, _, value = text.partition("=")
    if name in LIST_SETTINGS:
        names = (bare or quoted.replace('""', '"') for quoted, bare in _NAMES.findall(value))
        return name, ", ".join(quote(one) for one in names if one)
    return name, value


def _aggregate(facts: dict[str, Any], one: FunctionRow) -> str:
    """The definition of an aggregate as CREATE AGGREGATE takes it."""
    kind = facts.pop("kind")
    facts.pop("direct")
    usual = "READ_WRITE" if kind in ("o", "h") else "READ_ONLY"
    words = []
    for name, value in facts.items():
        if value is None or value is False:
            continue
        if name in _FLAGS:
            words.append(name.upper())
        elif name.endswith("_modify"):
            if _MODIFY[value] != usual and facts.get(name.removesuffix("_modify")):
                words.append(f"{name.upper()} = {_MODIFY[value]}")
        elif name == "sortop":
            schema, _, operator = str(value).rpartition(".")
            words.append(f"SORTOP = OPERATOR({schema}.{operator})")
        else:
            words.append(f"{name.upper()} = {literal(value) if name in _STRINGS else value}")
    if kind == "h":
        words.append("HYPOTHETICAL")
    if one.parallel != "u":
        words.append(f"PARALLEL = {_PARALLEL[one.parallel].upper()}")
    return f"({', '.join(words)})"
