"""`--stub-missing`: packages that are not installed import as stand-ins, and unset variables have a placeholder.

Nothing that makes columns is ever replaced by a guess: what a package that speaks of SQLAlchemy would have made is
known exactly, or in doubt.
"""

from __future__ import annotations

import ast
import contextlib
import importlib
import importlib.machinery
import os
import re
import sys
from types import ModuleType
from typing import Any

from .loading import is_project_file
from .losses import LOSSES
from .repository import asked_by_package, asking_place, finder
from .sources import mentions, source
from .standins import MARK, RECORD, PlaceholderText, StandIn, asked_by_project
from .trouble import is_namespace

#: Packages that the project asks for by way of another one: `pydantic.EmailStr`.
_ASKED_BY_PACKAGES = frozenset({"email_validator"})
#: Packages whose types, or whose tables, have shims of their own.
_SHIMMED = ("pgvector", "geoalchemy2", "sqlalchemy_utils", "flask_sqlalchemy", "sqlmodel")
#: … and modules of theirs, which are asked for as attributes.
_OF_TYPES = frozenset({"sql", "sqltypes", "types", "sqlalchemy", "main"})
#: Packages that speak of SQLAlchemy and make no tables of their own: readers of models, types, and bases of classes.
_WITHOUT_TABLES = frozenset(
    """marshmallow_sqlalchemy graphene_sqlalchemy wtforms_sqlalchemy wtforms_alchemy pytest_sqlalchemy
    sqlalchemy_filters sqlalchemy_serializer sqlalchemy_json sqlalchemy_utc sqlalchemy_mixins sqlalchemy_mptt
    sqlalchemy_citext sqlalchemy_cockroachdb sqlalchemy_redshift sqlalchemy_bigquery pydantic_sqlalchemy
    advanced_alchemy fastapi_users_db_sqlalchemy fastapi_sqlalchemy fastapi_async_sqlalchemy
    strawberry_sqlalchemy_mapper""".split()
)
#: … and packages that make some, though their names do not say so.
_WITH_TABLES = frozenset({"flask_security", "flask_appbuilder", "ormar"})
#: Exceptions whose handlers catch a KeyError.
_CATCH_KEYS = frozenset({"KeyError", "LookupError", "Exception", "BaseException"})
#: … and one that says that a package is not installed.
_CATCH_MISSING = frozenset({"PackageNotFoundError", "ModuleNotFoundError", "ImportError", "Exception", "BaseException"})
#: Modules that building a project writes: its version.
_WRITTEN_BY_BUILDS = frozenset({"_version", "version", "__version__", "_build_info"})


class StandInModule(ModuleType):
    """A module of a missing package: every name can be imported from it."""

    def __getattr__(self, name: str) -> Any:
        if name == "__all__":
            raise AttributeError(name)  # nobody knows what `from … import *` would give
        if name.startswith("__") and name.strip("_") and not asked_by_project(sys._getframe(1)):
            raise AttributeError(name)  # Python's own; `__` and `_` are what translations are called
        full = f"{self.__name__}.{name}"
        value = importlib.import_module(full) if _is_module_of_types(self.__name__, name) else StandIn(full)
        self.__dict__[name] = value
        return value


def _is_module_of_types(above: str, name: str) -> bool:
    """Whether `name` is a module with types, which a package with shims loads itself: `sqlmodel.sql.sqltypes`."""
    inside = name in _OF_TYPES or (above.endswith((".types", ".sqlalchemy")) and name.islower())
    return inside and above.partition(".")[0] in _SHIMMED


