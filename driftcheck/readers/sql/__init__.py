"""SQL as a source: files are cut into statements, and the statements replayed as PostgreSQL would.

Nothing is connected to and nothing run. `read` is all that other packages need.
"""

from .reader import read

__all__ = ["read"]
