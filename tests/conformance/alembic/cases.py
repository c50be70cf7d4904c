"""Small projects of migrations, each about one thing that real ones do."""

from __future__ import annotations

from . import environments, operations, programs
from .case import Case

CASES: dict[str, Case] = {**operations.CASES, **programs.CASES, **environments.CASES}
