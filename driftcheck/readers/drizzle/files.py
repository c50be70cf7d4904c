"""The schema files that a location means, as drizzle-kit's `prepareFilenames` finds them."""

from __future__ import annotations

import glob
import re
from pathlib import Path

#: What drizzle-kit takes as a schema file.
EXTENSIONS = (".ts", ".js", ".cjs", ".mjs", ".mts", ".cts")
_MAGIC = re.compile(r"[*?\[{]|[@!+]\(")
_TESTS = re.compile(r"\.(?:test|spec|d)\.[cm]?[jt]s\Z")


def schema_files(pattern: str, folder: Path) -> list[Path]:
    """Files that `pattern` (a file, a folder, or a glob with `**` and `{a,b}`) means, relative to `folder`.

    Of a folder, the files directly in it, as drizzle-kit takes them, or, where there are none, all below it.
    """
    found: dict[Path, None] = {}
    for path in _matches(pattern, folder):
        inside = _in_folder(path) if path.is_dir() else [path]
        found |= dict.fromkeys(file.resolve() for file in inside if _is_source(file))
    return list(found)


def _is_source(path: Path) -> bool:
    return path.is_file() and path.name.endswith(EXTENSIONS) and not path.name.endswith((".d.ts", ".d.mts", ".d.cts"))


def _in_folder(folder: Path) -> list[Path]:
    files = [path for path in sorted(folder.iterdir()) if _is_source(path) and not _TESTS.search(path.name)]
    if files:
        return files
    below = sorted(path for path in folder.rglob("*") if "node_modules" not in path.parts)
    return [path for path in below if _is_source(path) and not _TESTS.search(path.name)]


def _matches(pattern: str, folder: Path) -> list[Path]:
    exact = folder / pattern
    if exact.exists():
        return [exact]
    if not _MAGIC.search(pattern):
        return []
    found: dict[Path, None] = {}
    for part in _alternatives(pattern):
        for name in _names(str(folder / part)):
            if "node_modules" not in Path(name).relative_to(folder).parts if _below(name, folder) else True:
                found[Path(name)] = None
    return list(found)


def _names(pattern: str) -> list[str]:
    """What Python's glob finds, and `!(a|b)`: what `*` finds there less what `a` and `b` do."""
    negated = re.search(r"!\(([^()]*)\)", pattern)
    if negated is None:
        return sorted(glob.glob(pattern, recursive=True))
    before, after = pattern[: negated.start()], pattern[negated.end() :]
    left_out = {name for choice in negated[1].split("|") for name in _names(before + choice + after)}
    return [name for name in _names(f"{before}*{after}") if name not in left_out]


def _below(name: str, folder: Path) -> bool:
    return Path(name).is_relative_to(folder)


def _alternatives(pattern: str) -> list[str]:
    """`a/{b,c}.ts` → `a/b.ts`, `a/c.ts`; `@(a|b)` likewise."""
    pattern = re.sub(r"[@+]\(([^()]*)\)", lambda found: "{" + found[1].replace("|", ",") + "}", pattern)
    found = re.search(r"\{([^{}]*)\}", pattern)
    if found is None:
        return [pattern]
    before, after = pattern[: found.start()], pattern[found.end() :]
    return [each for choice in found[1].split(",") for each in _alternatives(before + choice + after)][:1000]
