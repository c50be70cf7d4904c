"""Views, functions and triggers."""

from __future__ import annotations

from collections.abc import Iterator

from ...model import Function, Schema, Trigger, View
from ...sql import Stream, tokens_of
from .absent import written
from .gate import (
    NOTHING,
    SqlText,
    arguments,
    dollar_quoted,
    group,
    grouped,
    joined,
    literal,
    name,
    number,
    parsed_body,
    path,
    query,
    result,
    sql,
    type_name,
    word,
    words,
)
from .text import names, parameters, qualified, setting


def create_view(view: View) -> Iterator[SqlText]:
    if not written(view):
        return
    kind = sql("MATERIALIZED VIEW") if view.materialized else sql("VIEW")
    text = sql("CREATE {} {}", kind, qualified(view.schema, view.name))
    if view.columns:
        text = sql("{} {}", text, names(view.columns))
    if view.options:
        text = sql("{} WITH {}", text, parameters(view.options))
    data = sql("\nWITH NO DATA") if view.materialized and not view.with_data else NOTHING
    yield sql("{} AS\n{}{}", text, query(view.definition), data)


def has_parsed_body(function: Function) -> bool:
    """Whether the body is SQL of its own rather than a string: PostgreSQL parses it when the function is made."""
    body = Stream(tokens_of(function.body)) if function.language == "sql" else Stream.of("")
    return function.kind != "aggregate" and (body.at("return") or body.at("begin", "atomic"))


def create_function(function: Function, *, replace: bool = False) -> Iterator[SqlText]:
    """CREATE FUNCTION, PROCEDURE or AGGREGATE; OR REPLACE if `replace`."""
    if not written(function):
        return
    create = sql("CREATE OR REPLACE {}" if replace else "CREATE {}", words(function.kind))
    full = sql("{}({})", qualified(function.schema, function.name), arguments(function.arguments))
    lines = [sql("{} {}", create, full)]
    if function.kind == "aggregate":
        yield sql("{} {}", lines[0], body(function))
        return
    if function.returns is not None:
        lines.append(sql("RETURNS {}", result(function.returns)))
    lines.append(sql("LANGUAGE {}{}", name(function.language), _qualities(function)))
    lines += [setting(*one) for one in function.settings]
    lines.append(body(function))
    yield joined(lines, "\n")


def body(function: Function) -> SqlText:
    """What follows all else of a function."""
    if function.kind == "aggregate":
        return group(function.body)
    return parsed_body(function.body) if has_parsed_body(function) else sql("AS {}", dollar_quoted(function.body))


def _qualities(function: Function) -> SqlText:
    """What is said beside language and body; PostgreSQL's defaults are not said."""
    said = [
        sql("WINDOW") if function.window else NOTHING,
        words(function.volatility) if function.volatility != "volatile" else NOTHING,
        sql("STRICT") if function.strict else NOTHING,
        sql("SECURITY DEFINER") if function.security_definer else NOTHING,
        sql("LEAKPROOF") if function.leakproof else NOTHING,
        sql("PARALLEL {}", words(function.parallel)) if function.parallel != "unsafe" else NOTHING,
        sql("COST {}", number(function.cost)) if function.cost is not None else NOTHING,
        sql("ROWS {}", number(function.rows)) if function.rows is not None else NOTHING,
        sql("SUPPORT {}", path(function.support)) if function.support is not None else NOTHING,
    ]
    return joined((sql(" {}", one) for one in said if one), "")


def triggers(schema: Schema) -> Iterator[SqlText]:
    tables = {f"{table.schema}.{table.name}": qualified(*table.key) for table in schema.tables}
    for trigger in schema.triggers:
        if written(trigger):
            yield create_trigger(trigger, tables)
            yield from _firing(trigger)


def create_trigger(trigger: Trigger, tables: dict[str, SqlText]) -> SqlText:
    kind = sql("CONSTRAINT TRIGGER") if trigger.constraint else sql("TRIGGER")
    events = joined((_event(event, trigger) for event in trigger.events), " OR ")
    table = qualified(trigger.schema, trigger.table)
    lines = [
        sql("CREATE {} {}", kind, name(trigger.name)),
        sql("{} {} ON {}", words(trigger.timing), events, table),
    ]
    if trigger.constraint_table is not None:
        lines.append(sql("FROM {}", tables.get(trigger.constraint_table) or path(trigger.constraint_table)))
    if trigger.deferrable:
        lines.append(sql("DEFERRABLE INITIALLY DEFERRED" if trigger.initially_deferred else "DEFERRABLE"))
    old = sql(" OLD TABLE AS {}", name(trigger.old_table)) if trigger.old_table is not None else NOTHING
    new = sql(" NEW TABLE AS {}", name(trigger.new_table)) if trigger.new_table is not None else NOTHING
    if old or new:
        lines.append(sql("REFERENCING{}{}", old, new))
    lines.append(sql("FOR EACH {}", words(trigger.for_each)))
    if trigger.when is not None:
        lines.append(sql("WHEN {}", grouped(trigger.when)))
    called = qualified(trigger.function_schema, trigger.function)
    lines.append(sql("EXECUTE FUNCTION {}({})", called, joined(map(literal, trigger.arguments))))
    return joined(lines, "\n    ")


def _event(event: str, trigger: Trigger) -> SqlText:
    if event == "update" and trigger.update_columns:
        return sql("UPDATE OF {}", joined(map(name, trigger.update_columns)))
    return word(event)


def _firing(trigger: Trigger) -> Iterator[SqlText]:
    """ENABLE and DISABLE, where it is not what CREATE TRIGGER leaves."""
    kinds = {"disabled": sql("DISABLE"), "replica": sql("ENABLE REPLICA"), "always": sql("ENABLE ALWAYS")}
    if trigger.enabled in kinds:
        table = qualified(trigger.schema, trigger.table)
        yield sql("ALTER TABLE {} {} TRIGGER {}", table, kinds[trigger.enabled], name(trigger.name))


def comments(schema: Schema) -> Iterator[SqlText]:
    """COMMENT ON what has no room for one."""
    for item in schema.comments:
        if item.unknown:
            continue
        target = qualified(item.schema, item.name)
        if item.signature is not None:
            target = sql("{}({})", target, joined(map(type_name, item.signature)))
        elif item.kind == "column":
            target = sql("{}.{}", qualified(item.schema, item.table or ""), name(item.name))
        elif item.table is not None:
            target = sql("{} ON {}", name(item.name), qualified(item.schema, item.table))
        kind = sql("MATERIALIZED VIEW") if item.kind == "materialized" else word(item.kind)
        yield sql("COMMENT ON {} {} IS {}", kind, target, literal(item.text))
