"""Arrays of everything."""

import enum

from sqlalchemy import ARRAY, BigInteger, Column, DateTime, Enum, Integer, Numeric, String, Text
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import declarative_base

Base = declarative_base()
metadata = Base.metadata


class Colour(enum.Enum):
    RED = "red"
    GREEN = "green"


class Basket(Base):
    __tablename__ = "baskets"

    id = Column(BigInteger, primary_key=True)
    numbers = Column(ARRAY(Integer), nullable=False, server_default="{}")
    names = Column(ARRAY(String(20)))
    texts = Column(postgresql.ARRAY(Text))
    grid = Column(postgresql.ARRAY(Integer, dimensions=2))
    amounts = Column(ARRAY(Numeric(6, 2)))
    moments = Column(ARRAY(DateTime(timezone=True)))
    colours = Column(ARRAY(Enum(Colour, name="colour")))
    collated = Column(ARRAY(String(collation="C")))
