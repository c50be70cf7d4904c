"""Keys, checks and indexes as SQLAlchemy writes them: `Index("ix", "a")`, `ForeignKeyConstraint([…], […])`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from ...findings import Edit
from ...model import Check, Exclusion, ForeignKey, Index, IndexKey, PrimaryKey, Table, Unique, quote
from ...writers.sql.indexes import index_key
from .columns import sql_string, sql_text
from .context import Context
from .lists import PythonFile
from .names import Names, Word
from .types import CORE, DIALECT

Element = PrimaryKey | ForeignKey | Unique | Exclusion | Check | Index
#: The calls that make each of them.
CALLS: dict[type, tuple[str, ...]] = {
    PrimaryKey: ("PrimaryKeyConstraint",),
    ForeignKey: ("ForeignKeyConstraint", "ForeignKey"),
    Unique: ("UniqueConstraint",),
    Exclusion: ("ExcludeConstraint",),
    Check: ("CheckConstraint",),
    Index: ("Index",),
}
ALL_CALLS = frozenset(name for names in CALLS.values() for name in names)
_SUFFIX = {ForeignKey: "fkey", Unique: "key", PrimaryKey: "pkey"}
_LOWER = re.compile(r"""\bon(?:delete|update)\s*=\s*["'][a-z]""")


