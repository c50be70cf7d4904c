"""Edits of one column's facts: only the words that say the fact, everything else on its line stays."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable

from ...findings import Edit
from ...model import Column, Generated, Identity
from ...normalize.defaults import OWN_SEQUENCE
from ...sql import tokens_of
from ..drift import Drift
from .arguments import positional, set_keyword, set_keywords, type_argument, without
from .column_types import type_edits
from .context import Context
from .lists import PythonFile
from .names import Names, Word
from .sites import ColumnSite, keyword
from .types import Unplaced

#: The colon of what SQLAlchemy's `text()` reads as a parameter; that of a cast is none.
_PARAMETER = re.compile(r"(?<![:\w\\]):(?=\w)(?!:)")


def column_edits(context: Context, drift: Drift) -> list[Edit]:
    """The edits that end a finding about a fact of a column. Raises Unplaced."""
    edit = _FACTS.get(drift.code)
    if edit is None:
        raise Unplaced("models cannot say it")
    site = context.column(drift.actual)
    context.demand_agreement(drift, site)
    return edit(context, drift, site)


# -- NULL -------------------------------------------------------------------------------------------------------


def _nullable(context: Context, drift: Drift, site: ColumnSite) -> list[Edit]:
    nullable = drift.expected.nullable
    found = context.annotation(site)
    edits: list[Edit] = []
    if found is not None and found.nullable != nullable and (nullable or not _defaults_to_none(site)):
        edits = found.with_none() if nullable else found.without_none()
    given = site.keyword("nullable")
    if given is not None or not edits:
        edits += set_keyword(site, "nullable", Word(str(nullable)))
    return edits


def _defaults_to_none(site: ColumnSite) -> bool:
    """Whether a field of SQLModel begins as None: `id: int | None = None`."""
    if not site.is_field:
        return False
    value = site.statement.value if isinstance(site.statement, ast.AnnAssign) else None
    if site.call is not None:
        given = keyword(site.call, "default")
        value = given.value if given is not None else next(iter(site.call.args), None)
    return isinstance(value, ast.Constant) and value.value is None


# -- What fills it ----------------------------------------------------------------------------------------------


def _filling(context: Context, drift: Drift, site: ColumnSite) -> list[Edit]:
    """Default, identity, generation and counting together: of these a column has one."""
    wanted: Column = drift.expected
    counting = is_own_serial(wanted)
    in_key = drift.expected_table.primary_key is not None and wanted.name in drift.expected_table.primary_key.columns
    plain = not counting and wanted.default is not None
    if counting and not in_key:
        raise Unplaced("SQLAlchemy lets only a primary key count by itself")
    if wanted.default is None and wanted.application_default and drift.actual.default is not None:
        _demand_application_default(site)
    edits = _item(site, "Computed", computed(site, wanted.generated), "")
    edits += _item(site, "Identity", identity(site, wanted.identity), "")
    edits += set_keyword(site, "server_default", server_default(site.file, site.names, wanted) if plain else None)
    return edits + _autoincrement(drift, site, wanted, counting=counting)


def is_own_serial(column: Column) -> bool:
    """Whether the column counts with a sequence of its own."""
    return column.default is not None and column.default.canonical == OWN_SEQUENCE


def _demand_application_default(site: ColumnSite) -> None:
    if not any(site.keyword(name) for name in ("default", "default_factory", "insert_default")):
        raise Unplaced("the truth leaves its default to application code, and what the models would put is not known")


def _autoincrement(drift: Drift, site: ColumnSite, wanted: Column, *, counting: bool) -> list[Edit]:
    was_counting = is_own_serial(drift.actual)
    if counting and not was_counting:
        return set_keyword(site, "autoincrement", Word("True"))
    if was_counting and not counting and wanted.identity is None:
        return set_keyword(site, "autoincrement", Word("False"))
    return []


def _item(site: ColumnSite, name: str, word: Word | None, _: str) -> list[Edit]:
    """One of the calls among a column's arguments is `word`, or is not there."""
    found = site.argument(name)
    if word is None:
        return without(site.file, site.call, found) if found is not None and site.call is not None else []
    if found is not None:
        return [] if site.file.source(found) == word.text else [*word.edits, site.file.replace(found, word.text)]
    if site.is_field:
        raise Unplaced(f"SQLModel's Field takes no {name}; the column needs sa_column")
    node, index = type_argument(site)
    return positional(site, word, index + 1 if node is not None else index)


