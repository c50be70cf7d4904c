"""Enums that are text on PostgreSQL too: with and without a check, with a length."""

import enum

from sqlalchemy import Column, Enum, Integer
from sqlalchemy.orm import declarative_base

Base = declarative_base()
metadata = Base.metadata


class Size(enum.Enum):
    S = 1
    XL = 2


class Shirt(Base):
    __tablename__ = "shirts"

    id = Column(Integer, primary_key=True)
    size = Column(Enum(Size, native_enum=False))
    checked = Column(Enum(Size, native_enum=False, create_constraint=True, name="shirt_size"))
    unnamed = Column(Enum("a", "b'c", native_enum=False, create_constraint=True))
    long = Column(Enum("x", "y", native_enum=False, length=40), server_default="x")
