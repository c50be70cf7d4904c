"""References between schemas, and by key where a column's key is not its name."""

from sqlalchemy import Column, ForeignKey, Integer, MetaData, Table

metadata = MetaData()

Table("users", metadata, Column("id", Integer, primary_key=True), schema="auth")
Table("users", metadata, Column("user_number", Integer, primary_key=True, key="number"))
Table(
    "posts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("owner", ForeignKey("auth.users.id", ondelete="CASCADE")),
    Column("author", ForeignKey("users.number")),
    schema="blog",
)
