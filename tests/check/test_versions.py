"""What a server of another time calls by another name is no drift."""

from __future__ import annotations

from pathlib import Path

import pytest

from driftcheck.check.comparisons import Comparisons
from driftcheck.check.readings import normalized
from driftcheck.config import Config
from driftcheck.fixes.files import Files
from driftcheck.location import DatabaseFacts
from driftcheck.project import Project
from driftcheck.readers.sql import read
from driftcheck.reading import Capabilities, Reading, Source

#: What is declared, and what PostgreSQL 13 stores of it.
STORED = [
    ("EXTRACT(year FROM at) > 2000", "(date_part('year'::text, at) > (2000)::double precision)"),
    ("date_part('year', at) > 2000", "(date_part('year'::text, at) > (2000)::double precision)"),
    ("EXTRACT(DOW FROM at) IN (0, 6)",
     "(date_part('dow'::text, at) = ANY (ARRAY[(0)::double precision, (6)::double precision]))"),
    ("EXTRACT(epoch FROM at) * 1.5 < extract('hour' from at)",
     "((date_part('epoch'::text, at) * (1.5)::double precision) < date_part('hour'::text, at))"),
]  # fmt: skip


def source(root: Path, name: str, check: str, version: str | None) -> Source:
    (root / f"{name}.sql").write_text(
        f"CREATE TABLE t (at timestamptz CHECK ({check}));\nCREATE VIEW v AS SELECT 1 AS a FROM t WHERE {check};\n"
    )
    facts = None if version is None else DatabaseFacts(version, "2026-01-01T00:00:00Z", "h/db")
    schema = read(f"{name}.sql", root).schema
    return Source(name, "sql", Reading(schema, Capabilities("SQL"), database=facts))


def found(root: Path, declared: str, stored: str, version: str, order: tuple[str, str]) -> int:
    sources = {
        "declared": source(root, "declared", declared, None),
        "live": source(root, "live", stored, version),
    }
    comparisons = Comparisons(["declared", "live"], Config(), Files(Project(root)), meant=True)
    for name in order:
        comparisons.add(normalized(sources[name]))
    return len(comparisons.findings)


@pytest.mark.parametrize(("declared", "stored"), STORED)
@pytest.mark.parametrize("order", [("declared", "live"), ("live", "declared")])
def test_extract_of_postgresql_13(tmp_path: Path, declared: str, stored: str, order: tuple[str, str]) -> None:
    assert found(tmp_path, declared, stored, "13.22 (Debian)", order) == 0
    # From 14 on there are two functions, which give values of two types.
    assert (found(tmp_path, declared, stored, "14.1", order) == 0) == declared.startswith("date_part")
