"""Small schemas, each a file in `cases/`, built by drizzle-kit and by us.

The first lines of a case may say, each as a comment: `// line: 0` or `// line: 1` (else both lines of Drizzle are
asked), `// casing: snake_case`, `// prelude: …` (SQL that runs first; `supabase` is what Supabase brings).
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..drizzle import HERE as CONFORMANCE
from ..drizzle import DrizzleKit, DrizzleKitError
from ..postgres import SUPABASE

HERE = Path(__file__).parent
_DIRECTIVE = re.compile(r"// (\w+): (.+)")


@dataclass(frozen=True)
class Case:
    path: Path
    lines: tuple[str, ...]
    casing: str | None
    prelude: str

    @property
    def name(self) -> str:
        return self.path.stem


def load(path: Path) -> Case:
    said = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if not (found := _DIRECTIVE.fullmatch(line)):
            break
        said[found[1]] = found[2]
    prelude = said.get("prelude", "")
    lines = (said["line"],) if "line" in said else ("0", "1")
    return Case(path, lines, said.get("casing"), SUPABASE if prelude == "supabase" else prelude)


CASES = [load(path) for path in sorted((HERE / "cases").glob("*.ts"))]


def project(kit: DrizzleKit, folder: Path, cases: Sequence[Case]) -> Path:
    """A project with `cases` in it and the packages of `kit` beside them."""
    folder.mkdir(parents=True)
    (folder / "node_modules").symlink_to(kit.packages)
    for case in cases:
        shutil.copy(case.path, folder)
        if case.casing:
            config = {"dialect": "postgresql", "schema": f"./{case.path.name}", "casing": case.casing}
            (folder / f"{case.name}.config.json").write_text(json.dumps(config))
    return folder


def export(kit: DrizzleKit, folder: Path, cases: Sequence[Case]) -> dict[str, str]:
    """What drizzle-kit makes of each case: name → SQL. Raises DrizzleKitError with what it says of any it refuses."""
    jobs = [{"file": str(folder / case.path.name), "casing": case.casing} for case in cases]
    results = run(kit, folder, jobs)
    refused = [
        f"{case.name}: {result['error']}" for case, result in zip(cases, results, strict=True) if "error" in result
    ]
    if refused:
        raise DrizzleKitError("\n".join(refused))
    return {case.name: result["sql"] for case, result in zip(cases, results, strict=True)}


def run(kit: DrizzleKit, folder: Path, jobs: Sequence[dict[str, str | None]]) -> list[dict[str, str]]:
    """The result of each job (`file`, `casing`), in one process of Node in `folder`: its `sql`, or an `error`."""
    loader = CONFORMANCE / "drizzle-0" / "node_modules" / "tsx" / "dist" / "cjs" / "index.cjs"
    done = subprocess.run(
        ["node", str(HERE / "export.cjs"), str(kit.packages), kit.line, str(loader)],
        input=json.dumps(jobs), cwd=folder, env={"PATH": os.environ["PATH"], "HOME": str(folder)},
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    if done.returncode:
        raise DrizzleKitError(done.stderr)
    results: list[dict[str, str]] = json.loads(done.stdout)
    return results
