"""What is found in projects of many shapes, and what is said about it."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from driftcheck.discovery import Discovery, discover
from driftcheck.discovery.files import project_files

ROOT = Path(__file__).parents[2]

TABLE = "CREATE TABLE {} (id int);\n"
PG = "import { pgTable } from 'drizzle-orm/pg-core'\nexport const t = pgTable('t', {})\n"
CONFIG = "export default { schema: './schema.ts', dialect: 'postgresql' }"
BASE = "from sqlalchemy.orm import DeclarativeBase\nclass Base(DeclarativeBase):\n    pass\n"
ENV = "from {} import {}\ntarget_metadata = {}\n"


def tables(*names: str) -> str:
    return "".join(TABLE.format(name) for name in names)


def journal(*tags: str) -> str:
    return json.dumps({"entries": [{"idx": number, "tag": tag} for number, tag in enumerate(tags)]})


def model(name: str, base: str = "from .base import Base") -> str:
    return f"import sqlalchemy\n{base}\nclass {name.title()}(Base):\n    __tablename__ = '{name}'\n"


def project(root: Path, files: dict[str, str]) -> Discovery:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return discover(root)


def specs(found: Discovery) -> list[str]:
    return [str(item.spec) for item in found.sources]


PACKAGE = {"app/__init__.py": "", "app/models/base.py": BASE, "app/models/user.py": model("users")}

CASES: dict[str, tuple[dict[str, str], list[str]]] = {
    "nothing": ({}, []),
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
        {"examples/drizzle.config.ts": CONFIG, "packages/db/drizzle.config.json": '{"dialect": "postgresql"}'},
        ["drizzle:packages/db/drizzle.config.json"],
    ),
    "an example where there is nothing else": (
        {"examples/shop/drizzle.config.ts": CONFIG},
        ["drizzle:examples/shop/drizzle.config.ts"],
    ),
    "a config for SQLite": ({"drizzle.config.ts": CONFIG.replace("postgresql", "sqlite")}, []),
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
    "a dump": ({"db/structure.sql": tables("a", "b"), "db/seed.sql": "INSERT"}, ["sql:db/structure.sql"]),
    "the most tables": (
        {"a.sql": tables("a"), "db/schema.sql": tables("a", 'public."B"', "c")},
        ["sql:db/schema.sql"],
    ),
    "a table twice is one": ({"a.sql": tables("a", "b"), "b.sql": TABLE.format("public.a") * 3}, ["sql:a.sql"]),
    "a table in a comment is none": (
        {"a.sql": tables("a"), "b.sql": "-- CREATE TABLE x (\n/* CREATE TABLE y (\n CREATE TABLE z ( */"},
        ["sql:a.sql"],
    ),
    "among equals the one that is called schema": (
        {"db/all.sql": tables("a"), "db/schema.sql": tables("a")},
        ["sql:db/schema.sql"],
    ),
    "migrations": (
        {
            "supabase/migrations/20240101_a.sql": tables("a"),
            "supabase/migrations/20240102_b.sql": tables("b"),
            "supabase/seed.sql": "INSERT",
        },
        ["sql:supabase/migrations"],
    ),
    "migrations at the top": ({"1_a.sql": tables("a"), "2_b.sql": tables("b")}, ["sql:."]),
    "one numbered file is a file": ({"sql/001_init.sql": tables("a")}, ["sql:sql/001_init.sql"]),
    "migrations with ways back": (
        {
            "m/1_a.up.sql": tables("a"),
            "m/1_a.down.sql": "DROP TABLE a",
            "m/2_b.up.sql": tables("b"),
            "m/2_b.down.sql": tables("a"),
        },
        ["sql:m"],
    ),
    "migrations by Prisma": (
        {"prisma/migrations/1_a/migration.sql": tables("a"), "prisma/migrations/2_b/migration.sql": tables("b")},
        ["sql:prisma/migrations"],
    ),
    "a journal of files that are gone": (
        {"drizzle/0001_x.sql": tables("a"), "drizzle/meta/_journal.json": journal("0000_x", "0001_x")},
        [],
    ),
    "migrations by Diesel": (
        {"migrations/1_a/up.sql": tables("a"), "migrations/1_a/down.sql": tables("b")},
        ["sql:migrations"],
    ),
    "migrations by drizzle-kit": (
        {"drizzle/0000_x.sql": tables("a"), "drizzle/meta/_journal.json": journal("0000_x")},
        ["sql:drizzle"],
    ),
    "a config before what a compiler made of it": (
        {"drizzle.config.ts": CONFIG, "drizzle.config.js": CONFIG, "drizzle.config.d.ts": CONFIG},
        ["drizzle:drizzle.config.ts"],
    ),
    "what lives before what is kept": (
        {"archive/db.sql": tables("a", "b"), "legacy/db.sql": tables("a", "b"), "pkg/db/db.sql": tables("a")},
        ["sql:pkg/db/db.sql"],
    ),
    "somebody's own SQL before what drizzle-kit made": (
        {
            "drizzle/0000_x.sql": tables("a", "b"),
            "drizzle/0001_x.sql": tables("c"),
            "drizzle/meta/_journal.json": journal("0000_x", "0001_x"),
            "db/prod.sql": tables("a", "b"),
        },
        ["sql:db/prod.sql"],
    ),
    "parts in a folder": (
        {"supabase/schemas/a.sql": tables("a"), "supabase/schemas/b.sql": tables("b", "c")},
        ["sql:supabase/schemas"],
    ),
    "SQL of other databases": (
        {
            "mysql.sql": "CREATE TABLE `a` (id int) ENGINE=InnoDB;",
            "b.sql": "CREATE TABLE b (id INTEGER AUTOINCREMENT);",
        },
        [],
    ),
    "tests' SQL comes last": (
        {"tests/big.sql": tables("a", "b", "c"), "db.sql": tables("a")},
        ["sql:db.sql"],
    ),
    "alembic names the base": (
        {
            **PACKAGE,
            "app/models/__init__.py": "from .base import Base\nfrom .user import Users\n",
            "alembic/env.py": ENV.format("app.models", "Base", "Base.metadata"),
        },
        ["sqlalchemy:app.models:Base"],
    ),
    "alembic names a base that knows no model": (
        {
            **PACKAGE,
            "app/models/__init__.py": "from . import user\nfrom .base import Base as Base\n",
            "migrations/env.py": "from app import models\n" + ENV.format("app.models.base", "Base", "Base.metadata"),
        },
        ["sqlalchemy:app.models.base:Base"],
    ),
    "alembic imports the models beside a base that knows none": (
        {
            "app/__init__.py": "",
            "app/base.py": BASE,
            "app/user.py": model("users"),
            "app/everything.py": "from app.base import Base\nimport app.user\n",
            "migrations/env.py": "import app.everything\n" + ENV.format("app.base", "Base", "Base.metadata"),
        },
        ["sqlalchemy:app.everything:Base"],
    ),
    "a base that comes with a star": (
        {
            "app/__init__.py": "",
            "app/base.py": BASE,
            "app/user.py": model("users"),
            "app/everything.py": "from .user import *\nfrom .more import *\n",
            "app/more.py": "from .base import *\n",
            "migrations/env.py": "import app.everything\n" + ENV.format("app.base", "Base", "Base.metadata"),
        },
        ["sqlalchemy:app.everything:Base"],
    ),
    "alembic with a MetaData, an alias and a list": (
        {
            "app/db.py": "from sqlalchemy import MetaData, Table\nmeta = MetaData()\nt = Table('t', meta)\n",
            "alembic/env.py": "import app.db as database\nm = database.meta\ntarget_metadata = [m]\n",
        },
        ["sqlalchemy:app.db:meta"],
    ),
    "alembic with a dotted import": (
        {
            "app/__init__.py": "",
            "app/db.py": BASE + "class A(Base):\n    __tablename__ = 'a'\n",
            "alembic/env.py": "import app.db\ntarget_metadata: object = app.db.Base.metadata\n",
        },
        ["sqlalchemy:app.db:Base"],
    ),
    "alembic in a folder of a monorepo, models in another of its own": (
        {
            "services/api/src/shop/__init__.py": "",
            "services/api/src/shop/models.py": model("a", BASE),
            "services/api/alembic/env.py": ENV.format("shop.models", "Base", "Base.metadata"),
        },
        ["sqlalchemy:shop.models:Base"],
    ),
    "packages without __init__": (
        {
            "shop/db/user.py": model("users", "from shop.db.base import Base"),
            "shop/db/base.py": BASE,
            "shop/migrations/env.py": "from shop.db.user import *\n"
            + ENV.format("shop.db.base", "Base", "Base.metadata"),
        },
        ["sqlalchemy:shop.db.user:Base"],
    ),
    "SQLModel": (
        {
            "app/__init__.py": "",
            "app/models.py": "from sqlmodel import SQLModel\nclass A(SQLModel, table=True):\n    id: int\n",
            "app/alembic/env.py": "from app.models import SQLModel\ntarget_metadata = SQLModel.metadata\n",
        },
        ["sqlalchemy:app.models:SQLModel"],
    ),
    "SQLModel, imported from itself": (
        {
            "app/__init__.py": "",
            "app/models.py": "from sqlmodel import SQLModel\nclass A(SQLModel, table=True):\n    id: int\n",
            "alembic/env.py": "from sqlmodel import SQLModel\nfrom app.models import *\n"
            "target_metadata = SQLModel.metadata\n",
        },
        ["sqlalchemy:app.models:SQLModel"],
    ),
    "Flask": (
        {
            "shop/__init__.py": "from flask_sqlalchemy import SQLAlchemy\ndb = SQLAlchemy()\nfrom shop import models\n",
            "shop/models.py": "from shop import db\nclass A(db.Model):\n    id = db.Column(db.Integer)\n",
            "migrations/env.py": "from flask import current_app\n"
            "target_metadata = current_app.extensions['migrate'].db.metadata\n",
        },
        ["sqlalchemy:shop:db"],
    ),
    "no alembic: the package that imports the models": (
        {
            **PACKAGE,
            "app/models/order.py": model("orders"),
            "app/models/__init__.py": "from .base import Base\nfrom .order import Orders\nfrom .user import Users\n",
            "app/main.py": "import app.models\n",
        },
        ["sqlalchemy:app.models:Base"],
    ),
    "no alembic: a package that looks for its models": (
        {
            **PACKAGE,
            "app/models/__init__.py": "import pkgutil\nfrom .base import Base\n"
            "for m in pkgutil.iter_modules(__path__):\n  ...\n",
        },
        ["sqlalchemy:app.models:Base"],
    ),
    "no alembic: one module": (
        {
            "models.py": "from sqlalchemy.orm import declarative_base\nBase = declarative_base()\n"
            "class A(Base):\n    __tablename__='a'\n"
        },
        ["sqlalchemy:models:Base"],
    ),
    "Django is something else": (
        {"shop/models.py": "from django.db import models\nclass A(models.Model):\n    pass\n"},
        [],
    ),
    "Alembic's own migrations define nothing": (
        {"alembic/versions/1.py": "import sqlalchemy as sa\ndown_revision = None\nt = sa.Table('x')\n"},
        [],
    ),
    "broken Python": (
        {"models.py": "from sqlalchemy import *\nclass A(:\n    __tablename__ = 'a'\n"},
        ["sqlalchemy:models"],
    ),
    "dependencies and output": (
        {
            "node_modules/x/schema.sql": tables("a"),
            "dist/drizzle.config.ts": CONFIG,
            ".venv/lib/m.py": model("a", BASE),
        },
        [],
    ),
    "all three": (
        {"web/drizzle.config.ts": CONFIG, "db/schema.sql": tables("a"), "api/models.py": model("a", BASE)},
        ["drizzle:web/drizzle.config.ts", "sql:db/schema.sql", "sqlalchemy:models:Base"],
    ),
}


@pytest.mark.parametrize(("files", "expected"), CASES.values(), ids=CASES)
def test_finds(tmp_path: Path, files: dict[str, str], expected: list[str]) -> None:
    assert specs(project(tmp_path, files)) == expected


def test_the_archetype(tmp_path: Path) -> None:
    """Without its config it has exactly the three sources that its config names."""
    copy = tmp_path / "pixcrawler"
    shutil.copytree(ROOT / "fixtures" / "pixcrawler", copy)
    (copy / "pyproject.toml").unlink()
    found = discover(copy)
    assert specs(found) == [
        "drizzle:frontend/drizzle.config.ts",
        "sql:frontend/lib/db/migrations/production_schema.sql",
        "sqlalchemy:backend.models:Base",
    ]
    assert found.truth == "drizzle"
    assert found.looked_for == ()


def test_why_and_what_else(tmp_path: Path) -> None:
    found = project(
        tmp_path,
        {
            "drizzle.config.ts": CONFIG,
            "b/drizzle.config.ts": CONFIG,
            "c/drizzle.config.ts": CONFIG.replace("postgresql", "mysql"),
            "schema.sql": tables("a", "b"),
            "old.sql": tables("a"),
            "my.sql": "CREATE TABLE `a` (id int);",
            "models/__init__.py": BASE,
            "models/a.py": model("a", "from . import Base"),
            "models/b.py": model("b", "from . import Base"),
            "alembic/env.py": ENV.format("models.a", "Base", "Base.metadata"),
        },
    )
    assert [item.why for item in found.sources] == [
        "the nearest to the top of 2 drizzle.configs",
        "a file of SQL, 2 tables, the most of what was seen",
        "target_metadata in alembic/env.py",
    ]
    assert found.also == (
        "c/drizzle.config.ts is for another database",
        "also saw b/drizzle.config.ts",
        "my.sql is not for PostgreSQL",
        "also saw old.sql (a file of SQL, 1 table)",
        "models.a does not import models/b.py, which seems to define tables",
    )


def test_too_few(tmp_path: Path) -> None:
    assert discover(tmp_path).complaint == "found nothing to compare here"
    one = project(tmp_path, {"schema.sql": tables("a")})
    assert one.complaint.startswith("found only one source here, sql:schema.sql (a file of SQL, 1 table)")
    assert "looked for drizzle.config.ts" in one.advice
    assert "Alembic's env.py" in one.advice
    assert "SQL files" not in one.advice


def test_what_git_ignores_is_left_out(tmp_path: Path) -> None:
    files = {".gitignore": "private/\n", "private/schema.sql": tables("a", "b"), "new.sql": tables("a")}
    assert specs(project(tmp_path, files)) == ["sql:private/schema.sql"]
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    assert specs(discover(tmp_path)) == ["sql:new.sql"]
    assert specs(discover(tmp_path / "private")) == ["sql:schema.sql"]


def test_a_folder_of_a_repository(tmp_path: Path) -> None:
    project(tmp_path, {"api/schema.sql": tables("a"), "other/schema.sql": tables("a", "b")})
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    assert specs(discover(tmp_path / "api")) == ["sql:schema.sql"]


def test_work_is_bounded_and_that_is_said(tmp_path: Path) -> None:
    project(tmp_path, {f"{number:03}.sql": tables("a") for number in range(20)})
    files = project_files(tmp_path, most=10)
    assert (len(files.paths), files.complete) == (10, False)


def test_names_that_are_no_text(tmp_path: Path) -> None:
    try:
        (tmp_path / "a\udcff.sql").write_text(tables("a"))
    except OSError:
        pytest.skip("this file system has no such names")
    assert specs(project(tmp_path, {"ü`#\n.sql": tables("a")})) == ["sql:ü`#\n.sql"]


def test_a_journal_of_files_that_are_gone_is_told(tmp_path: Path) -> None:
    found = project(tmp_path, {"m/0001_x.sql": tables("a"), "m/meta/_journal.json": journal("0000_x", "0001_x")})
    assert found.also == ("m: its journal names files that are gone",)


def test_a_journal_of_another_database_is_not_told_as_gone(tmp_path: Path) -> None:
    mysql = "CREATE TABLE `a` (id int);"
    found = project(tmp_path, {"m/0000_x.sql": mysql, "m/meta/_journal.json": journal("0000_x")})
    assert found.also == ("m/0000_x.sql is not for PostgreSQL",)


def test_one_migration_is_one(tmp_path: Path) -> None:
    found = project(tmp_path, {"m/0000_x.sql": tables("a"), "m/meta/_journal.json": journal("0000_x")})
    assert [item.why for item in found.sources] == ["1 migration by drizzle-kit, 1 table"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_files_that_windows_wrote(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "dump.sql").write_text(tables("a").replace("\n", "\r\n"), encoding=encoding)
    assert specs(discover(tmp_path)) == ["sql:dump.sql"]
