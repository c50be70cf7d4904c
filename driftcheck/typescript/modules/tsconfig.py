"""tsconfig.json: the `paths` and `baseUrl` that hold for a file, `extends` followed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...location import Location
from ...project import Project
from . import jsonc


@dataclass(frozen=True, slots=True)
class Paths:
    """`base` is where a name that is no path is looked for; `patterns` go with the folder they are relative to."""

    base: Path | None = None
    patterns: tuple[tuple[str, tuple[str, ...]], ...] = ()
    home: Path | None = None

    def targets(self, specifier: str) -> list[Path]:
        """Where the specifier may be, by the pattern with the longest beginning (as TypeScript chooses)."""
        best: tuple[int, str, tuple[str, ...]] | None = None
        for pattern, substitutes in self.patterns:
            matched = match(pattern, specifier)
            if matched is not None:
                weight = len(pattern) * 2 if "*" not in pattern else pattern.index("*")
                if best is None or weight > best[0]:
                    best = (weight, matched, substitutes)
        found: list[Path] = []
        if best is not None and self.home is not None:
            found.extend(self.home / substitute.replace("*", best[1], 1) for substitute in best[2])
        if self.base is not None:
            found.append(self.base / specifier)
        return found

    def claims(self, specifier: str) -> bool:
        """Whether a pattern that is not just `*` is meant for it: then it is no package from elsewhere."""
        return any(pattern != "*" and match(pattern, specifier) is not None for pattern, _ in self.patterns)


def match(pattern: str, text: str) -> str | None:
    """What `*` stands for; "" for an exact match; None if they do not match."""
    before, star, after = pattern.partition("*")
    if not star:
        return "" if pattern == text else None
    if len(text) < len(before) + len(after) or not text.startswith(before) or not text.endswith(after):
        return None
    return text[len(before) : len(text) - len(after)]


class Configs:
    """The tsconfig files of a project, each read once. `find_package` gives the folder of a package by its name.

    Raises OverLimit where one extends the other too often.
    """

    def __init__(self, project: Project, find_package: Callable[[str, Path], Path | None]) -> None:
        self._project = project
        self._find_package = find_package
        self._read: dict[Path, list[Paths]] = {}
        #: By the file, and the folder of the config in use: where one extends another twice, that is read once.
        self._extended: dict[tuple[Path, Path], Paths] = {}

    def above(self, folder: Path, boundary: Path) -> Iterator[Paths]:
        """Those that may hold for a file in `folder`, the nearest first."""
        for place in (folder, *folder.parents):
            for name in ("tsconfig.json", "jsconfig.json"):
                path = place / name
                if path not in self._read:
                    self._read[path] = self._load(path) if self._project.is_file(path) else []
                yield from self._read[path]
            if place == boundary:
                return

    def _load(self, path: Path) -> list[Paths]:
        """A config and, where it only gathers others (`references`), those."""
        found = [self._paths(path, 1, path.parent)]
        references = jsonc.read_object(self._project, path).get("references")
        for reference in references if isinstance(references, list) else []:
            target = reference.get("path") if isinstance(reference, dict) else None
            if isinstance(target, str):
                other = path.parent / target
                other = other / "tsconfig.json" if self._project.is_folder(other) else other
                found.append(self._paths(other, 1, other.parent))
        return [paths for paths in found if paths.patterns or paths.base]

    def _paths(self, path: Path, depth: int, start: Path) -> Paths:
        """`start` is the folder of the config that is in use, of which this one may be an extended part."""
        key = path, start
        if key not in self._extended:
            self._project.budget.nest(depth, Location(self._project.shown(path)))
            self._extended[key] = Paths()  # what it extends may extend it
            self._extended[key] = self._merged(path, depth, start)
        return self._extended[key]

    def _merged(self, path: Path, depth: int, start: Path) -> Paths:
        config = jsonc.read_object(self._project, path)
        base: Path | None = None
        home: Path | None = None
        patterns: tuple[tuple[str, tuple[str, ...]], ...] = ()
        extends = config.get("extends")
        for parent in extends if isinstance(extends, list) else [extends]:
            target = self._parent(parent, path.parent) if isinstance(parent, str) else None
            if target is not None:
                above = self._paths(target, depth + 1, start)
                base = above.base or base
                if above.patterns:
                    patterns, home = above.patterns, above.home
        options = config.get("compilerOptions")
        return self._own(options if isinstance(options, dict) else {}, path.parent, Paths(base, patterns, home), start)

    def _own(self, options: dict[str, Any], folder: Path, above: Paths, start: Path) -> Paths:
        base, patterns, home = above.base, above.patterns, above.home
        if isinstance(options.get("baseUrl"), str):
            base = folder / _expand(options["baseUrl"], start)
            home = base if patterns and above.base is None else home
        written = options.get("paths")
        if isinstance(written, dict):
            home = base or folder
            patterns = tuple(
                (pattern, tuple(_expand(target, start) for target in targets if isinstance(target, str)))
                for pattern, targets in written.items()
                if isinstance(targets, list)
            )
        return Paths(base, patterns, home)

    def _parent(self, name: str, folder: Path) -> Path | None:
        """The file that `extends` means: a path, with or without its ending, or a file of a package."""
        if name.startswith((".", "/")):
            candidates = [folder / name]
        else:
            parts = name.split("/")
            count = 2 if name.startswith("@") else 1
            package = self._find_package("/".join(parts[:count]), folder)
            if package is None:
                return None
            candidates = [package.joinpath(*parts[count:])]
        for candidate in candidates:
            for path in (candidate, candidate.with_name(candidate.name + ".json"), candidate / "tsconfig.json"):
                if self._project.is_file(path):
                    return self._project.real(path)
        return None


def _expand(text: str, start: Path) -> str:
    return text.replace("${configDir}", str(start))
