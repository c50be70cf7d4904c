"""The walk over a whole schema: what belongs together, what is implied, and that order never matters."""

from __future__ import annotations

from dataclasses import replace

import pytest

from driftcheck.model import (
    Check,
    Column,
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
    Partition,
    PrimaryKey,
    Schema,
    Sequence,
    Table,
)
from driftcheck.normalize import normalize
from driftcheck.sql import parse_type

from .building import column, one, serial, table


class TestColumns:
    def test_null_is_no_default(self) -> None:
        for text in ("NULL", "null::text", "NULL::character varying"):
            assert one(column("a", "text", text)).columns[0].default is None

    def test_primary_key_and_identity_are_not_null(self) -> None:
        found = one(
            column("a", "integer"),
            column("b", "integer", identity=Identity()),
            column("c", "integer"),
            primary_key=PrimaryKey(name="t_pkey", columns=("a",)),
        )
        assert [item.nullable for item in found.columns] == [False, False, True]

    def test_collation_default_is_none(self) -> None:
        found = one(
            column("a", "text", collation="default"),
            column("b", "text", collation='pg_catalog."C"'),
            column("c", "text", collation="C"),
        )
        assert [item.collation for item in found.columns] == [None, "C", "C"]

    def test_collation_keeps_its_blanks(self) -> None:
        found = one(column("a", "text", collation="odd\n"), column("b", "text", collation=" x "))
        assert [item.collation for item in found.columns] == ["odd\n", " x "]

    def test_order_is_kept(self) -> None:
        assert [item.name for item in one(column("b", "text"), column("a", "text")).columns] == ["b", "a"]

    def test_domain_default_is_read_as_its_base(self) -> None:
        domain = Domain(schema="public", name="positive", type=parse_type("int"))
        found = one(column("a", "positive", "5"), column("b", "positive", "'5'::int"), schema=Schema(domains=(domain,)))
        assert found.columns[0].default == found.columns[1].default

    def test_generated(self) -> None:
        spellings = ("lower(email)", "lower((email)::text)", "pg_catalog.lower(t.email)")
        found = {
            one(column("email", "varchar(20)"), column("b", "text", generated=Generated(Expression(spelling)))).columns[
                1
            ]
            for spelling in spellings
        }
        assert len(found) == 1


class TestSerial:
    def test_belongs_to_its_column_whatever_its_name(self) -> None:
        usual, dumped = normalize(serial()), normalize(serial(sequence="counter"))
        assert usual == dumped
        assert usual.sequences == ()

    def test_options_that_are_the_defaults_are_none(self) -> None:
        dumped = serial(start=1, increment=1, minimum=1, maximum=2**31 - 1, cache=1)
        assert normalize(dumped) == normalize(serial())

    @pytest.mark.parametrize(
        "option", [{"start": 100}, {"increment": 2}, {"cycle": True}, {"cache": 5}, {"type": "bigint"}]
    )
    def test_with_options_of_its_own_it_stays(self, option: dict[str, object]) -> None:
        found = normalize(serial(**option))
        assert len(found.sequences) == 1
        assert found.tables == normalize(serial()).tables

    def test_a_sequence_of_nobody_is_told_by_its_name(self) -> None:
        first = one(column("a", "integer", "nextval('one')"))
        assert first == one(column("a", "integer", "nextval('public.one'::regclass)"))
        assert first != one(column("a", "integer", "nextval('two')"))
        assert first != normalize(serial(name="a", sequence="one")).tables[0]

    def test_a_sequence_of_another_column_is_told_by_its_name(self) -> None:
        schema = serial()
        other = table(column("n", "integer", "nextval('t_id_seq')"), name="u")
        found = normalize(replace(schema, tables=(*schema.tables, other)))
        assert found.tables[0].columns[0].default != found.tables[1].columns[0].default

    def test_identity_options(self) -> None:
        plain = Identity(always=True)
        written = Identity(
            always=True, start=1, increment=1, minimum=1, maximum=2**31 - 1, cache=1, sequence_name="t_id_seq"
        )
        assert one(column("id", "integer", identity=plain)) == one(column("id", "int4", identity=written))
        small = replace(written, maximum=2**15 - 1)
        assert one(column("id", "smallint", identity=small)) == one(column("id", "smallint", identity=plain))
        assert one(column("id", "integer", identity=small)) != one(column("id", "integer", identity=plain))
        assert one(column("id", "integer", identity=Identity())) != one(column("id", "integer", identity=plain))

    def test_falling_sequence(self) -> None:
        falling = Sequence(schema="public", name="s", increment=-1)
        written = replace(falling, start=-1, minimum=-(2**63), maximum=-1, type="int8")
        found = [normalize(Schema(sequences=(item,))).sequences for item in (falling, written)]
        assert found[0] == found[1]


