"""What SQLModel and Flask-SQLAlchemy keep elsewhere: defaults in fields, metadata behind an application."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from driftcheck.readers.sqlalchemy import Options, read

from .conftest import MODELS, Environment

_FACTORY = """
from flask import Flask
from flask_sqlalchemy import SQLAlchemy

db = SQLAlchemy()


def create_app(settings=None):
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = "postgresql://nobody@192.0.2.1/x"
    app.config["SQLALCHEMY_BINDS"] = {"logs": "postgresql://nobody@192.0.2.1/y"}
    db.init_app(app)

    class User(db.Model):
        id = db.Column(db.Integer, primary_key=True)

    class Log(db.Model):
        __bind_key__ = "logs"
        id = db.Column(db.Integer, primary_key=True)

    with app.app_context():
        db.create_all()
    return app
"""


def test_sqlmodel_defaults(environment: Callable[[str], Environment]) -> None:
    reading = read("sqlmodel_models:metadata", MODELS, Options(python=environment("2.1").python))
    found = {column.name: column.application_default for table in reading.schema.tables for column in table.columns}
    assert {name: found[name] for name in ("created_at", "grade", "rate", "age", "name")} == {
        "created_at": "now", "grade": "A", "rate": "0.5", "age": None, "name": None,
    }  # fmt: skip


@pytest.mark.parametrize("line", ["2.0", "2.1"])
@pytest.mark.parametrize("location", ["shop:create_app", "shop:create_app()"])
def test_flask_app_factory(environment: Callable[[str], Environment], tmp_path: Path, line: str, location: str) -> None:
    (tmp_path / "shop.py").write_text(_FACTORY)
    reading = read(location, tmp_path, Options(python=environment(line).python))
    assert [table.name for table in reading.schema.tables] == ["user"]


def test_flask_binds_are_other_databases(environment: Callable[[str], Environment], tmp_path: Path) -> None:
    (tmp_path / "shop.py").write_text(_FACTORY + "\napp = create_app()\n")
    reading = read("shop:db", tmp_path, Options(python=environment("2.0").python))
    assert [table.name for table in reading.schema.tables] == ["user"]
    assert "other databases (binds) are left out: logs" in reading.notes
