"""A class with `__table__`, a column added later, a column under another attribute's name."""

from sqlalchemy import Column, Integer, String, Table
from sqlalchemy.orm import column_property, declarative_base, deferred

Base = declarative_base()
metadata = Base.metadata


class Plain(Base):
    __table__ = Table(
        "plain",
        Base.metadata,
        Column("id", Integer, primary_key=True),
        Column("value", String(5)),
    )


class Attributes(Base):
    __tablename__ = "attributes"

    id = Column(Integer, primary_key=True)
    metadata_ = Column("metadata", String(10))
    heavy = deferred(Column(String))
    whole = column_property(Column("half", Integer))


Attributes.late = Column("late_column", Integer, index=True)
