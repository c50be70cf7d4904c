"""An identity column on a table with a name that needs quoting."""

from sqlalchemy import Column, Identity, Integer
from sqlalchemy.orm import declarative_base

Base = declarative_base()
metadata = Base.metadata


class Order(Base):
    __tablename__ = "order"

    user = Column(Integer, Identity(always=True, start=-5, minvalue=-10), primary_key=True)
