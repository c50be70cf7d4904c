"""What stands in for Flask-SQLAlchemy makes the tables that Flask-SQLAlchemy makes."""

from __future__ import annotations

from typing import Any

import flask_sqlalchemy
import flask_sqlalchemy.model
import pytest
import sqlalchemy
from sqlalchemy import orm
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from driftcheck.worker.inside import flask_database

_SQLALCHEMY = ("MetaData", "String", "Column", "Integer")
_ORM = ("DeclarativeBase", "Mapped", "declarative_base", "mapped_column")
_REAL = {
    "SQLAlchemy": flask_sqlalchemy.SQLAlchemy,
    "Model": flask_sqlalchemy.model.Model,
    "DefaultMeta": flask_sqlalchemy.model.DefaultMeta,
}
MODELS = {
    "names": """
db = SQLAlchemy()
class HTTPRequest(db.Model):
    id = db.Column(db.Integer, primary_key=True)
class UserGroup2Item(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    at = db.Column(db.DateTime(timezone=True), server_default=db.func.now())
    group = db.Column(db.ForeignKey("http_request.id", ondelete="CASCADE"), index=True)
class Named(db.Model):
    __tablename__ = "other"
    __table_args__ = (db.UniqueConstraint("a"), {"schema": "s"})
    id = db.Column(db.BigInteger, primary_key=True); a = db.Column(db.String(3), nullable=False)
tags = db.Table("tags", db.Column("tag_id", db.Integer, db.ForeignKey("other_one.id")), db.Column("x", db.Text))
class OtherOne(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    tags = db.relationship("OtherOne", tags, primaryjoin=id == tags.c.tag_id, secondaryjoin=id == tags.c.tag_id)
""",
    "inheritance": """
names = {"ix": "i_%(table_name)s_%(column_0_name)s", "pk": "pk_%(table_name)s"}
db = SQLAlchemy(metadata=MetaData(naming_convention=names))
class Stamped:
    created = db.Column(db.DateTime)
class Base(db.Model):
    __abstract__ = True
    id = db.Column(db.Integer, primary_key=True)
class Animal(Stamped, Base):
    kind = db.Column(db.String(9), index=True)
    __mapper_args__ = {"polymorphic_on": kind, "polymorphic_identity": "animal"}
class Dog(Animal):
    bark = db.Column(db.Integer)
    __mapper_args__ = {"polymorphic_identity": "dog"}
class BigDog(Dog):
    size = db.Column(db.Integer)
    __mapper_args__ = {"polymorphic_identity": "big"}
class Cat(Animal):
    id = db.Column(db.ForeignKey("animal.id"), primary_key=True)
    __mapper_args__ = {"polymorphic_identity": "cat"}
class Named:
    @db.declared_attr
    def __tablename__(cls): return "n_" + cls.__name__.lower()
class Thing(Named, Base): pass
class Mixed:
    __tablename__ = "mixed"
class MixedModel(Mixed, Base): pass
""",
    "base": """
class Base(DeclarativeBase):
    metadata = MetaData(naming_convention={"pk": "pk_%(table_name)s"})
db = SQLAlchemy(model_class=Base)
class UserName(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
class Child(UserName):
    age: Mapped[int] = mapped_column(nullable=True)
""",
    "unnamed": """
class Base(DeclarativeBase): pass
db = SQLAlchemy(model_class=Base, disable_autonaming=True)
class UserName(db.Model):
    __tablename__ = "u"
    id: Mapped[int] = mapped_column(primary_key=True)
""",
    "binds": """
db = SQLAlchemy(session_options={"autoflush": False}, engine_options={})
class Here(db.Model):
    id = db.Column(db.Integer, primary_key=True)
class Elsewhere(db.Model):
    __bind_key__ = "logs"
    id = db.Column(db.Integer, primary_key=True)
there = db.Table("there", db.Column("x", db.Integer), bind_key="logs")
""",
    "own": """
class Own(Model):
    id = Column(Integer, primary_key=True)
class Database(SQLAlchemy):
    def apply_driver_hacks(self, app, info, options): pass
db = Database(model_class=Own)
class AThing(db.Model):
    x = db.Column(db.JSON, default=dict)
""",
    "declarative": """
Made = declarative_base(name="Made", metaclass=DefaultMeta)
db = SQLAlchemy(model_class=Made)
class AThing(db.Model):
    id = db.Column(db.Integer, primary_key=True)
""",
}


def _tables(names: dict[str, Any], text: str) -> dict[str, list[str]]:
    """What the models of `text` come to on PostgreSQL, by the database that they are bound to."""
    scope = {name: getattr(sqlalchemy, name) for name in _SQLALCHEMY} | {name: getattr(orm, name) for name in _ORM}
    scope |= names
    exec(compile(text, "models.py", "exec", dont_inherit=True), scope)  # the texts are this file's own
    return {
        str(bind): [_statements(table) for table in metadata.sorted_tables]
        for bind, metadata in scope["db"].metadatas.items()
    }


def _statements(table: Any) -> str:
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call] # SQLAlchemy's own
    return str(CreateTable(table).compile(dialect=dialect)) + "".join(
        sorted(str(CreateIndex(index).compile(dialect=dialect)) for index in table.indexes)
    )


@pytest.mark.parametrize("models", MODELS)
def test_as_the_package_itself(models: str) -> None:
    real = _tables(_REAL, MODELS[models])
    assert any(real.values())
    assert _tables(flask_database.NAMES, MODELS[models]) == real


def test_data_classes() -> None:
    """The package itself takes them with SQLAlchemy 2.0 only; what stands in for it takes them with both."""
    text = """
class Base(orm.DeclarativeBase, orm.MappedAsDataclass): pass
db = SQLAlchemy(model_class=Base)
class UserName(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True, init=False)
"""
    (table,) = _tables({**flask_database.NAMES, "orm": orm}, text)["None"]
    assert "CREATE TABLE user_name" in table


def test_what_an_application_needs_is_a_stand_in() -> None:
    database = flask_database.SQLAlchemy()
    assert "flask_sqlalchemy" in str(database.session.query()) + str(database.Model.query)
    assert flask_database.snake("HTTPRequestLog") == "http_request_log"
