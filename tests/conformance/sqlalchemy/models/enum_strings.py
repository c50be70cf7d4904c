"""Native enums of strings, one shared by two tables, with labels that need quoting."""

from sqlalchemy import Column, Enum, Integer
from sqlalchemy.orm import declarative_base

Base = declarative_base()
metadata = Base.metadata

kind = Enum("small", "it's big", 'the "biggest"', "50%", name="kind")


class Box(Base):
    __tablename__ = "boxes"

    id = Column(Integer, primary_key=True)
    kind = Column(kind, nullable=False, server_default="it's big")


class Crate(Base):
    __tablename__ = "crates"

    id = Column(Integer, primary_key=True)
    kind = Column(kind)
    Mixed = Column(Enum("a", "b", name="MixedCase"))