class TestConstraints:
    def test_foreign_key_without_columns_means_the_primary_key(self) -> None:
        target = table(column("id", "uuid"), name="u", primary_key=PrimaryKey(name="u_pkey", columns=("id",)))
        key = ForeignKey(name="t_u_fkey", columns=("u_id",), target_schema="public", target_table="u")
        named = replace(key, target_columns=("id",))
        found = [
            normalize(Schema(tables=(target, table(column("u_id", "uuid"), foreign_keys=(item,)))))
            for item in (key, named)
        ]
        assert found[0] == found[1]

    def test_foreign_key_to_a_table_that_is_not_declared(self) -> None:
        key = ForeignKey(name="k", columns=("u",), target_schema="crm", target_table="users")
        assert one(column("u", "uuid"), foreign_keys=(key,)).foreign_keys == (key,)

    def test_check_qualified_or_not(self) -> None:
        texts = ("age > 3", '"t"."age" > 3', "((age > 3))", "public.t.age>3", "3 < age")
        checks = [Check(name="c", expression=Expression(text)) for text in texts]
        assert len({one(column("age", "integer"), checks=(check,)) for check in checks}) == 1

    def test_column_type_decides_what_a_cast_is(self) -> None:
        def check(type_: str, text: str) -> Check:
            return one(column("a", type_), checks=(Check(name="c", expression=Expression(text)),)).checks[0]

        assert check("varchar(5)", "(a)::text = 'x'") == check("varchar(5)", "a = 'x'")
        assert check("citext", "(a)::text = 'x'") != check("citext", "a = 'x'")
        assert check("integer", "a / 2 > 1") != check("integer", "a / 2.0 > 1")
        assert check("numeric", "a / 2 > 1") == check("numeric", "(a / (2)::numeric) > (1)::numeric")

    def test_exclusion(self) -> None:
        def exclusion(method: str, text: str, operator: str) -> Exclusion:
            element = ExclusionElement(expression=Expression(text), operator=operator, opclass="range_ops")
            return Exclusion(name="x", elements=(element,), method=method)

        plain = one(column("during", "tstzrange"), exclusions=(exclusion("gist", "during", "&&"),))
        assert plain == one(
            column("during", "tstzrange"), exclusions=(exclusion("GIST", '"during"', "OPERATOR(pg_catalog.&&)"),)
        )
        assert plain.exclusions[0].elements[0].opclass is None
        other = one(column("during", "tstzrange"), exclusions=(exclusion("gist", "during", 'operator("Tools" . &&)'),))
        assert other.exclusions[0].elements[0].operator == 'OPERATOR("Tools".&&)'


