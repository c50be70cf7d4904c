"""A psql script that says whether a database is still what a source declares."""

from .script import GROUPS, write

__all__ = ["GROUPS", "write"]
