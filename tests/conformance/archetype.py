"""PixCrawler's three sources, each built its native way."""

from __future__ import annotations

import json
from pathlib import Path

from .catalog import Catalog
from .drizzle import DrizzleKit
from .metadata import create_all
from .postgres import SUPABASE, Server

ROOT = Path(__file__).parents[2] / "fixtures" / "pixcrawler"
PRODUCTION = "frontend/lib/db/migrations/production_schema.sql"
FACTS = Path(__file__).parent / "facts" / "pixcrawler"


def facts(source: str) -> Catalog:
    """What PostgreSQL stored for the real project's `source`: "drizzle", "sql" or "sqlalchemy"."""
    loaded: Catalog = json.loads((FACTS / f"{source}.json").read_text())
    return loaded


def drizzle(pg: Server, kit: DrizzleKit) -> Catalog:
    return pg.catalog_of(kit.export(ROOT, directory="frontend"))


def sql(pg: Server) -> Catalog:
    return pg.catalog_of(ROOT / PRODUCTION, prelude=SUPABASE)


def sqlalchemy(pg: Server) -> Catalog:
    with pg.database() as database:
        create_all("backend.models:Base", ROOT, database.dsn)
        return database.catalog()