class MissingPackages:
    """The last of the finders: finds what nobody else found, unless the project or a refused package should have it."""

    def __init__(self, folders: list[str], roots: list[str], target: str) -> None:
        self._folders = folders
        self._roots = roots
        self._target = target.partition(".")[0]
        self.found: dict[str, None] = {}

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:
        top = name.partition(".")[0]
        above, last = sys.modules.get(name.rpartition(".")[0]), name.rpartition(".")[2]
        if isinstance(above, StandInModule) and last.startswith("__"):
            return None  # an attribute, which the module itself gives
        if last in _WRITTEN_BY_BUILDS and "." in name and self.is_project(top):
            self.found[name] = None
            return importlib.machinery.ModuleSpec(name, self, is_package=True)  # type: ignore[arg-type] # as below
        if above is not None and not isinstance(above, StandInModule) and not is_namespace(above):
            return None  # a real package that lacks this module
        if top in getattr(sys, "stdlib_module_names", ()) or top == self._target or self.is_project(top):
            return None
        if top not in _ASKED_BY_PACKAGES and asked_by_package(top, self._roots):
            return None  # what an installed package does without, it does without here too
        if _makes_tables(top):
            LOSSES.add(top, "it makes tables, and is not installed: there may be more", *asking_place(), None)
        if not isinstance(above, StandInModule):
            self.found[name] = None
        return importlib.machinery.ModuleSpec(name, self, is_package=True)  # type: ignore[arg-type] # a loader in all that is used

    def create_module(self, spec: Any) -> ModuleType:
        return StandInModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        top = module.__name__.partition(".")[0]
        if top == "sqlmodel":
            from . import sqlmodel_classes

            module.__dict__.update(sqlmodel_classes.names())
        elif top in _SHIMMED:
            from . import shims

            module.__dict__.update(shims.of(module.__name__))

    def is_project(self, top: str) -> bool:
        repository = finder()
        return (repository is not None and repository.holds(top)) or any(
            os.path.isdir(os.path.join(folder, top)) or os.path.isfile(os.path.join(folder, f"{top}.py"))
            for folder in self._folders
        )


def _makes_tables(top: str) -> bool:
    speaks = "alchemy" in top.lower() and top not in (*_SHIMMED, *_WITHOUT_TABLES)
    return speaks or top in _WITH_TABLES


def is_project(top: str) -> bool:
    """Whether the project has a module of the name."""
    return any(one.is_project(top) for one in sys.meta_path if isinstance(one, MissingPackages))


def found() -> list[str]:
    """The packages in whose place there are stand-ins."""
    return [name for finder in sys.meta_path if isinstance(finder, MissingPackages) for name in finder.found]


def install(folders: list[str], roots: list[str], target: str, *, all_variables: bool = False) -> None:
    """From now on nothing is missing: with `all_variables` not even those of which the project expects that."""
    if "sqlalchemy" not in sys.modules:
        return
    RECORD.roots = roots
    sys.meta_path.append(MissingPackages(folders, roots, target))
    _replace_version(roots)
    _replace_types()
    _replace_listening()
    _replace_environment(roots, all_variables)


def _replace_version(roots: list[str]) -> None:
    """Versions of what is not installed: of whatever the project asks for, of itself above all, and of email-validator.

    pydantic takes email-validator in a version of its choice only, and asks the package's metadata for it.
    """
    from importlib import metadata

    original = metadata.Distribution.from_name

    class Absent(metadata.Distribution):
        """All that is said of a package that is not installed."""

        def __init__(self, name: str, version: str) -> None:
            self._text = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"

        def read_text(self, filename: str) -> Any:
            return self._text if filename == "METADATA" else None

        def locate_file(self, path: Any) -> Any:
            return path

    def from_name(name: str) -> Any:
        if name == "email-validator" and isinstance(sys.modules.get("email_validator"), StandInModule):
            return Absent(name, "2.0.0")
        try:
            return original(name)
        except metadata.PackageNotFoundError:
            frame: Any = sys._getframe(1)
            while frame.f_code.co_filename == metadata.__file__:
                frame = frame.f_back
            asked = is_project_file(frame.f_code.co_filename, roots) and not _is_expected(frame, _CATCH_MISSING)
            if asked or _is_called(name, roots):
                return Absent(name, "0.0.0")
            raise

    vars(metadata)["Distribution"].from_name = staticmethod(from_name)


