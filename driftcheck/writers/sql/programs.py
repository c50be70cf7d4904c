"""Views, functions and triggers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model import Function, Schema, Trigger, View, qualified, quote
from .absent import written
from .text import dollar_quoted, grouped, literal, names, parts, query, settings

#: A body that is SQL of its own rather than a string: PostgreSQL parses it when the function is made.
_PARSED_BODY = re.compile(r"\s*(?:RETURN\b|BEGIN\s+ATOMIC\b)", re.IGNORECASE)
#: Settings whose value is a list of identifiers, quoted one by one.
_LISTS = frozenset({"search_path", "temp_tablespaces", "local_preload_libraries", "session_preload_libraries"})


def create_view(view: View) -> Iterator[str]:
    if not written(view):
        return
    text = f"CREATE {'MATERIALIZED ' if view.materialized else ''}VIEW {qualified(view.schema, view.name)}"
    if view.columns:
        text += f" {names(view.columns)}"
    if view.options:
        text += f" WITH {settings(view.options)}"
    data = "\nWITH NO DATA" if view.materialized and not view.with_data else ""
    yield f"{text} AS\n{query(view.definition)}{data};\n"


def has_parsed_body(function: Function) -> bool:
    return function.language == "sql" and bool(_PARSED_BODY.match(function.body))


def create_function(function: Function) -> Iterator[str]:
    if not written(function):
        return
    full = f"{qualified(function.schema, function.name)}({function.arguments})"
    if function.kind == "aggregate":
        body = function.body.strip()
        yield f"CREATE AGGREGATE {full} {body if body.startswith('(') else f'({body})'};\n"
        return
    lines = [f"CREATE {function.kind.upper()} {full}"]
    if function.returns is not None:
        lines.append(f"RETURNS {function.returns}")
    lines.append(f"LANGUAGE {quote(function.language)}{_qualities(function)}")
    lines += [f"SET {_setting(*setting)}" for setting in function.settings]
    lines.append(function.body.strip() if has_parsed_body(function) else f"AS {dollar_quoted(function.body)}")
    yield "\n".join(lines) + ";\n"


def _qualities(function: Function) -> str:
    """What is said beside language and body; PostgreSQL's defaults are not said."""
    words = [
        "WINDOW" if function.window else "",
        function.volatility.upper() if function.volatility != "volatile" else "",
        "STRICT" if function.strict else "",
        "SECURITY DEFINER" if function.security_definer else "",
        "LEAKPROOF" if function.leakproof else "",
        f"PARALLEL {function.parallel.upper()}" if function.parallel != "unsafe" else "",
        f"COST {function.cost}" if function.cost is not None else "",
        f"ROWS {function.rows}" if function.rows is not None else "",
        f"SUPPORT {parts(function.support)}" if function.support is not None else "",
    ]
    return "".join(f" {word}" for word in words if word)


def _setting(name: str, value: str) -> str:
    full = ".".join(map(quote, name.split(".")))
    if value == "FROM CURRENT":
        return f"{full} FROM CURRENT"
    return f"{full} TO {value if name in _LISTS and value else literal(value)}"


def triggers(schema: Schema) -> Iterator[str]:
    tables = {f"{table.schema}.{table.name}": str(table) for table in schema.tables}
    for trigger in schema.triggers:
        if written(trigger):
            yield _trigger(trigger, tables)
            yield from _firing(trigger)


def _trigger(trigger: Trigger, tables: dict[str, str]) -> str:
    head = "CREATE CONSTRAINT TRIGGER" if trigger.constraint else "CREATE TRIGGER"
    events = " OR ".join(_event(event, trigger) for event in trigger.events)
    lines = [
        f"{head} {quote(trigger.name)}",
        f"{trigger.timing.upper()} {events} ON {qualified(trigger.schema, trigger.table)}",
    ]
    if trigger.constraint_table is not None:
        lines.append(f"FROM {tables.get(trigger.constraint_table) or parts(trigger.constraint_table)}")
    if trigger.deferrable:
        lines.append("DEFERRABLE INITIALLY DEFERRED" if trigger.initially_deferred else "DEFERRABLE")
    transition = "".join(
        f" {word} TABLE AS {quote(table)}"
        for word, table in (("OLD", trigger.old_table), ("NEW", trigger.new_table))
        if table is not None
    )
    if transition:
        lines.append(f"REFERENCING{transition}")
    lines.append(f"FOR EACH {trigger.for_each.upper()}")
    if trigger.when is not None:
        lines.append(f"WHEN {grouped(trigger.when)}")
    arguments = ", ".join(map(literal, trigger.arguments))
    lines.append(f"EXECUTE FUNCTION {qualified(trigger.function_schema, trigger.function)}({arguments})")
    return "\n    ".join(lines) + ";\n"


def _event(event: str, trigger: Trigger) -> str:
    if event == "update" and trigger.update_columns:
        return f"UPDATE OF {', '.join(map(quote, trigger.update_columns))}"
    return event.upper()


def _firing(trigger: Trigger) -> Iterator[str]:
    """ENABLE and DISABLE, where it is not what CREATE TRIGGER leaves."""
    words = {"disabled": "DISABLE", "replica": "ENABLE REPLICA", "always": "ENABLE ALWAYS"}
    if trigger.enabled in words:
        table = qualified(trigger.schema, trigger.table)
        yield f"ALTER TABLE {table} {words[trigger.enabled]} TRIGGER {quote(trigger.name)};\n"
