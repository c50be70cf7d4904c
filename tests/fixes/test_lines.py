"""Whole tables in Python: SQLAlchemy makes of them what PostgreSQL makes of the truth."""

from __future__ import annotations

from pathlib import Path

import pytest

from ..conformance.catalog import assert_same_catalog
from ..conformance.postgres import Server
from .editing import created, mended

TRUTH = """
CREATE TYPE mood AS ENUM ('sad', 'it''s ok');
CREATE TABLE users (id uuid PRIMARY KEY DEFAULT gen_random_uuid());
CREATE TABLE things (
  id bigserial PRIMARY KEY,
  owner uuid NOT NULL CONSTRAINT things_owner_users_id_fk REFERENCES users (id) ON DELETE CASCADE,
  other uuid CONSTRAINT things_other_fkey REFERENCES users (id) ON UPDATE CASCADE,
  small smallint NOT NULL DEFAULT 3,
  big bigint,
  flag boolean NOT NULL DEFAULT true,
  title varchar(80) NOT NULL DEFAULT 'it''s',
  code char(2),
  body text,
  price numeric(10, 2) DEFAULT 0,
  loose numeric,
  ratio double precision,
  single real,
  day date,
  at timestamp NOT NULL DEFAULT now(),
  seen timestamptz,
  exact timestamp(3) with time zone,
  hour time,
  span interval,
  meta jsonb NOT NULL DEFAULT '{}',
  raw json,
  tags text[] NOT NULL DEFAULT '{}',
  mood mood NOT NULL DEFAULT 'sad',
  doubled integer GENERATED ALWAYS AS (small * 2) STORED,
  counted integer NOT NULL GENERATED ALWAYS AS IDENTITY (START WITH 10),
  CONSTRAINT things_title_key UNIQUE (title, code),
  CONSTRAINT things_price_check CHECK (price >= 0)
);
CREATE UNIQUE INDEX things_lower ON things (lower(title)) WHERE flag;
CREATE INDEX things_at ON things (at DESC, small);
CREATE INDEX things_meta ON things USING gin (meta jsonb_path_ops);
CREATE TABLE pairs (a uuid, b uuid, CONSTRAINT pairs_pkey PRIMARY KEY (a, b));
"""

_IMPORTS = """\
from sqlalchemy import {names}
from sqlalchemy.orm import DeclarativeBase{more}


class Base(DeclarativeBase):
    pass


"""

MAPPED = (
    "from uuid import UUID\n\n"
    + _IMPORTS.format(names="Uuid, text", more=", Mapped, mapped_column")
    + """\
class User(Base):
    __tablename__ = "users"
    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, server_default=text("gen_random_uuid()"))
"""
)

COLUMN = (
    _IMPORTS.format(names="Column, text", more="").replace(
        "text\n", "text\nfrom sqlalchemy.dialects.postgresql import UUID\n"
    )
    + """\
class User(Base):
    __tablename__ = 'users'
    id = Column(UUID(as_uuid=True), primary_key=True, server_default=text('gen_random_uuid()'))
"""
)

TABLE = """\
import sqlalchemy as sa

metadata = sa.MetaData()
users = sa.Table(
    "users", metadata, sa.Column("id", sa.Uuid, primary_key=True, server_default=sa.text("gen_random_uuid()"))
)
"""

SQLMODEL = """\
import uuid

from sqlalchemy import text
from sqlmodel import Field, SQLModel


class User(SQLModel, table=True):
    __tablename__ = "users"
    id: uuid.UUID = Field(primary_key=True, sa_column_kwargs={"server_default": text("gen_random_uuid()")})
"""

STYLES = {"mapped_column": MAPPED, "Column": COLUMN, "Table": TABLE, "SQLModel": SQLMODEL}


@pytest.mark.parametrize("style", STYLES)
def test_whole_tables_in_the_style_of_the_file(style: str, pg: Server, tmp_path: Path) -> None:
    (tmp_path / "truth.sql").write_text(TRUTH)
    path = tmp_path / "models.py"
    path.write_text(STYLES[style])
    attribute = ":SQLModel" if style == "SQLModel" else ""
    mended(tmp_path, "truth=sql:truth.sql", f"sqlalchemy:models{attribute}")
    assert_same_catalog(pg.catalog_of(TRUTH), pg.catalog_of(created(path)))
