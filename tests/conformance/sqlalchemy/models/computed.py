"""Generated columns."""

from sqlalchemy import Column, Computed, Integer, MetaData, Numeric, String, Table, func

metadata = MetaData()

products = Table(
    "products",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("price", Numeric(10, 2), nullable=False),
    Column("quantity", Integer, nullable=False),
    Column("name", String(50)),
    Column("total", Numeric(12, 2), Computed("price * quantity", persisted=True)),
    Column("lower_name", String(50), Computed(func.lower(Column("name", String)), persisted=True), nullable=False),
)
