"""Whatever a schema asks for, a check ends soon, in little memory, with a message that names the limit and its key."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from tests.hostile.measured import run, tighten
from tests.readers.drizzle.hostile import SOURCES

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="the system does not tell what a child process took"),
]

#: Processor seconds and megabytes: generous, for machines that are slow or count otherwise.
SECONDS, MEGABYTES = 15, 600

#: One of each kind is tried at the limits that people have; the others at a quarter of them.
AT_THE_LIMITS = ("array-text-doubling", "many-columns", "quotes", "tagged", "variance", "view-doubling", "wide-loop")

#: Those that are no danger at all, or that cannot be understood for a reason of their own.
HARMLESS = {
    "array-action-doubling": "action",
    "array-raw-doubling": "plain value",
    "array-schema-doubling": "the name of a table",
    "arrow-nesting": "DEFAULT 'a'",
    "brackets": "syntax error",
    "class-pathology": "calls nest deeper",
    "comments-closed": "DEFAULT 'a'",
    "function-nesting": "DEFAULT 'a'",
    "generics": "syntax error|limits",
    "index-dollars": "CREATE INDEX|limits",
    "index-parentheses": "CREATE INDEX|limits",
    "long-specifier": "/a/a/a/",
    "many-errors-one-line": "syntax error|limits",
    "many-gaps": "process.env.A0 is set at run time|limits",
    "many-imports": "DEFAULT 'a'",
    "many-tables": "t10999_pkey|limits",
    "names-from-environment": "is set at run time|limits",
    "nested-literals": "contains itself|limits",
    "nested-objects": "contains itself|limits",
    "quotes": "syntax error",
    "regex-alternatives": "a regular expression of that kind",
    "regex-nested": "a regular expression of that kind",
    "spoiled-arrays": "DEFAULT 'a'",
    "sql-deep": "SQL contains itself|limits",
    "sql-long": "SQL contains itself|limits",
    "templates": "syntax error|limits",
    "throwing": "an error is thrown|limits",
    "type-generated": "type of column id",
    "type-nesting": "DEFAULT 'a'",
    "type-parentheses": "DEFAULT 'a'",
    "type-spaces": "type of column id",
    "variance": "syntax error",
    "view-deep": "SQL contains itself|limits",
    "view-of-itself": "SQL contains itself",
}


@pytest.mark.parametrize("name", SOURCES)
def test_a_hostile_schema_ends_soon(tmp_path: Path, name: str) -> None:
    project = tmp_path / "project"
    (project / ".git").mkdir(parents=True)
    (project / "schema.ts").write_text(SOURCES[name], encoding="utf-8")
    if name not in AT_THE_LIMITS:
        tighten(project)
    done = run(project, "export", "drizzle:schema.ts", "--to", "sql")
    assert done.status in (0, 2), done.said[-1000:]
    assert "Traceback" not in done.said
    assert done.seconds < SECONDS
    assert done.megabytes < MEGABYTES
    assert re.search(HARMLESS.get(name, r"limits\.?"), done.said), done.said[-1000:]
