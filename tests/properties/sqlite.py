"""Small SQLite schemas by chance, written in SQL, Drizzle and SQLAlchemy, and what is one change of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from hypothesis import strategies as st

#: A type: Drizzle's function, SQLAlchemy's class, and defaults as SQL and as a value of TypeScript.
TYPES = {
    "INTEGER": ("integer", "Integer", (("5", "5"), ("-1", "-1"))),
    "TEXT": ("text", "Text", (("'it''s'", '"it\'s"'), ("CURRENT_TIMESTAMP", "sql`CURRENT_TIMESTAMP`"))),
    "REAL": ("real", "REAL", (("1.5", "1.5"),)),
    "NUMERIC": ("numeric", "NUMERIC", (("'7'", "'7'"),)),
    "BLOB": ("blob", "BLOB", (("x'00'", "sql`x'00'`"),)),
}
ACTIONS = ("no action", "cascade", "set null", "restrict")


@dataclass(frozen=True)
class Column:
    name: str
    type: str
    required: bool = False
    default: int | None = None


@dataclass(frozen=True)
class Index:
    name: str
    columns: tuple[str, ...]
    unique: bool = False
    where: int | None = None


@dataclass(frozen=True)
class Table:
    """`refers` is a table before it and what happens to the rows, `check` what a column is more than."""

    name: str
    columns: tuple[Column, ...]
    refers: tuple[str, str] | None = None
    check: int | None = None
    indexes: tuple[Index, ...] = field(default=())


Schema = tuple[Table, ...]


@st.composite
def schemas(draw: st.DrawFn, prefix: str = "t") -> Schema:
    tables: list[Table] = []
    for number in range(draw(st.integers(1, 3))):
        columns = tuple(
            Column(f"c{at}", type_, draw(st.booleans()), draw(st.sampled_from([None, *range(len(TYPES[type_][2]))])))
            for at, type_ in enumerate(draw(st.lists(st.sampled_from(sorted(TYPES)), min_size=2, max_size=5)))
        )
        name = f"{prefix}{number}"
        indexes = tuple(
            Index(f"{name}_i{at}", ("c0", "c1")[: draw(st.integers(1, 2))], draw(st.booleans()),
                  draw(st.sampled_from([None, 1, 2])))
            for at in range(draw(st.integers(0, 1)))
        )  # fmt: skip
        refers = draw(st.sampled_from([None, *ACTIONS])) if tables else None
        referred = (tables[0].name, refers) if refers is not None else None
        tables.append(Table(name, columns, referred, draw(st.sampled_from([None, 3])), indexes))
    return tuple(tables)


# -- The three languages --------------------------------------------------------------------------------------------


def as_sql(schema: Schema) -> str:
    return "\n".join(_sql(table) for table in schema)


def _sql(table: Table) -> str:
    lines = ["id INTEGER PRIMARY KEY NOT NULL"]
    for one in table.columns:
        default = f" DEFAULT {TYPES[one.type][2][one.default][0]}" if one.default is not None else ""
        lines.append(f"{one.name} {one.type}{' NOT NULL' * one.required}{default}")
    if table.refers is not None:
        lines.append(f"up INTEGER REFERENCES {table.refers[0]} (id) ON DELETE {table.refers[1]}")
    if table.check is not None:
        lines.append(f"CONSTRAINT {table.name}_ck CHECK (c0 > {table.check})")
    indexes = [
        f"CREATE {'UNIQUE ' * one.unique}INDEX {one.name} ON {table.name} ({', '.join(one.columns)})"
        + (f" WHERE c0 > {one.where}" if one.where is not None else "")
        for one in table.indexes
    ]
    return ";\n".join([f"CREATE TABLE {table.name} (\n  " + ",\n  ".join(lines) + "\n)", *indexes]) + ";"


_IMPORTS = "blob, check, index, integer, numeric, real, sqliteTable, text, uniqueIndex"


def as_drizzle(schema: Schema) -> str:
    head = f"import {{ sql }} from 'drizzle-orm';\nimport {{ {_IMPORTS} }} from 'drizzle-orm/sqlite-core';\n"
    return head + "\n".join(_drizzle(table) for table in schema)


def _drizzle(table: Table) -> str:
    lines = ["id: integer('id').primaryKey()"]
    for one in table.columns:
        function, _, defaults = TYPES[one.type]
        default = f".default({defaults[one.default][1]})" if one.default is not None else ""
        lines.append(f"{one.name}: {function}('{one.name}'){'.notNull()' * one.required}{default}")
    if table.refers is not None:
        lines.append(f"up: integer('up').references(() => {table.refers[0]}.id, {{ onDelete: '{table.refers[1]}' }})")
    extras = [f"check('{table.name}_ck', sql`c0 > {table.check}`)"] * (table.check is not None)
    for one in table.indexes:
        where = f".where(sql`c0 > {one.where}`)" if one.where is not None else ""
        columns = ", ".join(f"t.{name}" for name in one.columns)
        extras.append(f"{'uniqueIndex' if one.unique else 'index'}('{one.name}').on({columns}){where}")
    body = ",\n  ".join(lines)
    return f"export const {table.name} = sqliteTable('{table.name}', {{\n  {body}\n}}, (t) => [{', '.join(extras)}]);"


def as_sqlalchemy(schema: Schema) -> str:
    return "from sqlalchemy import *\nmetadata = MetaData()\n" + "\n".join(_sqlalchemy(table) for table in schema)


def _sqlalchemy(table: Table) -> str:
    parts = [f"'{table.name}'", "metadata", "Column('id', Integer, primary_key=True)"]
    for one in table.columns:
        sql = TYPES[one.type][2][one.default][0] if one.default is not None else None
        default = f', server_default=text("{sql}")' if sql is not None else ""
        parts.append(f"Column('{one.name}', {TYPES[one.type][1]}, nullable={not one.required}{default})")
    if table.refers is not None:
        parts.append(f"Column('up', Integer, ForeignKey('{table.refers[0]}.id', ondelete='{table.refers[1]}'))")
    if table.check is not None:
        parts.append(f"CheckConstraint('c0 > {table.check}', name='{table.name}_ck')")
    for one in table.indexes:
        where = f", sqlite_where=text('c0 > {one.where}')" if one.where is not None else ""
        parts.append(f"Index('{one.name}', {', '.join(map(repr, one.columns))}, unique={one.unique}{where})")
    return f"Table({', '.join(parts)})"


# -- One change -----------------------------------------------------------------------------------------------------

Change = Callable[[Table], Table | None]


def changes(schema: Schema) -> Iterator[tuple[str, Schema]]:
    """Each change that there can be in `schema`, with the code of the rule that is about it."""
    for at, table in enumerate(schema):
        for code, changed in _of_table(table):
            yield code, (*schema[:at], changed, *schema[at + 1 :])
    if not any(table.refers is not None and table.refers[0] == schema[-1].name for table in schema):
        yield "DR101", schema[:-1]


def _of_table(table: Table) -> Iterator[tuple[str, Table]]:
    for at, one in enumerate(table.columns):

        def with_column(column: Column, at: int = at) -> Table:
            return replace(table, columns=(*table.columns[:at], column, *table.columns[at + 1 :]))

        yield "DR204", with_column(replace(one, required=not one.required))
        default = 0 if one.default is None else None
        yield "DR205", with_column(replace(one, default=default))
        if one.default is None:
            yield "DR203", with_column(replace(one, type="REAL" if one.type != "REAL" else "TEXT"))
    left = tuple(one for one in table.indexes if table.columns[-1].name not in one.columns)
    yield "DR201", replace(table, columns=table.columns[:-1], indexes=left)
    if table.refers is not None:
        actions = [action for action in ACTIONS if action != table.refers[1]]
        yield "DR314", replace(table, refers=(table.refers[0], actions[0]))
    if table.check is not None:
        yield "DR403", replace(table, check=table.check + 1)
        yield "DR401", replace(table, check=None)
    for one in table.indexes:
        yield "DR501", replace(table, indexes=())
        yield "DR504", replace(table, indexes=(replace(one, unique=not one.unique),))
        yield "DR506", replace(table, indexes=(replace(one, where=9),))
        yield "DR503", replace(table, indexes=(replace(one, columns=("c1", "c0")),))