class TestPartitions:
    def partition(self, key: str, bound: str, type_: str = "timestamptz") -> Table:
        parent = table(column("at", type_), column("kind", "text"), name="p", partition_by=key)
        child = table(partition_of=Partition(parent_schema="public", parent_table="p", bound=bound), name="c")
        return normalize(Schema(tables=(parent, child))).tables[0]

    @pytest.mark.parametrize(
        ("type_", "key", "spellings"),
        [
            ("timestamptz", "RANGE (at)", ["FOR VALUES FROM ('2020-01-01') TO ('2020-02-01')",
             "for values from ('2020-01-01 00:00:00+00')  to ('2020-02-01 00:00:00+00')"]),
            ("integer", 'RANGE ("at")', ["FOR VALUES FROM (1) TO (10)", "FOR VALUES FROM ('1') TO ('10')"]),
            ("date", "RANGE (at)", ["FOR VALUES FROM (MINVALUE) TO ('2020-02-01')",
             "FOR VALUES FROM (minvalue) TO ('2020-02-01'::date)"]),
            ("text", "LIST (kind)", ["FOR VALUES IN ('a', 'b')", "FOR VALUES IN ('b', 'a')"]),
            ("text", "HASH (kind)", ["FOR VALUES WITH (MODULUS 4, REMAINDER 0)",
             "FOR VALUES WITH (modulus 4, remainder 0)"]),
            ("text", "LIST (kind)", ["DEFAULT", "default"]),
        ],
    )  # fmt: skip
    def test_bounds_are_values_of_the_key(self, type_: str, key: str, spellings: list[str]) -> None:
        assert len({self.partition(key, spelling, type_) for spelling in spellings}) == 1

    def test_other_bounds_and_keys(self) -> None:
        first = self.partition("RANGE (at)", "FOR VALUES FROM ('2020-01-01') TO ('2020-02-01')")
        assert first != self.partition("RANGE (at)", "FOR VALUES FROM ('2020-01-01') TO ('2020-03-01')")
        keys = [
            one(column("at", "date"), partition_by=key).partition_by
            for key in ("RANGE (at)", 'range ( "at" )', "LIST (at)")
        ]
        assert keys[0] == keys[1] != keys[2]


class TestIndexes:
    def index(self, *keys: IndexKey, **facts: object) -> Index:
        found = one(
            column("a", "text"), column("b", "varchar(9)"), column("n", "integer", collation="C"),
            column("tags", "text[]"), column("s", "status"),
            schema=Schema(enums=(Enum(schema="public", name="status", values=("x",)),)),
            indexes=(Index(name="i", keys=keys, **facts),),  # type: ignore[arg-type]
        )  # fmt: skip
        return found.indexes[0]

    def test_expression_that_is_a_column(self) -> None:
        assert self.index(IndexKey(expression=Expression('("a")'))) == self.index(IndexKey(column="a"))

    @pytest.mark.parametrize(
        ("column", "opclass", "method"),
        [("a", "text_ops", "btree"), ("b", "text_ops", "BTREE"), ("n", "int4_ops", "btree"),
         ("n", '"int4_ops"', "hash"),
         ("tags", "array_ops", "gin"), ("a", "pg_catalog.text_ops", "btree"), ("s", "enum_ops", "btree"),
         ("a", "text_minmax_ops", "brin")],
    )  # fmt: skip
    def test_default_opclass_is_none(self, column: str, opclass: str, method: str) -> None:
        assert self.index(IndexKey(column=column, opclass=opclass), method=method).keys[0].opclass is None

    @pytest.mark.parametrize(
        ("column", "opclass"),
        [("a", "text_pattern_ops"), ("b", "varchar_pattern_ops"), ("n", "int8_ops"), ("n", "app.int4_ops")],
    )
    def test_other_opclass_stays(self, column: str, opclass: str) -> None:
        assert self.index(IndexKey(column=column, opclass=opclass)).keys[0].opclass == opclass

    def test_classes_of_two_schemas_are_two_but_for_those_that_everybody_searches(self) -> None:
        said = [self.index(IndexKey(column="a", opclass=f"{schema}trgm_ops")) for schema in ("", "extensions.", "app.")]
        assert said[0] == said[1] != said[2]

    def test_key_order_and_direction_count(self) -> None:
        a, b = IndexKey(column="a"), IndexKey(column="b")
        assert self.index(a, b) != self.index(b, a)
        assert self.index(a) != self.index(replace(a, descending=True, nulls_first=True))
        assert self.index(replace(a, descending=True)) != self.index(replace(a, descending=True, nulls_first=True))

    def test_collation_of_the_column_itself(self) -> None:
        assert self.index(IndexKey(column="n", collation="C")) == self.index(IndexKey(column="n"))
        assert self.index(IndexKey(column="a", collation="C")) != self.index(IndexKey(column="a"))

    def test_predicate_and_options(self) -> None:
        one_way = self.index(
            IndexKey(column="a"), predicate=Expression("b IN ('x','y')"), options=(("FILLFACTOR", "70"),)
        )
        other = self.index(
            IndexKey(column="a"),
            predicate=Expression("((b)::text = ANY ((ARRAY['y'::character varying, 'x'::character varying])::text[]))"),
            options=(("fillfactor", "'70'"),),
        )
        assert one_way == other


