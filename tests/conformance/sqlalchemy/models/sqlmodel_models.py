# SQLAlchemy: 2.0, 2.1
"""SQLModel: fields, relationships, its own types."""

import datetime
import enum
import uuid

from sqlalchemy import Column, DateTime, Index, UniqueConstraint, func
from sqlmodel import Field, Relationship, SQLModel

metadata = SQLModel.metadata


class Grade(str, enum.Enum):
    A = "a"
    B = "b"


class Stamped(SQLModel):
    created_at: datetime.datetime = Field(
        default_factory=datetime.datetime.now,
        sa_type=DateTime(timezone=True),
        sa_column_kwargs={"server_default": func.now()},
    )


class Team(Stamped, table=True):
    __tablename__ = "teams"

    id: uuid.UUID = Field(default_factory=uuid.uuid4, primary_key=True)
    name: str = Field(max_length=50, unique=True, index=True)
    heroes: list["Hero"] = Relationship(back_populates="team")


class Hero(SQLModel, table=True):
    __table_args__ = (UniqueConstraint("name", "age"), Index("ix_hero_age", "age"))

    id: int | None = Field(default=None, primary_key=True)
    name: str
    age: int | None = None
    grade: Grade = Grade.A
    rate: float = 0.5
    born: datetime.date | None = None
    note: str | None = Field(default=None, sa_column=Column("remark", DateTime))
    team_id: uuid.UUID | None = Field(default=None, foreign_key="teams.id", ondelete="CASCADE")
    team: Team | None = Relationship(back_populates="heroes")
