"""What stands in for SQLModel makes the tables that SQLModel makes, with and without pydantic."""

from __future__ import annotations

import sys
import types
from importlib import metadata
from typing import Any

import pydantic
import pytest
import sqlmodel
import sqlmodel.main
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from driftcheck.worker.inside import sqlmodel_classes
from driftcheck.worker.inside.standins import StandIn

_HEAD = """
import abc, datetime as dt, decimal, enum, ipaddress, pathlib, typing, uuid
from datetime import date, datetime
from typing import *
import sqlalchemy as sa
from sqlalchemy import func
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.mutable import MutableDict
from sqlalchemy.orm import declared_attr
"""
MODELS = {
    "types": """
class Colour(str, enum.Enum):
    red = "r"; blue = "b"
class Size(enum.IntEnum):
    small = 1
class Everything(SQLModel, table=True):
    id: Optional[int] = Field(default=None, primary_key=True)
    text: str
    short: str = Field(max_length=40)
    number: int = 3
    real: float | None = None
    flag: bool = Field(default=False)
    day: date
    when: datetime = Field(default_factory=dt.datetime.now)
    time: dt.time
    long: Optional[dt.timedelta]
    data: bytes
    price: decimal.Decimal = Field(max_digits=5, decimal_places=2)
    amount: decimal.Decimal
    key: uuid.UUID = Field(default_factory=uuid.uuid4)
    colour: Colour = Colour.red
    size: Union[None, Size] = Field(default=Size.small)
    four: ipaddress.IPv4Address
    six: "Optional[ipaddress.IPv6Network]"
    path: pathlib.Path
""",
    "fields": """
class Team(SQLModel, table=True):
    __tablename__ = "teams"
    __table_args__ = (sa.UniqueConstraint("name", "town"), sa.Index("ix", sa.text("lower(name)")), {"schema": "s"})
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(index=True, unique=True, min_length=3)
    town: str = Field(default="x", nullable=True)
    maybe: Optional[str] = Field(default=None, nullable=False, sa_column_kwargs={"server_default": "a", "comment": "c"})
    body: str = Field(sa_type=sa.Text)
    sized: str = Field(sa_type=sa.String(9), regex="a")
    tags: list[str] = Field(sa_column=sa.Column(postgresql.ARRAY(sa.String), nullable=False))
    data: Dict[str, Any] = Field(default_factory=dict, sa_column=sa.Column(MutableDict.as_mutable(postgresql.JSONB)))
    checked: int = Field(sa_column_args=[sa.CheckConstraint("checked > 0")], gt=0, le=9, description="d")
    made: datetime = Field(sa_column_kwargs={"server_default": func.now()}, sa_type=sa.DateTime(timezone=True))
    renamed: str = Field(sa_column=sa.Column("other", sa.Text))
    NUMBER: ClassVar[int] = 3
    _hidden: int = PrivateAttr(default=3)
    required: Optional[int] = Field(...)
class Hero(SQLModel, table=True):
    team_id: Optional[int] = Field(default=None, foreign_key="s.teams.id", ondelete="SET NULL", primary_key=False)
    other: int = Field(foreign_key="s.teams.id", primary_key=True)
    third: int = Field(default=1, primary_key=True, sa_type=sa.BigInteger, sa_column_kwargs={"autoincrement": False})
    @property
    def label(self): return "x"
    def method(self): return 1
    @classmethod
    def build(cls): return cls()
""",
    "inheritance": """
class Stamped(SQLModel):
    created: datetime = Field(default_factory=dt.datetime.now, nullable=False)
class Keyed(SQLModel):
    id: uuid.UUID = Field(default_factory=uuid.uuid4, primary_key=True, index=True, nullable=False)
class PersonBase(SQLModel):
    name: str = Field(index=True)
    age: Optional[int] = None
class Person(Stamped, Keyed, PersonBase, table=True):
    secret: str
    age: int = Field(default=3)
class PersonRead(PersonBase):
    id: uuid.UUID
class Plain:
    extra: int = 5
class Child(PersonBase, Plain, table=True):
    id: int = Field(primary_key=True)
class Grandchild(Child):
    more: str
class Abstract(Keyed, abc.ABC):
    @abc.abstractmethod
    def name_of(self): ...
class Named(SQLModel):
    @declared_attr
    def __tablename__(cls): return "n_" + cls.__name__.lower()
class Thing(Named, Keyed, table=True):
    pass
""",
    "registry": """
class Base(SQLModel, registry=sa.orm.registry(metadata=sa.MetaData(naming_convention={"pk": "pk_%(table_name)s"}))):
    pass
class Thing(Base, table=True):
    id: int = Field(primary_key=True)
SHOWN = Base.metadata
""",
    "related": """
class Link(SQLModel, table=True):
    a_id: int = Field(foreign_key="a.id", primary_key=True)
    b_id: int = Field(foreign_key="b.id", primary_key=True)
class A(SQLModel, table=True):
    id: int = Field(primary_key=True)
    bs: List["B"] = Relationship(back_populates="as_", link_model=Link)
    own: Optional["B"] = Relationship(sa_relationship_kwargs={"uselist": False})
    b_id: int = Field(foreign_key="b.id")
class B(SQLModel, table=True):
    id: int = Field(primary_key=True)
    as_: list[A] = Relationship(back_populates="bs", link_model=Link)
B.model_rebuild()
""",
    "annotated": """
Key = Annotated[int, Field(primary_key=True)]
Name = Annotated[str, Field(max_length=7)]
class A(SQLModel, table=True):
    id: Annotated[int, Field(primary_key=True)]
    name: Annotated[str, Field(max_length=7, unique=True)]
    named: Name = "x"
    inner: Optional[Name] = None
    outer: Annotated[str | None, Field(index=True)] = None
""",
    "pydantic": """
class A(SQLModel, table=True):
    model_config = ConfigDict(validate_assignment=True)
    id: int = Field(primary_key=True)
    mail: EmailStr = Field(max_length=99)
    maybe: EmailStr | None = None
    counted: PositiveInt = 3
    key: Optional[UUID4]
    @field_validator("mail")
    @classmethod
    def lower(cls, value): return value
    @model_validator(mode="after")
    def all(self): return self
    @computed_field
    @property
    def both(self) -> str: return "x"
""",
    "config": """
class A(SQLModel):
    model_config = {"table": True}
    id: int = Field(primary_key=True)
""",
}
_OF_PYDANTIC = (
    *("PrivateAttr", "ConfigDict", "EmailStr", "PositiveInt", "UUID4"),
    *("field_validator", "model_validator", "computed_field"),
)
_REAL = {
    "SQLModel": sqlmodel.SQLModel,
    "Field": sqlmodel.Field,
    "Relationship": sqlmodel.Relationship,
}


