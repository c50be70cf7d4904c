"""One schema in which every field of the model says something, and which PostgreSQL 18 builds."""

from __future__ import annotations

from driftcheck.model import (
    Attribute,
    Check,
    Collation,
    Column,
    ColumnType,
    Comment,
    CompositeType,
    Domain,
    Enum,
    Exclusion,
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
    Opaque,
    Partition,
    Policy,
    PrimaryKey,
    RangeType,
    Role,
    Schema,
    Sequence,
    Table,
    Trigger,
    Unique,
    View,
)
from driftcheck.sql import parse_type


def column(name: str, type_: str, **facts: object) -> Column:
    return Column(name=name, type=parse_type(type_), **facts)  # type: ignore[arg-type]  # fields of Column


def key(name: str, *columns: str) -> PrimaryKey:
    return PrimaryKey(name=name, columns=columns)


STATUS = Enum(schema="app", name="status", values=("open", "it's closed", ""))
EMAIL = Domain(
    schema="app",
    name="email",
    type=parse_type("character varying(320)"),
    nullable=False,
    default=Expression("'nobody@example.org'"),
    collation="C",
    checks=(
        Check(name="email_check", expression=Expression("app.is_email(VALUE)")),
        Check(name="email_long", expression=Expression("length(VALUE) > 3"), validated=False),
    ),
)
ADDRESS = CompositeType(
    schema="app",
    name="address",
    attributes=(Attribute("street", parse_type("text"), "C"), Attribute("kind", ColumnType("status", schema="app"))),
)
TIMES = RangeType(
    schema="app",
    name="time_range",
    subtype=parse_type("time without time zone"),
    options=(("multirange_type_name", "app.times"), ("subtype_diff", "app.time_gap")),
)
COUNTER = Sequence(
    schema="app", name="Counter", type="integer", start=10, increment=5, minimum=1, maximum=1000, cache=3, cycle=True,
    owned_by=("app", "accounts", "number"),
)  # fmt: skip

