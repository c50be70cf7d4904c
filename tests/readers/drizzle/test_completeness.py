"""Every export of the installed drizzle-orm, of both lines, is known to the reader or knowingly left alone."""

from __future__ import annotations

import json
import os
import shutil
import subprocess

import pytest

from driftcheck.readers.drizzle.context import Context
from driftcheck.readers.drizzle.hosts import hosts
from driftcheck.readers.drizzle.left import LEFT
from driftcheck.readers.drizzle.line import Line

from ...conformance.drizzle import DrizzleKit, why_unavailable

MODULES = ("drizzle-orm", "drizzle-orm/pg-core", "drizzle-orm/supabase", "drizzle-orm/neon")
SCRIPT = """
(async () => {
  const found = {};
  for (const name of JSON.parse(process.argv[2])) {
    found[name] = Object.keys(await import(name)).filter((key) => key !== 'default');
  }
  console.log(JSON.stringify(found));
})();
"""


def exports(line: str) -> dict[str, list[str]]:
    if reason := why_unavailable():
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    node = shutil.which("node")
    assert node is not None
    packages = DrizzleKit(line).packages
    done = subprocess.run(
        [node, "-", json.dumps(MODULES)], input=SCRIPT, cwd=packages, capture_output=True, text=True, check=True
    )
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(("line", "means"), [("0", Line.STABLE), ("1", Line.NEXT)])
def test_every_export_is_known_or_knowingly_left(line: str, means: Line) -> None:
    module_of = hosts(Context(line=means))
    missing = []
    for specifier, names in exports(line).items():
        module = module_of(specifier)
        assert module is not None
        assert len(names) >= 5
        missing += [f"{specifier}: {name}" for name in names if name not in module.exports and name not in LEFT]
    assert missing == []


def test_nothing_is_left_that_is_known() -> None:
    known: set[str] = set()
    for line in Line:
        for specifier in MODULES:
            module = hosts(Context(line=line))(specifier)
            assert module is not None
            known |= module.exports.keys()
    assert LEFT & known == set()
