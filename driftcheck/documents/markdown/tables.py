"""One table, whole."""

from __future__ import annotations

from collections.abc import Iterator

from ...model import Check, Column, Exclusion, ForeignKey, PrimaryKey, Table, Unique
from ...plain import plain
from ..described import Marks, shown
from ..graph import Effect, effects
from ..wording import actions, constraint, default, index
from .others import triggers
from .page import Page
from .text import cell, code, prose
from .text import table as rows_of


def section(page: Page, table: Table, level: int = 3) -> Iterator[str]:
    """Heading, purpose, columns, and all that depends on the table."""
    described = page.described
    yield f"{'#' * level} {_heading(table)}"
    yield ""
    if place := page.place(table.location):
        yield f"Declared in {place}."
        yield ""
    if purpose := described.purpose(table):
        yield prose(purpose)
        yield ""
    yield page.slot(*table.key)
    yield ""
    yield from _kind(page, table)
    yield from _columns(page, table)
    yield from _indexes(page, table)
    yield from _foreign_keys(page, table)
    yield from _referenced_by(page, table)
    yield from _constraints(page, table)
    yield from _policies(page, table)
    yield from _triggers(page, table)
    yield from _deleting(page, table)


def _heading(table: Table) -> str:
    return cell(plain(shown(table.key))) or code(shown(table.key))


def _kind(page: Page, table: Table) -> Iterator[str]:
    """What is unusual of it."""
    facts = []
    if table.partition_by is not None:
        facts.append(f"partitioned by {code(table.partition_by)}")
    if table.partition_of is not None:
        parent = (table.partition_of.parent_schema, table.partition_of.parent_table)
        facts.append(f"partition of {page.table(parent)} {code(table.partition_of.bound)}")
    facts += [f"inherits {page.table(parent)}" for parent in table.inherits]
    facts += [f"of type {code(table.of_type)}"] if table.of_type is not None else []
    facts += ["unlogged"] * table.unlogged
    facts += [f"foreign table of server {code(table.server)}"] if table.server is not None else []
    facts += [code("=".join(option)) for option in table.options]
    if facts:
        yield f"This table: {'; '.join(facts)}."
        yield ""
    if {"columns"} & table.unknown:
        yield "More columns exist than could be read."
        yield ""


def _columns(page: Page, table: Table) -> Iterator[str]:
    marks = page.described.marks(table)
    yield from rows_of(
        ("Column", "Type", "Constraints", "Default", "Description"),
        (_column(page, table, marks, column) for column in table.columns),
    )


def _column(page: Page, table: Table, marks: Marks, column: Column) -> tuple[str, ...]:
    name = column.name
    primary = name in marks.primary
    facts = ["PK"] * primary
    facts += [_arrow(page, key, name) for key in marks.by_column.get(name, ())]
    facts += ["UNIQUE"] * (not primary and marks.single([name]))
    facts += ["NOT NULL"] * (not primary and name not in marks.optional)
    facts += ["INDEX"] * (name in marks.indexed)
    facts += [f"COLLATE {code(column.collation)}"] if column.collation is not None else []
    value = default(column)
    filled = [code(value)] if value else []
    for word, text in (("", column.application_default), ("on update ", column.application_onupdate)):
        filled += [f"{word}{code(text)} in the application"] if text is not None and not value else []
    note = page.described_cell(page.described.note(table, column), *table.key, name)
    return code(name), code(str(column.type)), ", ".join(facts), "<br>".join(filled), note


def _arrow(page: Page, key: ForeignKey, name: str) -> str:
    targets = page.described.targets(key)
    target = targets[key.columns.index(name)] if len(targets) == len(key.columns) else ""
    link = page.table((key.target_schema, key.target_table))
    return f"FK → {link}{f' {code(target)}' if target else ''}"


def _indexes(page: Page, table: Table) -> Iterator[str]:
    if table.indexes:
        yield "**Indexes**"
        yield ""
        ordered = sorted(table.indexes, key=lambda one: one.name)
        rows = (
            (code(one.name), code(index(one)), cell(page.described.on_index(table.schema, one.name))) for one in ordered
        )
        yield from rows_of(("Name", "On", "Description"), rows)


