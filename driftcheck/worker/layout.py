"""Where a module lies under the root, and so what the project has on its path: src layouts, monorepos, namespaces."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..errors import SourceError
from ..frozen import dataclass
from ..project import Project

#: Folders that hold no module of the project.
_SKIPPED = frozenset(
    """node_modules __pycache__ site-packages dist-packages dist build venv env .venv .git .hg .tox .nox .mypy_cache
    .ruff_cache .pytest_cache .next .turbo target""".split()
)
_DEEPEST = 4
_PROJECT_FILES = ("pyproject.toml", "setup.py", "setup.cfg", "requirements.txt", "Pipfile", "manage.py")


@dataclass(frozen=True, slots=True)
class Layout:
    """`module` is a dotted name, `base` the folder from which it is imported, `file` its file where there is one.

    `path` are the folders to put on `sys.path`, `directory` is where the import runs, `project` the nearest folder
    above the models that looks like a Python project. `every` says that all modules of the package are meant.
    """

    module: str
    attribute: str | None
    base: Path
    file: Path | None
    path: tuple[Path, ...]
    directory: Path
    project: Path
    every: bool = False

    def __str__(self) -> str:
        """As it is written: `app.models.*:Base`."""
        return self.module + (".*" if self.every else "") + (f":{self.attribute}" if self.attribute else "")


def find(location: str, within: Path | Project) -> Layout:
    """The layout that `location` (`module`, `package.*`, either with `:attribute`) means under the root of a project.

    `folder/module` says from which folder it is imported, where several could be meant.
    Raises SourceError if it is no such word, or if several folders could be meant. A module that is nowhere under
    the root may still be installed: `file` is then None.
    """
    project = Project.of(within)
    root = project.root
    module, _, attribute = location.partition(":")
    written = module.strip()
    every = written.endswith((".*", "/*"))
    named = written.removesuffix(".*").removesuffix("/*")
    folder, module = _in_folder(named, project) or (None, _from_path(named, root))
    if not module or not all(part.isidentifier() for part in module.split(".")):
        raise SourceError(
            f"'{location}' names no Python module",
            hint="write it as MODULE, MODULE:ATTRIBUTE or PACKAGE.*:ATTRIBUTE, e.g. sqlalchemy:app.models:Base",
        )
    bases = _bases(module, project, every) if folder is None else [folder]
    if len(bases) > 1:
        places = ", ".join(base.relative_to(root).as_posix() for base in bases)
        raise SourceError(
            f"several modules are called '{module}': in {places}",
            hint=f"name the folder with it: sqlalchemy:{bases[0].relative_to(root).as_posix()}/{module}",
        )
    base = bases[0] if bases else root
    file = _file(base, module)
    directory = base.parent if base.name in ("src", "lib") and base != root else base
    path = [base] + [folder for folder in (directory, root) if folder != base]
    found = tuple(dict.fromkeys(path))
    nearest = nearest_project(file.parent if file else base, root)
    return Layout(module, attribute.strip() or None, base, file, found, directory, nearest, every)


def _in_folder(word: str, project: Project) -> tuple[Path, str] | None:
    """The folder and the dotted name in `services/billing/app.models`; a path has no dots but that of `.py`."""
    head, _, module = word.rpartition("/")
    parts = head.split("/")
    if not head or ".." in parts or "" in parts or (word.endswith(".py") and (project.root / word).is_file()):
        return None
    if "." not in module and all(map(str.isidentifier, parts)):
        return None
    folder = project.root / head
    return (folder, module) if project.is_folder(folder) else None


def _from_path(word: str, root: Path) -> str:
    """`app/models/user.py` as a dotted name, for people who write a path."""
    if "/" not in word and not (word.endswith(".py") and (root / word).is_file()):
        return word
    parts = list(Path(word.removesuffix(".py").strip("/")).parts)
    if parts and parts[-1] == "__init__":
        parts.pop()
    while len(parts) > 1 and not (root.joinpath(*parts[:1]) / "__init__.py").is_file() and parts[0] in ("src", "."):
        parts.pop(0)
    return ".".join(parts)


def _file(base: Path, module: str) -> Path | None:
    path = base.joinpath(*module.split("."))
    for candidate in (path / "__init__.py", path.with_name(path.name + ".py")):
        if candidate.is_file():
            return candidate
    return None


def _holds(base: Path, module: str, project: Project, every: bool) -> bool:
    """Whether `module` is there. A folder without `__init__.py` is a package by the files in it (PEP 420)."""
    if _file(base, module) is not None:
        return True
    folder = base.joinpath(*module.split("."))
    if not folder.is_dir() or not ("." in module or every):
        return False
    from ..project.walking import glob  # rarely needed, and the project's Python should start first

    return bool(glob(project, "**/*.py" if every else "*.py", folder, _is_ours))


def _bases(module: str, project: Project, every: bool) -> list[Path]:
    """The folders from which `module` can be imported: the root, its `src`, else whatever lies deeper."""
    root = project.root
    for base in (root, root / "src"):
        if _holds(base, module, project, every):
            return [base]
    found = [folder for folder in _folders(project) if _holds(folder, module, project, every)]
    outermost = min((len(folder.parts) for folder in found), default=0)
    nearest = [folder for folder in found if len(folder.parts) == outermost]
    # A folder that is itself a package is on nobody's path, unless nothing else will do.
    return [folder for folder in nearest if not (folder / "__init__.py").is_file()] or nearest


def elsewhere(module: str, layout: Layout, project: Project) -> Path | None:
    """The one folder under the root, not on the path of `layout`, from which `module` could be imported."""
    found = [base for base in _bases(module, project, False) if base not in layout.path]
    return found[0] if len(found) == 1 else None


def _folders(project: Project) -> Iterator[Path]:
    """The folders below the root in which a project may begin."""
    from ..project.walking import below

    for entry in below(project, project.root, _is_ours, _DEEPEST):
        if entry.is_folder and not entry.is_link and _is_ours(entry.name):
            yield entry.path


def _is_ours(name: str) -> bool:
    return name not in _SKIPPED and not name.startswith(".")


def nearest_project(folder: Path, root: Path) -> Path:
    """The folder at or above `folder` that looks like a project of Python; the root where none does."""
    for candidate in (folder, *folder.parents):
        if any((candidate / name).is_file() for name in _PROJECT_FILES):
            return candidate
        if candidate == root:
            break
    return root
