"""A schema for the whole metadata, references without a schema included."""

from sqlalchemy import Column, Enum, ForeignKey, Integer, MetaData, Sequence, String
from sqlalchemy.orm import declarative_base

metadata = MetaData(schema="app")
Base = declarative_base(metadata=metadata)


class User(Base):
    __tablename__ = "users"

    id = Column(Integer, primary_key=True)
    name = Column(String(10), unique=True, index=True)
    kind = Column(Enum("a", name="kind", metadata=metadata))
    number = Column(Integer, Sequence("numbers", metadata=metadata))


class Post(Base):
    __tablename__ = "posts"

    id = Column(Integer, primary_key=True)
    user_id = Column(ForeignKey("users.id"))
    other_id = Column(ForeignKey("app.users.id"))