@dataclass(frozen=True)
class ElementWriter:
    """Writes for one file what belongs to `table`, the drifting source's."""

    context: Context
    file: PythonFile
    names: Names
    table: Table

    # -- Options: keyword → what it is, None where it is not there ------------------------------------------------

    def options(self, thing: Element) -> dict[str, Word | None]:
        write: Callable[[Any], dict[str, Word | None]] = getattr(self, f"_of_{type(thing).__name__.lower()}")
        return {self.context.keyword(word): value for word, value in write(thing).items()}

    def _of_primarykey(self, key: PrimaryKey) -> dict[str, Word | None]:
        return {**self._deferred(key), "name": self._name(key), "postgresql_include": self._listed(key.include)}

    def _of_foreignkey(self, key: ForeignKey) -> dict[str, Word | None]:
        columns = f" ({', '.join(map(quote, key.delete_columns))})" if key.delete_columns else ""
        return {
            "name": self._name(key),
            "ondelete": self._action(key.on_delete + columns),
            "onupdate": self._action(key.on_update),
            **self._deferred(key),
            "match": self._string("FULL") if key.match == "full" else None,
            "postgresql_not_valid": None if key.validated else Word("True"),
        }

    def _of_unique(self, key: Unique) -> dict[str, Word | None]:
        return {
            "name": self._name(key),
            **self._deferred(key),
            "postgresql_nulls_not_distinct": None if key.nulls_distinct else Word("True"),
            "postgresql_include": self._listed(key.include),
        }

    def _of_check(self, check: Check) -> dict[str, Word | None]:
        return {"name": self._name(check), "postgresql_not_valid": None if check.validated else Word("True")}

    def _of_exclusion(self, one: Exclusion) -> dict[str, Word | None]:
        return {
            "name": self._name(one),
            "using": self._string(one.method),
            "where": self._sql(one.predicate.sql) if one.predicate is not None else None,
            **self._deferred(one),
        }

    def _of_index(self, index: Index) -> dict[str, Word | None]:
        quoted = self.file.quoted
        ops = [
            f"{quoted(key.column)}: {quoted(key.opclass)}"
            for key in index.keys
            if key.column and key.opclass and _is_plain(key)
        ]
        settings = [f"{quoted(name)}: {quoted(value)}" for name, value in index.options]
        return {
            "unique": Word("True") if index.unique else None,
            "postgresql_using": self._string(index.method) if index.method != "btree" else None,
            "postgresql_where": self._sql(index.predicate.sql) if index.predicate is not None else None,
            "postgresql_include": self._listed(index.include),
            "postgresql_ops": Word(f"{{{', '.join(ops)}}}") if ops else None,
            "postgresql_nulls_not_distinct": None if index.nulls_distinct else Word("True"),
            "postgresql_with": Word(f"{{{', '.join(settings)}}}") if settings else None,
            "postgresql_tablespace": self._string(index.tablespace) if index.tablespace is not None else None,
        }

    def _deferred(self, key: Any) -> dict[str, Word | None]:
        return {
            "deferrable": Word("True") if key.deferrable else None,
            "initially": self._string("DEFERRED") if key.initially_deferred else None,
        }

    def _action(self, action: str) -> Word | None:
        if action == "no action":
            return None
        return self._string(action if self.file.holds(_LOWER) else re.sub(r"^[a-z ]+", _upper, action))

    def _string(self, text: str) -> Word:
        return Word(self.file.quoted(text))

    def _sql(self, sql: str) -> Word:
        return sql_text(self.file, self.names, sql)

    def _listed(self, columns: Iterable[str]) -> Word | None:
        given = ", ".join(map(self.file.quoted, columns))
        return Word(f"[{given}]") if given else None

    # -- Names ----------------------------------------------------------------------------------------------------

    def is_servers(self, thing: Element) -> bool:
        """Whether its name is the one that the server gives, so that nobody has to write it."""
        suffix = _SUFFIX.get(type(thing))
        if suffix is None or self.context.has_convention:
            return False
        columns = () if isinstance(thing, PrimaryKey) else getattr(thing, "columns", ())
        return thing.name == "_".join([self.table.name, *columns, suffix])

    def _name(self, thing: Element) -> Word | None:
        return None if self.is_servers(thing) else self.name(thing)

    def name(self, thing: Element) -> Word:
        """The name as `name=` takes it: for a check, so that a naming convention leaves it as it is."""
        if isinstance(thing, Check) and self.context.has_convention:
            word = self.names.word("sqlalchemy.sql.naming", "conv")
            return Word(f"{word.text}({self.file.quoted(thing.name)})", word.edits)
        return self._string(thing.name)

    # -- Whole ----------------------------------------------------------------------------------------------------

    def positional(self, thing: Element) -> list[Word]:
        """What a call of its own has before its options."""
        if isinstance(thing, Index):
            return [self._string(thing.name), *map(self.key, thing.keys)]
        if isinstance(thing, ForeignKey):
            targets = [self._string(self.target(thing, column)) for column in self.target_columns(thing)]
            return [self._listed(thing.columns) or Word("[]"), Word(f"[{', '.join(one.text for one in targets)}]")]
        if isinstance(thing, Check):
            return [Word(sql_string(self.file, thing.expression.sql))]
        if isinstance(thing, Exclusion):
            return [self._element(one) for one in thing.elements]
        return [self._string(column) for column in thing.columns]

    def _element(self, one: Any) -> Word:
        expression = self._sql(one.expression.sql)
        return Word(f"({expression.text}, {self.file.quoted(one.operator)})", expression.edits)

    def key(self, key: IndexKey) -> Word:
        """A key of an index: the column's name, or what has to be said in SQL."""
        if key.column is not None and _is_plain(key):
            return self._string(key.column)
        return self._sql(str(index_key(key)))

    def target_columns(self, key: ForeignKey) -> tuple[str, ...]:
        """The target's columns; where the truth names none, those of its primary key."""
        if key.target_columns:
            return key.target_columns
        there = self.context.between.expected_tables.get((key.target_schema, key.target_table))
        return there.primary_key.columns if there is not None and there.primary_key is not None else ("id",)

    def target(self, key: ForeignKey, column: str) -> str:
        """`table.column` as the models call the table."""
        name = f"{key.target_table}.{column}"
        if key.target_schema != "public":
            return f"{key.target_schema}.{name}"
        there = self.context.between.actual_tables.get((key.target_schema, key.target_table))
        site = self.context.sites.table(there) if there is not None else None
        said = site is not None and _SAYS_PUBLIC.search(site.file.source(site.node))
        return f"public.{name}" if said else name

    def inline(self, key: ForeignKey) -> Word:
        """`ForeignKey("teams.id", ondelete="CASCADE")`, for an argument of the column."""
        target = self._string(self.target(key, self.target_columns(key)[0]))
        return self._call("ForeignKey", CORE, [target], self.options(key))

    def whole(self, thing: Element) -> Word:
        """The call that makes it among a table's arguments."""
        name = CALLS[type(thing)][0]
        module = DIALECT if isinstance(thing, Exclusion) else CORE
        return self._call(name, module, self.positional(thing), self.options(thing))

    def _call(self, name: str, module: str, given: list[Word], options: Mapping[str, Word | None]) -> Word:
        word = self.names.word(module, name)
        edits: list[Edit] = list(word.edits)
        texts = []
        for one in given:
            texts.append(one.text)
            edits += one.edits
        for key, value in options.items():
            if value is not None:
                texts.append(f"{key}={value.text}")
                edits += value.edits
        return Word(f"{word.text}({', '.join(texts)})", tuple(edits))


_SAYS_PUBLIC = re.compile(r"""["']?schema["']?\s*[:=]\s*["']public["']""")


class _Site(Protocol):
    """Whatever is written in a file."""

    @property
    def file(self) -> PythonFile: ...

    @property
    def names(self) -> Names: ...


def writer(context: Context, site: _Site, table: Table) -> ElementWriter:
    """What writes for the file of `site`."""
    return ElementWriter(context, site.file, site.names, table)


def _upper(found: re.Match[str]) -> str:
    return found[0].upper()


def _is_plain(key: IndexKey) -> bool:
    """Whether a key is a column, with an operator class at most."""
    return not (key.descending or key.nulls_first or key.collation or key.opclass_options)
