"""Random schemas that have drifted in several ways: PostgreSQL takes the script, and then has what the truth makes."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from driftcheck.check import Request, check
from driftcheck.differ.scope import WORDS
from driftcheck.findings import Report
from driftcheck.fixes.script import fix_script

from ..conformance.catalog import Catalog
from ..conformance.postgres import BuildError, Server
from ..properties import write_sql
from ..properties.mutations import mutations
from ..properties.spec import Schema
from ..properties.strategies import schemas

_SOME = settings(
    derandomize=True, max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), database=None
)
_CONFIG = "[compare]\n" + "".join(f'{word} = "always"\n' for word in WORDS if word not in ("roles", "extensions"))
#: Where a column stands, which no ALTER can fix; and conditions and values, each in the words in which it was written.
_LEFT_OUT = {"position", "def", "default", "generated", "using", "check"}


def _drifted(schema: Schema, random: Random, changes: int) -> Schema:
    for _ in range(changes):
        by_what: dict[str, list[Schema]] = {}
        for one in mutations(schema):
            if "sql" in one.able:
                by_what.setdefault(one.what, []).append(one.schema)
        if by_what:
            schema = random.choice(by_what[random.choice(sorted(by_what))])
    return schema


def _report(folder: Path) -> Report:
    return check(Request(root=folder, sources=("truth=sql:truth.sql", "sql:schema.sql")))


def _facts(catalog: Catalog) -> Catalog:
    return {
        kind: {
            key: {fact: value for fact, value in facts.items() if fact not in _LEFT_OUT} for key, facts in held.items()
        }
        for kind, held in catalog.items()
    }


@pytest.mark.slow
@_SOME
@given(schema=schemas(), style=st.integers(0, 2**32), changes=st.integers(1, 8), back=st.booleans())
def test_the_script_fixes_whatever_drifts(
    pg: Server, tmp_path_factory, schema: Schema, style: int, changes: int, back: bool
) -> None:
    folder = tmp_path_factory.mktemp("pair")
    both = [schema, _drifted(schema, Random(style), changes)][:: -1 if back else 1]
    truth, drifted = (str(write_sql.write(one, Random(style))) for one in both)
    (folder / "driftcheck.toml").write_text(_CONFIG)
    (folder / "truth.sql").write_text(truth)
    (folder / "schema.sql").write_text(drifted)
    try:
        wanted = pg.catalog_of(truth)
        pg.catalog_of(drifted)
    except BuildError:
        return  # a default or condition that does not fit a changed type
    script = fix_script(_report(folder).findings, truth="truth", source="sql", destructive=True)
    assert _facts(pg.catalog_of(f"{drifted}\n{script}")) == _facts(wanted), (drifted, script)
    (folder / "schema.sql").write_text(f"{drifted}\n{script}")
    assert [one.message for one in _report(folder).findings] == [], (drifted, script)
