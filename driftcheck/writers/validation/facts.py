"""What a source declares, as rows for the script: kind, schema, table, name, three words that depend on that, place.

table            -
column           type, "null" or "not null", "ALWAYS" or "BY DEFAULT" of an identity column
default          the statement that makes it in a twin, "serial" for the counter of a serial column, nothing where
                 it is not known; the third word is "generated" for a generated value
primary key      columns
unique           columns, "index" for a unique index, what else its constraint says
foreign key      columns, target, what else it says
check, index, policy, trigger: the statement that makes it in a twin (see `twins`)
enum             labels
row-level security  "enabled", "forced" or "disabled"
function         result, language and attributes; body; settings. `table` is the list of its argument types
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ...frozen import dataclass
from ...model import (
    Check,
    Column,
    Enum,
    Exclusion,
    ForeignKey,
    Function,
    Index,
    Located,
    Policy,
    Schema,
    Table,
    Trigger,
    Unique,
    quote,
)
from ...normalize.defaults import OWN_SEQUENCE
from ..sql import constraints, indexes, programs, security, tables
from ..sql.gate import Refused, SqlText, default, joined, literal, name, remark, sql
from ..sql.text import qualified

#: Settings are compared without quotes and blanks.
_UNQUOTED = str.maketrans("", "", "\"' ")
#: Where a table's twin is: the schema of temporary tables.
TWINS = "pg_temp"


@dataclass(frozen=True, slots=True)
class Fact:
    """One row; `refused` says why what was declared cannot be written, so that it is not checked."""

    kind: str
    schema: str
    table: str = ""
    name: str = ""
    words: tuple[str | None, str | None, str | None] = (None, None, None)
    item: Located | None = None

    def row(self) -> SqlText:
        texts = (self.kind, self.schema, self.table, self.name, *self.words, self.line)
        return sql("({})", joined(sql("NULL") if text is None else literal(text) for text in texts))

    @property
    def line(self) -> str:
        place = self.item.location if self.item is not None else None
        return "" if place is None else str(place)


def facts_of(table: Table, schema: Schema, indexes_: Iterable[Index]) -> Iterator[Fact]:
    """All that is declared of a canonical table, as far as it is known; `indexes_` are its own as they are written."""
    yield Fact("table", *table.key, item=table)
    if schema_speaks_of_security(schema) and not {"row_security", "force_row_security"} & table.unknown:
        state = "forced" if table.force_row_security else "enabled" if table.row_security else "disabled"
        yield Fact("row-level security", *table.key, words=(state, None, None), item=table)
    if "columns" in table.unknown:
        return
    twin = replace(table, schema=TWINS)
    for column in table.columns:
        yield _column(table, column)
        yield from _filling(table, twin, column)
    if table.primary_key is not None:
        columns = _listed(table.primary_key.columns)
        yield Fact("primary key", *table.key, table.primary_key.name, (columns, None, None), table.primary_key)
    for unique in table.uniques:
        yield Fact("unique", *table.key, unique.name, (_listed(unique.columns), "", _unique_words(unique)), unique)
    for key in table.foreign_keys:
        yield Fact("foreign key", *table.key, key.name, (_listed(key.columns), _target(key), _foreign_words(key)), key)
    held: tuple[Check | Exclusion, ...] = (*table.checks, *table.exclusions)
    for check in held:
        yield _made("check", table, check, constraints.adding(twin, _constraint(check)))
    for index in indexes_:
        if index.unique and index.predicate is None and all(item.column is not None for item in index.keys):
            columns = _listed(tuple(item.column or "" for item in index.keys))
            yield Fact("unique", *table.key, index.name, (columns, "index", ""), index)
        yield _made("index", table, index, indexes.create(index, qualified(*twin.key)))


def schema_speaks_of_security(schema: Schema) -> bool:
    """Whether the source says anything of row-level security, as `diff` asks, too."""
    return bool(schema.policies) or any(table.row_security or table.force_row_security for table in schema.tables)


def policy(item: Policy) -> Fact:
    statement = security.policy(replace(item, schema=TWINS))
    return Fact("policy", item.schema, item.table, item.name, (statement, None, None), item)


def trigger(item: Trigger) -> Fact:
    """A trigger; on a view only that it is there."""
    fired = {"disabled": " DISABLED", "replica": " REPLICA", "always": " ALWAYS"}.get(item.enabled, "")
    statement = None
    if item.timing != "instead of":
        statement = programs.create_trigger(replace(item, schema=TWINS), {})
    return Fact("trigger", item.schema, item.table, item.name, (statement, None, fired), item)


def enum(item: Enum) -> Fact:
    labels = ", ".join(map(literal, item.values))
    return Fact("enum", item.schema, "", item.name, (labels, None, None), item)


def function(item: Function) -> Fact:
    """A function; a body that is SQL of its own is stored as what it means, and not compared here."""
    words = [
        item.returns,
        item.language,
        item.volatility,
        "strict" if item.strict else None,
        "security definer" if item.security_definer else None,
        "leakproof" if item.leakproof else None,
    ]
    body = None if programs.has_parsed_body(item) or "body" in item.unknown else str(item.body)
    settings = sorted(f"{key}={value}" for key, value in item.settings)
    bare = "; ".join(one.translate(_UNQUOTED) for one in settings)
    shown = " ".join(word for word in words if word)
    return Fact("function", item.schema, ", ".join(item.signature), item.name, (shown, body, bare), item)


def _column(table: Table, column: Column) -> Fact:
    type_ = None if "type" in column.unknown else str(column.type)
    null = None if "nullable" in column.unknown else "null" if column.nullable else "not null"
    identity = None if "identity" in column.unknown else ""
    if column.identity is not None:
        identity = "ALWAYS" if column.identity.always else "BY DEFAULT"
    return Fact("column", *table.key, column.name, (type_, null, identity), column)


def _filling(table: Table, twin: Table, column: Column) -> Iterator[Fact]:
    """What fills a column by itself; without a fact it is nothing."""
    statement: str | None = None
    if column.generated is not None:
        changed = (name(column.name), tables.column(column))
        statement = sql("ALTER TABLE {} DROP COLUMN {}, ADD COLUMN {}", qualified(*twin.key), *changed)
        yield Fact("default", *table.key, column.name, (statement, None, "generated"), column)
    elif column.default is not None and column.default.canonical == OWN_SEQUENCE:
        yield Fact("default", *table.key, column.name, ("serial", None, ""), column)
    elif column.default is not None:
        change = (qualified(*twin.key), name(column.name), default(column.default))
        statement = sql("ALTER TABLE {} ALTER COLUMN {} SET DEFAULT {}", *change)
        yield Fact("default", *table.key, column.name, (statement, None, ""), column)
    elif column.application_default is not None or {"default", "generated"} & column.unknown:
        yield Fact("default", *table.key, column.name, (None, None, ""), column)


def _made(kind: str, table: Table, item: Check | Exclusion | Index, statement: SqlText) -> Fact:
    return Fact(kind, *table.key, item.name, (statement, None, None), item)


def _constraint(item: Check | Exclusion) -> SqlText:
    if isinstance(item, Exclusion):
        return constraints.named(item, constraints.exclusion(item))
    text = constraints.named(item, constraints.checked(item))
    return text if item.validated or not item.enforced else sql("{} NOT VALID", text)


def _listed(columns: tuple[str, ...]) -> str:
    return ", ".join(map(quote, columns))


def _target(key: ForeignKey) -> str:
    return f"{quote(key.target_schema)}.{quote(key.target_table)} ({_listed(key.target_columns)})"


def _unique_words(key: Unique) -> str:
    """What pg_get_constraintdef has beside the columns."""
    words = ["" if key.nulls_distinct else "NULLS NOT DISTINCT"]
    words.append(f"INCLUDE ({_listed(key.include)})" if key.include else "")
    return " ".join(filter(None, [*words, *_deferred(key)]))


def _foreign_words(key: ForeignKey) -> str:
    """What pg_get_constraintdef has behind the target."""
    words = ["MATCH FULL" if key.match == "full" else ""]
    words += [f"ON UPDATE {key.on_update.upper()}" if key.on_update != "no action" else ""]
    words += [f"ON DELETE {key.on_delete.upper()}" if key.on_delete != "no action" else ""]
    words += [f"({_listed(key.delete_columns)})" if key.delete_columns else "", *_deferred(key)]
    words += ["" if key.enforced else "NOT ENFORCED", "NOT VALID" if key.enforced and not key.validated else ""]
    return " ".join(filter(None, words))


def _deferred(key: Unique | ForeignKey) -> list[str]:
    return ["DEFERRABLE" if key.deferrable else "", "INITIALLY DEFERRED" if key.initially_deferred else ""]


__all__ = ["Fact", "Refused", "enum", "facts_of", "function", "policy", "remark", "trigger"]
