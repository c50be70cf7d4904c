"""Whatever a pull request holds, the check ends with 0, 1 or 2, says what is wrong, and prints no command."""

from __future__ import annotations

import sys
from random import Random

import pytest

from .checking import Checking
from .mutating import mutated, odd, tries
from .seeds import AROUND, PYTHON, SQL, TYPESCRIPT

pytestmark = pytest.mark.slow

_BASELINE = ".driftcheck-baseline.json"
_JSON = (_BASELINE, "snapshot.json", "package.json", "base.json", "drizzle/meta/_journal.json")
_EXPORTS = ("sql", "json")


def test_sql(checking: Checking) -> None:
    for seed, chance in tries(25):
        first = chance.choice(SQL)
        checking.write({"schema.sql": mutated(first, SQL, chance), "other.sql": first})
        checking.reports("a=sql:other.sql", "b=sql:schema.sql", "--no-cache", seed=seed)
        checking.harmless("export", "sql:schema.sql", "--to", chance.choice(_EXPORTS), seed=seed)


def test_typescript(checking: Checking) -> None:
    for seed, chance in tries(25):
        first = chance.choice(TYPESCRIPT)
        checking.write({"schema.ts": mutated(first, TYPESCRIPT, chance), "other.sql": chance.choice(SQL)})
        checking.reports("a=drizzle:schema.ts", "b=sql:other.sql", "--no-cache", seed=seed)
        checking.harmless("export", "drizzle:schema.ts", "--to", chance.choice(_EXPORTS), seed=seed)


def test_models(checking: Checking) -> None:
    """Few: each is a process of its own."""
    for seed, chance in tries(3):
        checking.write({"models.py": mutated(chance.choice(PYTHON), PYTHON, chance), "other.sql": chance.choice(SQL)})
        models = chance.choice(("sqlalchemy:models", "sqlalchemy:models:Base", "sqlalchemy:models:metadata"))
        checking.reports(f"a={models}", "b=sql:other.sql", "--python", sys.executable, "--no-cache", seed=seed)


def _project(chance: Random, checking: Checking, seed: str) -> dict[str, str]:
    """A project in which everything is there that a check may read, made by driftcheck where driftcheck makes it."""
    sql = chance.choice(SQL)
    files = {
        **AROUND,
        "schema.ts": chance.choice(TYPESCRIPT),
        "schema.sql": sql,
        "drizzle/0000_a.sql": sql,
        "drizzle/0001_a.sql": "ALTER TABLE a ADD COLUMN more integer;\n",
    }
    (checking.root / _BASELINE).unlink(missing_ok=True)
    checking.write(files)
    checking.run("snapshot", "sql:schema.sql", "-o", "snapshot.json", seed=seed)
    checking.run("baseline", seed=seed)
    for name in ("snapshot.json", _BASELINE):
        if (checking.root / name).exists():
            files[name] = (checking.root / name).read_text(encoding="utf-8")
    return files


def test_what_lies_around(checking: Checking) -> None:
    """Snapshots, configs, baselines, journals, tsconfig.json, package.json: one of them is not as it was."""
    for seed, chance in tries(15):
        files = _project(chance, checking, seed)
        for _ in range(2):
            name = chance.choice([*AROUND, *["snapshot.json", _BASELINE] * 3])
            if name not in files:
                continue
            if name not in _JSON or chance.random() < 0.5:
                changed = mutated(files[name], list(AROUND.values()), chance)
            else:
                changed = odd(files[name], chance)
            checking.write({**files, name: changed})
            checking.harmless("diff", seed=seed)
            checking.reports("a=drizzle:drizzle.config.ts", "b=sql:drizzle", "snapshot:snapshot.json", seed=seed)
            checking.harmless(*chance.choice(_COMMANDS), seed=seed)


_COMMANDS = (
    ("export", "snapshot:snapshot.json", "--to", "sql"),
    ("export", "snapshot:snapshot.json", "--to", "json"),
    ("baseline", "a=sql:schema.sql", "b=snapshot:snapshot.json"),
    ("diff", "--no-exec", "-v"),
    ("init",),
)


def test_snapshots_with_values_of_other_types(checking: Checking) -> None:
    """JSON that is whole, and holds at some place what it should not: every value is looked at before it is used."""
    for seed, chance in tries(15):
        checking.write({"schema.sql": chance.choice(SQL)})
        checking.run("snapshot", "sql:schema.sql", "-o", "snapshot.json", seed=seed)
        text = (checking.root / "snapshot.json").read_text(encoding="utf-8")
        for _ in range(4):
            checking.write({"changed.json": odd(text, chance)})
            checking.reports("a=snapshot:changed.json", "b=sql:schema.sql", "--no-cache", seed=seed)
            checking.harmless("export", "snapshot:changed.json", "--to", chance.choice(_EXPORTS), seed=seed)
