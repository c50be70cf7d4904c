# SQLAlchemy: 2.0, 2.1
"""Domains: with a check, a default, not null, and one that is used twice."""

from sqlalchemy import Column, Integer, MetaData, Numeric, Table, Text, text
from sqlalchemy.dialects.postgresql import DOMAIN

metadata = MetaData()

email = DOMAIN("email", Text, check=r"VALUE ~ '^[^@]+@[^@]+$'", constraint_name="email_has_at")
positive = DOMAIN("positive", Integer, check=text("VALUE > 0"), not_null=True)
price = DOMAIN("price", Numeric(10, 2), default="0")

orders = Table(
    "orders",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("customer", email, nullable=False),
    Column("copy_to", email),
    Column("amount", positive),
    Column("total", price),
)
