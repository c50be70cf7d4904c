"""What the language and its usual surroundings offer without an import, as far as schema files use it.

Whatever else there is, is a function or a value that is not evaluated: an Unknown, and so is what it may change.
"""

from __future__ import annotations

from .globals import make_globals, make_prototypes

__all__ = ["make_globals", "make_prototypes"]
