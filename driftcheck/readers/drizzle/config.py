"""`drizzle.config.ts`, evaluated: what it says about the schema."""

from __future__ import annotations

import os
from pathlib import Path

from ...dialects import DIALECTS
from ...errors import SourceError
from ...frozen import dataclass
from ...model import Location
from ...project import Project
from ...project.documents import Malformed, parse_json
from ...regex import lazy
from ...typescript.builtins.json import from_json
from ...typescript.program import Program
from ...typescript.runtime.values import UNDEFINED, JsArray, JsObject, Unknown, Value, is_function
from .columns.kind import option
from .context import Context
from .files import EXTENSIONS
from .hosts import hosts

#: Where a file takes something from drizzle-kit, and what of it makes the file a config.
_FROM_KIT = lazy(r"""(?:\bfrom\s{0,9}|\b(?:require|import)\(\s{0,9})["']drizzle-kit["']""")
_MAKES_CONFIG = lazy(r"\b(?:defineConfig|Config)\b")
#: How far from the package's name such a word may stand.
_NEAR = 300
_HINT = "name the schema file or folder instead of the config: drizzle:path/to/schema.ts"


@dataclass(frozen=True, slots=True)
class KitConfig:
    """`schema` are paths or globs, relative to `folder`, and are at `place`. `unread` are filters not all known.

    `dialect` is the engine that it names, "" if it names none.
    """

    path: Path
    schema: tuple[str, ...]
    place: Location
    casing: Value = None
    dialect: str = ""
    schema_filter: tuple[str, ...] = ()
    tables_filter: tuple[str, ...] = ()
    unread: tuple[tuple[str, Unknown], ...] = ()

    @property
    def folder(self) -> Path:
        return self.path.parent


def config_in(folder: Path, project: Project) -> Path | None:
    """The config that drizzle-kit takes when it is run in `folder`."""
    candidates = (folder / f"drizzle.config.{suffix}" for suffix in ("ts", "js", "json"))
    return next((path for path in candidates if project.is_file(path)), None)


def is_config(path: Path, project: Project) -> bool:
    """Whether a file is a config of drizzle-kit, by its name (`drizzle-dev.config.ts`) or by what it imports."""
    if path.suffix == ".json" or (".config." in path.name and path.name.endswith(EXTENSIONS)):
        return True
    try:
        return imports_kit(project.text(path))
    except OSError:
        return False


def imports_kit(text: str) -> bool:
    """Whether a file with this text makes a config: it calls drizzle-kit's `defineConfig`, or `Config` is its type."""
    return any(
        _MAKES_CONFIG.search(text, max(found.start() - _NEAR, text.rfind(";", 0, found.start())), found.end() + 20)
        for found in _FROM_KIT.finditer(text)
    )


def out_folder(path: Path, project: Project) -> str | None:
    """The folder of the migrations of the config at `path`, relative to the root; None if it is not known.

    drizzle-kit takes it from the folder it is started in: the config's, or one above. Without a word on it it is
    `drizzle`. Raises SourceError if the file says nothing that can be followed.
    """
    out = option(_exported(path, project), "out")
    if isinstance(out, Unknown):
        return None
    name = out if isinstance(out, str) else "drizzle"
    above = [folder for folder in path.parents if folder.is_relative_to(project.root)]
    found = next((folder / name for folder in above if project.is_folder(folder / name)), path.parent / name)
    shown = os.path.relpath(found, project.root).replace(os.sep, "/")
    return None if shown.startswith("..") else shown


def read_config(path: Path, project: Project) -> KitConfig:
    """Raises SourceError if the file says nothing that can be followed."""
    config, shown = _exported(path, project), project.shown(path)
    dialect = _dialect(config, shown)
    unread = tuple((key, why) for key in ("schemaFilter", "tablesFilter") for why in _unknown(config, key))
    known = {key for key, _ in unread}
    schemas, tables = (() if key in known else _texts(config, key) for key in ("schemaFilter", "tablesFilter"))
    place = config.locations.get("schema") or Location(shown)
    return KitConfig(path, _schema(config, shown), place, option(config, "casing"), dialect, schemas, tables, unread)


