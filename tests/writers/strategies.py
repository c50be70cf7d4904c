"""Random schemas that PostgreSQL takes: names of every sort, objects that need one another, in any order."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from hypothesis import strategies as st

from driftcheck.model import (
    Action,
    Attribute,
    Check,
    Column,
    ColumnType,
    CompositeType,
    Domain,
    Enum,
    Exclusion,
    ExclusionElement,
    Expression,
    ForeignKey,
    Function,
    Generated,
    Identity,
    Index,
    IndexKey,
    Namespace,
    Policy,
    PrimaryKey,
    Schema,
    Sequence,
    Table,
    Trigger,
    Unique,
    View,
    quote,
)
from driftcheck.model.serial import nextval
from driftcheck.sql import parse_type

T = TypeVar("T")

#: Beginnings of names; a number behind them keeps them apart.
_STEMS = (
    "t",
    "Users",
    "order",
    "select",
    "Mixed Case",
    'quo"te',
    "it's",
    "dot.ted",
    "ümläut",
    "表",
    "a$b",
    "x" * 55,
    "--c",
    "$$",
)
#: A type, values that are defaults of it, and conditions on it (with {} for the column).
_TYPES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "integer": (("0", "-1", "(1 + 2)", "'7'"), ("{} > 0", "{} IN (1, 2, 3)", "{} BETWEEN 1 AND 5")),
    "bigint": (("0", "9223372036854775807"), ("{} <> 3",)),
    "text": (("'a'", "''", "'it''s -- not a comment'", "('a' || 'b')"), ("{} <> ''", "{} LIKE 'a%'", "length({}) < 9")),
    "character varying(20)": (("'x'",), ("{} IN ('a', 'b')", "{} = ANY (ARRAY['a', 'b'])")),
    "boolean": (("true", "'f'", "NOT true", "1 IN (1) AND true"), ("{} IS NOT NULL", "NOT {}")),
    "numeric(10,2)": (("0.00", "1.5"), ("{} >= 0",)),
    "timestamp without time zone": (("now()", "CURRENT_TIMESTAMP"), ("{} < 'infinity'",)),
    "timestamp(3) with time zone": (("now()",), ("{} > '2000-01-01'",)),
    "jsonb": (("'{}'::jsonb", "'[]'"), ("jsonb_typeof({}) = 'object'",)),
    "uuid": (("gen_random_uuid()",), ("{} IS NOT NULL",)),
    "text[]": (("'{}'::text[]", "ARRAY['a']"), ("cardinality({}) > 0",)),
    "interval day to second(3)": (("'1 day'",), ("{} > '0'",)),
    "int4range": ((), ()),
}  # fmt: skip
_SORTABLE = ("integer", "bigint", "text", "character varying(20)", "numeric(10,2)", "uuid")
_ACTIONS: tuple[Action, ...] = ("no action", "restrict", "cascade", "set null", "set default")

SCHEMAS = ("public", "App")


class _Names:
    """Names that nothing else has."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw
        self._count = 0

    def new(self) -> str:
        self._count += 1
        return f"{self._draw(st.sampled_from(_STEMS))}{self._count}"


@st.composite
def schemas(draw: st.DrawFn) -> Schema:
    """A schema of a few tables with whatever may depend on them, its tuples in random order."""
    names = _Names(draw)
    where = st.sampled_from(SCHEMAS)
    enums = tuple(
        Enum(schema=draw(where), name=names.new(), values=tuple(draw(st.permutations(["a", "B b", "it's"]))))
        for _ in range(draw(st.integers(0, 2)))
    )
    function = Function(
        schema=draw(where), name=names.new(), signature=("integer",), arguments="value integer", returns="boolean",
        body=draw(st.sampled_from(["RETURN value > 0", "SELECT value > 0 -- $$ $body$"])), volatility="immutable",
    )  # fmt: skip
    domains = (_domain(draw, names, function),) if draw(st.booleans()) else ()
    own_types = tuple(ColumnType(item.name, schema=item.schema, quoted=True) for item in (*enums, *domains))
    composites = (_composite(draw, names, own_types),) if draw(st.booleans()) else ()
    tables, sequences = _tables(draw, names, own_types, function)
    views = _views(draw, names, tables)
    touch = Function(
        schema="public", name=names.new(), returns="trigger", language="plpgsql", body="\nBEGIN RETURN NEW; END\n"
    )
    schema = Schema(
        namespaces=(Namespace(name="App"),),
        enums=enums,
        domains=domains,
        composites=composites,
        sequences=sequences,
        tables=tables,
        views=views,
        policies=tuple(_policy(draw, names, table) for table in tables if draw(st.booleans())),
        functions=(function, touch),
        triggers=tuple(_trigger(draw, names, table, touch) for table in tables if draw(st.booleans())),
    )
    return shuffled(draw, schema)


