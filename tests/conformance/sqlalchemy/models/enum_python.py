"""Native enums of Python enums: named after the class, by name, and by value."""

import enum

from sqlalchemy import Column, Enum, Integer
from sqlalchemy.orm import declarative_base

Base = declarative_base()
metadata = Base.metadata


class Status(enum.Enum):
    ACTIVE = "active"
    GONE = "gone"


class Level(str, enum.Enum):
    LOW = "low"
    HIGH = "high"


class Account(Base):
    __tablename__ = "accounts"

    id = Column(Integer, primary_key=True)
    status = Column(Enum(Status), nullable=False, default=Status.ACTIVE, server_default=Status.ACTIVE.name)
    named = Column(Enum(Status, name="account_status"))
    level = Column(Enum(Level, values_callable=lambda levels: [level.value for level in levels]), default=Level.LOW)