def _foreign_keys(page: Page, table: Table) -> Iterator[str]:
    if table.foreign_keys:
        yield "**Foreign keys**"
        yield ""
        yield from rows_of(
            ("Name", "Columns", "References", "Actions", "Description"),
            (_foreign_key(page, table, key) for key in page.described.marks(table).keys),
        )


def _foreign_key(page: Page, table: Table, key: ForeignKey) -> tuple[str, ...]:
    targets = ", ".join(page.described.targets(key))
    target = page.table((key.target_schema, key.target_table)) + (f" {code(targets)}" if targets else "")
    return (
        code(key.name),
        code(", ".join(key.columns)),
        target,
        code(actions(key)),
        _on_constraint(page, table, key.name),
    )


def _on_constraint(page: Page, table: Table, name: str) -> str:
    """Its comment, and that of the index which is behind it."""
    described = page.described
    texts = [described.on_part("constraint", table.key, name), described.on_index(table.schema, name)]
    return "<br>".join(cell(text) for text in texts if text)


def _referenced_by(page: Page, table: Table) -> Iterator[str]:
    if referring := page.described.referenced.get(table.key):
        yield "**Referenced by**"
        yield ""
        for other, key in referring:
            many = "at most one row" if page.described.marks(other).single(key.columns) else "any number of rows"
            targets = page.described.targets(key)
            here = f", to {code(', '.join(targets))} here" if targets else ""
            yield f"- {page.table(other.key)} by {code(', '.join(key.columns))}{here} ({many})"
        yield ""
    if readers := page.described.readers.get(table.key):
        yield f"Read by {', '.join(map(page.table, readers))}."
        yield ""


def _constraints(page: Page, table: Table) -> Iterator[str]:
    """With the foreign keys apart, which have a table of their own."""
    primary = [table.primary_key] if table.primary_key is not None else []
    others: list[Unique | Check | Exclusion] = [*table.uniques, *table.checks, *table.exclusions]
    items: list[PrimaryKey | Unique | Check | Exclusion] = [*primary, *sorted(others, key=lambda item: item.name)]
    if items:
        yield "**Constraints**"
        yield ""
        yield from rows_of(
            ("Name", "Definition", "Description"),
            ((code(item.name), code(constraint(item)), _on_constraint(page, table, item.name)) for item in items),
        )


def _policies(page: Page, table: Table) -> Iterator[str]:
    policies = page.described.policies.get(table.key, [])
    if not policies and not table.row_security:
        return
    state = "on, for the owner, too" if table.force_row_security else "on" if table.row_security else "off"
    yield f"**Row-level security** is {state}" + ("" if policies else "; there is no policy, so that nobody sees a row")
    yield ""
    rows = (
        (
            code(one.name),
            one.command + ("" if one.permissive else ", restrictive"),
            ", ".join(map(code, one.roles)),
            code(str(one.using)) if one.using is not None else "",
            code(str(one.check)) if one.check is not None else "",
            cell(page.described.on_part("policy", table.key, one.name)),
        )
        for one in policies
    )
    yield from rows_of(("Policy", "For", "Roles", "Sees", "May write", "Description"), rows)


def _triggers(page: Page, table: Table) -> Iterator[str]:
    if table.key in page.described.triggers:
        yield "**Triggers**"
        yield ""
        yield from triggers(page, table.key)


def _deleting(page: Page, table: Table) -> Iterator[str]:
    tree = list(effects(page.described, table))
    if tree:
        yield "**Deleting a row**"
        yield ""
        lines = [_effect(page, one) for one in tree]
        yield from (line for number, line in enumerate(lines) if number == 0 or line != lines[number - 1])
        yield ""


def _effect(page: Page, effect: Effect) -> str:
    indent = "  " * effect.depth
    if effect.key is None:
        return f"{indent}- … and more"
    table, columns = page.table(effect.table), code(", ".join(effect.key.delete_columns or effect.key.columns))
    match effect.key.on_delete:
        case "cascade":
            text = f"deletes its rows in {table}" + (" (what follows is said above)" if effect.told else "")
        case "set null" | "set default":
            text = f"sets {columns} of its rows in {table} to {effect.key.on_delete.removeprefix('set ')}"
        case other:
            text = f"is refused while {table} has rows for it ({other})"
    return f"{indent}- {text}"
