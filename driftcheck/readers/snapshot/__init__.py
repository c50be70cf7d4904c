"""A reading that was written down: by `driftcheck snapshot`, or by `driftcheck export --to json`."""

from .freshness import hashes
from .reader import read

__all__ = ["hashes", "read"]