def shuffled(draw: st.DrawFn, schema: Schema) -> Schema:
    """The same schema, declared in another order."""

    def mixed(items: tuple[T, ...]) -> tuple[T, ...]:
        return tuple(draw(st.permutations(items)))

    return replace(
        schema,
        enums=mixed(schema.enums),
        sequences=mixed(schema.sequences),
        tables=mixed(schema.tables),
        views=mixed(schema.views),
        policies=mixed(schema.policies),
        functions=mixed(schema.functions),
        triggers=mixed(schema.triggers),
    )


def _domain(draw: st.DrawFn, names: _Names, function: Function) -> Domain:
    call = f"{quote(function.schema)}.{quote(function.name)}(VALUE)"
    check = Check(name=names.new(), expression=Expression(call), validated=draw(st.booleans()))
    return Domain(
        schema="public", name=names.new(), type=parse_type("integer"), nullable=draw(st.booleans()), checks=(check,)
    )


def _composite(draw: st.DrawFn, names: _Names, own_types: tuple[ColumnType, ...]) -> CompositeType:
    types = (parse_type("text"), *own_types)
    return CompositeType(
        schema="public", name=names.new(), attributes=tuple(Attribute(names.new(), type_) for type_ in types)
    )


def _tables(
    draw: st.DrawFn, names: _Names, own_types: tuple[ColumnType, ...], function: Function
) -> tuple[tuple[Table, ...], tuple[Sequence, ...]]:
    tables: list[Table] = []
    sequences: list[Sequence] = []
    for _ in range(draw(st.integers(1, 4))):
        table, own = _table(draw, names, own_types, function)
        tables.append(table)
        sequences += own
    for position, table in enumerate(tables):
        if draw(st.booleans()):
            tables[position] = _referring(draw, names, table, draw(st.sampled_from(tables)))
    return tuple(tables), tuple(sequences)


def _table(
    draw: st.DrawFn, names: _Names, own_types: tuple[ColumnType, ...], function: Function
) -> tuple[Table, list[Sequence]]:
    where, name = draw(st.sampled_from(SCHEMAS)), names.new()
    key, sequences = _key_column(draw, names, where, name)
    columns = [key]
    checks: list[Check] = []
    for type_name in draw(st.lists(st.sampled_from(sorted(_TYPES)), max_size=5)):
        column, conditions = _column(draw, names, type_name)
        columns.append(column)
        if conditions and draw(st.booleans()):
            condition = draw(st.sampled_from(conditions)).format(quote(column.name))
            checks.append(
                Check(name=names.new(), expression=Expression(condition), validated=draw(st.booleans()),
                      no_inherit=draw(st.booleans()))
            )  # fmt: skip
    if draw(st.booleans()):
        call = f"{quote(function.schema)}.{quote(function.name)}({quote(key.name)}::integer)"
        checks.append(Check(name=names.new(), expression=Expression(call)))
    columns += [Column(name=names.new(), type=type_) for type_ in own_types if draw(st.booleans())]
    table = Table(
        schema=where,
        name=name,
        columns=tuple(columns),
        primary_key=PrimaryKey(name=names.new(), columns=(key.name,)),
        checks=tuple(checks),
        row_security=draw(st.booleans()),
        force_row_security=draw(st.booleans()),
        comment=draw(st.sampled_from([None, "it's", 'a "table"\nof two lines'])),
        unlogged=False,
        options=draw(st.sampled_from([(), (("fillfactor", "70"),)])),
    )
    return _with_keys_and_indexes(draw, names, table), sequences


def _key_column(draw: st.DrawFn, names: _Names, where: str, table: str) -> tuple[Column, list[Sequence]]:
    column = Column(name=names.new(), type=parse_type(draw(st.sampled_from(["integer", "bigint"]))), nullable=False)
    kind = draw(st.sampled_from(["plain", "serial", "identity"]))
    if kind == "identity":
        return replace(
            column, identity=Identity(always=draw(st.booleans()), start=draw(st.sampled_from([None, 5])))
        ), []
    if kind == "serial":
        sequence = Sequence(
            schema=where, name=names.new(), type=column.type.name, cycle=draw(st.booleans()),
            increment=draw(st.sampled_from([None, 3])), owned_by=(where, table, column.name),
        )  # fmt: skip
        return replace(column, default=Expression(nextval(where, sequence.name))), [sequence]
    return column, []


def _column(draw: st.DrawFn, names: _Names, type_name: str) -> tuple[Column, tuple[str, ...]]:
    defaults, conditions = _TYPES[type_name]
    default = draw(st.sampled_from([None, *defaults]))
    column = Column(
        name=names.new(),
        type=parse_type(type_name),
        nullable=draw(st.booleans()),
        default=Expression(default) if default is not None else None,
        comment=draw(st.sampled_from([None, "what it's for"])),
        collation=draw(st.sampled_from([None, "C"])) if type_name == "text" else None,
    )
    return column, conditions


