"""What is no table: views, types, sequences, functions, extensions, roles; and what is not in the document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar

from ...model import ColumnType, CompositeType, Domain, Function, Location, RangeType, View
from ...plain import plain
from ..described import Key, shown
from ..wording import counting, definition, index, trigger
from .page import Page
from .text import cell, code, prose, table


class _Named(Protocol):
    @property
    def schema(self) -> str | None: ...
    @property
    def name(self) -> str: ...
    @property
    def location(self) -> Location | None: ...


_Item = TypeVar("_Item", bound=_Named)


def views(page: Page) -> Iterator[str]:
    for view in page.described.views:
        yield f"### {cell(shown((view.schema, view.name)))}"
        yield ""
        yield from _view(page, view)


def _view(page: Page, view: View) -> Iterator[str]:
    kind = "Materialized view" if view.materialized else "View"
    place = page.place(view.location)
    yield f"{kind}{f', declared in {place}' if place else ''}."
    yield ""
    if words := page.described.words_on(view.schema, view.name):
        yield prose(words)
        yield ""
    yield page.slot(view.schema, view.name)
    yield ""
    columns = page.described.results(view)
    rows = (_column(page, view, name, kind) for name, kind in columns)
    yield from table(("Column", "Type", "Description"), rows)
    if not columns:
        yield "What columns it has is not known: its query does not say so by itself."
        yield ""
    if view.options:
        yield f"With {', '.join(code('='.join(one)) for one in view.options)}."
        yield ""
    if read := page.described.read_by(view):
        yield f"Reads {', '.join(map(page.table, read))}."
        yield ""
    if readers := page.described.readers.get((view.schema, view.name)):
        yield f"Read by {', '.join(map(page.table, readers))}."
        yield ""
    yield from fenced("sql", str(view.definition))
    indexes = (
        (code(one.name), code(index(one)), cell(page.described.on_index(view.schema, one.name))) for one in view.indexes
    )
    yield from table(("Index", "On", "Description"), indexes)
    yield from triggers(page, (view.schema, view.name))


def _column(page: Page, view: View, name: str, kind: ColumnType | None) -> tuple[str, ...]:
    key = (view.schema, view.name)
    note = page.described_cell(page.described.on_part("column", key, name), *key, name)
    return code(name), code(str(kind)) if kind is not None else "not known", note


def fenced(language: str, text: str) -> Iterator[str]:
    """A block of code, whatever is in it."""
    shown_text = plain(text.strip("\n"), 100_000, keep="\n\t")
    fence = "```"
    while fence in shown_text:
        fence += "`"
    yield f"{fence}{language}"
    yield shown_text
    yield fence
    yield ""


def triggers(page: Page, key: Key) -> Iterator[str]:
    """Those of a table or view."""
    found = page.described.triggers.get(key, ())
    on_part = page.described.on_part
    rows = ((code(one.name), code(trigger(one)), cell(on_part("trigger", key, one.name))) for one in found)
    yield from table(("Trigger", "When", "Description"), rows)


def enums(page: Page) -> Iterator[str]:
    rows = (
        (
            code(shown((one.schema, one.name))),
            ", ".join(map(code, one.values)),
            page.described_cell(page.described.words_on(one.schema, one.name), one.schema, one.name),
            page.place(one.location),
        )
        for one in _in_order(page.described.schema.enums)
    )
    yield from table(("Enum", "Values", "Description", "Declared in"), rows)


def types(page: Page) -> Iterator[str]:
    """Domains, composite types and ranges."""
    schema = page.described.schema
    found: list[Domain | CompositeType | RangeType] = [*schema.domains, *schema.composites, *schema.ranges]
    rows = (
        (
            code(shown((one.schema, one.name))),
            _written(one),
            cell(page.described.words_on(one.schema, one.name)),
            page.place(one.location),
        )
        for one in _in_order(found)
    )
    yield from table(("Type", "Definition", "Description", "Declared in"), rows)


def _written(item: Domain | CompositeType | RangeType) -> str:
    return "<br>".join(map(code, definition(item)))


def sequences(page: Page) -> Iterator[str]:
    rows = (
        (
            code(shown((one.schema, one.name))),
            code(counting(one)),
            page.column(one.owned_by[:2], one.owned_by[2]) if one.owned_by is not None else "",
            cell(page.described.words_on(one.schema, one.name)),
        )
        for one in _in_order(page.described.schema.sequences)
    )
    yield from table(("Sequence", "Counts", "Owned by", "Description"), rows)


def functions(page: Page) -> Iterator[str]:
    rows = (
        (
            code(f"{shown((one.schema, one.name))}({one.arguments})"),
            code(one.returns) if one.returns is not None else "",
            one.kind,
            one.language,
            _facts(one),
            page.described_cell(page.described.words_on(*_about(one)), *_about(one)),
            page.place(one.location),
        )
        for one in sorted(page.described.schema.functions, key=lambda one: (one.schema, one.name, one.signature))
    )
    yield from table(("Function", "Returns", "Kind", "Language", "Marks", "Description", "Declared in"), rows)


def _about(function: Function) -> tuple[str, str]:
    return function.schema, f"{function.name}({', '.join(function.signature)})"


def _facts(one: Function) -> str:
    facts = [] if one.volatility == "volatile" else [one.volatility]
    return ", ".join(facts + ["strict"] * one.strict + ["security definer"] * one.security_definer)


def around(page: Page) -> Iterator[str]:
    """What schemas are for, extensions, roles, and triggers on tables that are not declared."""
    schema = page.described.schema
    about = ((code(one.name), cell(one.text)) for one in _in_order(schema.comments) if one.kind == "schema")
    yield from table(("Schema", "Description"), about)
    if schema.extensions:
        yield f"Extensions: {', '.join(code(one.name) for one in sorted(schema.extensions, key=lambda one: one.name))}."
        yield ""
    if schema.roles:
        yield f"Roles: {', '.join(code(one.name) for one in sorted(schema.roles, key=lambda one: one.name))}."
        yield ""
    if schema.collations:
        yield f"Collations: {', '.join(code(shown((one.schema, one.name))) for one in schema.collations)}."
        yield ""
    known = page.described.by_key.keys() | {(view.schema, view.name) for view in schema.views}
    others = [one for key, items in sorted(page.described.triggers.items()) if key not in known for one in items]
    rows = ((code(shown((one.schema, one.table))), code(one.name), code(trigger(one))) for one in others)
    yield from table(("On a table declared elsewhere", "Trigger", "When"), rows)
    policies = [one for key, items in sorted(page.described.policies.items()) if key not in known for one in items]
    policy_rows = ((code(shown((one.schema, one.table))), code(one.name), one.command) for one in policies)
    yield from table(("On a table declared elsewhere", "Policy", "For"), policy_rows)


def left_out(page: Page) -> Iterator[str]:
    """What the source has and this document does not."""
    if page.described.left_out:
        yield from (f"- {cell(sentence)}" for sentence in page.described.left_out)
        yield ""


def _in_order(items: Iterable[_Item]) -> list[_Item]:
    return sorted(items, key=lambda item: (item.schema or "", item.name))