ACCOUNTS = Table(
    schema="app",
    name="accounts",
    columns=(
        column(
            "id",
            "bigint",
            nullable=False,
            identity=Identity(
                always=True,
                start=100,
                increment=2,
                minimum=50,
                maximum=9999,
                cache=4,
                cycle=True,
                sequence_name="Account ids",
            ),
        ),
        column("number", "integer", default=Expression("nextval('app.\"Counter\"'::regclass)")),
        column("email", "app.email", nullable=False),
        column("name", "text", collation="C", storage="external", compression="pglz", comment="Who it's for"),
        column("state", "app.status", default=Expression("'open'")),
        column("home", "app.address"),
        column("tags", "text[]", default=Expression("ARRAY[]::text[]")),
        column("adult", "boolean", default=Expression("1 IN (1, 2) AND true")),
        column("embedding", "vector(3)"),
        column("slug", "text", generated=Generated(Expression("lower(email)"))),
        column("shout", "text", generated=Generated(Expression("upper(name)"), stored=False)),
        column("CamelCase", "timestamp(3) with time zone"),
        column("order", "integer"),
        column("during", "tsrange", nullable=False),
        column("room", "int4range", nullable=False),
    ),
    primary_key=PrimaryKey(
        name="accounts_pkey", columns=("id",), include=("name",), deferrable=True, initially_deferred=True
    ),
    uniques=(
        Unique(
            name="accounts_email_key",
            columns=("email", "order"),
            nulls_distinct=False,
            include=("state",),
            deferrable=True,
            initially_deferred=True,
        ),
        Unique(name="accounts_id_key", columns=("id",)),
        Unique(name="accounts_room_key", columns=("room", "during"), without_overlaps=True),
    ),
    exclusions=(
        Exclusion(
            name="no two at once",
            elements=(
                ExclusionElement(Expression("room"), "&&", opclass="range_ops"),
                ExclusionElement(Expression("during"), "&&"),
            ),
            method="gist",
            predicate=Expression("order_is_open('x') OR \"order\" > 3"),
            include=("id",),
            deferrable=True,
            initially_deferred=True,
        ),
        Exclusion(
            name="no two names",
            elements=(ExclusionElement(Expression("name"), "=", collation="C"),),
            method="btree",
        ),
    ),
    checks=(
        Check(name="accounts_name_check", expression=Expression("name <> '' -- never"), no_inherit=True),
        Check(name="accounts_order_check", expression=Expression('"order" > 0'), validated=False),
        Check(name="accounts_loose_check", expression=Expression('"order" < 9'), validated=False, enforced=False),
    ),
    indexes=(
        Index(
            name="accounts name",
            keys=(
                IndexKey(column="name", descending=True, opclass="text_pattern_ops", collation="POSIX"),
                IndexKey(expression=Expression("lower(slug)"), nulls_first=True),
            ),
            unique=True,
            nulls_distinct=False,
            include=("order",),
            predicate=Expression("state = 'open'"),
            options=(("fillfactor", "70"),),
            tablespace="pg_default",
        ),
        Index(
            name="accounts_tags_idx", keys=(IndexKey(column="tags"),), method="gin", options=(("fastupdate", "off"),)
        ),
        Index(
            name="accounts_search_idx",
            keys=(
                IndexKey(
                    expression=Expression("to_tsvector('simple', name)"),
                    opclass="tsvector_ops",
                    opclass_options=(("siglen", "100"),),
                ),
            ),
            method="gist",
        ),
    ),
    row_security=True,
    force_row_security=True,
    comment="People's accounts",
    options=(("fillfactor", "80"), ("toast.autovacuum_enabled", "false")),
    tablespace="pg_default",
)
ITEMS = Table(
    schema="public",
    name="items",
    columns=(
        column("id", "integer", nullable=False),
        column("account", "bigint"),
        column("room", "int4range", nullable=False),
        column("during", "tsrange", nullable=False),
    ),
    primary_key=PrimaryKey(name="items_pkey", columns=("room", "during"), without_overlaps=True),
    foreign_keys=(
        ForeignKey(
            name="items_account_fkey", columns=("id", "account"), target_schema="public", target_table="events",
            target_columns=("id", "account"), on_delete="set null", delete_columns=("account",), on_update="cascade",
            match="full", deferrable=True, initially_deferred=True,
        ),
        ForeignKey(
            name="items_room_fkey", columns=("room", "during"), target_schema="app", target_table="accounts",
            target_columns=("room", "during"), period=True,
        ),
        ForeignKey(
            name="items_loose_fkey", columns=("account",), target_schema="app", target_table="accounts",
            target_columns=("id",), validated=False, enforced=False,
        ),
    ),
    unlogged=True,
)  # fmt: skip
EVENTS = Table(
    schema="public",
    name="events",
    columns=(column("id", "integer", nullable=False), column("account", "bigint", nullable=False)),
    primary_key=key("events_pkey", "id", "account"),
    foreign_keys=(
        ForeignKey(
            name="events_account_fkey", columns=("account",), target_schema="app", target_table="accounts",
            target_columns=("id",), validated=False,
        ),
    ),
    unlogged=True,
)  # fmt: skip
LOGS = Table(
    schema="public",
    name="logs",
    columns=(column("id", "integer", nullable=False), column("at", "date", nullable=False)),
    primary_key=key("logs_pkey", "id", "at"),
    indexes=(Index(name="logs_at_idx", keys=(IndexKey(column="at"),), only=True),),
    partition_by="RANGE (at)",
)
LOGS_2024 = Table(
    schema="public",
    name="logs_2024",
    columns=LOGS.columns,
    primary_key=key("logs_2024_pkey", "id", "at"),
    partition_of=Partition("public", "logs", "FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')"),
)
SPECIAL = Table(
    schema="public",
    name="special_events",
    columns=(*EVENTS.columns, column("extra", "text")),
    inherits=(("public", "events"),),
    unlogged=True,
)
TYPED = Table(
    schema="public",
    name="places",
    columns=(column("street", "text", nullable=False, collation="C"), column("kind", "app.status")),
    of_type="app.address",
)

