"""The one package that decides what counts as the same: pure functions from Schema to Schema.

`normalize` is applied once to every source's reading, whatever its language; readers only translate spelling.
"""

from .schema import normalize

__all__ = ["normalize"]