def _is_called(distribution: str, roots: list[str]) -> bool:
    """Whether a project in `roots` gives itself that name."""
    named = re.compile(r"^\s*name\s*=\s*[\"']?" + re.escape(distribution) + r"[\"']?\s*,?\s*$", re.M | re.I)
    for root in roots:
        for folder in (root, os.path.dirname(root)):
            for file in ("pyproject.toml", "setup.cfg", "setup.py"):
                with (
                    contextlib.suppress(OSError, ValueError),
                    open(os.path.join(folder, file), encoding="utf-8") as text,
                ):
                    if named.search(text.read()):
                        return True
    return False


def _replace_types() -> None:
    """A column whose type is a stand-in gets a type that says so; SQLAlchemy would have called it and gone on."""
    from sqlalchemy.sql import type_api

    original: Any = type_api.to_instance

    def to_instance(type_: Any, *arguments: Any, **options: Any) -> Any:
        if isinstance(type_, StandIn):
            from .shims import UnknownType

            return UnknownType(type_._driftcheck_name)
        return original(type_, *arguments, **options)

    vars(type_api)["to_instance"] = to_instance
    StandIn._sqla_type = True  # type: ignore[attr-defined] # by this SQLAlchemy knows a type among a column's arguments


def _replace_listening() -> None:
    """Whoever listens to events of a stand-in hears nothing; SQLAlchemy would know no such target."""
    from sqlalchemy.event import api

    original: Any = vars(api)["_event_key"]

    def event_key(target: Any, *rest: Any) -> Any:
        return StandIn("sqlalchemy.event") if isinstance(target, StandIn) else original(target, *rest)

    vars(api)["_event_key"] = event_key


def _replace_environment(roots: list[str], all_variables: bool) -> None:
    def placeholder(key: str) -> str:
        RECORD.unset[key] = None
        is_url = key.upper().endswith(("URL", "URI", "DSN"))
        return PlaceholderText(f"postgresql://{MARK}/{MARK}" if is_url else MARK)

    class PlaceholderEnvironment(type(os.environ)):  # type: ignore[misc] # the class of os.environ has no public name
        """`os.environ`, in which `os.environ["NAME"]` of the project's own code never fails."""

        def __getitem__(self, key: str) -> str:
            try:
                return str(super().__getitem__(key))
            except KeyError:
                frame = sys._getframe(1)
                if not is_project_file(frame.f_code.co_filename, roots) or _is_expected(frame, _CATCH_KEYS):
                    raise
                return placeholder(key)

        def __setitem__(self, key: str, value: Any) -> None:
            super().__setitem__(key, str(value) if isinstance(value, StandIn) else value)

        def get(self, key: str, default: Any = None) -> Any:
            if key in self:
                return super().__getitem__(key)
            frame: Any = sys._getframe(1)
            if frame.f_code.co_filename in (os.__file__, "<frozen os>"):
                frame = frame.f_back  # os.getenv
            wanted = all_variables and default is None and is_project_file(frame.f_code.co_filename, roots)
            return placeholder(key) if wanted else default

        def __contains__(self, key: object) -> bool:
            return key in list(self)

    os.environ.__class__ = PlaceholderEnvironment


def _is_expected(frame: Any, exceptions: frozenset[str]) -> bool:
    """Whether the line that runs in `frame` is in a `try` that catches one of `exceptions`."""
    file = source(frame.f_code.co_filename)
    for node in ast.walk(file.tree) if file else ():
        if isinstance(node, ast.Try) and node.body[0].lineno <= frame.f_lineno <= (node.body[-1].end_lineno or 0):
            caught = [handler.type for handler in node.handlers]
            if any(type_ is None or mentions_any(type_, exceptions) for type_ in caught):
                return True
    return False


def mentions_any(node: ast.AST, names: frozenset[str]) -> bool:
    """Whether one of `names` occurs in `node`."""
    return any(mentions(node, name) for name in names)
