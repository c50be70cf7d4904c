"""Every column, key, check and index points to the line that holds its name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from driftcheck.model import Location, Table
from driftcheck.readers.sqlalchemy import Options, read
from driftcheck.reading import Reading

from .conftest import USER, Write

pytestmark = pytest.mark.usefixtures("warm")

ARCHETYPE = Path(__file__).parents[3] / "fixtures" / "pixcrawler"

#: Each line that is meant ends with a comment of what must point there: kind and name.
MIXINS = """
    from sqlalchemy import *
    from sqlalchemy.orm import declarative_base, declared_attr
    Base = declarative_base()
    class Timed:
        made = Column(DateTime)  # column made
        @declared_attr
        def owner_id(cls):  # column owner_id, foreign-key users_owner_id_fkey
            return Column(
                ForeignKey("users.id"))
        @declared_attr
        def __table_args__(cls):
            return (
                CheckConstraint("made > '2020-01-01'",
                    name="after_2020"),  # check after_2020
                Index("ix_" + cls.__tablename__, "made"),  # index ix_users
            )
    class User(Timed, Base):
        __tablename__ = "users"  # table users
        id = Column(Integer, primary_key=True)  # column id, primary-key users_pkey
        if True:
            mail: str = Column("email", String, unique=True)  # column email, unique users_email_key
        nick, name = Column(String, index=True), Column(String)  # column nick, column name, index ix_users_nick
    User.late = Column(Integer)  # column late
    Index(
        "ix_two", User.name, User.late)  # index ix_two
"""
IMPERATIVE = """
    import sqlalchemy as sa
    Base = sa.MetaData()
    def stamped():
        return sa.Column("stamp", sa.DateTime)
    users = sa.Table(
        "users",  # table users
        Base,
        sa.Column("id", sa.Integer, primary_key=True),  # column id, primary-key users_pkey
        sa.Column(
            "email",  # column email, unique users_email_key
            sa.String,
            unique=True,
        ),
        sa.UniqueConstraint(  # unique users_id_email_key
            "id", "email"),
        sa.CheckConstraint("id > 0"),  # check users_id_check
        sa.Index("by_mail", "email"),  # index by_mail
    )
    other = sa.Table("other", Base, sa.Column("a", sa.Integer), sa.Column("b", sa.Integer))  # table other, column a
    sa.Index("pair", other.c.a, other.c.b)  # index pair
"""
ANNOTATED = """
    from typing import Annotated, Optional
    from sqlalchemy import ForeignKey, String, UniqueConstraint
    from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column
    key = Annotated[int, mapped_column(primary_key=True)]
    class Base(MappedAsDataclass, DeclarativeBase):
        pass
    class Named(MappedAsDataclass):
        name: Mapped[Optional[str]] = mapped_column(String(5), default=None, kw_only=True)  # column name
    class User(Named, Base):
        __tablename__ = "users"  # table users
        __table_args__ = (UniqueConstraint("name", "boss",
            name="uq"), {"comment": "x"})  # unique uq
        id: Mapped[key]  # column id, primary-key users_pkey
        boss: Mapped[int] = mapped_column(  # column boss, foreign-key users_boss_fkey
            ForeignKey("users.id"))
"""


def _marks(text: str) -> dict[tuple[str, str], int]:
    marks = {}
    for number, line in enumerate(text.splitlines(), 1):
        _, comment, words = line.partition("  # ")
        for mark in words.split(", ") if comment else ():
            kind, name = mark.split()
            marks[kind, name] = number
    return marks


def _objects(table: Table) -> Iterator[tuple[str, str, Location | None]]:
    yield "table", table.name, table.location
    if table.primary_key is not None:
        yield "primary-key", table.primary_key.name, table.primary_key.location
    for kind, objects in (
        ("column", table.columns),
        ("foreign-key", table.foreign_keys),
        ("unique", table.uniques),
        ("check", table.checks),
        ("index", table.indexes),
    ):
        for each in objects:
            yield kind, each.name, each.location  # type: ignore[attr-defined] # each of them is Located and has a name


@pytest.mark.parametrize("text", [MIXINS, IMPERATIVE, ANNOTATED], ids=["mixins", "imperative", "annotated"])
def test_marked_lines(project: Write, text: str) -> None:
    root = project(**{"models.py": text})
    reading = read("models:Base", root, Options())
    found = {
        (kind, name): place.line for table in reading.schema.tables for kind, name, place in _objects(table) if place
    }
    marks = _marks(text)
    assert len(marks) > 6
    assert {mark: found.get(mark) for mark in marks} == marks


def test_mixin_in_another_file(project: Write) -> None:
    root = project(
        **{
            "app/__init__.py": "",
            "app/mixins.py": "import sqlalchemy as sa\n\nclass Timed:\n    made = sa.Column(sa.DateTime)\n",
            "app/models.py": """
                from sqlalchemy.orm import declarative_base
                from .mixins import Timed, sa
                Base = declarative_base()
                class User(Timed, Base):
                    __tablename__ = "users"
                    id = sa.Column(sa.Integer, primary_key=True)
            """,
        }
    )
    columns = {column.name: column.location for column in read("app.models", root, Options()).schema.tables[0].columns}
    assert (columns["made"].path, columns["made"].line) == ("app/mixins.py", 4)  # type: ignore[union-attr] # both have one
    assert (columns["id"].path, columns["id"].line) == ("app/models.py", 7)  # type: ignore[union-attr] # as above


def test_column_of_another_name_than_its_attribute(models: Callable[..., Reading]) -> None:
    reading = models(USER + "    data = Column(\n        'extra',\n        String,\n    )\n")
    place = reading.schema.tables[0].columns[1].location
    assert place is not None
    assert (place.line, place.column) == (8, 9)


def test_model_from_a_function(models: Callable[..., Reading]) -> None:
    """What no line names has the line of the call or class that made it."""
    reading = models(
        """
        def make(name):
            return type(name, (Base,), {"__tablename__": name, "id": Column(Integer, primary_key=True)})
        make("users")
        """
    )
    place = reading.schema.tables[0].location
    assert place is not None
    assert (place.path, place.line) == ("models.py", 6)


def test_archetype() -> None:
    """Each column's line holds its name; each key's and index's holds its name or a column of it."""
    reading = read("backend.models:Base", ARCHETYPE, Options())
    assert len(reading.schema.tables) == 18
    checked = 0
    for table in reading.schema.tables:
        for kind, name, place in _objects(table):
            assert place is not None, (kind, name)
            line = (ARCHETYPE / place.path).read_text().splitlines()[place.line - 1]
            assert place.column <= len(line)
            named = name in line or (kind != "column" and any(f"{column.name}:" in line for column in table.columns))
            assert named, (kind, name, str(place), line)
            checked += 1
    assert checked > 300


def test_home_is_behind_the_last_table(models: Callable[..., Reading]) -> None:
    home = models("class A(Base):\n    __tablename__ = 'a'\n    id = Column(Integer, primary_key=True)\n\nx = 1\n").home
    assert home == Location("models.py", 6)