def _exported(path: Path, project: Project) -> JsObject:
    shown = project.shown(path)
    config = _value(path, project, shown)
    if isinstance(config, JsArray) and len(config) == 1:
        config = config[0]
    if not isinstance(config, JsObject):
        reason = f": {config.reason}" if isinstance(config, Unknown) else ""
        raise SourceError(
            f"the config that {shown} exports cannot be read{reason}",
            path=shown,
            line=config.location.line if isinstance(config, Unknown) and config.location else None,
            hint="name the schema file or folder instead of the config: drizzle:path/to/schema.ts",
        )
    return config


def _value(path: Path, project: Project, shown: str) -> Value:
    if path.suffix == ".json":
        try:
            return from_json(parse_json(project.text(path)))
        except (OSError, Malformed) as error:
            why = (error.strerror if isinstance(error, OSError) else None) or str(error)
            hint = "name the schema file or folder instead of the config"
            raise SourceError(f"{shown} is not JSON: {why}", path=shown, hint=hint) from error
    program = Program(project, hosts(Context(budget=project.budget)), working_directory=project.real(path).parent)
    try:
        module = program.load(path)
    except OSError as error:
        raise SourceError(f"{shown} cannot be read: {error.strerror or error}", path=shown) from error
    exports = module.exports
    for problem in program.diagnostics:
        if "default" not in exports:
            raise SourceError(f"{problem.location}: {problem.message}", path=shown, line=problem.location.line)
    value = exports.get("default", UNDEFINED)
    return value if not is_function(value) else Unknown("it exports a function")


def _dialect(config: JsObject, shown: str) -> str:
    """The engine that the config names. Raises SourceError if it is none that is compared."""
    dialect = option(config, "dialect") or option(config, "driver")
    if not isinstance(dialect, str):
        return ""
    if dialect in _OTHER_DIALECTS:
        titles = " and ".join(one.title for one in DIALECTS.values())
        line = config.locations["dialect"].line if "dialect" in config.locations else None
        raise SourceError(
            f"{shown} is for {dialect}; driftcheck compares schemas of {titles}",
            path=shown,
            line=line,
            hint="name the config or the schema files of such a database",
        )
    return next((name for name, one in DIALECTS.items() if dialect in one.kit), "")


#: `dialect` today, and `driver` before 0.21.
_OTHER_DIALECTS = frozenset("mysql singlestore gel mssql cockroach cockroachdb mysql2".split())


def _texts(config: JsObject, key: str) -> tuple[str, ...]:
    value = option(config, key)
    values = value if isinstance(value, JsArray) else [value]
    return tuple(item for item in values if isinstance(item, str))


def _unknown(config: JsObject, key: str) -> list[Unknown]:
    value = option(config, key)
    return [item for item in (value if isinstance(value, JsArray) else [value]) if isinstance(item, Unknown)][:1]


class NoSchema(SourceError):
    """A config that names no schema: it serves `drizzle-kit pull`, which writes one from a database."""


def _schema(config: JsObject, shown: str) -> tuple[str, ...]:
    value = option(config, "schema")
    values = value if isinstance(value, JsArray) else [value]
    paths = tuple(item for item in values if isinstance(item, str))
    unknown = next((item for item in values if isinstance(item, Unknown)), None)
    if paths and unknown is None:
        return paths
    place = config.locations.get("schema")
    line = place.line if place else None
    if unknown is None:
        raise NoSchema(
            "it names no schema, which drizzle-kit pull alone can do without", path=shown, line=line, hint=_HINT
        )
    raise SourceError(
        f"the schema that {shown} names is not known: {unknown.reason}", path=shown, line=line, hint=_HINT
    )