@pytest.fixture(autouse=True)
def _of_this_version(monkeypatch: pytest.MonkeyPatch) -> None:
    version = tuple(map(int, metadata.version("sqlmodel").split(".")))
    monkeypatch.setattr(sqlmodel_classes, "_version", lambda: version)
    monkeypatch.setattr(pydantic.networks, "import_email_validator", lambda: None)


def _tables(names: dict[str, Any], text: str, head: str = _HEAD) -> list[str]:
    """What the models of `text` come to on PostgreSQL."""
    base = names["SQLModel"]
    registry = base._sa_registry
    registry.dispose()
    base.metadata.clear()
    module = types.ModuleType("models_of_test")
    module.__dict__.update(names)
    sys.modules["models_of_test"] = module
    try:
        exec(compile(head + text, "models.py", "exec", dont_inherit=True), module.__dict__)  # the texts are this file's
        shown = module.__dict__.get("SHOWN", base.metadata)
        return [_statements(table) for table in sorted(shown.tables.values(), key=lambda table: str(table.name))]
    finally:
        del sys.modules["models_of_test"]


def _statements(table: Any) -> str:
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call] # SQLAlchemy's own
    defaults = [
        (column.key, column.default and str(column.default.arg).partition(" at ")[0]) for column in table.columns
    ]
    return f"{CreateTable(table).compile(dialect=dialect)}{defaults}" + "".join(
        sorted(str(CreateIndex(index).compile(dialect=dialect)) for index in table.indexes)
    )


@pytest.mark.parametrize("lazy", [False, True], ids=["evaluated", "as text"])
@pytest.mark.parametrize("models", MODELS)
def test_as_the_package_itself(models: str, lazy: bool) -> None:
    head = "from __future__ import annotations\n" * (lazy and models != "related") + _HEAD
    pydantics = {name: getattr(pydantic, name) for name in _OF_PYDANTIC}
    real = _tables(_REAL | pydantics, MODELS[models], head)
    assert real
    ours = {name: sqlmodel_classes.names()[name] for name in _REAL}
    assert _tables(ours | pydantics, MODELS[models], head) == real
    missing = {name: StandIn(f"pydantic.{name}") for name in _OF_PYDANTIC}
    assert _tables(ours | missing, MODELS[models], head) == real
