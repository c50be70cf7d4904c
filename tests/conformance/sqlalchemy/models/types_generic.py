"""SQLAlchemy's generic types that become something else on PostgreSQL."""

from sqlalchemy import JSON, Boolean, Column, Integer, LargeBinary, MetaData, PickleType, Table
from sqlalchemy.dialects.postgresql import JSONB

metadata = MetaData()

generic = Table(
    "generic",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("flag", Boolean),
    Column("blob", LargeBinary),
    Column("blob_sized", LargeBinary(100)),
    Column("pickled", PickleType),
    Column("document", JSON),
    Column("document_variant", JSON().with_variant(JSONB(), "postgresql")),
    Column("checked_flag", Boolean(create_constraint=True, name="flag_is_flag")),
)
