"""One fact changed: every field and every kind of object that a rule speaks of, and the rule that must tell it.

A mutation is a function of a schema that gives the same schema with one fact changed, or None where the schema holds
nothing to change.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from driftcheck.model import (
    Attribute,
    Check,
    Column,
    ExclusionElement,
    Expression,
    Extension,
    ForeignKey,
    Function,
    Generated,
    Identity,
    Index,
    IndexKey,
    Namespace,
    Partition,
    Policy,
    Role,
    Schema,
    Sequence,
    Table,
    Trigger,
    Unique,
    View,
)
from driftcheck.sql import parse_type

Mutation = Callable[[Schema], Schema | None]
Changed = Callable[[Any], Any]


def e(text: str) -> Expression:
    return Expression(text)


def of_schema(name: str, change: Changed, where: Callable[[Any], bool] = lambda one: True) -> Mutation:
    """`change` the first object of the schema's collection `name` that fits; None drops it."""

    def mutate(schema: Schema) -> Schema | None:
        held = getattr(schema, name)
        at = next((i for i, one in enumerate(held) if where(one)), None)
        if at is None:
            return None
        changed = change(held[at])
        return replace(schema, **{name: held[:at] + ((changed,) if changed is not None else ()) + held[at + 1 :]})

    return mutate


def of_table(name: str, change: Changed, where: Callable[[Any], bool] = lambda one: True) -> Mutation:
    """`change` the first object of the collection `name` of the first table that has one that fits."""

    def inside(table: Table) -> Table:
        held = getattr(table, name)
        at = next(i for i, one in enumerate(held) if where(one))
        changed = change(held[at])
        return replace(table, **{name: held[:at] + ((changed,) if changed is not None else ()) + held[at + 1 :]})

    return of_schema("tables", inside, lambda table: any(where(one) for one in getattr(table, name)))


def drop(_: Any) -> None:
    return None


def plain(column: Column) -> bool:
    """A column that nothing depends on and nothing fills."""
    return column.name.startswith("plain")


def plain_text(column: Column) -> bool:
    return plain(column) and str(column.type) == "text"


def set_to(**facts: Any) -> Changed:
    return lambda one: replace(one, **facts)


def first_key(**facts: Any) -> Changed:
    return lambda index: replace(index, keys=(replace(index.keys[0], **facts), *index.keys[1:]))


def has_default(column: Column) -> bool:
    return column.default is not None and plain(column)


def many_columns(thing: Unique | ForeignKey) -> bool:
    return len(thing.columns) > 1


def has_key(table: Table) -> bool:
    return table.primary_key is not None


def key(**facts: Any) -> Changed:
    return lambda table: replace(table, primary_key=replace(table.primary_key, **facts))


OTHER = e("other_expression(1)")

