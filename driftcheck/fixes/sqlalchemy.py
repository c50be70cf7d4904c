"""What to write in SQLAlchemy models, so that they are as the truth says."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from ..findings import Fix
from ..model import Check, Enum, Exclusion, ForeignKey, Index, IndexKey, PrimaryKey, Sequence, Table, Unique
from ..writers.sql.absent import written
from .drift import Drift
from .sqlalchemy_columns import actions, call, line, quoted, target


def fix(drift: Drift) -> Fix | None:
    """The lines that fix one finding; what is only here is to be removed. None for what could not be read whole."""
    thing = drift.expected
    if thing is not None and not written(thing):
        return None
    if thing is None:
        return Fix("python", f"# remove {_called(drift)}", "drops an object")
    if drift.code.startswith("DR2") and drift.code != "DR212":
        return Fix("python", "\n".join([line(thing, drift.expected_table, drift.words), *_following(drift)]))
    if drift.code == "DR109":
        comment = quoted(thing.comment) if thing.comment is not None else "None"
        return Fix("python", f'__table_args__ = {{"comment": {comment}}}')
    if drift.code == "DR103":
        return Fix("python", f"__tablename__ = {quoted(thing.name)}")
    write = _WRITERS.get(type(thing))
    return Fix("python", write(drift, thing)) if write is not None else None


def _following(drift: Drift) -> list[str]:
    """What the truth has on a column that is missing here, apart from what the column's own line says."""
    things = [thing for _, thing in drift.following]
    return [_WRITERS[type(one)](drift, one) for one in things if not _said_by_column(one)]


def _said_by_column(one: Any) -> bool:
    return isinstance(one, ForeignKey) and len(one.columns) == 1


def _called(drift: Drift) -> str:
    about = drift.finding.object
    kind = about.kind.replace("-", " ")
    return f"the {kind} {about.called}" + (f" of {about.table}" if about.table is not None else "")


def _primary_key(_: Drift, key: PrimaryKey) -> str:
    return call("PrimaryKeyConstraint", *map(quoted, key.columns), name=quoted(key.name)) + ","


def _foreign_key(drift: Drift, key: ForeignKey) -> str:
    table = drift.expected_table
    if len(key.columns) == 1 and (column := table.column(key.columns[0])) is not None:
        return line(column, table, drift.words)
    here = f"[{', '.join(map(quoted, key.columns))}]"
    there = f"[{', '.join(target(key, column) for column in key.target_columns or ('id',))}]"
    return call("ForeignKeyConstraint", here, there, name=quoted(key.name), **actions(key)) + ","


def _unique(_: Drift, key: Unique) -> str:
    named = {
        "name": quoted(key.name),
        "deferrable": "True" if key.deferrable else None,
        "initially": '"DEFERRED"' if key.initially_deferred else None,
        "postgresql_nulls_not_distinct": None if key.nulls_distinct else "True",
        "postgresql_include": _names(key.include),
    }
    return call("UniqueConstraint", *map(quoted, key.columns), **named) + ","


def _names(columns: tuple[str, ...]) -> str | None:
    return f"[{', '.join(map(quoted, columns))}]" if columns else None


def _check(_: Drift, check: Check) -> str:
    return call("CheckConstraint", quoted(check.expression.sql), name=quoted(check.name)) + ","


def _exclusion(_: Drift, one: Exclusion) -> str:
    elements = [f"({quoted(element.expression.sql)}, {quoted(element.operator)})" for element in one.elements]
    where = f"text({quoted(one.predicate.sql)})" if one.predicate is not None else None
    return call("ExcludeConstraint", *elements, name=quoted(one.name), using=quoted(one.method), where=where) + ","


def _index(_: Drift, index: Index) -> str:
    classes = {key.column: key.opclass for key in index.keys if key.column is not None and key.opclass is not None}
    ops = ", ".join(f"{quoted(column)}: {quoted(opclass)}" for column, opclass in classes.items())
    named = {
        "unique": "True" if index.unique else None,
        "postgresql_using": quoted(index.method) if index.method != "btree" else None,
        "postgresql_ops": f"{{{ops}}}" if ops else None,
        "postgresql_include": _names(index.include),
        "postgresql_where": f"text({quoted(index.predicate.sql)})" if index.predicate is not None else None,
        "postgresql_nulls_not_distinct": None if index.nulls_distinct else "True",
        "postgresql_with": repr(dict(index.options)) if index.options else None,
    }
    return call("Index", quoted(index.name), *map(_key, index.keys), **named) + ","


def _key(key: IndexKey) -> str:
    if key.expression is not None:
        text = f"text({quoted(key.expression.sql)})"
    elif not key.descending and not key.nulls_first:
        return quoted(key.column or "")
    else:
        text = f"column({quoted(key.column or '')})"
    text += ".desc()" if key.descending else ""
    if key.nulls_first != key.descending:
        text += ".nulls_first()" if key.nulls_first else ".nulls_last()"
    return text


def _enum(_: Drift, enum: Enum) -> str:
    return call("Enum", *map(quoted, enum.values), name=quoted(enum.name))


def _sequence(_: Drift, sequence: Sequence) -> str:
    named = {
        "start": None if sequence.start is None else str(sequence.start),
        "increment": None if sequence.increment is None else str(sequence.increment),
        "metadata": "Base.metadata",
    }
    return call("Sequence", quoted(sequence.name), **named)


def _table(drift: Drift, table: Table) -> str:
    beside = [_WRITERS[type(thing)](drift, thing) for thing in _beside(table)]
    columns = [line(column, table, drift.words) for column in table.columns]
    if drift.words.style(table.key) == "Table":
        schema = [f"schema={quoted(table.schema)},"] if table.schema != "public" else []
        name = re.sub(r"\W", "_", table.name)
        inside = [f"{quoted(table.name)},", "metadata,", *columns, *beside, *schema]
        return "\n".join([f"{name} = Table(", *(f"    {text}" for text in inside), ")"])
    name = "".join(word[:1].upper() + word[1:] for word in table.name.split("_"))
    if table.schema != "public":
        beside.append(f'{{"schema": {quoted(table.schema)}}},')
    lines = [f"class {name}(Base):", f"    __tablename__ = {quoted(table.name)}"]
    if beside:
        lines += ["    __table_args__ = (", *(f"        {text}" for text in beside), "    )"]
    return "\n".join([*lines, *(f"    {text}" for text in columns)])


def _beside(table: Table) -> list[Any]:
    composite = [key for key in table.foreign_keys if len(key.columns) > 1]
    return [*composite, *table.uniques, *table.exclusions, *table.checks, *table.indexes]


_WRITERS: dict[type, Callable[[Drift, Any], str]] = {
    PrimaryKey: _primary_key,
    ForeignKey: _foreign_key,
    Unique: _unique,
    Exclusion: _exclusion,
    Check: _check,
    Index: _index,
    Enum: _enum,
    Sequence: _sequence,
    Table: _table,
}
