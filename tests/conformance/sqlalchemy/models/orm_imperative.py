"""Imperative mapping, with a dataclass and with a plain class."""

from dataclasses import dataclass, field
from typing import Optional

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table
from sqlalchemy.orm import registry

mapper_registry = registry()
metadata = mapper_registry.metadata

users = Table(
    "users",
    mapper_registry.metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(50)),
    Column("nickname", String(12), index=True),
    Index("ix_users_both", "name", "nickname"),
)


@dataclass
class User:
    id: int = field(init=False)
    name: Optional[str] = None


class Address:
    pass


addresses = Table(
    "addresses",
    mapper_registry.metadata,
    Column("id", Integer, primary_key=True),
    Column("user_id", Integer, ForeignKey("users.id")),
    Column(
        "email_address",
        String(50),
        nullable=False,
    ),
)

mapper_registry.map_imperatively(User, users)
mapper_registry.map_imperatively(Address, addresses)
