"""driftcheck: do the Drizzle schema, the SQL and the SQLAlchemy models still describe one PostgreSQL database?

From Python: `report = driftcheck.diff()`; see `driftcheck.api.diff`.
"""

# For `-m` Python puts the folder that it is started in first on the path, and what is checked is a stranger's: its
# click.py would run, its typing.py and __future__.py too. Nothing is imported before that is undone.
import sys

if sys.argv[:1] == ["-m"] and not sys.flags.safe_path:
    del sys.path[0]

from importlib import import_module  # as above
from typing import TYPE_CHECKING, Any

from .errors import DriftcheckError

if TYPE_CHECKING:
    from .api import Report, diff

__version__ = "0.1.0"

__all__ = ["DriftcheckError", "Report", "diff"]


def __getattr__(name: str) -> Any:
    # Imported on demand: one who only wants the version, or a subpackage, does not pay for all of it.
    if name in ("Report", "diff"):
        return getattr(import_module(".api", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
