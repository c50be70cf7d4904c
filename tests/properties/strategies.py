"""Random schemas in which everything that has a rule of its own differs from everything else of its kind."""

from __future__ import annotations

from hypothesis import strategies as st

from .spec import (
    Column,
    Condition,
    Enum,
    Index,
    IndexKey,
    Key,
    Policy,
    Reference,
    Schema,
    Sequence,
    Table,
)
from .vocabulary import KEYS, ROWS, TYPES

NAMES = ("alpha", "createdAt", "order", "user", "Mixed Case", "beta_2", "z", "is_ok")
ACTIONS = ("no action", "restrict", "cascade", "set null", "set default")
COMMENTS = (None, None, "what it's for")

some = st.sampled_from


@st.composite
def schemas(draw: st.DrawFn) -> Schema:
    """One to three tables, and types of their own; every later table may refer to an earlier one, or to itself."""
    enums = tuple(
        Enum(draw(some(("public", "app"))), f"mood_{number}", ("sad", "it's ok", "Happy")[: draw(st.integers(2, 3))])
        for number in range(draw(st.integers(0, 2)))
    )
    ticket = Sequence("ticket", draw(st.integers(1, 9)), draw(st.integers(1, 3)))
    sequences = (ticket,) if draw(st.booleans()) else ()
    tables: list[Table] = []
    for number in range(draw(st.integers(1, 3))):
        tables.append(draw(_tables(f"t{number}", tuple(tables), enums)))
    return Schema(tuple(tables), enums, sequences)


@st.composite
def _tables(draw: st.DrawFn, name: str, earlier: tuple[Table, ...], enums: tuple[Enum, ...]) -> Table:
    key_type = draw(some(KEYS))
    keyed = draw(st.integers(0, 5)) > 0
    serial = keyed and key_type in ("integer", "bigint") and draw(st.booleans())
    identity = draw(some((None, "always", "by default"))) if key_type in ("integer", "bigint") and not serial else None
    columns = [Column("id", key_type, nullable=False, serial=serial, identity=identity)]
    names = draw(st.permutations(NAMES))[: draw(st.integers(1, 5))]
    columns += [draw(_columns(one, enums)) for one in names]
    references = ()
    if earlier and draw(st.booleans()):
        target = draw(some(earlier))
        if target.key is not None and target.key.columns == ("id",):
            columns.append(Column("ref", target.column("id").type, draw(st.booleans())))
            references = (
                Reference(f"{name}_fk", ("ref",), target.name, ("id",), draw(some(ACTIONS)), draw(some(ACTIONS)),
                          draw(st.booleans())),
            )  # fmt: skip
    sortable = [one.name for one in columns if one.type in TYPES and TYPES[one.type].sortable and one.generated is None]
    wide = draw(st.booleans()) and identity is None and len(sortable) > 1
    key_columns = ("id", sortable[1]) if wide else ("id",)
    columns = [_not_null(one) if one.name in key_columns else one for one in columns]
    key = Key(draw(some((f"{name}_pkey", f"{name}_pk"))), key_columns) if keyed else None
    policies = tuple(
        Policy(f"{name}_p{number}", draw(some(("all", "select", "insert", "delete"))), draw(st.booleans()),
               draw(st.integers(0, len(ROWS) - 1)))
        for number in range(draw(st.integers(0, 2)))
    ) if draw(st.booleans()) else ()  # fmt: skip
    return Table(
        schema=draw(some(("public", "public", "app"))),
        name=name,
        columns=tuple(columns),
        key=key,
        uniques=draw(_uniques(name, sortable, key_columns)),
        references=references,
        checks=draw(_checks(name, tuple(columns))),
        indexes=draw(_indexes(name, sortable, tuple(columns))),
        policies=policies,
        row_security=bool(policies) or draw(st.booleans()),
        comment=draw(some(COMMENTS)),
    )


def _not_null(column: Column) -> Column:
    return Column(column.name, column.type, False, column.default, column.serial, column.identity, None, column.comment)


@st.composite
def _columns(draw: st.DrawFn, name: str, enums: tuple[Enum, ...]) -> Column:
    type_ = draw(some((*sorted(TYPES), *(enum.name for enum in enums))))
    defaults = len(TYPES[type_].defaults) if type_ in TYPES else 2
    generated = len(TYPES[type_].generated) if type_ in TYPES else 0
    default = draw(st.none() | st.integers(0, defaults - 1)) if defaults else None
    made = draw(st.integers(0, generated - 1)) if generated and draw(st.integers(0, 5)) == 0 else None
    return Column(
        name, type_, draw(st.booleans()), None if made is not None else default, generated=made,
        comment=draw(some(COMMENTS)),
    )  # fmt: skip


@st.composite
def _uniques(draw: st.DrawFn, name: str, sortable: list[str], key: tuple[str, ...]) -> tuple[Key, ...]:
    """Of different columns, so that each is itself; one of the key's would be the key (PostgreSQL drops it)."""
    sets = draw(st.lists(st.lists(some(sortable), min_size=1, max_size=2, unique=True).map(tuple), max_size=2,
                         unique_by=frozenset))  # fmt: skip
    return tuple(
        Key(f"{name}_u{number}", columns, draw(st.booleans()), draw(st.integers(0, 3)) == 0)
        for number, columns in enumerate(sets)
        if set(columns) != set(key)
    )


@st.composite
def _checks(draw: st.DrawFn, name: str, columns: tuple[Column, ...]) -> tuple[Condition, ...]:
    """At most one for each column, so that a changed one is no other."""
    able = [column for column in columns if column.type in TYPES and TYPES[column.type].conditions]
    chosen = draw(st.lists(some(able), max_size=2, unique=True)) if able else []
    return tuple(
        Condition(f"{name}_c{number}", column.name, draw(st.integers(0, len(TYPES[column.type].conditions) - 1)))
        for number, column in enumerate(chosen)
    )


@st.composite
def _indexes(draw: st.DrawFn, name: str, sortable: list[str], columns: tuple[Column, ...]) -> tuple[Index, ...]:
    by_name = {column.name: column for column in columns}
    first = draw(st.lists(some(sortable), max_size=2, unique=True))
    made = []
    for number, leading in enumerate(first):
        method = draw(some(("btree", "btree", "hash", "brin")))
        others = [one for one in sortable if one != leading]
        names = [leading, *(draw(st.lists(some(others), max_size=1)) if others and method != "hash" else [])]
        keys = tuple(draw(_keys(by_name[one], method)) for one in names)
        able = [one for one in columns if one.type in TYPES and TYPES[one.type].conditions]
        where = None
        if able and draw(st.booleans()):
            column = draw(some(able))
            where = column.name, draw(st.integers(0, len(TYPES[column.type].conditions) - 1))
        made.append(
            Index(f"{name}_i{number}", keys, method == "btree" and draw(st.booleans()), method, where,
                  draw(some((None, 70))) if method != "brin" else None,
                  draw(some(((), (others[-1],)))) if method == "btree" and others and others[-1] not in names else ())
        )  # fmt: skip
    return tuple(made)


@st.composite
def _keys(draw: st.DrawFn, column: Column, method: str) -> IndexKey:
    if method != "btree":
        return IndexKey(column.name)
    if column.type == "text" and draw(st.booleans()):
        return IndexKey(column.name, lower=True)
    opclass = draw(some((None, "text_pattern_ops"))) if column.type == "text" else None
    if opclass:
        return IndexKey(column.name, opclass=opclass)
    return IndexKey(column.name, draw(st.booleans()), draw(st.booleans()))
