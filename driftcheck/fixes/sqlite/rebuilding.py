"""A table built anew, its rows kept: SQLite alters little of one. https://www.sqlite.org/lang_altertable.html#otheralter

The old table is moved away first, and the new one made under its name: if copying fails and takes the transaction back,
the statement behind it that drops the old one finds none, even where whoever runs the script goes on behind an error.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ...dialects.sqlite.lexer import tokens
from ...dialects.sqlite.text import name, names
from ...dialects.sqlite.triggers import create_trigger
from ...dialects.sqlite.types import has_no_rowid, is_rowid
from ...dialects.sqlite.writer import create_index, create_table
from ...model import Expression, Table, Trigger

#: Where the script notes what has to be so, or all of it is taken back; made by each that needs it, since what made it
#: may have been taken back.
GUARD = '"__driftcheck_guard"'
MADE_GUARD = f"CREATE TABLE IF NOT EXISTS {GUARD} (holds CHECK (holds))"
_PLACE = '"__driftcheck"'
_ROWID = "rowid"


def rebuilt(before: Table, after: Table, triggers: Iterable[Trigger]) -> Iterator[str]:
    """For a script that turns foreign keys off and is one transaction. Raises Refused.

    References of other tables stay as they are, since `legacy_alter_table` lets them be:
    https://www.sqlite.org/pragma.html#pragma_legacy_alter_table.
    """
    old, new = name(_aside(before.name)), name(after.name)
    yield f"SAVEPOINT {_PLACE}"  # where the transaction around it was taken back, it is one itself
    yield MADE_GUARD
    yield from (f"DROP INDEX {name(index.name)}" for index in before.indexes)
    yield from _renamed(new, old, speaks_of_itself=_names_itself(before))
    yield create_table(after)
    yield from _copied(before, after, old, new, "INSERT OR ROLLBACK")
    yield f"INSERT OR ROLLBACK INTO {GUARD}\n    SELECT (SELECT count(*) FROM {new}) = (SELECT count(*) FROM {old})"
    yield from _counted(before, after, _aside(before.name), after.name)
    yield f"DROP TABLE {old}"
    yield from _attached(after, triggers)
    yield f"RELEASE {_PLACE}"


def migrated(before: Table, after: Table, triggers: Iterable[Trigger]) -> Iterator[str]:
    """For a migration, whose tool stops at an error, and may have foreign keys on: then a table that is moved away
    would take the references of others along, and so the new one is made beside it. Raises Refused.
    """
    new, there = _beside(after.name), name(after.name)
    yield create_table(_unqualified(after), called=new)
    yield from _copied(before, after, there, name(new), "INSERT")
    yield from _counted(before, after, before.name, new)
    yield f"DROP TABLE {there}"
    yield from _renamed(name(new), there)
    yield from _attached(after, triggers)


def _renamed(old: str, new: str, *, speaks_of_itself: bool = False) -> Iterator[str]:
    """`speaks_of_itself`: its checks name it, and SQLite would refuse the new name for their sake, but not then:
    https://www.sqlite.org/pragma.html#pragma_writable_schema.
    """
    settings = ["legacy_alter_table", *(["writable_schema"] if speaks_of_itself else [])]
    yield from (f"PRAGMA {setting} = ON" for setting in settings)
    yield f"ALTER TABLE {old} RENAME TO {new}"
    yield from (f"PRAGMA {setting} = OFF" for setting in settings)


def _names_itself(table: Table) -> bool:
    return any(_bare(one.expression, table).sql != one.expression.sql for one in table.checks)


def _unqualified(table: Table) -> Table:
    """With checks that name columns and not their table, as drizzle-kit writes them: it has another name at first."""
    return replace(table, checks=tuple(replace(one, expression=_bare(one.expression, table)) for one in table.checks))


def _bare(expression: Expression, table: Table) -> Expression:
    found = list(tokens(expression.sql))
    parts, end = [], 0
    for at, token in enumerate(found):
        parts.append(expression.sql[end : token.start])
        end = token.end
        qualifies = at + 1 < len(found) and found[at + 1].text == "." and token.name.lower() == table.name.lower()
        if not qualifies and not (token.text == "." and found[at - 1].name.lower() == table.name.lower()):
            parts.append(token.text)
    return Expression("".join([*parts, expression.sql[end:]]))


def _copied(before: Table, after: Table, old: str, new: str, insert: str) -> Iterator[str]:
    columns = _in_common(before, after)
    rowid = f"{_ROWID}, " if _keeps_rowid(before, after) else ""
    if columns:
        listed = rowid + names(columns)[1:-1]
        yield f"{insert} INTO {new} ({listed})\n    SELECT {listed} FROM {old}"


def _counted(before: Table, after: Table, old: str, new: str) -> Iterator[str]:
    """AUTOINCREMENT goes on where it was, and not behind the highest number that is left."""
    if not (_counts(before) and _counts(after)):
        return
    old, new = (f"'{one.replace(chr(39), chr(39) * 2)}'" for one in (old, new))
    yield f"DELETE FROM sqlite_sequence WHERE name = {new}"
    yield f"INSERT INTO sqlite_sequence (name, seq)\n    SELECT {new}, seq FROM sqlite_sequence WHERE name = {old}"


def _attached(after: Table, triggers: Iterable[Trigger]) -> Iterator[str]:
    yield from (create_index(index, after.name) for index in after.indexes)
    yield from map(create_trigger, triggers)


def _aside(table: str) -> str:
    return f"__old_{table}"


def _beside(table: str) -> str:
    return f"__new_{table}"


def _in_common(before: Table, after: Table) -> tuple[str, ...]:
    """The columns that both have, and that take a value."""
    there = {column.name for column in before.columns}
    return tuple(one.name for one in after.columns if one.name in there and one.generated is None)


def _keeps_rowid(before: Table, after: Table) -> bool:
    """Whether rows have numbers that no column holds: a full-text index may know them by these."""
    if has_no_rowid(before) or has_no_rowid(after):
        return False
    columns = [(table, column.name) for table in (before, after) for column in table.columns]
    return not any(name.lower() == _ROWID or is_rowid(table, name) for table, name in columns)


def _counts(table: Table) -> bool:
    return any(column.identity is not None for column in table.columns)
