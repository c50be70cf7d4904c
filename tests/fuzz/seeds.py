"""Good texts to begin with: the ones that other tests hold to PostgreSQL, Drizzle and SQLAlchemy."""

from __future__ import annotations

import json
from pathlib import Path

_TESTS = Path(__file__).parents[1]
_CASES = _TESTS.parent / "fixtures/cases"
_MODELS = _TESTS / "conformance/sqlalchemy/models"


def _texts(folder: Path, pattern: str, most: int = 8_000) -> tuple[str, ...]:
    texts = (path.read_text(encoding="utf-8") for path in sorted(folder.glob(pattern)))
    return tuple(dict.fromkeys(text for text in texts if 0 < len(text) <= most))


SQL = (*_texts(_TESTS / "conformance/sql/cases", "*.sql"), *_texts(_CASES, "*/*.sql"))
TYPESCRIPT = (*_texts(_CASES, "*/*.ts"), *_texts(_TESTS / "conformance/drizzle_schemas/cases", "**/*.ts"))
PYTHON = (*_texts(_MODELS, "*.py", 3_000), *_texts(_CASES, "*/*.py", 3_000))

#: What lies around sources: its name, and a text that is read.
AROUND = {
    "driftcheck.toml": """\
truth = "a"
fail-on = "warning"
exclude = ["public.old_*", "audit.*"]
allow-outside = ["../shared"]
[sources]
a = "drizzle:schema.ts"
b = "sql:drizzle"
c = { kind = "snapshot", location = "snapshot.json" }
[rules]
column-type = "error"
gap = "warning"
[compare]
views = "always"
[[ignore]]
rule = "DR203"
object = "public.users.email"
reason = "known since \\u0031"
[limits]
steps = 20_000_000
""",
    "package.json": '{ "name": "x",\n "workspaces": ["packages/*"], "imports": { "#db": "./schema.ts" } }',
    "tsconfig.json": """\
{ // what the editor wrote
  "extends": "./base.json", "compilerOptions": { "baseUrl": ".", "paths": { "@/*": ["./*"], "~": ["./schema"] } },
}
""",
    "base.json": '{ "compilerOptions": { "rootDirs": [".", "gen"] } }',
    "drizzle.config.ts": """\
import { defineConfig } from "drizzle-kit";
export default defineConfig({ dialect: "postgresql", schema: ["./schema.ts", "./src/**/*.ts"], out: "./drizzle" });
""",
    "drizzle/meta/_journal.json": json.dumps(
        {"version": "7", "dialect": "postgresql", "entries": [
            {"idx": n, "version": "7", "when": 1700000000000 + n, "tag": f"000{n}_a"} for n in (0, 1)
        ]},
        indent=1,
    ),
    "alembic.ini": "[alembic]\nscript_location = alembic\nsqlalchemy.url = postgresql://localhost/x\n",
}  # fmt: skip
