"""Nothing is printed but through the one door."""

from __future__ import annotations

import ast
from pathlib import Path

import driftcheck

PACKAGE = Path(driftcheck.__file__).parent
#: Those that speak to a program, not to people: an import's answer, the log of an editor's server, and the writers of
#: files, whom `os.write` serves.
APART = ("worker/", "lsp/checker.py", "config/schema.py", "project/replacing.py")
PRINTING = {"echo", "secho", "print", "print_exc", "print_exception", "writelines", "warn", "excepthook"}


def _printed(path: Path) -> set[int]:
    """Lines on which something is printed."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        stream = ast.unparse(node.func).startswith(("sys.stderr.write", "sys.stdout.write", "os.write"))
        if name in PRINTING or stream:
            found.add(node.lineno)
    return found


def test_nothing_is_printed_elsewhere() -> None:
    printing = {
        path.relative_to(PACKAGE).as_posix(): _printed(path)
        for path in PACKAGE.rglob("*.py")
        if not path.relative_to(PACKAGE).as_posix().startswith(APART)
    }
    assert {name for name, lines in printing.items() if lines} == {"cli/door.py"}
