"""SQLite's half of Drizzle: `drizzle-orm/sqlite-core`, and what drizzle-kit makes of it."""

from __future__ import annotations

from .assembly import CAPABILITIES, SqliteAssembly
from .exports import sqlite_core
from .families import FAMILIES

__all__ = ["CAPABILITIES", "FAMILIES", "SqliteAssembly", "sqlite_core"]
