"""Where a Drizzle schema is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from .building import CONFIG, PG, project, specs

CASES: dict[str, tuple[dict[str, str], list[str]]] = {
    "drizzle config": ({"drizzle.config.ts": CONFIG, "schema.ts": PG}, ["drizzle:drizzle.config.ts"]),
    "nearest drizzle config": (
        {"apps/b/web/drizzle.config.ts": CONFIG, "packages/db/drizzle.config.mts": CONFIG},
        ["drizzle:packages/db/drizzle.config.mts"],
    ),
    "the usual name of a config": (
        {"drizzle-test.config.ts": CONFIG, "drizzle.config.js": CONFIG},
        ["drizzle:drizzle.config.js"],
    ),
    "no example": (
        {
            "examples/drizzle.config.ts": CONFIG,
            "packages/db/drizzle.config.json": '{"dialect": "postgresql", "schema": "x.ts"}',
        },
        ["drizzle:packages/db/drizzle.config.json"],
    ),
    "an example where there is nothing else": (
        {"examples/shop/drizzle.config.ts": CONFIG},
        ["drizzle:examples/shop/drizzle.config.ts"],
    ),
    "a config for MySQL": ({"drizzle.config.ts": CONFIG.replace("postgresql", "mysql")}, []),
    "one schema file": ({"src/db/schema.ts": PG, "src/other.ts": "pgTable('x')"}, ["drizzle:src/db/schema.ts"]),
    "a folder of schema files": (
        {"src/db/users.ts": PG, "src/db/orders.ts": PG, "src/x.ts": PG},
        ["drizzle:src/db"],
    ),
    "schema files of one name": (
        {"src/users/schema.ts": PG, "src/orders/schema.ts": PG},
        ["drizzle:src/**/schema.ts"],
    ),
    "schema files of one ending": (
        {"src/users/user.schema.ts": PG, "src/orders/order.schema.ts": PG},
        ["drizzle:src/**/*.schema.ts"],
    ),
    "a config before what a compiler made of it": (
        {"drizzle.config.ts": CONFIG, "drizzle.config.js": CONFIG, "drizzle.config.d.ts": CONFIG},
        ["drizzle:drizzle.config.ts"],
    ),
}


@pytest.mark.parametrize(("files", "expected"), CASES.values(), ids=CASES)
def test_finds(tmp_path: Path, files: dict[str, str], expected: list[str]) -> None:
    assert specs(project(tmp_path, files)) == expected
