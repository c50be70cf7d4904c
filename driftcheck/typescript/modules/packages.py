"""package.json: the packages of a monorepo, and what `exports` and `imports` lead to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ...globs import GlobError
from ...project.walking import glob
from . import jsonc
from .documents import Documents
from .tsconfig import match

#: Conditions of `exports` that hold: those that lead to source text, and what an `import` or `require` would take.
CONDITIONS = frozenset(
    "source typescript development import module node require default types bun worker @source".split()
)

#: Folders of what a build makes; where they are missing, its source is in `src` or beside them.
BUILT = frozenset(("dist", "build", "lib", "out", "output", ".output", "esm", "cjs", "types"))


#: No path is longer, but a stranger's pattern may hold many stars.
LONGEST = 8_192


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
    targets = [
        target for target in condition_targets(value) if len(target) + len(matched) * target.count("*") < LONGEST
    ]
    return [target.replace("*", matched) for target in targets]


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

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self.boundary = documents.project.top
        self._packages: dict[str, Path] | None = None

    def package_json(self, folder: Path) -> dict[str, Any]:
        return self._documents.object(folder / "package.json")

    def folder_of(self, name: str) -> Path | None:
        if self._packages is None:
            self._packages = dict(self._find())
        return self._packages.get(name)

    def enclosing(self, folder: Path) -> Path | None:
        """The folder of the package that a file in `folder` belongs to."""
        for place in (folder, *folder.parents):
            if self._documents.entry(place / "package.json").exists:
                return place
            if place == self.boundary:
                break
        return None

    def _find(self) -> Iterator[tuple[str, Path]]:
        """Reversed, so that of two packages of one name the first of the walk wins."""
        found: list[tuple[str, Path]] = []
        for root in self._roots():
            for folder in self._members(root):
                name = self.package_json(folder).get("name")
                if isinstance(name, str):
                    found.append((name, folder))
        return reversed(found)

    def _roots(self) -> list[Path]:
        """The boundary, or where there is no workspace, the folders right in it that have one."""
        if workspace_patterns(self._documents, self.boundary):
            return [self.boundary]
        try:
            entries = self._documents.project.entries(self.boundary)
        except OSError:
            return []
        inner = [entry.path for entry in entries if entry.is_folder and entry.name != "node_modules"]
        return [path for path in inner if workspace_patterns(self._documents, path)]

    def _members(self, root: Path) -> list[Path]:
        """The folders of the workspace at `root`: what its globs mean, but for what those behind a `!` do."""
        patterns = workspace_patterns(self._documents, root)
        found: set[Path] = set()
        for pattern in sorted(patterns, key=lambda pattern: pattern.startswith("!")):
            same = self._matching(root, pattern.removeprefix("!").removeprefix("./"))
            found = found.difference(same) if pattern.startswith("!") else found.union(same)
        return sorted(found)

    def _matching(self, root: Path, pattern: str) -> list[Path]:
        try:
            entries = glob(self._documents.project, f"{pattern}/package.json", root, _is_ours)
        except (GlobError, OSError) as error:
            why = error.strerror if isinstance(error, OSError) else str(error)
            self._documents.report(root / "package.json", pattern, str(why))
            return []
        return [entry.path.parent for entry in entries if entry.is_file]


def _is_ours(name: str) -> bool:
    return name != "node_modules" and not name.startswith(".")


def workspace_patterns(documents: Documents, folder: Path) -> list[str]:
    """The globs of a workspace's packages, from pnpm-workspace.yaml, package.json or lerna.json."""
    found: list[Any] = list(jsonc.yaml_list(documents.text(folder / "pnpm-workspace.yaml"), "packages"))
    workspaces = documents.object(folder / "package.json").get("workspaces") if not found else None
    if isinstance(workspaces, dict):
        workspaces = workspaces.get("packages")
    if isinstance(workspaces, list):
        found.extend(workspaces)
    if not found:
        lerna = documents.object(folder / "lerna.json").get("packages")
        found.extend(lerna if isinstance(lerna, list) else [])
    return [pattern.removeprefix("./").rstrip("/") for pattern in found if isinstance(pattern, str)]