IS_EMAIL = Function(
    schema="app",
    name="is_email",
    signature=("text",),
    arguments="value text",
    returns="boolean",
    language="sql",
    body="RETURN value LIKE '%@%'",
    volatility="immutable",
    strict=True,
    leakproof=True,
    parallel="safe",
    cost="5",
)
TIME_GAP = Function(
    schema="app",
    name="time_gap",
    signature=("time without time zone", "time without time zone"),
    arguments="a time, b time",
    returns="double precision",
    language="sql",
    body=" SELECT EXTRACT(EPOCH FROM (a - b)) ",
    volatility="immutable",
)
ORDER_IS_OPEN = Function(
    schema="public",
    name="order_is_open",
    signature=("text",),
    arguments="label text",
    returns="boolean",
    language="plpgsql",
    body="\nBEGIN\n    RETURN label <> '$$';\nEND\n",
    volatility="immutable",
    security_definer=True,
    settings=(("search_path", 'public, "$user"'), ("work_mem", "64MB")),
)
ALL_NAMES = Function(
    schema="public",
    name="all names",
    arguments="",
    returns="SETOF app.accounts",
    language="sql",
    body="SELECT * FROM app.accounts",
    rows="7",
    support="pg_catalog.generate_series_int4_support",
)
TIDY = Function(schema="public", name="tidy", kind="procedure", language="sql", body="DELETE FROM public.items")
RANKED = Function(
    schema="public",
    name="ranked",
    returns="bigint",
    language="internal",
    body="window_rank",
    window=True,
)
TOTAL = Function(
    schema="public", name="total", signature=("integer",), arguments="integer", kind="aggregate",
    body="(SFUNC = int4pl, STYPE = integer)",
)  # fmt: skip
TOUCH = Function(
    schema="public", name="touch", returns="trigger", language="plpgsql", body="BEGIN RETURN NEW; END",
)  # fmt: skip

TRIGGERS = (
    Trigger(
        schema="app", table="accounts", name="Touch it", timing="before", events=("insert", "update"),
        update_columns=("name", "order"), for_each="row", when=Expression("NEW.name IS NOT NULL"),
        function_schema="public", function="touch", arguments=("it's", "1"), enabled="always",
    ),
    Trigger(
        schema="public", table="items", name="items_checked", timing="after", events=("delete",), for_each="row",
        function_schema="public", function="touch", constraint=True, deferrable=True, initially_deferred=True,
        constraint_table="app.accounts",
    ),
    Trigger(
        schema="public", table="items", name="items_changed", timing="after", events=("update",),
        function_schema="public", function="touch", old_table="before", new_table="After",
    ),
)  # fmt: skip

EXAMPLE = Schema(
    namespaces=(Namespace(name="app"), Namespace(name="Second one")),
    extensions=(Extension(name="vector", schema="public"),),
    roles=(Role(name="app reader", create_database=True, create_role=True, inherit=False),),
    enums=(STATUS,),
    domains=(EMAIL,),
    composites=(ADDRESS,),
    ranges=(TIMES,),
    collations=(Collation(schema="app", name="Plain", options=(("locale", "C"), ("provider", "libc"))),),
    sequences=(COUNTER,),
    tables=(ACCOUNTS, ITEMS, SPECIAL, EVENTS, LOGS_2024, LOGS, TYPED),
    views=(
        View(
            schema="public",
            name="names of open",
            definition=Expression("SELECT id, name FROM accounts_open; -- all of them"),
            columns=("id", "Name"),
            options=(("check_option", "local"), ("security_invoker", "true")),
        ),
        View(
            schema="public",
            name="accounts_open",
            definition=Expression("SELECT * FROM app.accounts WHERE state = 'open'"),
        ),
        View(
            schema="public",
            name="counted",
            definition=Expression("SELECT account, count(*) AS n FROM items GROUP BY account"),
            materialized=True,
            options=(("fillfactor", "90"),),
            with_data=False,
            indexes=(Index(name="counted_account_idx", keys=(IndexKey(column="account"),), unique=True),),
        ),
    ),
    policies=(
        Policy(
            schema="app", table="accounts", name="Own accounts", command="update", roles=("app reader", "current_user"),
            using=Expression("number = 1"), check=Expression("(number = 1)"), permissive=False,
        ),
    ),
    functions=(IS_EMAIL, TIME_GAP, ORDER_IS_OPEN, ALL_NAMES, TIDY, RANKED, TOTAL, TOUCH),
    triggers=TRIGGERS,
    comments=(
        Comment(kind="materialized", schema="public", name="counted", text="how many"),
        Comment(kind="policy", schema="app", table="accounts", name="Own accounts", text="one's own"),
        Comment(kind="function", schema="app", name="is_email", signature=("text",), text="@"),
    ),
    opaque=(Opaque(kind="view", schema="public", name="mystery"),),
)  # fmt: skip
