"""Where a project's revisions are, as its Alembic config says it: alembic.ini, pyproject.toml, or the folder itself."""

from __future__ import annotations

import configparser
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ...errors import SourceError
from ...frozen import dataclass
from ...location import Location
from ...project import Project
from ...project.documents import Malformed, parse_toml

_SEPARATORS = {"os": os.pathsep, "space": " ", "newline": "\n", ";": ";", ":": ":"}
#: Alembic's own choice where the config names no separator.
_SPACES = re.compile(r"[,\s]+")
_PATHS = re.compile(r"[,\s:]+")
#: A revision as people name one: an id or the beginning of one, `head`, `branch@head`, `+2`.
_REVISION = re.compile(r"[\w.@+:-]+\Z")
_LARGEST = 1_000_000


@dataclass(frozen=True, slots=True)
class Settings:
    """`script` is the folder of env.py, `versions` those of revisions where it is not the one below.

    `config` is the file that says so, None for a bare folder, and `section` the part of it that counts. `revision` is
    the last one to run. `directory` is where Alembic is meant to be run, `path` what the config puts on Python's path.
    """

    script: Path
    revision: str
    config: Path | None
    section: str
    directory: Path
    versions: tuple[Path, ...] = ()
    path: tuple[Path, ...] = ()
    recursive: bool = False
    sourceless: bool = False
    template: str | None = None

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders of revisions."""
        return self.versions or (self.script / "versions",)


def settings(location: str, project: Project) -> Settings:
    """What `location` means: a config or folder, with `#section` and `@revision` behind it.

    Raises SourceError where there is no such file, or it does not say where the revisions are.
    """
    path, section, revision = _parts(location, project)
    entry = project.entry(project.root / path)
    if entry.trouble or not entry.exists:
        raise SourceError(
            f"{path} {'cannot be read: ' + entry.trouble if entry.trouble else 'does not exist'}",
            hint="name alembic.ini, a pyproject.toml with [tool.alembic], or the folder that holds env.py",
            path=path,
        )
    if entry.is_folder:
        return _of_folder(project, entry.path, section, revision)
    return _of_file(project, entry.path, section, revision)


def _parts(location: str, project: Project) -> tuple[str, str, str]:
    """The path, the section and the revision in `PATH[#SECTION][@REVISION]`."""
    revision = "heads"
    if not project.is_there(location) and "@" in location:
        location, _, revision = location.partition("@")
        if not _REVISION.match(revision):
            raise SourceError(f"'{revision}' is no revision", hint="write alembic.ini@REVISION, or leave it out")
    section = ""
    if not project.is_there(location) and "#" in location:
        location, _, section = location.rpartition("#")
    return location, section or "alembic", revision


def _of_folder(project: Project, folder: Path, section: str, revision: str) -> Settings:
    """The config beside or above the folder that means it, if any does: Flask-Migrate's names no folder."""
    real = project.real(folder)
    for above in (folder, *folder.parents):
        for name in ("alembic.ini", "pyproject.toml"):
            if project.is_file(above / name) and (found := _meant(project, above / name, section, revision, real)):
                return found
        if above == project.root:
            break
    _demand_revisions(project, folder, (), folder)
    return Settings(folder, revision, None, section, folder.parent if folder != project.root else folder)


def _meant(project: Project, config: Path, section: str, revision: str, folder: Path) -> Settings | None:
    """What `config` says, if it speaks of `folder`."""
    try:
        found = _of_file(project, config, section, revision)
    except SourceError:
        return None
    return found if project.real(found.script) == folder else None


def _of_file(project: Project, config: Path, section: str, revision: str) -> Settings:
    shown = project.shown(config)
    others: list[str] = []
    if config.suffix == ".toml":
        values = _toml(project, config, shown)
    else:
        values, others = _ini(project, config, section, shown)
    separator = str(values.get("path_separator") or values.get("version_path_separator") or "")
    script = _folder(project, config, values.get("script_location"), shown, section, others)
    versions = tuple(
        _place(project, config, one) for one in _listed(values.get("version_locations"), separator, _SPACES)
    )
    _demand_revisions(project, script, versions, config)
    template = values.get("file_template")
    return Settings(
        script=script,
        revision=revision,
        config=config,
        section=section,
        directory=config.parent if script != config.parent or script == project.root else script.parent,
        versions=versions,
        path=tuple(_place(project, config, one) for one in _listed(values.get("prepend_sys_path"), separator, _PATHS)),
        recursive=_is_true(values.get("recursive_version_locations")),
        sourceless=_is_true(values.get("sourceless")),
        template=template if isinstance(template, str) else None,
    )


def _is_true(value: object) -> bool:
    return value is True or str(value).lower() in ("true", "1", "yes", "on")


