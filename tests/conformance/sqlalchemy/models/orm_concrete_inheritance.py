"""Concrete inheritance: each class has a table of its own."""

from sqlalchemy import Column, Integer, String
from sqlalchemy.orm import declarative_base

Base = declarative_base()
metadata = Base.metadata


class Shape(Base):
    __tablename__ = "shapes"

    id = Column(Integer, primary_key=True)
    name = Column(String(10))


class Circle(Shape):
    __tablename__ = "circles"

    id = Column(Integer, primary_key=True)
    name = Column(String(10))
    radius = Column(Integer)

    __mapper_args__ = {"concrete": True}
