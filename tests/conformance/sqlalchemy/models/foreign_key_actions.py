"""Every action of a foreign key."""

from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import declarative_base

Base = declarative_base()
metadata = Base.metadata


class Parent(Base):
    __tablename__ = "parents"

    id = Column(Integer, primary_key=True)


class Child(Base):
    __tablename__ = "children"

    id = Column(Integer, primary_key=True)
    plain_id = Column(ForeignKey("parents.id"))
    cascade_id = Column(Integer, ForeignKey("parents.id", ondelete="CASCADE", onupdate="CASCADE"), nullable=False)
    null_id = Column(ForeignKey(Parent.id, ondelete="SET NULL"))
    default_id = Column(ForeignKey("parents.id", ondelete="SET DEFAULT"), server_default="1")
    restrict_id = Column(ForeignKey("parents.id", ondelete="restrict"))
    nothing_id = Column(ForeignKey("parents.id", ondelete="NO ACTION", name="child_nothing"))