#: (what, rule that tells it, rule that tells it the other way round, mutation)
MUTATIONS: list[tuple[str, str, str, Mutation]] = [
    ("table", "DR101", "DR102", of_schema("tables", drop)),
    ("partition key", "DR104", "DR104", of_schema("tables", set_to(partition_by="hash (plain_1)"))),
    ("partition", "DR104", "DR104", of_schema("tables", set_to(partition_of=Partition("public", "p", "DEFAULT")))),
    ("inheritance", "DR104", "DR104", of_schema("tables", set_to(inherits=(("public", "p"),)))),
    ("row type", "DR104", "DR104", of_schema("tables", set_to(of_type="public.shape"))),
    ("unlogged", "DR104", "DR104", of_schema("tables", set_to(unlogged=True))),
    ("table options", "DR104", "DR104", of_schema("tables", set_to(options=(("fillfactor", "70"),)))),
    ("tablespace", "DR104", "DR104", of_schema("tables", set_to(tablespace="fast"))),
    ("table comment", "DR109", "DR109", of_schema("tables", set_to(comment="another"))),
    ("column", "DR201", "DR202", of_table("columns", drop, plain)),
    ("type", "DR203", "DR203", of_table("columns", set_to(type=parse_type("hstore")), plain)),
    ("text type", "DR214", "DR214", of_table("columns", set_to(type=parse_type("character varying")), plain_text)),
    ("nullable", "DR204", "DR204", of_table("columns", lambda c: replace(c, nullable=not c.nullable), plain)),
    ("default", "DR205", "DR205", of_table("columns", set_to(default=OTHER), plain)),
    ("no default", "DR205", "DR205", of_table("columns", set_to(default=None), has_default)),
    ("generated", "DR206", "DR206", of_table("columns", set_to(generated=Generated(OTHER), default=None), plain)),
    ("identity", "DR207", "DR207", of_table("columns", set_to(identity=Identity(), default=None), plain)),
    ("collation", "DR208", "DR208", of_table("columns", set_to(collation="C"), plain)),
    ("column comment", "DR209", "DR209", of_table("columns", set_to(comment="another"), plain)),
    ("column name", "DR210", "DR210", of_table("columns", set_to(name="renamed"), lambda c: c.name == "plain_only")),
    (
        "default in code",
        "DR211",
        "DR211",
        of_table("columns", lambda c: replace(c, default=None, application_default=str(c.default)), has_default),
    ),
    ("storage", "DR213", "DR213", of_table("columns", set_to(storage="external"), plain)),
    ("compression", "DR213", "DR213", of_table("columns", set_to(compression="lz4"), plain)),
    ("primary key", "DR301", "DR301", of_schema("tables", set_to(primary_key=None), has_key)),
    ("key columns", "DR301", "DR301", of_schema("tables", key(columns=("plain_1",)), has_key)),
    ("key deferrable", "DR301", "DR301", of_schema("tables", key(deferrable=True), has_key)),
    ("key deferred", "DR301", "DR301", of_schema("tables", key(initially_deferred=True), has_key)),
    ("key include", "DR301", "DR301", of_schema("tables", key(include=("plain_1",)), has_key)),
    ("key overlaps", "DR301", "DR301", of_schema("tables", key(without_overlaps=True), has_key)),
    ("key name", "DR309", "DR309", of_schema("tables", key(name="another"), has_key)),
    ("foreign key", "DR311", "DR312", of_table("foreign_keys", drop)),
    ("fk columns", "DR313", "DR313", of_table("foreign_keys", set_to(columns=("plain_1",)))),
    ("fk target", "DR313", "DR313", of_table("foreign_keys", set_to(target_table="elsewhere"))),
    ("fk target schema", "DR313", "DR313", of_table("foreign_keys", set_to(target_schema="elsewhere"))),
    ("fk target columns", "DR313", "DR313", of_table("foreign_keys", set_to(target_columns=("elsewhere",)))),
    ("fk match", "DR313", "DR313", of_table("foreign_keys", set_to(match="full"))),
    ("fk period", "DR313", "DR313", of_table("foreign_keys", set_to(period=True))),
    ("on delete", "DR314", "DR314", of_table("foreign_keys", set_to(on_delete="set default"))),
    ("delete columns", "DR314", "DR314", of_table("foreign_keys", set_to(delete_columns=("plain_1",)))),
    ("on update", "DR315", "DR315", of_table("foreign_keys", set_to(on_update="set default"))),
    ("fk deferrable", "DR316", "DR316", of_table("foreign_keys", set_to(deferrable=True))),
    ("fk deferred", "DR316", "DR316", of_table("foreign_keys", set_to(deferrable=True, initially_deferred=True))),
    ("fk valid", "DR317", "DR317", of_table("foreign_keys", set_to(validated=False))),
    ("fk enforced", "DR317", "DR317", of_table("foreign_keys", set_to(enforced=False))),
    ("fk name", "DR319", "DR319", of_table("foreign_keys", set_to(name="another"))),
    ("unique", "DR321", "DR322", of_table("uniques", drop)),
    ("unique nulls", "DR323", "DR323", of_table("uniques", set_to(nulls_distinct=False))),
    ("unique deferrable", "DR324", "DR324", of_table("uniques", set_to(deferrable=True))),
    ("unique include", "DR326", "DR326", of_table("uniques", set_to(include=("plain_1",)))),
    ("unique overlaps", "DR326", "DR326", of_table("uniques", set_to(without_overlaps=True))),
    ("unique columns", "DR327", "DR327", of_table("uniques", set_to(columns=("plain_1",)))),
    (
        "unique order",
        "DR328",
        "DR328",
        of_table("uniques", lambda u: replace(u, columns=u.columns[::-1]), many_columns),
    ),
    ("unique name", "DR329", "DR329", of_table("uniques", set_to(name="another"))),
    ("exclusion", "DR331", "DR332", of_table("exclusions", drop)),
    ("exclusion elements", "DR333", "DR333", of_table("exclusions", set_to(elements=(ExclusionElement(OTHER, "&&"),)))),
    ("exclusion method", "DR333", "DR333", of_table("exclusions", set_to(method="spgist"))),
    ("exclusion predicate", "DR333", "DR333", of_table("exclusions", set_to(predicate=OTHER))),
    ("exclusion include", "DR333", "DR333", of_table("exclusions", set_to(include=("plain_1",)))),
    ("exclusion deferrable", "DR333", "DR333", of_table("exclusions", set_to(deferrable=True))),
    ("exclusion name", "DR339", "DR339", of_table("exclusions", set_to(name="another"))),
    ("check", "DR401", "DR402", of_table("checks", drop)),
    ("check expression", "DR403", "DR403", of_table("checks", set_to(expression=OTHER))),
    ("check inherit", "DR404", "DR404", of_table("checks", set_to(no_inherit=True))),
    ("check valid", "DR404", "DR404", of_table("checks", set_to(validated=False))),
    ("check enforced", "DR404", "DR404", of_table("checks", set_to(enforced=False))),
    ("check name", "DR409", "DR409", of_table("checks", set_to(name="another"))),
    ("index", "DR501", "DR502", of_table("indexes", drop)),
    ("index keys", "DR503", "DR503", of_table("indexes", set_to(keys=(IndexKey(column="plain_1"),)))),
    ("index descending", "DR503", "DR503", of_table("indexes", first_key(descending=True))),
    ("index nulls", "DR503", "DR503", of_table("indexes", first_key(nulls_first=True))),
    ("index collation", "DR503", "DR503", of_table("indexes", first_key(collation="C"))),
    ("index expression", "DR503", "DR503", of_table("indexes", first_key(column=None, expression=OTHER))),
    ("index unique", "DR504", "DR504", of_table("indexes", lambda i: replace(i, unique=not i.unique))),
    ("index nulls distinct", "DR504", "DR504", of_table("indexes", set_to(nulls_distinct=False))),
    ("index method", "DR505", "DR505", of_table("indexes", set_to(method="brin"))),
    ("index predicate", "DR506", "DR506", of_table("indexes", set_to(predicate=OTHER))),
    ("index include", "DR507", "DR507", of_table("indexes", set_to(include=("plain_1",)))),
    ("index opclass", "DR508", "DR508", of_table("indexes", first_key(opclass="text_pattern_ops"))),
    ("index opclass options", "DR508", "DR508", of_table("indexes", first_key(opclass_options=(("siglen", "9"),)))),
    ("index name", "DR509", "DR509", of_table("indexes", set_to(name="another"))),
    ("index options", "DR510", "DR510", of_table("indexes", set_to(options=(("fillfactor", "70"),)))),
    ("index tablespace", "DR510", "DR510", of_table("indexes", set_to(tablespace="fast"))),
    ("index only", "DR510", "DR510", of_table("indexes", set_to(only=True))),
    ("enum", "DR601", "DR602", of_schema("enums", drop)),
    ("enum values", "DR603", "DR603", of_schema("enums", lambda one: replace(one, values=(*one.values, "new")))),
    ("enum order", "DR604", "DR604", of_schema("enums", lambda one: replace(one, values=one.values[::-1]))),
    ("domain", "DR611", "DR612", of_schema("domains", drop)),
    ("domain type", "DR613", "DR613", of_schema("domains", set_to(type=parse_type("bytea")))),
    ("domain nullable", "DR613", "DR613", of_schema("domains", set_to(nullable=False))),
    ("domain default", "DR613", "DR613", of_schema("domains", set_to(default=OTHER))),
    ("domain collation", "DR613", "DR613", of_schema("domains", set_to(collation="C"))),
    ("domain check", "DR613", "DR613", of_schema("domains", set_to(checks=(Check(name="c", expression=OTHER),)))),
    (
        "domain check name",
        "DR409",
        "DR409",
        of_schema("domains", lambda d: replace(d, checks=(replace(d.checks[0], name="another"),))),
    ),
    ("sequence", "DR621", "DR622", of_schema("sequences", drop)),
    *(
        (f"sequence {name}", "DR623", "DR623", of_schema("sequences", set_to(**{name: value})))
        for name, value in {
            "type": "smallint",
            "start": 77,
            "increment": 7,
            "minimum": 2,
            "maximum": 99,
            "cache": 5,
            "cycle": True,
            "owned_by": ("public", "elsewhere", "id"),
        }.items()
    ),
    ("composite", "DR631", "DR632", of_schema("composites", drop)),
    (
        "attributes",
        "DR633",
        "DR633",
        of_schema("composites", set_to(attributes=(Attribute("z", parse_type("text")),))),
    ),
    ("range", "DR631", "DR632", of_schema("ranges", drop)),
    ("subtype", "DR633", "DR633", of_schema("ranges", set_to(subtype=parse_type("date")))),
    ("range options", "DR633", "DR633", of_schema("ranges", set_to(options=(("collation", "C"),)))),
    ("extension", "DR641", "DR642", of_schema("extensions", drop)),
    ("extension schema", "DR643", "DR643", of_schema("extensions", set_to(schema="elsewhere"))),
    ("schema", "DR651", "DR652", of_schema("namespaces", drop)),
    ("role", "DR661", "DR662", of_schema("roles", drop)),
    ("role createdb", "DR663", "DR663", of_schema("roles", set_to(create_database=True))),
    ("role createrole", "DR663", "DR663", of_schema("roles", set_to(create_role=True))),
    ("role inherit", "DR663", "DR663", of_schema("roles", set_to(inherit=False))),
    ("row security", "DR702", "DR701", of_schema("tables", set_to(row_security=True))),
    ("forced", "DR703", "DR703", of_schema("tables", set_to(force_row_security=True))),
    ("policy", "DR711", "DR712", of_schema("policies", drop)),
    ("policy command", "DR713", "DR713", of_schema("policies", set_to(command="delete"))),
    ("policy roles", "DR714", "DR714", of_schema("policies", set_to(roles=("anon",)))),
    ("policy using", "DR715", "DR715", of_schema("policies", set_to(using=OTHER))),
    ("policy check", "DR716", "DR716", of_schema("policies", set_to(check=OTHER))),
    ("policy permissive", "DR717", "DR717", of_schema("policies", set_to(permissive=False))),
    ("policy name", "DR719", "DR719", of_schema("policies", set_to(name="another"))),
    ("view", "DR801", "DR802", of_schema("views", drop)),
    ("view query", "DR803", "DR803", of_schema("views", set_to(definition=OTHER))),
    ("view columns", "DR803", "DR803", of_schema("views", set_to(columns=("z",)))),
    ("view options", "DR803", "DR803", of_schema("views", set_to(options=(("security_invoker", "true"),)))),
    ("view kind", "DR803", "DR803", of_schema("views", lambda v: replace(v, materialized=not v.materialized))),
    ("view index", "DR501", "DR502", of_schema("views", set_to(indexes=()))),
    ("function", "DR811", "DR812", of_schema("functions", drop)),
    *(
        (f"function {name}", "DR813", "DR813", of_schema("functions", set_to(**{name: value})))
        for name, value in {
            "signature": ("bytea",),
            "arguments": "x bytea",
            "kind": "procedure",
            "returns": "bytea",
            "language": "plv8",
            "body": "another",
            "volatility": "immutable",
            "strict": True,
            "security_definer": True,
            "leakproof": True,
            "window": True,
            "parallel": "safe",
            "cost": "7",
            "rows": "7",
            "support": "f",
            "settings": (("search_path", "''"),),
        }.items()
    ),
    ("trigger", "DR821", "DR822", of_schema("triggers", drop)),
    *(
        (f"trigger {name}", "DR823", "DR823", of_schema("triggers", set_to(**{name: value})))
        for name, value in {
            "timing": "after",
            "events": ("delete",),
            "function_schema": "elsewhere",
            "function": "another",
            "arguments": ("x",),
            "body": OTHER,
            "for_each": "statement",
            "update_columns": ("plain_1",),
            "when": OTHER,
            "constraint": True,
            "deferrable": True,
            "initially_deferred": True,
            "constraint_table": "public.x",
            "old_table": "o",
            "new_table": "n",
            "enabled": "disabled",
        }.items()
    ),
    ("trigger name", "DR829", "DR829", of_schema("triggers", set_to(name="another"))),
]

#: What a schema needs so that every mutation finds something to change.
EVERYTHING = Schema(
    namespaces=(Namespace(name="app"),),
    sequences=(Sequence(schema="public", name="ticket"),),
    views=(
        View(
            schema="public",
            name="recent",
            definition=e("select 1"),
            materialized=True,
            indexes=(Index(name="recent_index", keys=(IndexKey(column="a"),)),),
        ),
    ),
    policies=(Policy(schema="public", table="t0", name="own", command="select", using=e("owner = me()")),),
    roles=(Role(name="reader"),),
    functions=(Function(schema="public", name="touch", returns="trigger", language="plpgsql", body="begin end"),),
    triggers=(
        Trigger(
            schema="public",
            table="t0",
            name="touched",
            timing="before",
            events=("update",),
            function_schema="public",
            function="touch",
            for_each="row",
        ),
    ),
    extensions=(Extension(name="citext", schema="public"),),
)