def test_a_row_is_not_null_when_all_its_fields_are_not() -> None:
    composite = CompositeType(schema="public", name="pair", attributes=())

    def check(type_: str, text: str) -> Check:
        made = Check(name="c", expression=Expression(text))
        return one(column("a", type_), checks=(made,), schema=Schema(composites=(composite,))).checks[0]

    assert check("integer", "NOT (a IS NULL)") == check("integer", "a IS NOT NULL")
    assert check("pair", "NOT (a IS NULL)") != check("pair", "a IS NOT NULL")


def test_volatile_conditions_count_as_often_as_they_stand_there() -> None:
    def check(text: str) -> Check:
        return one(column("a", "integer"), checks=(Check(name="c", expression=Expression(text)),)).checks[0]

    assert check("a > 1 AND a > 1") == check("a > 1")
    assert check("random() > 0.5 AND random() > 0.5") != check("random() > 0.5")


def test_public_and_its_like_add_nothing() -> None:
    schema = Schema(
        namespaces=(Namespace(name="public"), Namespace(name="app")),
        extensions=(Extension(name="citext", schema="public"),),
    )
    found = normalize(schema)
    assert [item.name for item in found.namespaces] == ["app"]
    assert found.extensions == (Extension(name="citext"),)


@pytest.mark.slow
def test_what_is_not_understood_is_compared_by_its_words() -> None:
    def check(text: str) -> Check:
        return one(column("a", "integer"), checks=(Check(name="c", expression=Expression(text)),)).checks[0]

    odd = check("XMLSERIALIZE(content  a   AS text) = 'x'")
    assert odd.expression.as_text
    assert odd == check("(xmlserialize (content A /* so */ as text) = 'x')")
    assert odd != check("XMLSERIALIZE(document a AS text) = 'x'")
    assert check("'it does not end").expression.as_text
    assert check("(" * 5_000 + "a" + ")" * 5_000).expression.canonical


def test_argument_lists_are_stable() -> None:
    written = (
        "a int DEFAULT 0, b text[] = '{}'::text[], VARIADIC c jsonb DEFAULT now()::text, d json DEFAULT NULL::json"
    )
    once = normalize(Schema(functions=(Function(schema="public", name="f", arguments=written),)))
    assert once.functions[0].arguments == (
        "a integer DEFAULT '0', b text[] DEFAULT '{}', VARIADIC c jsonb DEFAULT now ( ) :: text, d json DEFAULT NULL"
    )
    assert normalize(once) == once


@pytest.mark.parametrize(
    ("type_name", "storage", "canonical"),
    [
        ("text", "EXTENDED", None),
        ("text", "external", "external"),
        ("numeric(10,2)", "main", None),
        ("integer[]", "extended", None),
        ("integer", "plain", None),
        ("timestamp(3) with time zone", "PLAIN", None),
        ("geometry(Point,4326)", "main", "main"),
    ],
)
def test_the_storage_of_the_type_is_none(type_name: str, storage: str, canonical: str | None) -> None:
    column = Column(name="x", type=parse_type(type_name), storage=storage)
    table = normalize(Schema(tables=(Table(schema="public", name="t", columns=(column,)),))).tables[0]
    assert table.columns[0].storage == canonical
