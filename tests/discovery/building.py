"""Projects of a few files, and what is found in them."""

from __future__ import annotations

import json
from pathlib import Path

from driftcheck.discovery import Discovery, discover

TABLE = "CREATE TABLE {} (id int);\n"
PG = "import { integer, pgTable } from 'drizzle-orm/pg-core'\nexport const t = pgTable('t', { id: integer('id') })\n"
CONFIG = "export default { schema: './schema.ts', dialect: 'postgresql' }"
BASE = "from sqlalchemy.orm import DeclarativeBase\nclass Base(DeclarativeBase):\n    pass\n"
ENV = "from {} import {}\ntarget_metadata = {}\n"


def tables(*names: str) -> str:
    return "".join(TABLE.format(name) for name in names)


def pg(*names: str) -> str:
    """A schema file of Drizzle's with tables of these names."""
    lines = [f"export const {name} = pgTable('{name}', {{ id: integer('id') }});" for name in names]
    return "\n".join(["import { integer, pgTable } from 'drizzle-orm/pg-core';", *lines])


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
