"""Every way in which one fact of a schema can be another, with the rule that has to tell it and where."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any

from .spec import Column, Enum, IndexKey, Schema, Table
from .vocabulary import ROWS, TYPES

ALL = frozenset({"drizzle", "sql", "sqlalchemy"})
#: What Drizzle cannot say, and what SQLAlchemy cannot.
NOT_DRIZZLE, NOT_SQLALCHEMY = ALL - {"drizzle"}, ALL - {"sqlalchemy"}

Key = tuple[str, ...]


@dataclass(frozen=True)
class Mutation:
    """`schema` is the one with the changed fact, made when it is asked for: of hundreds few are. `code` tells it when
    the changed side drifts, `back` when the other does. `place` is where it is; where it does not, `holder` is (None:
    it would go anywhere).
    """

    what: str
    change: Schema | Callable[[], Schema]
    code: str
    back: str
    place: Key
    holder: Key | None
    able: frozenset[str] = ALL

    @cached_property
    def schema(self) -> Schema:
        return self.change() if callable(self.change) else self.change


def mutations(schema: Schema) -> Iterator[Mutation]:
    for enum in schema.enums:
        yield from _of_enum(schema, enum)
    for one in schema.sequences:
        place = ("sequence", one.name)
        yield Mutation("sequence dropped", replace(schema, sequences=()), "DR621", "DR622", place, None)
        more = replace(one, start=one.start + 1)
        yield Mutation("sequence start", replace(schema, sequences=(more,)), "DR623", "DR623", place, None)
    for table in schema.tables:
        yield from _of_table(schema, table)
        for column in table.columns:
            yield from _of_column(schema, table, column)
        for kind in (_keys, _references, _checks, _indexes, _policies):
            yield from kind(schema, table)


def _swap(schema: Schema, old: Any, new: Any) -> Callable[[], Schema]:
    return partial(_swapped, schema, old, new)


def _within(schema: Schema, table: Table, field: str, old: Any, new: Any) -> Callable[[], Schema]:
    return partial(_changed_within, schema, table, field, old, new)


def _swapped(schema: Schema, old: Any, new: Any) -> Schema:
    """`schema` with the table or enum `old` replaced; None drops it."""
    field = "enums" if isinstance(old, Enum) else "tables"
    changed = tuple(new if one == old else one for one in getattr(schema, field))
    return replace(schema, **{field: tuple(one for one in changed if one is not None)})


def _changed_within(schema: Schema, table: Table, field: str, old: Any, new: Any) -> Schema:
    """`schema` with `old` of the collection `field` of `table` replaced; None drops it."""
    changed = tuple(new if one == old else one for one in getattr(table, field))
    return _swapped(schema, table, replace(table, **{field: tuple(one for one in changed if one is not None)}))


def _of_enum(schema: Schema, enum: Enum) -> Iterator[Mutation]:
    users = [column for table in schema.tables for column in table.columns if column.type == enum.name]
    place = ("enum", enum.name)
    longer = replace(enum, labels=(*enum.labels, "new"))
    yield Mutation("label added", _swap(schema, enum, longer), "DR603", "DR603", place, None)
    if not any(column.default is not None for column in users):
        turned = replace(enum, labels=enum.labels[::-1])
        yield Mutation("labels turned round", _swap(schema, enum, turned), "DR604", "DR604", place, None)
    others = [one for one in (*schema.tables, *schema.enums) if one != enum and one.schema == "app"]
    if not users and (others or enum.schema == "public"):
        yield Mutation("enum dropped", _swap(schema, enum, None), "DR601", "DR602", place, None)


def _of_table(schema: Schema, table: Table) -> Iterator[Mutation]:
    place = ("table", table.name)
    wanted = any(one.target == table.name for other in schema.tables for one in other.references)
    alone = table.schema == "app" and [one.schema for one in (*schema.tables, *schema.enums)].count("app") == 1
    if len(schema.tables) > 1 and not wanted and not alone:
        yield Mutation("table dropped", _swap(schema, table, None), "DR101", "DR102", place, None)
    other = replace(table, comment="another")
    yield Mutation(
        "table comment", _swap(schema, table, other), "DR109", "DR109", ("comment", table.name), place, NOT_DRIZZLE
    )
    if not table.policies:
        turned = replace(table, row_security=not table.row_security)
        codes = ("DR701", "DR702") if table.row_security else ("DR702", "DR701")
        yield Mutation(
            "row security", _swap(schema, table, turned), *codes, ("row security", table.name), place, NOT_SQLALCHEMY
        )


def _stood_on(table: Table, name: str) -> bool:
    keys = [*table.uniques, *table.references, *([table.key] if table.key else [])]
    return (
        any(name in key.columns for key in keys)
        or any(name == check.column for check in table.checks)
        or any(name in index.include or any(name == key.column for key in index.keys) for index in table.indexes)
        or any(index.where and index.where[0] == name for index in table.indexes)
    )


def _of_column(schema: Schema, table: Table, column: Column) -> Iterator[Mutation]:
    place, holder = ("column", table.name, column.name), ("table", table.name)

    def made(what: str, code: str, able: frozenset[str] = ALL, **facts: Any) -> Mutation:
        changed = _within(schema, table, "columns", column, replace(column, **facts))
        return Mutation(what, changed, code, code, place, holder, able)

    other = _within(schema, table, "columns", column, replace(column, comment="another"))
    where = ("comment", table.name, column.name)
    yield Mutation("column comment", other, "DR209", "DR209", where, place, NOT_DRIZZLE)
    if column.identity:
        yield made("identity", "DR207", identity="always" if column.identity == "by default" else "by default")
    if column.serial or column.identity:
        return
    if not (table.key and column.name in table.key.columns):
        yield made("nullability", "DR204", nullable=not column.nullable)
    kind = TYPES.get(column.type)
    if column.generated is not None:
        yield made("generated", "DR206", generated=1 - column.generated)
        yield made("no longer generated", "DR206", generated=None)
    else:
        count = len(kind.defaults) if kind else 2
        for number in range(count):
            if number != column.default:
                yield made("default", "DR205", default=number)
        if column.default is not None:
            yield made("no default", "DR205", default=None)
    if _stood_on(table, column.name):
        return
    if len(table.columns) > 2:
        without = _within(schema, table, "columns", column, None)
        yield Mutation("column dropped", without, "DR201", "DR202", place, holder)
    if column.default is None and column.generated is None:
        for type_ in sorted(TYPES):
            if type_ != column.type:
                yield made(f"type {type_}", "DR203", type=type_)


def _keys(schema: Schema, table: Table) -> Iterator[Mutation]:
    holder = ("table", table.name)
    if (key := table.key) is not None:
        named = _swap(schema, table, replace(table, key=replace(key, name=f"{key.name}_other")))
        yield Mutation("key name", named, "DR309", "DR309", ("key", key.name), holder)
        wanted = any(one.target == table.name for other in schema.tables for one in other.references)
        if not wanted and not table.column("id").serial:
            yield Mutation("no key", _swap(schema, table, replace(table, key=None)), "DR301", "DR301",
                           ("key", key.name), holder)  # fmt: skip
    for unique in table.uniques:
        place = ("unique", unique.name)

        def made(what: str, code: str, able: frozenset[str] = ALL, *, old: Any = unique, **facts: Any) -> Mutation:
            changed = _within(schema, table, "uniques", old, replace(old, **facts))
            return Mutation(what, changed, code, code, ("unique", old.name), holder, able)

        yield Mutation(
            "unique dropped", _within(schema, table, "uniques", unique, None), "DR321", "DR322", place, holder
        )
        yield made("nulls", "DR323", nulls_distinct=not unique.nulls_distinct)
        yield made("unique deferrable", "DR324", NOT_DRIZZLE, deferrable=not unique.deferrable)
        yield made("unique name", "DR329", name=f"{unique.name}_other")
        if len(unique.columns) > 1:
            yield made("unique order", "DR328", columns=unique.columns[::-1])


def _references(schema: Schema, table: Table) -> Iterator[Mutation]:
    for one in table.references:
        place, holder = ("reference", one.name), ("table", table.name)

        def made(what: str, code: str, able: frozenset[str] = ALL, *, old: Any = one, **facts: Any) -> Mutation:
            changed = _within(schema, table, "references", old, replace(old, **facts))
            return Mutation(what, changed, code, code, ("reference", old.name), ("table", table.name), able)

        dropped = _within(schema, table, "references", one, None)
        yield Mutation("reference dropped", dropped, "DR311", "DR312", place, holder)
        for action in ("no action", "restrict", "cascade", "set null", "set default"):
            if action != one.on_delete:
                yield made("on delete", "DR314", on_delete=action)
            if action != one.on_update:
                yield made("on update", "DR315", on_update=action)
        yield made("reference deferrable", "DR316", NOT_DRIZZLE, deferrable=not one.deferrable)
        yield made("reference name", "DR319", name=f"{one.name}_other")


def _checks(schema: Schema, table: Table) -> Iterator[Mutation]:
    for check in table.checks:
        place, holder = ("check", check.name), ("table", table.name)
        yield Mutation("check dropped", _within(schema, table, "checks", check, None), "DR401", "DR402", place, holder)
        renamed = _within(schema, table, "checks", check, replace(check, name=f"{check.name}_other"))
        yield Mutation("check name", renamed, "DR409", "DR409", place, holder)
        for number in range(len(TYPES[table.column(check.column).type].conditions)):
            if number != check.number:
                other = _within(schema, table, "checks", check, replace(check, number=number))
                yield Mutation("check expression", other, "DR403", "DR403", place, holder)


def _indexes(schema: Schema, table: Table) -> Iterator[Mutation]:
    for index in table.indexes:
        place, holder = ("index", index.name), ("table", table.name)

        def made(what: str, code: str, able: frozenset[str] = ALL, *, old: Any = index, **facts: Any) -> Mutation:
            changed = _within(schema, table, "indexes", old, replace(old, **facts))
            return Mutation(what, changed, code, code, ("index", old.name), ("table", table.name), able)

        yield Mutation("index dropped", _within(schema, table, "indexes", index, None), "DR501", "DR502", place, holder)
        yield made("index name", "DR509", name=f"{index.name}_other")
        key: IndexKey = index.keys[0]
        if index.method == "btree":
            yield made("index unique", "DR504", unique=not index.unique)
            if not key.lower and not key.opclass:
                turned = replace(key, descending=not key.descending, nulls_first=not key.nulls_first)
                yield made("index order", "DR503", keys=(turned, *index.keys[1:]))
                nulls = replace(key, nulls_first=not key.nulls_first)
                yield made("index nulls", "DR503", keys=(nulls, *index.keys[1:]))
                if table.column(key.column).type == "text":
                    other = replace(key, opclass="text_pattern_ops", descending=False, nulls_first=False)
                    code = "DR503" if key.descending or key.nulls_first else "DR508"
                    if code == "DR508":
                        yield made("opclass", code, keys=(other, *index.keys[1:]))
            if key.lower:
                yield made("index expression", "DR503", keys=(replace(key, lower=False), *index.keys[1:]))
        elif len(index.keys) == 1 and index.fillfactor is None:
            yield made("index method", "DR505", method="brin" if index.method == "hash" else "hash")
        if index.include:
            yield made("index include", "DR507", NOT_DRIZZLE, include=())
        if index.method != "brin":
            yield made("fillfactor", "DR510", fillfactor=None if index.fillfactor else 60)
        if index.where:
            column, said = index.where
            yield made("no predicate", "DR506", where=None)
            for number in range(len(TYPES[table.column(column).type].conditions)):
                if number != said:
                    yield made("predicate", "DR506", where=(column, number))


def _policies(schema: Schema, table: Table) -> Iterator[Mutation]:
    for policy in table.policies:
        place, holder = ("policy", policy.name), ("table", table.name)

        def made(what: str, code: str, *, old: Any = policy, **facts: Any) -> Mutation:
            changed = _within(schema, table, "policies", old, replace(old, **facts))
            return Mutation(what, changed, code, code, ("policy", old.name), ("table", table.name), NOT_SQLALCHEMY)

        if len(table.policies) > 1:
            dropped = _within(schema, table, "policies", policy, None)
            yield Mutation("policy dropped", dropped, "DR711", "DR712", place, holder, NOT_SQLALCHEMY)
        yield made("policy permissive", "DR717", permissive=not policy.permissive)
        yield made("policy name", "DR719", name=f"{policy.name}_other")
        if policy.command in ("select", "delete"):
            yield made("policy command", "DR713", command="delete" if policy.command == "select" else "select")
        for number in range(len(ROWS)):
            if number != policy.condition:
                yield made("policy condition", "DR716" if policy.command == "insert" else "DR715", condition=number)
