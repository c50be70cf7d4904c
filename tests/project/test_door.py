"""There is one door to files: nothing in driftcheck opens one, or lists a folder, past it."""

from __future__ import annotations

import ast
from pathlib import Path

import driftcheck

PACKAGE = Path(driftcheck.__file__).parent
#: What opens a file or lists a folder, as a function or as a method of a path.
OPENING = frozenset("open read_text read_bytes iterdir glob rglob iglob walk scandir listdir fwalk fdopen".split())
#: Methods that are called alike and open nothing of a project's.
OTHERS = frozenset({"budget.open", "budget.walk", "ast.walk", "_budget.walk", "_project.budget.walk", "cache.open"})
OPENERS = frozenset({"glob", "mmap", "linecache", "fileinput"})
#: Who may, and why: it is no file of the checked project, or it is the door.
ALLOWED = {
    "opening.py": "opens",
    "project/project.py": "is the door: opens what it has looked at, lists what lies inside",
    "fixes/python/tree.py": "bytes in memory, whose encoding it finds",
    "check/documenting.py": "names in the folder that the command line or the config has documents written to",
    "cli/version.py": "the metadata of installed packages",
    "cli/completion.py": "names in the folder whose beginning was typed, which nobody but the shell sees",
    "cli/main.py": "the null device, in the place of a closed standard output",
    "cache/packing.py": "bytes in memory",
    "cache/secret.py": "the key that authenticates what is kept",
    "cache/store.py": "the cache's own folder",
    "cache/tree.py": "names, of which a digest is made",
    "cache/state.py": "names, of which a digest is made",
    "discovery/init.py": "writes the config to a place that the door has given",
    "lsp/checker.py": "the answers to the server, on standard output",
    "lsp/server.py": "the answers to an editor, on standard output; documents that it opened",
    "worker/newer.py": "the names of the machine's own Pythons",
    "worker/process.py": "the answer of a process of its own",
    "worker/strays.py": "the processes that a worker left behind",
    "worker/supervise.py": "the processes that a worker left behind",
}
#: What runs in the project's own interpreter, with the rights that importing its models has anyway.
INSIDE = "worker/inside/"


def _name(node: ast.expr) -> str:
    return f"{_name(node.value)}.{node.attr}" if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _opens(tree: ast.Module) -> list[str]:
    """The calls that open a file or list a folder. `glob` of `project.walking` is a function of the door's."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            whole = _name(node.func)
            last = whole.rpartition(".")[2]
            called_alike = whole == "glob" or any(whole.endswith(other) for other in OTHERS)
            if last in OPENING and not called_alike:
                found.append(f"{whole} in line {node.lineno}")
        if isinstance(node, ast.Import | ast.ImportFrom):
            modules = [node.module] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
            found += [
                f"import of {name}" for name in modules if name in ("glob", "io", "mmap", "linecache", "fileinput")
            ]
    return found


def test_files_are_opened_through_the_door() -> None:
    names = [path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py")]
    others = [name for name in names if not name.startswith(INSIDE) and name not in ALLOWED]
    opens = {name: _opens(ast.parse((PACKAGE / name).read_text(encoding="utf-8"))) for name in others}
    found = {name: calls for name, calls in opens.items() if calls}
    assert not found, f"{found}: open it through driftcheck.project.Project"


def test_whoever_may_open_files_does() -> None:
    for name in ALLOWED:
        assert _opens(ast.parse((PACKAGE / name).read_text(encoding="utf-8"))), f"{name} needs no exception"
