"""Whatever a schema asks for, a check ends soon, in little memory, with a message that names the limit and its key."""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from tests.readers.drizzle.hostile import SOURCES

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="the system does not tell what a child process took"),
]

#: Processor seconds and megabytes: generous, for machines that are slow or count otherwise.
SECONDS, MEGABYTES = 15, 600

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
    "many-errors-one-line": "syntax error",
    "many-gaps": "process.env.A0 is set at run time",
    "many-imports": "DEFAULT 'a'",
    "many-tables": "t10999_pkey|limits",
    "names-from-environment": "is set at run time|limits",
    "nested-literals": "contains itself|limits",
    "nested-objects": "contains itself|limits",
    "quotes": "syntax error",
    "regex-alternatives": "a regular expression of that kind",
    "regex-nested": "a regular expression of that kind",
    "spoiled-arrays": "DEFAULT 'a'",
    "sql-deep": "SQL contains itself",
    "sql-long": "SQL contains itself",
    "templates": "syntax error|limits",
    "throwing": "an error is thrown|limits",
    "type-generated": "type of column id",
    "type-nesting": "DEFAULT 'a'",
    "type-parentheses": "DEFAULT 'a'",
    "type-spaces": "type of column id",
    "variance": "syntax error",
    "view-deep": "SQL contains itself",
    "view-of-itself": "SQL contains itself",
}


def limit() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (2 * SECONDS, 2 * SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (4 * 2**30, 4 * 2**30))


@pytest.mark.parametrize("name", SOURCES)
def test_a_hostile_schema_ends_soon(tmp_path: Path, name: str) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "schema.ts").write_text(SOURCES[name], encoding="utf-8")
    with (tmp_path / "said.txt").open("w") as said:
        arguments = [sys.executable, "-m", "driftcheck", "export", "drizzle:schema.ts", "--to", "sql"]
        child = subprocess.Popen(arguments, cwd=tmp_path, stdout=said, stderr=said, preexec_fn=limit)  # noqa: PLW1509
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    text = (tmp_path / "said.txt").read_text(encoding="utf-8", errors="replace")
    assert child.returncode in (0, 2), text[-1000:]
    assert "Traceback" not in text
    assert used.ru_utime + used.ru_stime < SECONDS
    assert used.ru_maxrss < MEGABYTES * 1024
    assert re.search(HARMLESS.get(name, r"limits\.?"), text), text[-1000:]
