"""package.json: the packages of a monorepo, and what `exports` and `imports` lead to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ... import globs
from ...budget import Budget
from ...project import Project
from ...project.walking import below
from . import jsonc
from .tsconfig import match

#: Conditions of `exports` that hold: those that lead to source text, and what an `import` or `require` would take.
CONDITIONS = frozenset(
    "source typescript development import module node require default types bun worker @source".split()
)

#: Folders of what a build makes; where they are missing, its source is in `src` or beside them.
BUILT = frozenset(("dist", "build", "lib", "out", "output", ".output", "esm", "cjs", "types"))


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
    """The packages of a repository, by name; read when first asked for. Raises OverLimit."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self._packages: dict[str, Path] | None = None
        self._read: dict[Path, dict[str, Any]] = {}

    def package_json(self, folder: Path) -> dict[str, Any]:
        found = self._read.get(folder)
        if found is None:
            found = self._read[folder] = jsonc.read_object(self.project, folder / "package.json")
        return found

    def folder_of(self, name: str) -> Path | None:
        if self._packages is None:
            self._packages = dict(self._find())
        return self._packages.get(name)

    def enclosing(self, folder: Path) -> Path | None:
        """The folder of the package that a file in `folder` belongs to."""
        for place in (folder, *folder.parents):
            if self.project.is_file(place / "package.json"):
                return place
            if place == self.project.top:
                break
        return None

    def _find(self) -> Iterator[tuple[str, Path]]:
        """Reversed, so that of two packages of one name the first of the walk wins."""
        found: list[tuple[str, Path]] = []
        for root in self._roots():
            patterns = workspace_patterns(self.project, root)
            for folder in self._folders(root) if patterns else ():
                if is_member(folder.relative_to(root).parts, patterns, self.project.budget):
                    name = self.package_json(folder).get("name")
                    if isinstance(name, str):
                        found.append((name, folder))
        return reversed(found)

    def _roots(self) -> list[Path]:
        """The repository's top, or where there is no workspace, the folders right in it that have one."""
        top = self.project.top
        if workspace_patterns(self.project, top):
            return [top]
        try:
            inner = [entry.path for entry in self.project.entries(top) if entry.is_folder and _entered(entry.name)]
        except OSError:
            return []
        return [path for path in inner if workspace_patterns(self.project, path)]

    def _folders(self, root: Path) -> list[Path]:
        """The folders under `root` that hold a package."""
        files = (entry.path for entry in below(self.project, root, _entered) if entry.name == "package.json")
        return [path.parent for path in files if path.parent != root]


def _entered(name: str) -> bool:
    return name != "node_modules" and not name.startswith(".")


def workspace_patterns(project: Project, folder: Path) -> list[str]:
    """The globs of a workspace's packages, from pnpm-workspace.yaml, package.json or lerna.json."""
    path = folder / "pnpm-workspace.yaml"
    try:
        text = project.text(path) if project.is_file(path) else ""
    except OSError:
        text = ""
    found: list[Any] = list(jsonc.yaml_list(text, "packages"))
    workspaces = jsonc.read_object(project, folder / "package.json").get("workspaces") if not found else None
    if isinstance(workspaces, dict):
        workspaces = workspaces.get("packages")
    if isinstance(workspaces, list):
        found.extend(workspaces)
    if not found:
        lerna = jsonc.read_object(project, folder / "lerna.json").get("packages")
        found.extend(lerna if isinstance(lerna, list) else [])
    return [pattern.removeprefix("./").rstrip("/") for pattern in found if isinstance(pattern, str)]


def is_member(path: Sequence[str], patterns: list[str], budget: Budget) -> bool:
    """Whether the folder with these parts is one of a workspace's. Raises OverLimit."""
    member = False
    for pattern in patterns:
        if pattern.startswith("!"):
            member = member and not _matches(path, pattern[1:].removeprefix("./"), budget)
        else:
            member = member or _matches(path, pattern, budget)
    return member


def _matches(path: Sequence[str], pattern: str, budget: Budget) -> bool:
    try:
        return any(_matches_one(path, choice.split("/"), budget) for choice in globs.expanded(pattern))
    except (globs.GlobError, ValueError):
        return False


def _matches_one(path: Sequence[str], written: list[str], budget: Budget) -> bool:
    parts = [part for at, part in enumerate(written) if written[at - 1 : at + 1] != ["**", "**"]]
    states = globs.settled({0}, parts)
    for name in path:
        states = globs.follow(states, parts, name, budget)
    return len(parts) in states
