"""A Mermaid `erDiagram`, which GitHub and GitLab draw: https://mermaid.js.org/syntax/entityRelationshipDiagram

Names may hold anything, and Mermaid takes few characters. An entity has an id that Mermaid takes, and its name in
quotes; a column whose name Mermaid would not take has its real name in a comment. The grammar is Mermaid's own
erDiagram.jison.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from ..model import Table
from ..plain import plain
from .described import Described, Key, Marks, shown
from .ids import Ids
from .wording import brief

#: Mermaid draws no text that is longer (`maxTextSize`); a margin for those who add to it.
LONGEST = 45_000
_LONGEST_NAME = 120
_NOT_IN_QUOTES = re.compile(r"[^\w .,()/-]")
#: What Mermaid would take for the direction of the drawing, wherever it is in a line.
_DIRECTION = re.compile(r"(?<=direction) +(?=TB|BT|RL|LR)", re.IGNORECASE)
_NOT_IN_TYPE = re.compile(r"[^A-Za-z0-9_()\[\]]")
#: Marks of a column, which Mermaid sees at the beginning of any word.
_MARK = re.compile(r"(?:[pfu]k)(?![A-Za-z0-9_])", re.IGNORECASE)
#: Words that mean something where an entity stands.
_WORDS = frozenset(
    (
        "accdescr acctitle class classdef direction end erdiagram many one only optionally style subgraph title to u "
        "zero"
    ).split()
)

#: The lines of the columns of tables that were drawn.
Drawn = dict[Key, list[str]]


def write(described: Described) -> str:
    """The whole schema as one diagram. The same schema gives the same text."""
    return diagram(described, described.tables)


def diagram(described: Described, tables: Sequence[Table], drawn: Drawn | None = None) -> str:
    """`tables` and what they refer to, with all columns, or with the keys alone where all would be too many.

    `drawn` keeps the columns of tables from one drawing to the next.
    """
    whole = _diagram(described, tables, {} if drawn is None else drawn)
    if len(whole) <= LONGEST:
        return whole
    return _diagram(described, tables, None) + "    %% columns that are no keys are left out\n"


def _diagram(described: Described, tables: Sequence[Table], drawn: Drawn | None) -> str:
    ids = Ids(_WORDS)
    # Many tables refer to few: side by side they would be too small to read, below each other they are not.
    lines = ["erDiagram", "    direction LR"]
    for table in tables:
        lines += _entity(ids, table, _columns(described, table, drawn))
    for key in _outside(tables, {table.key for table in tables}):
        lines.append(f"    {_named(ids, key)}")
    for table in tables:
        lines += _references(ids, table, described.marks(table))
    return "\n".join(lines) + "\n"


def _outside(tables: Iterable[Table], drawn: set[Key]) -> list[Key]:
    targets = {(key.target_schema, key.target_table) for table in tables for key in table.foreign_keys}
    return sorted(targets - drawn)


def _columns(described: Described, table: Table, drawn: Drawn | None) -> list[str]:
    """Their lines; without `drawn` those of keys alone."""
    if drawn is not None and table.key in drawn:
        return drawn[table.key]
    marks = described.marks(table)
    lines = [
        f"        {_word(brief(one.type), _NOT_IN_TYPE)} {_word(one.name)}{facts}{_real(one.name)}"
        for one in table.columns
        if (facts := _facts(marks, one.name)) or drawn is not None
    ]
    if drawn is not None:
        drawn[table.key] = lines
    return lines


def _entity(ids: Ids, table: Table, columns: Sequence[str]) -> list[str]:
    name = _named(ids, table.key)
    return [f"    {name} {{", *columns, "    }"] if columns else [f"    {name}"]


def _references(ids: Ids, table: Table, marks: Marks) -> Iterator[str]:
    for key in marks.keys:
        one = "||" if marks.optional.isdisjoint(key.columns) else "|o"
        many = "o|" if marks.single(key.columns) else "o{"
        target = ids[(key.target_schema, key.target_table)]
        yield f'    {target} {one}--{many} {ids[table.key]} : "{quoted(", ".join(key.columns))}"'


def _facts(marks: Marks, name: str) -> str:
    primary = name in marks.primary
    facts = ["PK"] * primary + ["FK"] * (name in marks.by_column) + ["UK"] * (not primary and marks.single([name]))
    return f" {', '.join(facts)}" if facts else ""


def _real(name: str) -> str:
    return "" if _word(name) == name else f' "{quoted(name)}"'


def _named(ids: Ids, key: Key) -> str:
    name = shown(key)
    return ids[key] if ids[key] == name else f'{ids[key]}["{quoted(name)}"]'


def quoted(text: str) -> str:
    """`text` as it may stand between quotes, with Mermaid's own codes for what may not."""
    coded = _NOT_IN_QUOTES.sub(lambda match: f"#{ord(match[0])};", plain(text, _LONGEST_NAME))
    return _DIRECTION.sub(lambda match: "#32;" * len(match[0]), coded) or "#32;"


@lru_cache(maxsize=4_000)
def _word(text: str, unwanted: re.Pattern[str] = re.compile(r"[^A-Za-z0-9_]")) -> str:
    word = unwanted.sub("_", plain(text, _LONGEST_NAME))
    return word if word[:1].isalpha() and not _MARK.match(word) else f"_{word}"
