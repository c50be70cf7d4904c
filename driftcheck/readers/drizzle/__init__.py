"""Drizzle schemas, read without Node: TypeScript is evaluated, with drizzle-orm's modules as values in Python."""

from __future__ import annotations

from .reader import read

__all__ = ["read"]
