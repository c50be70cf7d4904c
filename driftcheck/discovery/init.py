"""The config that a look around comes to, as a file to start with."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from .. import __version__
from ..config import SourceSpec, load, project_folder
from ..errors import ConfigError, UsageError
from ..frozen import dataclass
from ..plain import plain
from ..project import Project
from ..project.documents import parse_toml
from .found import Discovery
from .look import discover
from .workflows import workflow

#: By this line editors with Taplo know what may be in the file.
SCHEMA = f"https://raw.githubusercontent.com/driftcheck/driftcheck/v{__version__}/driftcheck/config/schema.json"


@dataclass(frozen=True, slots=True)
class InitFile:
    """`text` for the file `name` in the root; `appended` to what is there, or a file of its own."""

    name: str
    text: str
    appended: bool
    sources: tuple[SourceSpec, ...] = ()


def init_text(discovery: Discovery, section: str = "") -> str:
    """The commented TOML: `section` is "tool.driftcheck" for pyproject.toml, empty for driftcheck.toml."""
    head = [f"[{section}]"] if section else [f"#:schema {SCHEMA}"]
    prefix = f"{section}." if section else ""
    lines = [
        *head,
        "# The source that is right: what the others say differently is drift.",
        f"truth = {_string(discovery.truth or '')}",
        *(["# The engine of the database.", f"dialect = {_string(discovery.dialect)}"] if discovery.dialect else []),
        "# The least severity that fails the check: error, warning, note or never.",
        'fail-on = "warning"',
        "# Objects that do not belong to this project, as schema.table globs.",
        '# exclude = ["auth.*", "storage.*"]',
        "",
        f"[{prefix}sources]",
    ]
    for found in discovery.sources:
        source = found.spec
        lines += [f"# {_comment(found.why)}", f"{_key(source.name)} = {_string(f'{source.kind}:{source.location}')}"]
    lines += [f"# left out {_comment(str(one))}" for one in discovery.left_out]
    lines += [
        "",
        "# Severities by rule: error, warning, note or off. `driftcheck explain RULE` says what a rule means.",
        f"# [{prefix}rules]",
        '# column-order = "warning"',
        "",
        "# Drift that is intended, each with its reason.",
        f"# [[{prefix}ignore]]",
        '# rule = "table-extra"',
        '# object = "public.alembic_*"',
        '# reason = "made by the migration tool"',
    ]
    return "\n".join(lines) + "\n"


def plan_init(root: Path) -> InitFile:
    """What `driftcheck init` would write at `root`: a section at the end of pyproject.toml where there is one.

    Raises ConfigError if there is a config already, UsageError if there is nothing to put into one.
    """
    home = project_folder(root) or root
    if (config := load(home, root=root)) is not None:
        where = "here already" if home == root else "above this folder already"
        hint = "change it there: init never overwrites"
        if home != root:
            hint += "; for a config of this folder's own, write a driftcheck.toml here"
        raise ConfigError(f"driftcheck is configured {where}", hint=hint, path=config.path)
    discovery = discover(root)
    if len(discovery.sources) < 2:
        raise UsageError(discovery.complaint, hint=discovery.advice)
    project = Project(root)
    sources = tuple(item.spec for item in discovery.sources)
    if not project.is_there("pyproject.toml"):
        return InitFile("driftcheck.toml", init_text(discovery), appended=False, sources=sources)
    try:
        present = project.text("pyproject.toml", errors="strict")
        parse_toml(present)
    except (OSError, ValueError) as error:
        raise ConfigError(f"cannot add a section to it: {error}", path="pyproject.toml") from error
    gap = "" if not present else "\n" if present.endswith("\n") else "\n\n"
    return InitFile("pyproject.toml", gap + init_text(discovery, "tool.driftcheck"), appended=True, sources=sources)


def write_init(root: Path, systems: Sequence[str] = ()) -> list[str]:
    """Writes the config, and what runs the check in `systems` ("github", "gitlab", "pre-commit").

    Returns sentences on what was done. With `systems` a config that is there already stays as it is. Nothing is ever
    overwritten, and nothing is written if one of the files is there. Raises what `plan_init` raises.
    """
    home = project_folder(root) or root
    config = load(home) if systems else None
    file = plan_init(root) if config is None else None
    project = Project(root if config is None else home)
    sources = file.sources if file is not None else config.sources if config is not None else ()
    wanted = [workflow(system, project, sources) for system in systems]
    done = []
    if file is not None:
        _write(project, root / file.name, file.text, appended=file.appended)
        done.append(f"added [tool.driftcheck] to {file.name}" if file.appended else f"wrote {file.name}")
    for one in wanted:
        _write(project, project.top / one.path, one.text)
        done += [f"wrote {one.path}", *(one.then or "").splitlines()]
    return done


def _write(project: Project, path: Path, text: str, *, appended: bool = False) -> None:
    try:
        real = project.real(path)
        real.parent.mkdir(parents=True, exist_ok=True)
        with real.open("a" if appended else "x", encoding="utf-8", newline="\n") as target:
            target.write(text)
    except OSError as error:
        raise ConfigError(f"it cannot be written: {error.strerror}", path=project.shown(path)) from error


def _string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _key(name: str) -> str:
    return name if name.replace("-", "").replace("_", "").isalnum() and name.isascii() else _string(name)


def _comment(text: str) -> str:
    """Nothing in a comment may end it: names of files may hold anything."""
    return plain(text, None)