def _ini(project: Project, config: Path, section: str, shown: str) -> tuple[Mapping[str, Any], list[str]]:
    """The section of an ini file, as Python's configparser reads it, which Alembic uses, too; and others like it."""
    parser = configparser.ConfigParser({"here": str(config.parent)}, interpolation=None)
    try:
        parser.read_string(project.data(config, most=_LARGEST).decode("utf-8-sig", "replace"))
    except (OSError, configparser.Error) as error:
        line = getattr(error, "lineno", None)
        words = str(getattr(error, "strerror", None) or error).splitlines()[0]
        raise SourceError(f"{shown} cannot be read: {words}", path=shown, line=line) from error
    if not parser.has_section(section):
        names = ", ".join(parser.sections()) or "none"
        raise SourceError(
            f"{shown} has no section [{section}]", hint=f"it has {names}; write {shown}#SECTION", path=shown
        )
    values = dict(parser.items(section))
    others = [one for one in parser.sections() if one != section and parser.has_option(one, "script_location")]
    return {key: _interpolated(value, values, project, shown) for key, value in values.items()}, others


def _interpolated(value: str, values: Mapping[str, str], project: Project, shown: str) -> str:
    """`%(name)s` replaced and `%%` halved, once or twice deep as people write it. Raises OverLimit."""

    def named(found: re.Match[str]) -> str:
        text = values.get(found[1].lower(), found[0])
        project.budget.make(len(text), Location(shown))
        return text

    for _ in range(3):
        value = re.sub(r"(?<!%)%\((\w+)\)s", named, value)
    return value.replace("%%", "%")


def _toml(project: Project, config: Path, shown: str) -> Mapping[str, Any]:
    try:
        tool = parse_toml(project.data(config, most=_LARGEST).decode("utf-8-sig", "replace")).get("tool")
    except (OSError, Malformed) as error:
        words = error.strerror if isinstance(error, OSError) else str(error)
        raise SourceError(f"{shown} cannot be read: {words}", path=shown) from error
    found = tool.get("alembic") if isinstance(tool, dict) else None
    if not isinstance(found, dict):
        raise SourceError(
            f"{shown} has no [tool.alembic]", hint="name alembic.ini, or the folder that holds env.py", path=shown
        )
    here = {"here": str(config.parent)}

    def read(value: Any) -> Any:
        if isinstance(value, list):
            return [read(one) for one in value if isinstance(one, str)]
        return _interpolated(value, here, project, shown) if isinstance(value, str) else value

    return {key: read(value) for key, value in found.items()}


def _folder(project: Project, config: Path, value: object, shown: str, section: str, others: list[str]) -> Path:
    """The folder of env.py: the config's own where that names none, or one of another machine."""
    text = value.strip() if isinstance(value, str) else ""
    place = _place(project, config, text) if text else None
    elsewhere = place is None or (os.path.isabs(text) and not project.is_there(place))
    if elsewhere and project.is_file(config.parent / "env.py"):
        return config.parent
    if place is not None:
        return place
    part = "[tool.alembic]" if config.suffix == ".toml" else f"[{section}]"
    named = [f"{shown}#{one}" for one in others]
    hint = f"other sections have one: write {' or '.join(named)}" if named else "name the folder that holds env.py"
    raise SourceError(f"{part} of {shown} has no script_location", hint=hint, path=shown)


def _place(project: Project, config: Path, text: str) -> Path:
    """A path of the config: relative to it, as it is meant to be run there, else to the root; `package:folder`."""
    package, colon, inside = text.partition(":")
    if colon and not (os.name == "nt" and len(package) == 1):
        text = "/".join([*package.split("."), inside])
    bases = (config.parent, config.parent / "src", project.root, project.root / "src")
    found = next((base / text for base in bases if project.is_folder(base / text)), config.parent / text)
    return Path(os.path.normpath(found))


def _listed(value: object, separator: str, default: re.Pattern[str]) -> list[str]:
    if isinstance(value, list):
        return [one for one in value if isinstance(one, str) and one.strip()]
    if not isinstance(value, str):
        return []
    mark = _SEPARATORS.get(separator)
    parts = re.split(r"[\n]+" if mark == "\n" else re.escape(mark), value) if mark else default.split(value)
    return [part.strip() for part in parts if part.strip()]


def _demand_revisions(project: Project, script: Path, versions: tuple[Path, ...], named: Path) -> None:
    shown = project.shown(named)
    for folder in (script, *versions):
        entry = project.entry(folder)
        if not entry.is_folder:
            why = entry.trouble or "it is not there"
            raise SourceError(
                f"{shown} names the folder {project.shown(folder)}, which cannot be read: {why}",
                hint="allow-outside in the config names folders outside of the repository" if entry.trouble else None,
                path=shown,
            )
    if not versions and not project.is_folder(script / "versions"):
        raise SourceError(
            f"there are no revisions in {project.shown(script)}: it has no folder 'versions'",
            hint="name alembic.ini, or the folder that holds env.py",
            path=shown,
        )
