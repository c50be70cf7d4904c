"""The project's Alembic, imported before anything of the project."""

from __future__ import annotations

from ..trouble import Trouble


def preload() -> None:
    """Imports Alembic before the project's folders are on the path: many a project has a folder of that name.

    Raises Trouble if there is none, or one that is too old.
    """
    import importlib.util

    if importlib.util.find_spec("sqlalchemy") is None or importlib.util.find_spec("alembic") is None:
        raise Trouble("no-alembic", "")
    import alembic

    if not hasattr(alembic, "__version__"):
        raise Trouble("no-alembic", "")
    version = tuple(int(part) for part in alembic.__version__.split(".")[:2] if part.isdigit())
    if version < (1, 8):
        raise Trouble("old-alembic", alembic.__version__)
    import alembic.command
    import alembic.config
    import alembic.runtime.environment
    import alembic.script
