"""Python that anybody may have written, as a tree: read, never run."""

from __future__ import annotations

import ast
import warnings


def parse_python(source: str | bytes) -> ast.Module:
    """The syntax tree of a module. Raises whatever `ast.parse` does; its remarks on the code are not shown."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(source)
