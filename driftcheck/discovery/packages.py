"""Packages all of whose modules together bring in what no single module does: `app.models.*`."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable

from ..frozen import dataclass
from .files import EXAMPLES
from .modules import Modules

#: Importing one of these starts an application, or belongs to a tool.
PROGRAM = re.compile(
    r"(?:^|/)(?:main|app|wsgi|asgi|manage|cli|__main__|conftest|run|server|setup|celery\w*|env)\.py$"
    r"|(?:^|/)(?:scripts?|bin|tools?|commands?|management)/"
)
#: Folders that an import of a whole package leaves out.
_LEFT_OUT = re.compile(r"(?:^|/)(?:tests?|migrations|alembic|versions)/")
#: More modules than this for each one with tables, and an import of all would start more than it finds.
_MOST_FOR_EACH = 8


@dataclass(frozen=True, slots=True)
class Package:
    """A folder of modules: its dotted name, and everything that is imported with all of them."""

    name: str
    reach: frozenset[str]
    size: int


def packages(modules: Modules, tables: Iterable[str]) -> list[Package]:
    """The packages that hold some of `tables`, each with all its modules."""
    wanted = list(tables)
    folders = {folder for path in wanted for folder in _above(path)}
    return [package for folder in sorted(folders) if (package := _package(modules, folder, wanted)) is not None]


def _above(path: str) -> Iterable[str]:
    folder = posixpath.dirname(path)
    while folder:
        yield folder
        folder = posixpath.dirname(folder)


def _package(modules: Modules, folder: str, tables: list[str]) -> Package | None:
    inside = [path for path in modules.paths if path.startswith(folder + "/") and _is_part(path[len(folder) :])]
    holding = sum(path.startswith(folder + "/") for path in tables)
    name = _name(modules, folder, inside)
    if name is None or len(inside) > _MOST_FOR_EACH * holding:
        return None
    return Package(name, frozenset().union(*map(modules.reach, inside)), len(inside))


def _is_part(inner: str) -> bool:
    return not (_LEFT_OUT.search(inner) or EXAMPLES.search(inner) or inner.endswith(("/__main__.py", "/conftest.py")))


def _name(modules: Modules, folder: str, inside: list[str]) -> str | None:
    """The dotted name of the folder, by what its modules are called; None if nobody can import it."""
    for path in sorted(inside, key=lambda path: (len(path), path)):
        words = modules.name(path).split(".")
        depth = path.removesuffix("/__init__.py").removesuffix(".py").count("/") - folder.count("/")
        name = words[: len(words) - depth]
        if name and name[-1] == posixpath.basename(folder) and all(map(str.isidentifier, name)):
            return ".".join(name)
    return None
