"""Importing the project, so that whatever it does, an answer comes out."""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
from collections.abc import Iterator
from types import ModuleType

from . import trouble
from .trouble import Trouble


def preload(*, orm: bool = True) -> None:
    """Imports SQLAlchemy before the project's folders are on the path.

    A project's own `types.py`, `queue.py` or `sqlalchemy_utils/` can then not take the place of what it is made of.
    """
    if importlib.util.find_spec("sqlalchemy") is None:
        return
    import sqlalchemy.dialects.postgresql

    if orm:
        import sqlalchemy.orm

    if importlib.util.find_spec("greenlet") is None:
        _stand_in_for_greenlet()
    version = tuple(int(part) for part in sqlalchemy.__version__.split(".")[:2] if part.isdigit())
    if version < (1, 4):
        raise Trouble("old-sqlalchemy", sqlalchemy.__version__)


def _stand_in_for_greenlet() -> None:
    """`sqlalchemy.ext.asyncio` asks for greenlet on import, and uses it only with a connection: here there is none."""
    module = ModuleType("greenlet")
    module.__version__ = "3.0.0"  # type: ignore[attr-defined] # a module made by hand
    module.greenlet = type("greenlet", (), {"gr_context": None})  # type: ignore[attr-defined] # as above
    module.getcurrent = lambda: None  # type: ignore[attr-defined] # as above
    sys.modules["greenlet"] = module


def import_module(name: str, file: str | None) -> ModuleType:
    """The project's module, which lies in `file`.

    Raises Trouble for whatever the import raises, `sys.exit()` and Ctrl-C included.
    """
    process = os.getpid()
    try:
        module = importlib.import_module(name)
    except BaseException as error:  # SystemExit and KeyboardInterrupt are import errors here
        if os.getpid() != process:
            os._exit(0)
        raise trouble.importing(error) from error
    if os.getpid() != process:
        os._exit(0)
    found = getattr(module, "__file__", None)
    if file and found and os.path.realpath(found) != os.path.realpath(file):
        raise Trouble("shadowed", name, found=found, expected=file)
    if "sqlalchemy" not in sys.modules:
        raise Trouble("no-sqlalchemy", "")
    return module


#: Folders of a package whose modules are no part of its models, and files that are programs.
_NO_MODELS = frozenset({"__pycache__", "tests", "test", "migrations", "alembic", "versions", "node_modules"})
_PROGRAMS = frozenset({"__main__.py", "conftest.py"})


def import_every(package: ModuleType, *, last: bool = False) -> list[ModuleType]:
    """All modules of `package`, at any depth, imported in the order of their names.

    Raises Trouble if it is no package, and for whatever an import raises: as a `last` resort such a module is lost.
    """
    if not hasattr(package, "__path__"):
        raise Trouble("no-package", package.__name__)
    names = sorted(name for folder in list(package.__path__) for name in _names_in(folder, package.__name__))
    found = (_one_of_many(name, last) for name in names)
    return [module for module in found if module is not None]


def _one_of_many(name: str, last: bool) -> ModuleType | None:
    try:
        return import_module(name, None)
    except Trouble as error:
        if not last or not isinstance(error.__cause__, (Exception, SystemExit)):
            raise
        from . import losses

        losses.of_module(name, error.__cause__, *_place(error.__cause__))
        return None


def _place(error: BaseException) -> tuple[str, int]:
    """Where it was raised, as far as that is known."""
    frames = trouble.frames(error.__traceback__)
    return (str(frames[-1][0]), int(frames[-1][1])) if frames else ("", 1)


def _names_in(folder: str, package: str) -> Iterator[str]:
    for entry in os.scandir(folder):
        name, extension = os.path.splitext(entry.name)
        if not name.isidentifier():
            continue
        if entry.is_dir() and entry.name not in _NO_MODELS:
            yield from _names_in(entry.path, f"{package}.{name}")
            if os.path.isfile(os.path.join(entry.path, "__init__.py")):
                yield f"{package}.{name}"
        elif extension == ".py" and name != "__init__" and entry.name not in _PROGRAMS:
            yield f"{package}.{name}"


def loaded_files(roots: list[str]) -> list[str]:
    """The files under `roots` of all modules that are loaded, in the order of loading."""
    files = []
    for module in list(sys.modules.values()):
        path = getattr(module, "__file__", None)
        if isinstance(path, str) and path.endswith(".py") and is_project_file(path, roots):
            files.append(path)
    return files


def is_project_file(path: str, roots: list[str]) -> bool:
    """Whether `path` lies under one of `roots` and is not installed there (a virtual environment, say)."""
    if path.startswith("<"):
        return False  # code that was never a file: generated, or frozen
    path = os.path.abspath(path)
    parts = path.replace(os.sep, "/").split("/")
    if "site-packages" in parts or "dist-packages" in parts:
        return False
    return any(path.startswith(root + os.sep) for root in roots)
