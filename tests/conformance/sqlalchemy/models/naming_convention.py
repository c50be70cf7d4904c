"""A naming convention for everything."""

from sqlalchemy import Boolean, CheckConstraint, Column, Enum, ForeignKey, Index, Integer, MetaData, String
from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import declarative_base

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)
Base = declarative_base(metadata=metadata)


class Author(Base):
    __tablename__ = "authors"

    id = Column(Integer, primary_key=True)
    name = Column(String(30), unique=True, index=True)
    age = Column(Integer, index=True)
    kind = Column(Enum("a", "b", name="author_kind", native_enum=False, create_constraint=True))
    flag = Column(Boolean(create_constraint=True, name="flag"))


class Book(Base):
    __tablename__ = "books"

    id = Column(Integer, primary_key=True)
    author_id = Column(ForeignKey("authors.id"), index=True)
    editor_id = Column(ForeignKey("authors.id", name="editor"))
    title = Column(String(30))
    year = Column(Integer)

    __table_args__ = (
        UniqueConstraint("title", "year"),
        CheckConstraint("year > 0", name="year_positive"),
        Index(None, "title", "year"),
        Index("own_name", "year"),
    )
