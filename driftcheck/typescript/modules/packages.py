"""package.json: the packages of a monorepo, and what `exports` and `imports` lead to."""

from __future__ import annotations

import os
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from . import jsonc
from .tsconfig import match

#: Conditions of `exports` that hold: those that lead to source text, and what an `import` or `require` would take.
CONDITIONS = frozenset(
    "source typescript development import module node require default types bun worker @source".split()
)

#: Folders of what a build makes; where they are missing, its source is in `src` or beside them.
BUILT = frozenset(("dist", "build", "lib", "out", "output", ".output", "esm", "cjs", "types"))

#: At most so many folders are looked into for the packages of a workspace.
MOST_FOLDERS = 20_000


def condition_targets(value: Any) -> Iterator[str]:
    """The targets of an entry of `exports` or `imports`, in order, those of every condition that holds."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from condition_targets(item)
    elif isinstance(value, dict):
        for condition, item in value.items():
            if condition in CONDITIONS or condition.startswith("@"):
                yield from condition_targets(item)


def entry_targets(entries: dict[str, Any], key: str) -> list[str]:
    """The targets of `key` among subpaths (`./db`, `./schema/*`, `#db`), the most exact pattern first."""
    found: list[tuple[int, str, Any]] = []
    for pattern, value in entries.items():
        matched = match(pattern, key)
        if matched is None and pattern.endswith("/") and key.startswith(pattern):
            matched, value = key[len(pattern) :], {"default": f"{value}*"} if isinstance(value, str) else None
        if matched is not None:
            found.append((len(pattern) * 2 if "*" not in pattern else pattern.index("*"), matched, value))
    if not found:
        return []
    _, matched, value = max(found, key=lambda entry: entry[0])
    return [target.replace("*", matched) for target in condition_targets(value)]


def source_candidates(target: str) -> list[str]:
    """A target, and where its source would be if the target is something built."""
    parts = target.removeprefix("./").split("/")
    found = [target]
    for index, part in enumerate(parts[:-1]):
        if part in BUILT:
            rest = [piece for piece in parts[index + 1 :] if piece not in BUILT or piece == parts[-1]]
            before = parts[:index]
            found.append("/".join([*before, "src", *(rest[1:] if rest[0] == "src" else rest)]))
            found.append("/".join([*before, *rest]))
            break
    return [_without_declaration(candidate) for candidate in found]


def _without_declaration(target: str) -> str:
    """`index.d.ts` describes `index.js`, whose source is `index.ts`."""
    for ending, source in ((".d.ts", ".ts"), (".d.mts", ".mts"), (".d.cts", ".cts")):
        if target.endswith(ending):
            return target.removesuffix(ending) + source
    return target


def package_candidates(package: dict[str, Any], subpath: str) -> list[str]:
    """Where `name/subpath` may be in its package, best first; "" for the package itself."""
    exports = package.get("exports")
    targets: list[str] = []
    if isinstance(exports, dict) and any(key.startswith(".") for key in exports):
        targets = entry_targets(exports, f"./{subpath}" if subpath else ".")
    elif exports is not None and not subpath:
        targets = list(condition_targets(exports))
    if not subpath:
        fields = [package.get(name) for name in ("source", "module", "main", "types", "typings")]
        targets += [field for field in fields if isinstance(field, str)]
        targets += ["src/index", "index", "src/main", "lib/index"]
    else:
        targets += [subpath, f"src/{subpath}"]
    return [candidate for target in targets for candidate in source_candidates(target)]


class Workspace:
    """The packages of a repository, by name; read when first asked for."""

    def __init__(self, boundary: Path) -> None:
        self.boundary = boundary
        self._packages: dict[str, Path] | None = None
        self._read: dict[Path, dict[str, Any]] = {}

    def package_json(self, folder: Path) -> dict[str, Any]:
        found = self._read.get(folder)
        if found is None:
            found = self._read[folder] = jsonc.read_object(folder / "package.json")
        return found

    def folder_of(self, name: str) -> Path | None:
        if self._packages is None:
            self._packages = dict(self._find())
        return self._packages.get(name)

    def enclosing(self, folder: Path) -> Path | None:
        """The folder of the package that a file in `folder` belongs to."""
        for place in (folder, *folder.parents):
            if (place / "package.json").is_file():
                return place
            if place == self.boundary:
                break
        return None

    def _find(self) -> Iterator[tuple[str, Path]]:
        """Reversed, so that of two packages of one name the first of the walk wins."""
        found: list[tuple[str, Path]] = []
        for root in self._roots():
            patterns = workspace_patterns(root)
            for folder in _folders(root) if patterns else ():
                if is_member(folder.relative_to(root).as_posix(), patterns):
                    name = self.package_json(folder).get("name")
                    if isinstance(name, str):
                        found.append((name, folder))
        return reversed(found)

    def _roots(self) -> list[Path]:
        """The boundary, or where there is no workspace, the folders right in it that have one."""
        if workspace_patterns(self.boundary):
            return [self.boundary]
        try:
            inner = sorted(path for path in self.boundary.iterdir() if path.is_dir() and path.name != "node_modules")
        except OSError:
            return []
        return [path for path in inner if workspace_patterns(path)]


def workspace_patterns(folder: Path) -> list[str]:
    """The globs of a workspace's packages, from pnpm-workspace.yaml, package.json or lerna.json."""
    try:
        text = (folder / "pnpm-workspace.yaml").read_text(encoding="utf-8-sig", errors="replace")
    except OSError:
        text = ""
    found: list[Any] = list(jsonc.yaml_list(text, "packages"))
    workspaces = jsonc.read_object(folder / "package.json").get("workspaces") if not found else None
    if isinstance(workspaces, dict):
        workspaces = workspaces.get("packages")
    if isinstance(workspaces, list):
        found.extend(workspaces)
    if not found:
        lerna = jsonc.read_object(folder / "lerna.json").get("packages")
        found.extend(lerna if isinstance(lerna, list) else [])
    return [pattern.removeprefix("./").rstrip("/") for pattern in found if isinstance(pattern, str)]


def is_member(path: str, patterns: list[str]) -> bool:
    member = False
    for pattern in patterns:
        if pattern.startswith("!"):
            member = member and not _matches(path.split("/"), pattern[1:].removeprefix("./").split("/"))
        else:
            member = member or _matches(path.split("/"), pattern.split("/"))
    return member


def _matches(parts: list[str], pattern: list[str]) -> bool:
    if not pattern:
        return not parts
    if pattern[0] == "**":
        return any(_matches(parts[index:], pattern[1:]) for index in range(len(parts) + 1))
    return bool(parts) and fnmatchcase(parts[0], pattern[0]) and _matches(parts[1:], pattern[1:])


def _folders(root: Path) -> Iterator[Path]:
    """The folders under `root` that hold a package."""
    for seen, (folder, names, files) in enumerate(os.walk(root)):
        names[:] = sorted(name for name in names if name != "node_modules" and not name.startswith("."))
        if seen > MOST_FOLDERS:
            return
        if "package.json" in files and folder != str(root):
            yield Path(folder)
