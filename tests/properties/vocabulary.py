"""Column types, defaults and conditions, each in all the spellings of one meaning that the three languages have.

Two entries of one type differ in meaning: PostgreSQL would store them apart.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Default:
    sql: tuple[str, ...]
    typescript: tuple[str, ...]
    python: tuple[str, ...]


@dataclass(frozen=True)
class Type:
    """`typescript` has %s for the quoted name. `conditions` are alternatives of one meaning each, with {} for the
    column. `sortable` types may be in keys and indexes.
    """

    sql: tuple[str, ...]
    typescript: tuple[str, ...]
    python: tuple[str, ...]
    defaults: tuple[Default, ...] = ()
    conditions: tuple[tuple[str, ...], ...] = ()
    sortable: bool = False
    generated: tuple[tuple[str, ...], ...] = field(default=())


def _plain(*values: str) -> tuple[Default, ...]:
    """Strings that each language can say as they are."""
    return tuple(
        Default(
            (f"'{value}'",), (f".default('{value}')", f".default(sql`'{value}'`)"),
            (f"server_default='{value}'", f"server_default=text(\"'{value}'\")"),
        )
        for value in values
    )  # fmt: skip


def _number(*values: str) -> tuple[Default, ...]:
    return tuple(
        Default(
            (value, f"'{value}'", f"({value})"), (f".default({value})", f".default(sql`{value}`)"),
            (f"server_default=text('{value}')", f"server_default='{value}'"),
        )
        for value in values
    )  # fmt: skip


_NOW = Default(
    ("now()", "CURRENT_TIMESTAMP", "transaction_timestamp()"),
    (".defaultNow()", ".default(sql`now()`)", ".default(sql`CURRENT_TIMESTAMP`)"),
    ("server_default=func.now()", "server_default=text('CURRENT_TIMESTAMP')", "server_default=func.current_timestamp()",
     "server_default=text('now()')"),
)  # fmt: skip
_EPOCH = Default(
    ("'2000-01-01 00:00:00'",), (".default(sql`'2000-01-01 00:00:00'`)",), ("server_default='2000-01-01 00:00:00'",)
)
_NUMERIC = (
    ("{} > 0", "({} > 0)"),
    ("{} BETWEEN 1 AND 5", "{} >= 1 AND {} <= 5", "({} <= 5) AND ({} >= 1)"),
    ("{} IN (1, 2, 3)", "{} = ANY (ARRAY[1, 2, 3])", "{} IN (3, 1, 2)"),
    ("NOT {} = 7", "{} <> 7", "{} != 7"),
    ("{} % 2 = 0", "({} % 2) = 0"),
)
_TEXT = (
    ("{} <> ''", "{} != ''"),
    ("length({}) > 2", "char_length({}) > 2"),
    ("{} IN ('a', 'b')", "{} = ANY (ARRAY['a', 'b'])", "{} IN ('b', 'a')"),
    ("{} LIKE 'a%'", "{} ~~ 'a%'"),
    ("{} IS NULL OR {} ~ '^x'", "{} ~ '^x' OR {} IS NULL"),
    ("lower({}) = {}", "{} = lower({})"),
)
_MOMENT = (("{} > '2000-01-01'",), ("{} < '2100-01-01'",))

TYPES: dict[str, Type] = {
    "integer": Type(("integer", "int", "int4", "INT"), ("integer(%s)",), ("Integer", "INTEGER()"),
                    _number("0", "42", "-1"), _NUMERIC, sortable=True,
                    generated=(("1 + 1",), ("length('abc')",))),
    "smallint": Type(("smallint", "int2"), ("smallint(%s)",), ("SmallInteger", "SMALLINT"), _number("0", "7"), _NUMERIC,
                     sortable=True),
    "bigint": Type(("bigint", "int8"), ("bigint(%s, { mode: 'number' })", "bigint(%s, { mode: 'bigint' })"),
                   ("BigInteger", "BIGINT"), _number("0", "12"), _NUMERIC, sortable=True),
    "boolean": Type(("boolean", "bool"), ("boolean(%s)",), ("Boolean", "BOOLEAN"),
                    (Default(("true", "'t'", "TRUE"), (".default(true)", ".default(sql`true`)"),
                             ("server_default=text('true')", "server_default=true()")),
                     Default(("false", "'f'", "'no'::boolean"), (".default(false)", ".default(sql`FALSE`)"),
                             ("server_default=text('false')", "server_default=false()", "server_default='f'"))),
                    (("{}", "({})"), ("NOT {}", "NOT ({})"), ("{} IS NOT NULL", "NOT ({} IS NULL)"))),
    "text": Type(("text", "TEXT"), ("text(%s)",), ("Text", "TEXT", "Text()"),
                 (Default(("'a'", "'a'::text", "'a'::character varying"), (".default('a')", ".default(sql`'a'`)"),
                          ("server_default='a'", "server_default=text(\"'a'\")")),
                  Default(("'it''s'", "E'it\\'s'", "$$it's$$"), ('.default("it\'s")', ".default(`it's`)"),
                          ('server_default="it\'s"',)),
                  Default(("''",), (".default('')",), ("server_default=''",))),
                 _TEXT, sortable=True, generated=(("upper('x')",), ("'a' || 'b'",))),
    "varchar": Type(("varchar", "character varying"), ("varchar(%s)",), ("String", "String()", "VARCHAR"),
                    _plain("x", "y"), _TEXT, sortable=True),
    "varchar(20)": Type(("varchar(20)", "character varying(20)", "VARCHAR(20)"), ("varchar(%s, { length: 20 })",),
                        ("String(20)", "VARCHAR(20)", "Unicode(20)"), _plain("x", "y"), _TEXT, sortable=True),
    "varchar(21)": Type(("varchar(21)",), ("varchar(%s, { length: 21 })",), ("String(21)",), _plain("x"), _TEXT),
    "char(3)": Type(("char(3)", "character(3)", "bpchar(3)"), ("char(%s, { length: 3 })",), ("CHAR(3)",),
                    _plain("abc", "xyz")),
    "numeric": Type(("numeric", "decimal", "DEC"), ("numeric(%s)", "decimal(%s)"), ("Numeric", "NUMERIC()"),
                    conditions=_NUMERIC),
    "numeric(10,2)": Type(("numeric(10,2)", "decimal(10, 2)", "NUMERIC(10,2)"),
                          ("numeric(%s, { precision: 10, scale: 2 })", "decimal(%s, { precision: 10, scale: 2 })"),
                          ("Numeric(10, 2)", "DECIMAL(10, 2)"),
                          (Default(("0", "0.00", "'0'", "0.0"), (".default('0')", ".default('0.00')"),
                                   ("server_default='0'", "server_default=text('0.0')")),
                           Default(("1.5", "'1.50'"), (".default('1.5')",), ("server_default=text('1.50')",))),
                          _NUMERIC, sortable=True),
    "numeric(8)": Type(("numeric(8)", "numeric(8,0)"), ("numeric(%s, { precision: 8 })",), ("Numeric(8)",)),
    "real": Type(("real", "float4", "float(24)"), ("real(%s)",), ("REAL", "REAL()"), _number("0", "1")),
    "double precision": Type(("double precision", "float8", "float", "float(53)"), ("doublePrecision(%s)",),
                             ("Double", "DOUBLE_PRECISION"), _number("0", "0.5"), _NUMERIC[:2]),
    "json": Type(("json",), ("json(%s)",), ("JSON", "JSON()")),
    "jsonb": Type(("jsonb",), ("jsonb(%s)",), ("JSONB", "JSONB()"),
                  (Default(("'{}'", "'{}'::jsonb"), (".default({})", ".default(sql`'{}'::jsonb`)"),
                           ("server_default='{}'", "server_default=text(\"'{}'::jsonb\")")),
                   Default(("'[]'", "'[]'::jsonb"), (".default([])",), ("server_default='[]'",)),
                   Default(("'{\"a\": 1}'", "'{\"a\":1}'::jsonb"), (".default({ a: 1 })",),
                           ("server_default='{\"a\": 1}'",))),
                  (("jsonb_typeof({}) = 'object'",), ("{} ? 'a'",), ("{} ->> 'k' = 'v'", "({} ->> 'k') = 'v'"))),
    "date": Type(("date",), ("date(%s)", "date(%s, { mode: 'date' })"), ("Date", "DATE"),
                 (Default(("CURRENT_DATE", "current_date"), (".default(sql`CURRENT_DATE`)",),
                          ("server_default=text('CURRENT_DATE')", "server_default=func.current_date()")),
                  *_plain("2000-01-01")), _MOMENT, sortable=True),
    "time": Type(("time", "time without time zone"), ("time(%s)",), ("Time", "TIME")),
    "timetz": Type(("timetz", "time with time zone"), ("time(%s, { withTimezone: true })",), ("Time(timezone=True)",)),
    "timestamp": Type(("timestamp", "timestamp without time zone"),
                      ("timestamp(%s)", "timestamp(%s, { mode: 'string' })"),
                      ("DateTime", "TIMESTAMP", "DateTime()"), (_NOW, _EPOCH), _MOMENT, sortable=True),
    "timestamptz": Type(("timestamptz", "timestamp with time zone", "TIMESTAMPTZ"),
                        ("timestamp(%s, { withTimezone: true })",),
                        ("DateTime(timezone=True)", "TIMESTAMP(timezone=True)", "DateTime(True)"), (_NOW,), _MOMENT),
    "timestamp(3)": Type(("timestamp(3)", "timestamp(3) without time zone"), ("timestamp(%s, { precision: 3 })",),
                         ("postgresql.TIMESTAMP(precision=3)",), (_NOW, _EPOCH)),
    "interval": Type(("interval",), ("interval(%s)",), ("Interval", "postgresql.INTERVAL()"),
                     (Default(("'1 day'", "'1 day'::interval", "interval '1 day'"), (".default('1 day')",),
                              ("server_default='1 day'", "server_default=text(\"interval '1 day'\")")),
                      *_plain("2 hours"))),
    "interval day": Type(("interval day",), ("interval(%s, { fields: 'day' })",),
                         ("postgresql.INTERVAL(fields='day')",)),
    "uuid": Type(("uuid", "UUID"), ("uuid(%s)",), ("Uuid", "UUID", "postgresql.UUID(as_uuid=False)"),
                 (Default(("gen_random_uuid()", "pg_catalog.gen_random_uuid()"),
                          (".defaultRandom()", ".default(sql`gen_random_uuid()`)"),
                          ("server_default=text('gen_random_uuid()')", "server_default=func.gen_random_uuid()")),
                  *_plain("00000000-0000-0000-0000-000000000000")), sortable=True),
    "inet": Type(("inet",), ("inet(%s)",), ("postgresql.INET",), conditions=(("{} IS NOT NULL",),)),
    "cidr": Type(("cidr",), ("cidr(%s)",), ("postgresql.CIDR",)),
    "macaddr": Type(("macaddr",), ("macaddr(%s)",), ("postgresql.MACADDR",)),
    "macaddr8": Type(("macaddr8",), ("macaddr8(%s)",), ("postgresql.MACADDR8",)),
    "bit(3)": Type(("bit(3)",), ("bit(%s, { dimensions: 3 })",), ("postgresql.BIT(3)",)),
    "point": Type(("point",), ("point(%s)", "point(%s, { mode: 'xy' })"), ("Point()",)),
    "bytea": Type(("bytea",), ("bytea(%s)",), ("LargeBinary", "postgresql.BYTEA")),
    "tsvector": Type(("tsvector",), ("tsvector(%s)",), ("postgresql.TSVECTOR",)),
    "int4range": Type(("int4range",), ("int4range(%s)",), ("postgresql.INT4RANGE",)),
    "text[]": Type(("text[]", "text ARRAY", "text[3]"), ("text(%s).array()",),
                   ("ARRAY(Text)", "postgresql.ARRAY(Text)"),
                   (Default(("'{}'", "'{}'::text[]", "ARRAY[]::text[]"),
                            (".default([])", ".default(sql`'{}'::text[]`)"),
                            ("server_default='{}'", "server_default=text('ARRAY[]::text[]')")),
                    Default(("ARRAY['a']", "'{a}'"), (".default(['a'])", ".default(sql`ARRAY['a']`)"),
                            ("server_default='{a}'",))),
                   (("cardinality({}) > 0",), ("array_length({}, 1) < 4",))),
    "integer[]": Type(("integer[]", "int[]"), ("integer(%s).array()",), ("ARRAY(Integer)",)),
    "varchar(9)[]": Type(("varchar(9)[]",), ("varchar(%s, { length: 9 }).array()",), ("ARRAY(String(9))",)),
}  # fmt: skip

#: Conditions of policies.
ROWS = (("true", "(true)"), ("1 = 1 OR 2 = 3", "(1 = 1) OR (2 = 3)"), ("current_user = 'x'",))
#: Types of a key that others can refer to.
KEYS = ("integer", "bigint", "uuid", "text")

TYPESCRIPT_HEAD = """\
import { sql } from 'drizzle-orm';
import {
  bigint, bigserial, bit, boolean, char, check, cidr, customType, date, decimal, doublePrecision, foreignKey, index,
  inet, integer, interval, json, jsonb, macaddr, macaddr8, numeric, pgEnum, pgPolicy, pgSchema, pgSequence, pgTable,
  point, primaryKey, real, serial, smallint, text, time, timestamp, unique, uniqueIndex, uuid, varchar,
} from 'drizzle-orm/pg-core';

const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });
const tsvector = customType<{ data: string }>({ dataType() { return 'tsvector'; } });
const int4range = customType<{ data: string }>({ dataType: () => 'int4range' });
"""

PYTHON_HEAD = """\
from sqlalchemy import (
    ARRAY, BIGINT, BOOLEAN, CHAR, DATE, DECIMAL, DOUBLE_PRECISION, INTEGER, JSON, NUMERIC, REAL, SMALLINT, TEXT, TIME,
    TIMESTAMP, UUID, VARCHAR, BigInteger, Boolean, CheckConstraint, Column, Computed, Date, DateTime, Double, Enum,
    ForeignKey, ForeignKeyConstraint, Identity, Index, Integer, Interval, LargeBinary, MetaData, Numeric,
    PrimaryKeyConstraint, Sequence, SmallInteger, String, Table, Text, Time, Unicode, UniqueConstraint, Uuid, desc,
    false, func, text, true,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import declarative_base, mapped_column
from sqlalchemy.types import UserDefinedType


class Point(UserDefinedType):
    cache_ok = True

    def get_col_spec(self, **kw):
        return "POINT"


metadata = MetaData()
Base = declarative_base(metadata=metadata)
"""
