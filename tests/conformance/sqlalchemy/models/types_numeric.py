"""Numbers of every width."""

from sqlalchemy import DECIMAL, REAL, BigInteger, Column, Float, Integer, MetaData, Numeric, SmallInteger, Table
from sqlalchemy.dialects.postgresql import DOUBLE_PRECISION, MONEY, OID

metadata = MetaData()

numbers = Table(
    "numbers",
    metadata,
    Column("small", SmallInteger),
    Column("plain", Integer),
    Column("big", BigInteger),
    Column("exact", Numeric(10, 2)),
    Column("exact_whole", Numeric(8)),
    Column("unbounded", Numeric),
    Column("decimal", DECIMAL(12, 4)),
    Column("float_any", Float),
    Column("float_single", Float(24)),
    Column("float_double", Float(53)),
    Column("real", REAL),
    Column("double", DOUBLE_PRECISION),
    Column("price", MONEY),
    Column("object", OID),
)
