"""tsconfig.json: the `paths` and `baseUrl` that hold for a file, `extends` followed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from ...frozen import dataclass
from .documents import Documents


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
    """The tsconfig files of a project, each read once. `find_package` gives the folder of a package by its name."""

    def __init__(self, documents: Documents, find_package: Callable[[str, Path], Path | None]) -> None:
        self._documents = documents
        self._find_package = find_package
        self._read: dict[Path, list[Paths]] = {}
        #: By config and the folder of the one in use, which it is a part of; None while it is being read.
        self._parts: dict[tuple[Path, Path], Paths | None] = {}

    def above(self, folder: Path, boundary: Path) -> Iterator[Paths]:
        """Those that may hold for a file in `folder`, the nearest first."""
        for place in (folder, *folder.parents):
            for name in ("tsconfig.json", "jsconfig.json"):
                path = place / name
                if path not in self._read:
                    self._read[path] = self._load(path) if self._documents.entry(path).exists else []
                yield from self._read[path]
            if place == boundary:
                return

    def _load(self, path: Path) -> list[Paths]:
        """A config and, where it only gathers others (`references`), those."""
        found = [self._paths(path, path.parent)]
        references = self._documents.object(path).get("references")
        for reference in references if isinstance(references, list) else []:
            target = reference.get("path") if isinstance(reference, dict) else None
            if isinstance(target, str) and (other := self._file(path, target, ("/tsconfig.json", ""))) is not None:
                found.append(self._paths(other, other.parent))
        return [paths for paths in found if paths.patterns or paths.base]

    def _paths(self, path: Path, start: Path, depth: int = 0) -> Paths:
        """`start` is the folder of the config that is in use, of which this one may be an extended part."""
        if (path, start) in self._parts:
            return self._parts[path, start] or Paths()
        self._parts[path, start] = None
        config = self._documents.object(path)
        above = self._extended(path, config, start, depth)
        options = config.get("compilerOptions")
        found = self._own(options if isinstance(options, dict) else {}, path.parent, above, start)
        self._parts[path, start] = found
        return found

    def _extended(self, path: Path, config: dict[str, Any], start: Path, depth: int) -> Paths:
        """What the configs that this one extends say, the later ones over the earlier."""
        found = Paths()
        extends = config.get("extends")
        for parent in extends if isinstance(extends, list) else [extends]:
            target = self._parent(path, parent) if isinstance(parent, str) else None
            if target is None or self._documents.is_too_deep(path, depth + 1):
                continue
            above = self._paths(target, start, depth + 1)
            found = Paths(above.base or found.base, found.patterns, found.home)
            if above.patterns:
                found = Paths(found.base, above.patterns, above.home)
        return found

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

    def _parent(self, path: Path, name: str) -> Path | None:
        """The file that `extends` means: a path, with or without its ending, or a file of a package."""
        if name.startswith((".", "/")):
            return self._file(path, name, ("", ".json", "/tsconfig.json"))
        parts = name.split("/")
        count = 2 if name.startswith("@") else 1
        package = self._find_package("/".join(parts[:count]), path.parent)
        if package is None:
            return None
        return self._file(path, str(package.joinpath(*parts[count:])), ("", ".json", "/tsconfig.json"))

    def _file(self, path: Path, name: str, endings: tuple[str, ...]) -> Path | None:
        """The first file that `name`, with one of the endings, means in the config `path`."""
        for ending in endings:
            entry = self._documents.entry(path.parent / f"{name}{ending}")
            if entry.is_file:
                return entry.path
            if entry.trouble is not None:
                self._documents.report(path, name, entry.trouble)
                return None
        return None


def _expand(text: str, start: Path) -> str:
    return text.replace("${configDir}", str(start))
