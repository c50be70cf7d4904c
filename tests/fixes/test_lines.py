"""Fixes in Python: written into a source that lacks the table, the drift is gone."""

from __future__ import annotations

from pathlib import Path

from driftcheck.check import Request, check
from driftcheck.findings import Report

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

PYTHON = """\
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import *
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, REAL, TIMESTAMP, ExcludeConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Users(Base):
    __tablename__ = "users"
    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, server_default=text("gen_random_uuid()"))
"""


def _report(root: Path, other: str) -> Report:
    return check(Request(root=root, sources=("truth=sql:truth.sql", other)))


def _texts(report: Report) -> list[str]:
    return [finding.fix.text for finding in report.findings if finding.fix is not None]


def test_sqlalchemy(tmp_path: Path) -> None:
    (tmp_path / "truth.sql").write_text(TRUTH)
    path = tmp_path / "models.py"
    path.write_text(PYTHON)
    before = _report(tmp_path, "sqlalchemy:models")
    tables = [text for text in _texts(before) if text.startswith("class ")]
    assert len(tables) == 2
    path.write_text(PYTHON + "\n\n" + "\n\n\n".join(tables) + "\n")
    assert [finding.message for finding in _report(tmp_path, "sqlalchemy:models").findings] == []
