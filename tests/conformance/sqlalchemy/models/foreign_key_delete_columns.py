# SQLAlchemy: 2.0, 2.1
"""ON DELETE SET NULL for some of the columns only (PostgreSQL 15)."""

from sqlalchemy import Column, ForeignKeyConstraint, Integer, MetaData, Table

metadata = MetaData()

Table("tenants", metadata, Column("tenant", Integer, primary_key=True), Column("id", Integer, primary_key=True))
Table(
    "posts",
    metadata,
    Column("tenant", Integer, nullable=False),
    Column("author", Integer),
    ForeignKeyConstraint(["tenant", "author"], ["tenants.tenant", "tenants.id"], ondelete="SET NULL (author)"),
)