def computed(site: ColumnSite, generated: Generated | None) -> Word | None:
    """What generates the column, as one of its arguments."""
    if generated is None:
        return None
    word = site.names.word("sqlalchemy", "Computed")
    stored = "" if generated.stored is None else f", persisted={generated.stored}"
    return Word(f"{word.text}({sql_string(site.file, generated.expression.sql)}{stored})", word.edits)


def identity(site: ColumnSite, options_of: Identity | None) -> Word | None:
    """The column's identity, as one of its arguments."""
    if options_of is None:
        return None
    word = site.names.word("sqlalchemy", "Identity")
    options = {
        "always": options_of.always or None, "start": options_of.start, "increment": options_of.increment,
        "minvalue": options_of.minimum, "maxvalue": options_of.maximum, "cache": options_of.cache,
        "cycle": options_of.cycle or None,
    }  # fmt: skip
    given = ", ".join(f"{name}={value}" for name, value in options.items() if value is not None)
    return Word(f"{word.text}({given})", word.edits)


def server_default(file: PythonFile, names: Names, column: Column) -> Word | None:
    """The default as `server_default=` takes it: a string for a literal, `func.now()`, else SQL as text."""
    if column.default is None:
        return None
    text = column.default.sql.strip()
    if text.lower() in ("now()", "current_timestamp"):
        word = names.word("sqlalchemy", "func")
        return Word(f"{word.text}.now()", word.edits)
    token, *rest = tokens_of(text)
    if token.is_string and len(rest) == 1:
        return Word(file.quoted(token.value))
    return sql_text(file, names, text)


def sql_text(file: PythonFile, names: Names, sql: str) -> Word:
    """`text("…")`, in which a colon before a name would be a parameter."""
    word = names.word("sqlalchemy", "text")
    return Word(f"{word.text}({sql_string(file, sql)})", word.edits)


def sql_string(file: PythonFile, sql: str) -> str:
    """SQL as a string of Python, wherever SQLAlchemy would take `:name` for a parameter."""
    return file.quoted(_PARAMETER.sub(r"\\:", sql))


# -- All else ---------------------------------------------------------------------------------------------------


def _comment(context: Context, drift: Drift, site: ColumnSite) -> list[Edit]:
    comment = drift.expected.comment
    return set_keyword(site, "comment", Word(site.file.quoted(comment)) if comment is not None else None)


def _renamed(context: Context, drift: Drift, site: ColumnSite) -> list[Edit]:
    """The name in the database; `key` keeps the one by which the rest of the models knows the column."""
    file, call = site.file, site.call
    name = Word(file.quoted(drift.expected.name))
    first = call.args[0] if call is not None and call.args else None
    if site.is_field:
        return set_keywords(site, {"name": name, "key": Word(file.quoted(drift.actual.name))})
    key = [] if site.keyword("key") else set_keyword(site, "key", Word(file.quoted(drift.actual.name)))
    if (given := site.keyword("name")) is not None:
        return [file.replace(given.value, name.text), *key]
    if isinstance(first, ast.Constant) and isinstance(first.value, str):
        return [file.replace(first, name.text), *key]
    if call is None:
        raise Unplaced("nothing on its line could hold another name")
    return [*positional(site, name, 0), *key]


_FACTS: dict[str, Callable[[Context, Drift, ColumnSite], list[Edit]]] = {
    "DR203": type_edits,
    "DR214": type_edits,
    "DR204": _nullable,
    "DR205": _filling,
    "DR206": _filling,
    "DR207": _filling,
    "DR208": type_edits,
    "DR209": _comment,
    "DR210": _renamed,
    "DR211": _filling,
}
