"""What PostgreSQL refuses of a trigger for its own parts (`CreateTriggerFiringOn` in trigger.c)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ....sql.references import names_in
from ..entries import Relation, TableEntry, ViewEntry
from ..errors import RefusedError


def check_trigger(relation: Relation | None, values: Mapping[str, Any]) -> None:
    """Raises RefusedError for a trigger that cannot be on `relation`, as far as that is known."""
    timing, by_row, events = values["timing"], values.get("for_each") == "row", values["events"]
    if values.get("constraint") and (timing != "after" or not by_row):
        word = timing.split()[0] if timing != "after" else "statement"
        raise RefusedError(f'syntax error at or near "{word}"')
    _check_relation(relation, timing, by_row)
    if timing == "instead of":
        if not by_row:
            raise RefusedError("INSTEAD OF triggers must be FOR EACH ROW")
        if "when" in values:
            raise RefusedError("INSTEAD OF triggers cannot have WHEN conditions")
        if values.get("update_columns"):
            raise RefusedError("INSTEAD OF triggers cannot have column lists")
    if by_row and "truncate" in events:
        raise RefusedError("TRUNCATE FOR EACH ROW triggers are not supported")
    _check_transition_tables(values)
    if "when" in values:
        _check_condition(relation, values, by_row)


def _check_relation(relation: Relation | None, timing: str, by_row: bool) -> None:
    if isinstance(relation, TableEntry) and timing == "instead of":
        raise RefusedError(f'"{relation.name}" is a table')
    if isinstance(relation, ViewEntry) and not relation.view.materialized and timing != "instead of" and by_row:
        raise RefusedError(f'"{relation.view.name}" is a view')


def _check_transition_tables(values: Mapping[str, Any]) -> None:
    found = [which for which in ("old", "new") if values.get(f"{which}_table")]
    if not found:
        return
    if values["timing"] != "after":
        raise RefusedError("transition table name can only be specified for an AFTER trigger")
    if values.get("update_columns"):
        raise RefusedError("transition tables cannot be specified for triggers with column lists")
    if len(values["events"]) > 1:
        raise RefusedError("transition tables cannot be specified for triggers with more than one event")
    if "old" in found and values["events"][0] == "insert":
        raise RefusedError("OLD TABLE can only be specified for a DELETE or UPDATE trigger")
    if "new" in found and values["events"][0] == "delete":
        raise RefusedError("NEW TABLE can only be specified for an INSERT or UPDATE trigger")


def _check_condition(relation: Relation | None, values: Mapping[str, Any], by_row: bool) -> None:
    names = [name for name in names_in(values["when"].sql) if name.qualifiers and name.qualifiers[-1] in ("old", "new")]
    for name in names:
        which = name.qualifiers[-1]
        if not by_row:
            raise RefusedError("statement trigger's WHEN condition cannot reference column values")
        for event, lacking in (("insert", "old"), ("delete", "new")):
            if event in values["events"] and which == lacking:
                raise RefusedError(f"{event.upper()} trigger's WHEN condition cannot reference {which.upper()} values")
        column = relation.columns.get(name.name) if isinstance(relation, TableEntry) else None
        if column is not None and column.generated is not None and which == "new" and values["timing"] == "before":
            raise RefusedError("BEFORE trigger's WHEN condition cannot reference NEW generated columns")
