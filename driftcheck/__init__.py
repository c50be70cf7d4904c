"""driftcheck: do the Drizzle schema, the SQL and the SQLAlchemy models still describe one PostgreSQL database?

From Python: `report = driftcheck.diff()`; see `driftcheck.api.diff`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .errors import DriftcheckError

if TYPE_CHECKING:
    from .api import diff

__version__ = "0.1.0"

__all__ = ["DriftcheckError", "diff"]


def __getattr__(name: str) -> Any:
    # Imported on demand: whoever only wants the version, or a room of the house, does not pay for all of it.
    if name == "diff":
        return import_module(".api", __name__).diff
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
