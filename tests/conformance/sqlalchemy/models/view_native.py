# SQLAlchemy: 2.1
"""SQLAlchemy's own views."""

from sqlalchemy import Column, CreateView, Integer, MetaData, String, Table, select

metadata = MetaData()

users = Table("users", metadata, Column("id", Integer, primary_key=True), Column("name", String(20)))
named = CreateView(select(users).where(users.c.name.is_not(None)), "named_users", metadata=metadata)
stored = CreateView(select(users.c.id), "user_ids", metadata=metadata, materialized=True)
