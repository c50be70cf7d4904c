"""Alembic's revisions, run by the project's own Alembic in the project's own interpreter, on no database.

The statements that they would send to a server are replayed like SQL from files, each at the place of the line that
caused it; what a revision asks of the database is answered from that. Running revisions runs the project's code: the
guards of the worker stop accidents, they are no sandbox.
"""

from ...worker.options import Options
from .pending import Revisions, read, start

__all__ = ["Options", "Revisions", "read", "start"]