def _with_keys_and_indexes(draw: st.DrawFn, names: _Names, table: Table) -> Table:
    sortable = [column.name for column in table.columns if str(column.type) in _SORTABLE]
    ranges = [column.name for column in table.columns if str(column.type) == "int4range"]
    texts = [column for column in table.columns if str(column.type) == "text"]
    some = st.lists(st.sampled_from(sortable), min_size=1, max_size=3, unique=True).map(tuple)
    generated = tuple(
        Column(
            name=names.new(), type=parse_type("text"), generated=Generated(Expression(f"lower({quote(column.name)})"))
        )
        for column in texts[:1]
    )
    uniques = tuple(
        Unique(name=names.new(), columns=draw(some), nulls_distinct=draw(st.booleans()), deferrable=draw(st.booleans()))
        for _ in range(draw(st.integers(0, 2)))
    )
    exclusions = tuple(
        Exclusion(name=names.new(), elements=(ExclusionElement(Expression(quote(name)), "&&"),)) for name in ranges[:1]
    )
    indexes = tuple(_index(draw, names, draw(some), texts) for _ in range(draw(st.integers(0, 2))))
    return replace(table, columns=(*table.columns, *generated), uniques=uniques, exclusions=exclusions, indexes=indexes)


def _index(draw: st.DrawFn, names: _Names, columns: tuple[str, ...], texts: list[Column]) -> Index:
    keys = [IndexKey(column=name, descending=draw(st.booleans()), nulls_first=draw(st.booleans())) for name in columns]
    if texts and draw(st.booleans()):
        keys.append(IndexKey(expression=Expression(f"lower({quote(texts[0].name)})"), collation="C"))
    return Index(
        name=names.new(),
        keys=tuple(keys),
        unique=draw(st.booleans()),
        predicate=draw(st.sampled_from([None, Expression(f"{quote(columns[0])} IS NOT NULL")])),
        options=draw(st.sampled_from([(), (("fillfactor", "80"),)])),
    )


def _referring(draw: st.DrawFn, names: _Names, table: Table, target: Table) -> Table:
    """`table` with a foreign key to `target`, which may be itself or lead back to it."""
    assert target.primary_key is not None
    wanted = target.column(target.primary_key.columns[0])
    assert wanted is not None
    column = Column(name=names.new(), type=wanted.type)
    foreign_key = ForeignKey(
        name=names.new(),
        columns=(column.name,),
        target_schema=target.schema,
        target_table=target.name,
        target_columns=(wanted.name,),
        on_delete=draw(st.sampled_from(_ACTIONS)),
        on_update=draw(st.sampled_from(_ACTIONS)),
        deferrable=draw(st.booleans()),
        validated=draw(st.booleans()),
    )
    return replace(table, columns=(*table.columns, column), foreign_keys=(*table.foreign_keys, foreign_key))


def _views(draw: st.DrawFn, names: _Names, tables: tuple[Table, ...]) -> tuple[View, ...]:
    """Views on tables and on one another."""
    views: list[View] = []
    relations = [(table.schema, table.name, table.columns[0].name) for table in tables]
    for _ in range(draw(st.integers(0, 3))):
        schema, relation, column = draw(st.sampled_from(relations))
        name = names.new()
        query = f"SELECT {quote(column)} FROM {quote(schema)}.{quote(relation)}" + draw(
            st.sampled_from(["", " -- all"])
        )
        view = View(
            schema="public", name=name, definition=Expression(query), materialized=draw(st.booleans()),
            columns=draw(st.sampled_from([(), (column,)])),
        )  # fmt: skip
        views.append(view)
        relations.append(("public", name, column))
    return tuple(views)


def _policy(draw: st.DrawFn, names: _Names, table: Table) -> Policy:
    command = draw(st.sampled_from(["all", "select", "insert", "update", "delete"]))
    condition = Expression(draw(st.sampled_from(["true", f"{quote(table.columns[0].name)} > 0", "(1 = 1) OR (2 = 2)"])))
    return Policy(
        schema=table.schema,
        table=table.name,
        name=names.new(),
        command=command,
        roles=draw(st.sampled_from([("public",), ("anon", "authenticated")])),
        using=None if command == "insert" else condition,
        check=None if command in ("select", "delete") else condition,
        permissive=draw(st.booleans()),
    )


def _trigger(draw: st.DrawFn, names: _Names, table: Table, touch: Function) -> Trigger:
    return Trigger(
        schema=table.schema,
        table=table.name,
        name=names.new(),
        timing=draw(st.sampled_from(["before", "after"])),
        events=draw(st.sampled_from([("insert",), ("insert", "update"), ("delete",)])),
        function_schema=touch.schema,
        function=touch.name,
        arguments=draw(st.sampled_from([(), ("it's", "2")])),
        for_each=draw(st.sampled_from(["row", "statement"])),
        enabled=draw(st.sampled_from(["origin", "disabled"])),
    )
