"""Which file an import means: Node's rules and TypeScript's, with source text preferred to what is built from it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ...project import Project
from ..syntax.source import EXTENSIONS
from . import jsonc, packages
from .tsconfig import Configs

#: What an import of a built file means where only its source is there.
SOURCES = {".js": (".ts", ".tsx"), ".jsx": (".tsx",), ".mjs": (".mts", ".ts"), ".cjs": (".cts", ".ts")}

#: What may be left out at the end of a name, in the order in which it is tried.
ENDINGS = (*EXTENSIONS, ".json", ".d.ts")

#: Beginnings that no package's name has: aliases of the project, whether or not a config explains them.
ALIASES = ("@/", "~", "#", "/", "$")


#: Longer names no file has.
_LONGEST = 1_000


class Resolver:
    """Raises OverLimit where looking takes too long. What lies outside of the project is not found."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.boundary = project.top
        self.workspace = packages.Workspace(project)
        self.configs = Configs(project, self._config_package)

    def resolve(self, specifier: str, importer: Path) -> Path | None:
        """The file that `specifier` means in the file `importer`; None for a package from elsewhere, or nothing."""
        if len(specifier) > _LONGEST or "\0" in specifier:
            return None
        folder = importer.parent
        if specifier.startswith(".") and specifier.split("/")[0] in (".", ".."):
            return self._first([folder / specifier / "index" if specifier.endswith("/") else folder / specifier])
        return (
            self._through_configs(specifier, folder)
            or (self._through_imports(specifier, folder) if specifier.startswith("#") else None)
            or self._through_package(specifier, folder)
        )

    def is_of_project(self, specifier: str, importer: Path) -> bool:
        """Whether what could not be found should have been: no npm package is called so."""
        if specifier.startswith((".", *ALIASES)):
            return True
        name, _ = split_package(specifier)
        if self.workspace.folder_of(name) is not None:
            return True
        return any(paths.claims(specifier) for paths in self.configs.above(importer.parent, self.boundary))

    def alias(self, specifier: str, importer: Path) -> Path | None:
        """The file that the project's own configs say `specifier` means."""
        return self._through_configs(specifier, importer.parent)

    def _through_configs(self, specifier: str, folder: Path) -> Path | None:
        for paths in self.configs.above(folder, self.boundary):
            found = self._first(paths.targets(specifier))
            if found is not None:
                return found
        return None

    def _through_imports(self, specifier: str, folder: Path) -> Path | None:
        package = self.workspace.enclosing(folder)
        imports = self.workspace.package_json(package).get("imports") if package is not None else None
        if package is None or not isinstance(imports, dict):
            return None
        for target in packages.entry_targets(imports, specifier):
            if not target.startswith("."):
                return self._through_package(target, folder)
        targets = packages.entry_targets(imports, specifier)
        return self._first(package / path for target in targets for path in packages.source_candidates(target))

    def _through_package(self, specifier: str, folder: Path) -> Path | None:
        name, subpath = split_package(specifier)
        package = self._package(name, folder)
        if package is None:
            return None
        candidates = packages.package_candidates(self.workspace.package_json(package), subpath)
        paths = [package / candidate for candidate in candidates]
        return self._first(paths, source_only=True) or self._first(paths)

    def _package(self, name: str, folder: Path) -> Path | None:
        """The folder of a package whose source is in the repository."""
        own = self.workspace.enclosing(folder)
        if own is not None and self.workspace.package_json(own).get("name") == name:
            return own
        return self.workspace.folder_of(name) or self._linked(name, folder)

    def _linked(self, name: str, folder: Path) -> Path | None:
        """A package in node_modules that is a link to a folder of the repository."""
        for place in self._node_modules(name, folder):
            target = self.project.real(place)
            return None if "node_modules" in target.parts else target
        return None

    def _node_modules(self, name: str, folder: Path) -> Iterable[Path]:
        for place in (folder, *folder.parents):
            candidate = place / "node_modules" / name
            if self.project.is_folder(candidate):
                yield candidate
            if place == self.boundary:
                return

    def _config_package(self, name: str, folder: Path) -> Path | None:
        """Where a config of a package lies; one from npm may be read too: it is data."""
        return self.workspace.folder_of(name) or next(iter(self._node_modules(name, folder)), None)

    def _first(self, candidates: Iterable[Path], *, source_only: bool = False) -> Path | None:
        for candidate in candidates:
            found = self._find_file(candidate)
            if found is None or "node_modules" in found.parts:
                continue
            if source_only and (found.suffix not in (".ts", ".tsx", ".mts", ".cts") or is_declaration(found)):
                continue
            return found
        return None

    def _find_file(self, path: Path) -> Path | None:
        """The file that a path without its ending means, or one of a built file that means its source, or a folder."""
        if path.name in ("", "..", "."):
            return self._find_index(path)
        is_file = self.project.is_file
        for ending in SOURCES.get(path.suffix, ()):
            source = path.with_suffix(ending)
            if is_file(source) and not is_file(path):
                return self.project.real(source)
        names = (path.name, *(path.name + ending for ending in ENDINGS))
        found = next((path.with_name(name) for name in names if is_file(path.with_name(name))), None)
        return self._find_index(path) if found is None else self.project.real(found)

    def _find_index(self, path: Path) -> Path | None:
        if not self.project.is_folder(path):
            return None
        main = jsonc.read_object(self.project, path / "package.json").get("main")
        names = (*([main] if isinstance(main, str) else []), *(f"index{ending}" for ending in ENDINGS))
        found = next((path / name for name in names if self.project.is_file(path / name)), None)
        return None if found is None else self.project.real(found)


def split_package(specifier: str) -> tuple[str, str]:
    """`@scope/name/deep/file` → (`@scope/name`, `deep/file`)."""
    parts = specifier.split("/")
    count = 2 if specifier.startswith("@") else 1
    return "/".join(parts[:count]), "/".join(parts[count:])


def is_declaration(path: Path) -> bool:
    """Whether the file holds types alone."""
    return path.name.endswith((".d.ts", ".d.mts", ".d.cts"))
