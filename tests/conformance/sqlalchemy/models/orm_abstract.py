"""Abstract bases, one on top of the other."""

from sqlalchemy import Column, Integer, String
from sqlalchemy.orm import declarative_base

Base = declarative_base()
metadata = Base.metadata


class Model(Base):
    __abstract__ = True

    id = Column(Integer, primary_key=True)


class NamedModel(Model):
    __abstract__ = True

    name = Column(String(30), nullable=False, index=True)


class Cat(NamedModel):
    __tablename__ = "cats"

    lives = Column(Integer, server_default="9")


class Dog(NamedModel):
    __tablename__ = "dogs"

    tricks = Column(Integer)
