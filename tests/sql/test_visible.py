"""A script in which everything can be seen builds what the script builds that it was made from."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from driftcheck.model import Schema
from driftcheck.plain import guarded, plain
from driftcheck.sql.visible import visible
from driftcheck.writers.sql import write

from ..cli.test_forged import HOSTILE
from ..conformance.catalog import assert_same_catalog
from ..conformance.conftest import pg as pg
from ..conformance.postgres import Server
from ..writers.strategies import schemas


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _script(number: int, text: str) -> str:
    """Names, constants, bodies and comments that hold `text`."""
    name = f"t{number}{text[:16]}"
    return f"""\
-- {text.splitlines()[-1]}
CREATE TYPE {_quoted(f"e{number}{text[:16]}")} AS ENUM ({_literal(text)}, 'it''s \\ "');
CREATE TABLE {_quoted(name)} (
  {_quoted(text[:20])} text DEFAULT {_literal(text)} CHECK ({_quoted(text[:20])}
  ::text <> {_literal(text + chr(92))}),
  b text[] DEFAULT ARRAY{chr(12)}[{_literal(text)}]
);
COMMENT ON TABLE {_quoted(name)} IS E{_literal(text.replace(chr(92), chr(92) * 2))};
CREATE FUNCTION {_quoted(f"f{number}{text[:16]}")}() RETURNS text LANGUAGE sql AS $body$
SELECT {_literal(text)}
::text -- {text.splitlines()[-1]}
$body$;
CREATE VIEW {_quoted(f"v{number}{text[:16]}")} AS SELECT /* {text.splitlines()[-1]} */ 1
::integer AS {_quoted(text[:20])};
"""


@pytest.mark.slow
@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_the_catalog_is_the_same(number: int, pg: Server) -> None:
    script = _script(number, HOSTILE[number])
    shown = visible(script)
    assert guarded(plain(shown, None, keep="\n\t")) == shown
    assert_same_catalog(pg.catalog_of(script), pg.catalog_of(shown))


@pytest.mark.parametrize(
    ("script", "shown"),
    [
        ("SELECT $$\x01$$'\\', '; --'", "SELECT E'\\x01' '\\', '; --'"),
        ('SELECT \xa0"a"', 'SELECT U&"\\00a0" "a"'),
        ("SELECT date'\x01'", "SELECT date E'\\x01'"),
        ("SELECT 1 -- '\r, '; --'", "SELECT 1 -- '\n, '; --'"),
    ],
)
def test_what_is_spelled_otherwise_joins_nothing_beside_it(script: str, shown: str) -> None:
    assert visible(script) == shown


def test_what_is_harmless_stays_as_it_is() -> None:
    script = "CREATE TABLE \"größe_名前\" (x text DEFAULT 'a\n\tb', y integer[] DEFAULT '{1}'::integer[]);\n-- é\n"
    assert visible(script) == script


@pytest.mark.slow
@given(schemas())
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_random_schema_is_the_same(pg: Server, schema: Schema) -> None:
    script = write(schema)
    assert_same_catalog(pg.catalog_of(script), pg.catalog_of(visible(script)))
