"""What is said beside a key or NOT NULL and has no field of its own: options of the table, by what they are about.

`unique (a, b) on conflict` → `ignore`, `unique (a, b) b collate` → `nocase`, `primary key (a) a order` → `desc`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...model import Table

Options = tuple[tuple[str, str], ...]

#: Ways to resolve a conflict; ABORT is what happens anyway.
CONFLICTS = frozenset({"rollback", "abort", "fail", "ignore", "replace"})
PRIMARY_KEY, UNIQUE, NOT_NULL = "primary key", "unique", "not null"


def about(kind: str, columns: tuple[str, ...]) -> str:
    """What an option is about; names have no case."""
    return f"{kind} ({', '.join(column.lower() for column in columns)})"


def conflict(options: Options, kind: str, columns: tuple[str, ...]) -> str:
    """` ON CONFLICT …`, or nothing."""
    word = dict(options).get(f"{about(kind, columns)} on conflict", "")
    return f" ON CONFLICT {word.upper()}" if word in CONFLICTS else ""


def key_part(options: Options, kind: str, columns: tuple[str, ...], column: str) -> tuple[str | None, bool]:
    """How a key's column is collated, if that is said, and whether it is in descending order."""
    found, start = dict(options), f"{about(kind, columns)} {column.lower()}"
    return found.get(f"{start} collate"), found.get(f"{start} order") == "desc"


def kept(before: Table, after: Table) -> Options:
    """The options of `before` that are still about something in `after`, of which some columns have another name.

    Columns and keys of the two are taken by their place.
    """
    names = dict(zip(_subjects(before), _subjects(after), strict=False))
    there = set(_subjects(after))
    found = []
    for option, value in before.options:
        subject = option[: option.find(")") + 1]
        new = names.get(subject, subject) if len(before.columns) == len(after.columns) else subject
        if not subject or new in there:
            found.append((_renamed(option, subject, new), value))
    return tuple(sorted(found))


def _renamed(option: str, old: str, new: str) -> str:
    rest = option[len(old) :]
    mine, theirs = (text[text.find("(") + 1 : -1].split(", ") for text in (old, new))
    for before, after in zip(mine, theirs, strict=False):
        if rest.startswith(f" {before} ") and not rest.startswith(" on conflict"):
            rest = f" {after} {rest[len(before) + 2 :]}"
            break
    return new + rest


def _subjects(table: Table) -> Iterator[str]:
    """What options can be about, in the order of the table's parts."""
    key = table.primary_key
    yield about(PRIMARY_KEY, key.columns if key is not None else ())
    for unique in table.uniques:
        yield about(UNIQUE, unique.columns)
    for column in table.columns:
        yield about(NOT_NULL, (column.name,))
