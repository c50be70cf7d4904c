"""One page that needs nothing else: a diagram to search, and every table in full. In the style of the report.

It is complete without its script, which searches, and opens what is chosen in the diagram.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TypeVar

from ...model import (
    Check,
    Column,
    CompositeType,
    Domain,
    Enum,
    Exclusion,
    ForeignKey,
    Function,
    Index,
    RangeType,
    Table,
    Unique,
    View,
)
from ...model import Sequence as Sequence_
from ...opening import packaged
from ...render.html.diagram import drawing
from ...render.html.shell import standing
from ...render.html.text import escape as _escape
from ...render.html.text import number
from ..described import Described, shown
from ..graph import effects
from ..wording import actions, constraint, counting, default, definition, index, trigger

Rows = Iterable[Sequence[str]]
#: Of one text: a definition is shown whole.
_LONGEST = 100_000
#: Letters of a description beside the name of what it is of.
_BRIEF = 160
_Item = TypeVar("_Item", Index, ForeignKey, Unique, Check, Exclusion)


def write(described: Described) -> str:
    """The page. The same schema gives the same text."""
    body = "\n".join(
        [_header(described), f"<main>\n{_diagram(described)}\n{_lists(described)}\n</main>", _footer(described)]
    )
    style = packaged("render", "html", "assets", "report.css") + packaged("documents", "html", "assets", "schema.css")
    return standing(f"Schema: {described.source}", body, style, packaged("documents", "html", "assets", "schema.js"))


def escape(text: str) -> str:
    return _escape(text, _LONGEST)


def _header(described: Described) -> str:
    schema = described.schema
    columns = sum(len(table.columns) for table in schema.tables)
    counts = [number(len(schema.tables), "table"), number(columns, "column")]
    counts += [number(len(items), word) for word, items in (("view", schema.views), ("enum", schema.enums)) if items]
    counts += [number(len(schema.functions), "function")] if schema.functions else []
    return (
        f"<header>\n<h1>{escape(described.source)}</h1>\n"
        f'<p class="about">{escape(described.kind)} · {" · ".join(counts)}</p>\n'
        '<form id="filters" hidden aria-label="Search the schema">\n'
        '<label class="search">Table, column or word <input type="search" id="query" autocomplete="off"></label>\n'
        '<output id="shown" aria-live="polite"></output> <button type="reset">Show all</button>\n</form>\n</header>'
    )


def _diagram(described: Described) -> str:
    if not described.tables:
        return ""
    return f'<section id="diagram"><h2>Diagram</h2>\n{drawing(described.tables)}</section>'


def _lists(described: Described) -> str:
    parts = [("Tables", "".join(_table(described, table) for table in described.tables))]
    views = sorted(described.schema.views, key=lambda view: (view.schema, view.name))
    parts.append(("Views", "".join(_view(described, view) for view in views)))
    parts += [(title, _grid(head, rows)) for title, head, rows in _others(described)]
    return "\n".join(f"<section><h2>{title}</h2>\n{content}</section>" for title, content in parts if content)


def _table(described: Described, table: Table) -> str:
    name = shown(table.key)
    purpose = described.purpose(table)
    words = [name, purpose, *(f"{one.name} {one.type} {described.note(table, one)}" for one in table.columns)]
    blocks = [
        (
            "",
            ("Column", "Type", "Constraints", "Default", "Description"),
            (_column(described, table, one) for one in table.columns),
        ),
        ("Indexes", ("Name", "On"), ((_code(one.name), _code(index(one))) for one in _named(table.indexes))),
        ("Foreign keys", ("Name", "Columns", "References", "Actions"), _keys(described, table)),
        ("Referenced by", ("Table", "Columns", "Rows"), _referring(described, table)),
        ("Constraints", ("Name", "Definition"), _constraints(table)),
        ("Policies", ("Name", "For", "Roles", "Sees", "May write"), _policies(described, table)),
        (
            "Triggers",
            ("Name", "When"),
            ((_code(one.name), _code(trigger(one))) for one in described.triggers.get(table.key, ())),
        ),
    ]
    body = "".join(_grid(head, rows, title) for title, head, rows in blocks)
    place = f'<span class="place">{escape(str(table.location))}</span>' if table.location is not None else ""
    rls = "<p>Row-level security is on.</p>" if table.row_security else ""
    said = escape(" ".join(words).lower())
    return (
        f'<details class="entity" data-table="{escape(".".join(table.key))}" data-text="{said}">'
        f'<summary><b class="object">{escape(name)}</b> {escape(_first(purpose))} {place}</summary>\n'
        f"{_rest(purpose)}{rls}{body}{_deleting(described, table)}</details>\n"
    )


def _column(described: Described, table: Table, column: Column) -> Sequence[str]:
    marks, name = described.marks(table), column.name
    primary = name in marks.primary
    facts = ["PK"] * primary
    for key in marks.by_column.get(name, ()):
        facts.append(f"FK → {_code(shown((key.target_schema, key.target_table)))}")
    facts += ["UNIQUE"] * (not primary and marks.single([name])) + ["NOT NULL"] * (name not in marks.optional)
    value = default(column)
    return (
        _code(name), _code(str(column.type)), ", ".join(facts), _code(value) if value else "",
        escape(described.note(table, column)),
    )  # fmt: skip


def _keys(described: Described, table: Table) -> Iterator[Sequence[str]]:
    for key in described.marks(table).keys:
        target = f"{shown((key.target_schema, key.target_table))} ({', '.join(described.targets(key))})"
        yield _code(key.name), _code(", ".join(key.columns)), _code(target), escape(actions(key))


def _referring(described: Described, table: Table) -> Iterator[Sequence[str]]:
    for other, key in described.referenced.get(table.key, ()):
        many = "at most one" if described.marks(other).single(key.columns) else "any number"
        yield _code(shown(other.key)), _code(", ".join(key.columns)), many


def _constraints(table: Table) -> Iterator[Sequence[str]]:
    if table.primary_key is not None:
        yield _code(table.primary_key.name), _code(constraint(table.primary_key))
    others: list[Unique | Check | Exclusion] = [*_named(table.uniques), *_named(table.checks)]
    for one in [*others, *_named(table.exclusions)]:
        yield _code(one.name), _code(constraint(one))


def _policies(described: Described, table: Table) -> Iterator[Sequence[str]]:
    for one in described.policies.get(table.key, ()):
        restrictive = "" if one.permissive else ", restrictive"
        conditions = ("" if item is None else _code(str(item)) for item in (one.using, one.check))
        yield _code(one.name), one.command + restrictive, escape(", ".join(one.roles)), *conditions


def _deleting(described: Described, table: Table) -> str:
    items = []
    for one in effects(described, table):
        what = "and more" if one.key is None else f"{_code(shown(one.table))}: {escape(one.key.on_delete)}"
        items.append(f'<li class="depth{min(one.depth, 9)}">{what}</li>')
    return f'<h3>Deleting a row</h3><ul class="effects">{"".join(items)}</ul>' if items else ""


def _view(described: Described, view: View) -> str:
    name = shown((view.schema, view.name))
    words = described.words_on(view.schema, view.name)
    columns = described.results(view)
    said = " ".join([name, words, *(f"{column} {kind or ''}" for column, kind in columns)])
    rows = ((_code(column), _code(str(kind)) if kind else "not known") for column, kind in columns)
    return (
        f'<details class="entity" data-text="{escape(said.lower())}">'
        f'<summary><b class="object">{escape(name)}</b> {escape(_first(words))}</summary>'
        f"{_rest(words)}{_grid(('Column', 'Type'), rows) or '<p>What columns it has is not known.</p>'}"
        f"<pre>{escape(str(view.definition))}</pre>"
        f"{_grid(('Index', 'On'), ((_code(one.name), _code(index(one))) for one in view.indexes))}</details>\n"
    )


def _others(described: Described) -> Iterator[tuple[str, Sequence[str], Rows]]:
    schema = described.schema
    enums = sorted(schema.enums, key=_place)
    yield "Enums", ("Name", "Values"), ((_path(one), ", ".join(map(_code, one.values))) for one in enums)
    kinds: list[Domain | CompositeType | RangeType] = [*schema.domains, *schema.composites, *schema.ranges]
    types = ((_path(one), "<br>".join(map(_code, definition(one)))) for one in sorted(kinds, key=_place))
    yield "Types", ("Name", "Definition"), types
    sequences = sorted(schema.sequences, key=_place)
    counters = ((_path(one), _code(counting(one)), _code(".".join(one.owned_by or ()))) for one in sequences)
    yield "Sequences", ("Name", "Counts", "Owned by"), counters
    functions = sorted(schema.functions, key=lambda one: (one.schema, one.name, one.signature))
    yield "Functions", ("Function", "Returns", "Kind", "Language"), map(_function, functions)
    around = [("extension", one.name) for one in schema.extensions] + [("role", one.name) for one in schema.roles]
    yield "Around the tables", ("Kind", "Name"), ((kind, _code(name)) for kind, name in sorted(around))


_Typed = Enum | Domain | CompositeType | RangeType | Sequence_


def _place(item: _Typed) -> tuple[str, str]:
    return item.schema, item.name


def _path(item: _Typed) -> str:
    return _code(shown(_place(item)))


def _function(one: Function) -> Sequence[str]:
    name = f"{shown((one.schema, one.name))}({one.arguments})"
    return _code(name), _code(one.returns or ""), one.kind, escape(one.language)


def _footer(described: Described) -> str:
    items = "".join(f"<li>{escape(sentence)}</li>" for sentence in described.left_out)
    return (
        f"<footer><section><h2>Not in this page</h2><ul>{items}</ul></section></footer>"
        if items
        else "<footer></footer>"
    )


def _named(items: Iterable[_Item]) -> list[_Item]:
    return sorted(items, key=lambda item: item.name)


def _grid(head: Sequence[str], rows: Rows, title: str = "") -> str:
    """A table; nothing where it has no rows. A column that is empty throughout is left out."""
    filled = [list(row) for row in rows]
    if not filled:
        return ""
    kept = [number for number in range(len(head)) if number == 0 or any(row[number] for row in filled)]
    body = "".join(f"<tr>{''.join([f'<td>{row[number]}</td>' for number in kept])}</tr>" for row in filled)
    top = f"<h3>{title}</h3>" if title else ""
    cells = "".join(f"<th>{head[number]}</th>" for number in kept)
    return f'{top}<div class="scroll"><table><thead><tr>{cells}</tr></thead><tbody>{body}</tbody></table></div>'


def _first(text: str) -> str:
    """The beginning of a description, for one line."""
    first = " ".join(text.split("\n\n")[0].split())
    return first if len(first) <= _BRIEF else first[:_BRIEF].rsplit(" ", 1)[0] + " …"


def _rest(text: str) -> str:
    """The whole description where a line has only its beginning."""
    if _first(text) == " ".join(text.split()):
        return ""
    return "".join(f"<p>{escape(part)}</p>" for part in text.split("\n\n"))


@lru_cache(maxsize=4_000)
def _code(text: str) -> str:
    return f"<code>{escape(text)}</code>" if text else ""
