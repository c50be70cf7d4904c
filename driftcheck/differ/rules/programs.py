"""Rules about views, functions and triggers."""

from __future__ import annotations

from .family import ERROR, NOTE, WARNING, exempt, fields, rows

RULES = rows(
    ("DR801", "view-missing", ERROR, "The truth declares a view that this source does not have."),
    ("DR802", "view-extra", WARNING, "This source has a view that the truth does not declare."),
    ("DR803", "view-definition", ERROR, "The query, columns or options of a view differ."),
    ("DR811", "function-missing", ERROR, "The truth declares a function that this source does not have."),
    ("DR812", "function-extra", WARNING, "This source has a function that the truth does not declare."),
    ("DR813", "function-definition", ERROR, "The arguments, result, body or attributes of a function differ."),
    ("DR821", "trigger-missing", ERROR, "The truth declares a trigger that this source does not have."),
    ("DR822", "trigger-extra", WARNING, "This source has a trigger that the truth does not declare."),
    ("DR823", "trigger-definition", ERROR, "When a trigger fires, or what it calls, differs."),
    ("DR829", "trigger-name", NOTE, "A trigger is the same but for its name."),
)

FIELDS = {
    **exempt("view", "identity: views are paired by it", ("schema", "name")),
    **exempt("view", "holds indexes, each compared as an index", ("indexes",)),
    **fields(
        "view",
        "DR803",
        definition="query",
        materialized="kind",
        columns="columns",
        options="options",
    ),
    **exempt("view", "rows, not schema: pg_dump --schema-only says WITH NO DATA of every one", ("with_data",)),
    **exempt("function", "identity: functions are paired by it", ("schema", "name")),
    **fields(
        "function",
        "DR813",
        signature="argument types",
        arguments="arguments",
        kind="kind",
        returns="result",
        language="language",
        body="body",
        volatility="volatility",
        strict="STRICT",
        security_definer="SECURITY DEFINER",
        leakproof="LEAKPROOF",
        window="WINDOW",
        parallel="PARALLEL",
        cost="COST",
        rows="ROWS",
        support="SUPPORT",
        settings="settings",
    ),
    **exempt("trigger", "identity: triggers are paired within their table", ("schema", "table")),
    **fields("trigger", "DR829", name="name"),
    **fields(
        "trigger",
        "DR823",
        timing="timing",
        events="events",
        function_schema="function",
        function="function",
        arguments="arguments",
        for_each="FOR EACH",
        update_columns="UPDATE OF",
        when="WHEN",
        constraint="CONSTRAINT",
        deferrable="deferrability",
        initially_deferred="deferrability",
        constraint_table="FROM",
        old_table="OLD TABLE",
        new_table="NEW TABLE",
        enabled="firing",
    ),
}
