"""What SQLite says of a database: its pragmas, and of what they are silent about its own text."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

Catalog = dict[str, dict[str, Any]]

_CHECK = re.compile(r"\bCHECK\s*\(", re.IGNORECASE)
_AS = re.compile(r"\bAS\s*\(", re.IGNORECASE)


def built(*scripts: str) -> sqlite3.Connection:
    """A database in memory in which the scripts were run, one after the other."""
    connection = sqlite3.connect(":memory:")
    for script in scripts:
        connection.executescript(script)
    return connection


def catalog_of(*scripts: str) -> Catalog:
    with closing(built(*scripts)) as connection:
        return catalog(connection)


def catalog(connection: sqlite3.Connection) -> Catalog:
    """Tables and views by name. A default counts by the value that it gives, an index of a constraint has no name."""
    names = "SELECT name, sql FROM sqlite_master WHERE type = ? AND name NOT LIKE 'sqlite_%'"
    tables = {name: _table(connection, name, sql) for name, sql in connection.execute(names, ("table",)).fetchall()}
    views = {name: _columns_of_view(connection, name) for (name, _) in connection.execute(names, ("view",)).fetchall()}
    return {"tables": tables, "views": views}


def _table(connection: sqlite3.Connection, name: str, sql: str) -> dict[str, Any]:
    columns = connection.execute(f"PRAGMA table_xinfo({_quoted(name)})").fetchall()
    listed = connection.execute(f"SELECT wr, strict FROM pragma_table_list({_quoted(name)})").fetchone()
    return {
        "columns": [
            (column, type_.lower().replace(" ", ""), bool(not_null), _value(connection, default), key, hidden)
            for _, column, type_, not_null, default, key, hidden in columns
        ],
        "options": listed,
        "counts": "autoincrement" in sql.lower(),
        "foreign keys": sorted(
            (row[2], row[1], row[3], row[4] or "", row[5], row[6])
            for row in connection.execute(f"PRAGMA foreign_key_list({_quoted(name)})")
        ),
        "deferred": len(re.findall(r"DEFERRABLE\s+INITIALLY\s+DEFERRED", _bare(sql), re.IGNORECASE))
        - len(re.findall(r"NOT\s+DEFERRABLE\s+INITIALLY\s+DEFERRED", _bare(sql), re.IGNORECASE)),
        "indexes": sorted(_indexes(connection, name), key=repr),
        "checks": sorted(text.replace(f"{name.lower()}.", "") for text in _insides(_CHECK, sql)),
        "generated": sorted(_insides(_AS, sql)),
    }


def _indexes(connection: sqlite3.Connection, table: str) -> Iterator[tuple[object, ...]]:
    for _, name, unique, origin, partial in connection.execute(f"PRAGMA index_list({_quoted(table)})").fetchall():
        keys = tuple(
            (column, bool(descending), collation.lower())
            for _, _, column, descending, collation, is_key in connection.execute(
                f"PRAGMA index_xinfo({_quoted(name)})"
            )
            if is_key
        )
        (sql,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (name,)).fetchone() or (None,)
        where = _plain(sql.lower().partition(" where ")[2]) if sql and partial else ""
        where = where.replace(f"{table.lower()}.", "")
        yield name if origin == "c" else "", unique, origin, keys, where


def _value(connection: sqlite3.Connection, default: str | None) -> object:
    """A constant by its value; what is no constant by its words."""
    if default is None:
        return None
    try:
        (value,) = connection.execute(f"SELECT quote({default})").fetchone()
    except sqlite3.Error:
        return "'" + default.strip('"') + "'"
    return _plain(default) if re.search(r"[a-z]\s*\(|current_", default.lower()) else value


def _columns_of_view(connection: sqlite3.Connection, name: str) -> list[str]:
    return [row[1] for row in connection.execute(f"PRAGMA table_xinfo({_quoted(name)})")]


def _insides(start: re.Pattern[str], sql: str) -> Iterator[str]:
    """What is in the brackets that each match opens, without blanks, quotes and case."""
    for found in start.finditer(_bare(sql)):
        text, depth = "", 1
        for character in _bare(sql)[found.end() :]:
            depth += (character == "(") - (character == ")")
            if not depth:
                break
            text += character
        yield _plain(text)


def _bare(sql: str) -> str:
    return re.sub(r"('(?:[^']|'')*')|--[^\n]*|/\*.*?\*/", lambda found: found[1] or " ", sql, flags=re.DOTALL)


def _plain(text: str) -> str:
    plain = re.sub(r'[\s"`\[\]]', "", text.lower())
    while plain.startswith("(") and plain.endswith(")") and _is_one(plain):
        plain = plain[1:-1]
    return plain


def _is_one(text: str) -> bool:
    depth = 0
    for number, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if not depth and number < len(text) - 1:
            return False
    return True


def _quoted(name: str) -> str:
    return "'" + name.replace("'", "''") + "'"


def sections(path: Path, mark: str) -> dict[str, str]:
    """A file's cases by name: each begins with a line `MARK case: NAME`."""
    found: dict[str, str] = {}
    for part in re.split(rf"^{re.escape(mark)} case: ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        name, _, text = part.partition("\n")
        assert name not in found, name
        found[name] = text
    return found
