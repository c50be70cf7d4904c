"""The tools of the languages themselves read every diagram of hostile names, of SQL, of Drizzle and of random schemas.

Those of SQLAlchemy are with the models that they are of: tests/conformance/sqlalchemy/test_documents.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings

from driftcheck.model import Schema, Table
from driftcheck.readers import drizzle, sql

from ..writers.example import EXAMPLE
from ..writers.strategies import schemas
from .hostile import HOSTILE
from .judging import read_by_all

CONFORMANCE = Path(__file__).parents[1] / "conformance"


def test_the_tools_of_the_languages_read_what_the_schemas_have(tmp_path: Path) -> None:
    read_by_all(list(_cases()), tmp_path)


def _cases() -> Iterator[tuple[str, Schema]]:
    yield "the example", EXAMPLE
    yield "hostile names", HOSTILE
    yield "nothing", Schema()
    yield "a table without columns", Schema(tables=(Table(schema="public", name="empty"),))
    for file in sorted((CONFORMANCE / "sql" / "cases").glob("*.sql")):
        yield file.stem, sql.read(file.name, file.parent).schema
    for file in sorted((CONFORMANCE / "drizzle_schemas" / "cases").iterdir()):
        yield file.stem, drizzle.read(file.name, file.parent).schema
    for number, schema in enumerate(_random()):
        yield f"random {number}", schema


def _random() -> list[Schema]:
    found: list[Schema] = []

    @settings(
        max_examples=60, deadline=None, derandomize=True, phases=[Phase.generate], database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(schema=schemas())
    def collect(schema: Schema) -> None:
        found.append(schema)

    collect()
    return found
