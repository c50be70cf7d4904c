"""Server defaults that are SQL: text, functions, constants, casts."""

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    cast,
    false,
    func,
    literal,
    null,
    text,
    true,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, UUID

metadata = MetaData()

expressions = Table(
    "expressions",
    metadata,
    Column("id", UUID(as_uuid=True), primary_key=True, server_default=text("gen_random_uuid()")),
    Column("made", DateTime(timezone=True), server_default=func.now()),
    Column("stamp", DateTime, server_default=func.current_timestamp()),
    Column("utc", DateTime, server_default=text("timezone('utc', now())")),
    Column("zero", Integer, server_default=text("0")),
    Column("sum", Integer, server_default=text("1 + 2 * 3")),
    Column("yes", Boolean, server_default=true()),
    Column("no", Boolean, server_default=false()),
    Column("nothing", Text, server_default=null()),
    Column("cast", Text, server_default=text("'x'::character varying")),
    Column("casted", Integer, server_default=cast("5", Integer)),
    Column("tags", ARRAY(Text), server_default=text("'{}'::text[]")),
    Column("empty", ARRAY(String), server_default="{}"),
    Column("document", JSONB, server_default=text("'{\"a\": [1, 2]}'::jsonb")),
    Column("list", JSONB, server_default="[]"),
    Column("upper", Text, server_default=func.upper("abc")),
    Column("literal", Integer, server_default=literal(7)),
    Column("percent", Text, server_default=text("'100%'")),
    Column("colon", Text, server_default=text(r"'a\:b'")),
)
