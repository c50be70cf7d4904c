"""Which file an import means: Node's rules and TypeScript's, with source text preferred to what is built from it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ..syntax.source import EXTENSIONS
from . import packages
from .documents import Documents
from .tsconfig import Configs

#: What an import of a built file means where only its source is there.
SOURCES = {".js": (".ts", ".tsx"), ".jsx": (".tsx",), ".mjs": (".mts", ".ts"), ".cjs": (".cts", ".ts")}

#: Beginnings that no package's name has: aliases of the project, whether or not a config explains them.
ALIASES = ("@/", "~", "#", "/", "$")


#: Longer names no file has.
_LONGEST = 1_000


class Resolver:
    """`trouble` says of the last specifier that meant nothing which file it would mean, and what is wrong with that."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self.boundary = documents.project.top
        self.workspace = packages.Workspace(documents)
        self.configs = Configs(documents, self._config_package)
        self.trouble: str | None = None

    def resolve(self, specifier: str, importer: Path) -> Path | None:
        """The file that `specifier` means in the file `importer`; None for a package from elsewhere, or nothing."""
        folder, self.trouble = importer.parent, None
        if len(specifier) > _LONGEST:
            return None
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
            self._documents.project.budget.step(len(paths.patterns))
            found = self._first(paths.targets(specifier))
            if found is not None:
                return found
        return None

    def _through_imports(self, specifier: str, folder: Path) -> Path | None:
        package = self.workspace.enclosing(folder)
        imports = self.workspace.package_json(package).get("imports") if package is not None else None
        if package is None or not isinstance(imports, dict):
            return None
        self._documents.project.budget.step(len(imports))
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
        description = self.workspace.package_json(package)
        self._documents.project.budget.step(len(description.get("exports") or ()))
        candidates = packages.package_candidates(description, subpath)
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
            target = self._documents.project.real(place)
            return target if "node_modules" not in target.parts else None
        return None

    def _node_modules(self, name: str, folder: Path) -> Iterable[Path]:
        for place in (folder, *folder.parents):
            candidate = place / "node_modules" / name
            if self._documents.entry(candidate).is_folder:
                yield candidate
            if place == self.boundary:
                return

    def _config_package(self, name: str, folder: Path) -> Path | None:
        """Where a config of a package lies; one from npm may be read too: it is data."""
        return self.workspace.folder_of(name) or next(iter(self._node_modules(name, folder)), None)

    def _first(self, candidates: Iterable[Path], *, source_only: bool = False) -> Path | None:
        for candidate in candidates:
            found = self._find(candidate)
            if found is None or "node_modules" in found.parts:
                continue
            if source_only and (found.suffix not in (".ts", ".tsx", ".mts", ".cts") or is_declaration(found)):
                continue
            return found
        return None

    def _find(self, path: Path) -> Path | None:
        """The file that a path without its ending means, or one of a built file that means its source, or a folder."""
        if path.name in ("", "..", "."):
            return self._index(path)
        for ending in SOURCES.get(path.suffix, ()):
            source = self._file(path.with_suffix(ending))
            if source is not None and self._file(path) is None:
                return source
        endings = ("", *EXTENSIONS, ".json", ".d.ts")
        found = (self._file(path.with_name(path.name + ending)) for ending in endings)
        return next((file for file in found if file is not None), None) or self._index(path)

    def _index(self, folder: Path) -> Path | None:
        if not self._documents.entry(folder).is_folder:
            return None
        main = self.workspace.package_json(folder).get("main")
        if isinstance(main, str) and (file := self._file(folder / main)) is not None:
            return file
        found = (self._file(folder / f"index{ending}") for ending in (*EXTENSIONS, ".json", ".d.ts"))
        return next((file for file in found if file is not None), None)

    def _file(self, path: Path) -> Path | None:
        """Where the file `path` really is; None, and what is wrong with it, if it cannot be read."""
        entry = self._documents.entry(path)
        if entry.is_file:
            return self._documents.project.real(path)
        if entry.trouble is not None and "node_modules" not in path.parts:
            self.trouble = f"{self._documents.project.shown(path)}: {entry.trouble}"
        return None


def split_package(specifier: str) -> tuple[str, str]:
    """`@scope/name/deep/file` → (`@scope/name`, `deep/file`)."""
    parts = specifier.split("/")
    count = 2 if specifier.startswith("@") else 1
    return "/".join(parts[:count]), "/".join(parts[count:])


def is_declaration(path: Path) -> bool:
    """Whether the file holds types alone."""
    return path.name.endswith((".d.ts", ".d.mts", ".d.cts"))
