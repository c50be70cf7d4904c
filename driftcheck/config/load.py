"""From the config file to a Config; whatever is wrong with it is a ConfigError that points into it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import fields
from itertools import islice
from pathlib import Path as FilePath
from typing import Any

from ..budget import MOST_TIMES, Limits
from ..errors import ConfigError, UsageError
from ..kinds import KINDS
from ..location import Location
from ..plain import plain
from ..project import Project, read
from ..project.documents import Malformed, parse_toml
from ..rule import Rule, Severity
from .decode import MOST_PROBLEMS, Decoder, Problem, TooManyProblems, dotted, keys, unknown
from .document import Document, SourceTable
from .positions import Path, positions
from .settings import Config, Glob, Ignore
from .sources import SourceSpec, check_sources, parse_source

_SECTION: Path = ("tool", "driftcheck")
#: Bytes. No config comes near it, and a stranger's must not be read for long.
_LARGEST = 1_000_000
#: Each is compared with all others.
_MOST_SOURCES = 100


def load(
    folder: FilePath | Project,
    explicit: FilePath | None = None,
    rules: Sequence[Rule] | None = None,
    root: FilePath | None = None,
) -> Config | None:
    """The config in `folder`, or None where it has none. Its places are relative to `root`, by default the folder.

    It is `[tool.driftcheck]` in pyproject.toml, or driftcheck.toml; both at once are an error, since either could be
    the one that is meant. `explicit` is taken instead of either; it must exist, and is read like pyproject.toml if it
    has a `[tool.driftcheck]`. `rules` are the known rules, all of driftcheck's if not given.
    Raises ConfigError, with path and line, for whatever is wrong in the file.
    """
    file = config_file(folder, explicit, root)
    return None if file is None else _config(file, rules)


def config_file(
    folder: FilePath | Project, explicit: FilePath | None = None, root: FilePath | None = None
) -> ConfigFile | None:
    """The file that `load` reads."""
    project = Project.of(folder)
    shown = project if root is None else Project(root)
    if explicit is not None:
        file = ConfigFile(shown, project.root / explicit, _named(project, project.root / explicit))
        if file.path.name == "pyproject.toml" and file.section is None:
            raise ConfigError("there is no [tool.driftcheck] in it", path=file.name)
        return file
    found = _files(project, shown)
    if len(found) == 2:
        raise ConfigError(
            "driftcheck.toml and [tool.driftcheck] in pyproject.toml both configure driftcheck",
            hint="keep one of them, or choose with --config",
            path=found[1].name,
        )
    return found[0] if found else None


def has_config(folder: FilePath) -> bool:
    """Whether `folder` itself has a config. Raises ConfigError for a file that could be one and cannot be read."""
    project = Project(folder)
    return bool(_files(project, project))


def _files(project: Project, shown: Project) -> list[ConfigFile]:
    """The configs in the root of `project`, with places as `shown` has them."""
    candidates = [_optional(project, name, shown) for name in ("pyproject.toml", "driftcheck.toml")]
    return [file for file in candidates if file is not None]


def _named(project: Project, path: FilePath) -> bytes:
    """The config that the command itself names: it may lie anywhere, unless a link in the project leads there."""
    try:
        return project.data(path, most=_LARGEST) if project.holds(path) else read(os.path.realpath(path), _LARGEST)
    except OSError as error:
        raise _unreadable(project, path, error) from error


def _optional(project: Project, name: str, shown: Project) -> ConfigFile | None:
    path = project.root / name
    if not project.is_there(path):
        return None
    try:
        data = project.data(path, most=_LARGEST)
    except OSError as error:
        raise _unreadable(project, path, error) from error
    if name == "pyproject.toml" and b"driftcheck" not in data:
        return None
    file = ConfigFile(shown, path, data)
    return file if name == "driftcheck.toml" or file.section is not None else None


def _unreadable(project: Project, path: FilePath, error: OSError) -> ConfigError:
    return ConfigError(f"cannot read the config: {error.strerror}", path=project.shown(path))


def _shown(project: Project, path: FilePath) -> str:
    """As reports show it; from a folder further down by the way up to it."""
    name = project.shown(path)
    if os.path.isabs(name) and FilePath(name).is_relative_to(project.top):
        return os.path.relpath(name, project.root).replace(os.sep, "/")
    return name


class ConfigFile:
    """A TOML file, the part of it that is driftcheck's, and the lines of that part."""

    def __init__(self, project: Project, path: FilePath, data: bytes) -> None:
        self.path = path
        self.name = _shown(project, path)
        self.text = self._decoded(data)
        self.data = self._parse()
        tool = self.data.get("tool")
        self.section: Any = tool.get("driftcheck") if isinstance(tool, dict) else None
        self.prefix = () if self.section is None else _SECTION
        self._lines: dict[Path, int] | None = None

    def _decoded(self, data: bytes) -> str:
        try:
            return data.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            raise ConfigError("cannot read the config: it is not UTF-8", path=self.name) from error

    def _parse(self) -> dict[str, Any]:
        try:
            return parse_toml(self.text)
        except Malformed as error:
            raise ConfigError(f"this is not valid TOML: {error}", path=self.name, line=error.line) from error

    @property
    def values(self) -> dict[str, Any]:
        """What it sets, key by key."""
        return self.data if self.section is None else self.section

    def place(self, path: Path) -> Location:
        """Where the value at `path` stands; if it is missing, where its table begins."""
        if self._lines is None:
            self._lines = positions(self.text)
        whole = (*self.prefix, *path)
        while whole and whole not in self._lines:
            whole = whole[:-1]
        return Location(self.name, self._lines.get(whole, 1))


def _config(file: ConfigFile, rules: Sequence[Rule] | None) -> Config:
    decoder = Decoder()
    try:
        document = decoder.decode(Document, file.values, ())
    except TooManyProblems:
        raise _error(decoder.problems, file) from None
    problems = decoder.problems
    if not problems:
        sources, wrong = _sources(document, file)
        meant = islice(_meaning(document, sources, rules), MOST_PROBLEMS)
        problems = [*wrong, *_too_much(document.limits), *meant]
        if not problems:
            return _build(document, sources, file)
    raise _error(problems, file)


def _too_much(limits: Limits) -> list[Problem]:
    """The config may be a stranger's, too."""
    return [
        Problem(("limits", name), f"'limits.{name}' is at most {most:,}")
        for name in keys(Limits)
        if getattr(limits, name) > (most := MOST_TIMES * getattr(Limits(), name))
    ]


def _error(problems: Sequence[Problem], file: ConfigFile) -> ConfigError:
    """One error for all of them: the first in the file, the rest in its hint."""
    placed = sorted(((file.place(problem.path), problem) for problem in problems), key=lambda item: item[0].line)
    (place, first), rest = placed[0], placed[1:]
    lines = [first.hint] if first.hint else []
    lines += [f"also {other}: {problem.message}" for other, problem in rest]
    if len(problems) >= MOST_PROBLEMS:
        lines.append("and perhaps more: these were enough to stop")
    hint = "\n".join(plain(line, None) for line in lines)
    return ConfigError(first.message, hint=hint or None, path=place.path, line=place.line)


def _sources(document: Document, file: ConfigFile) -> tuple[tuple[SourceSpec, ...], list[Problem]]:
    specs: list[SourceSpec] = []
    problems: list[Problem] = []
    if len(document.sources) > _MOST_SOURCES:
        return (), [Problem(("sources",), f"there are more than {_MOST_SOURCES} sources")]
    for name, value in document.sources.items():
        path: Path = ("sources", name)
        try:
            spec = _source(name, value, file.place(path))
            check_sources([*specs, spec])
            specs.append(spec)
        except UsageError as error:
            problems.append(Problem(path, error.message, error.hint))
    return tuple(specs), problems


def _source(name: str, value: str | SourceTable, place: Location) -> SourceSpec:
    if isinstance(value, str):
        spec = parse_source(value, name)
        return SourceSpec(name=name, kind=spec.kind, location=spec.location, place=place)
    parse_source(f"{value.kind}:{value.location}", name)
    facts = {field.name: getattr(value, field.name) for field in fields(value)}
    defaults = SourceTable(kind=value.kind, location=value.location)
    for field in fields(value):
        if field.name not in KINDS[value.kind].options and getattr(defaults, field.name) != facts[field.name]:
            option = field.name.replace("_", "-")
            having = " and ".join(kind.name for kind in KINDS.values() if field.name in kind.options)
            raise UsageError(f"'{option}' is for {having} sources; '{name}' is {value.kind}")
    for variable, text in value.env.items():
        if not variable or "=" in variable or "\0" in variable + text:
            raise UsageError(f"'{variable}' in 'env' cannot be passed to a program", hint='write NAME = "value"')
    return SourceSpec(name=name, place=place, **facts)


def _meaning(document: Document, sources: Sequence[SourceSpec], rules: Sequence[Rule] | None) -> Iterator[Problem]:
    """Names that name nothing. Without sources in the file any name may be right: the command line brings them."""
    names = [source.name for source in sources]
    mentioned: list[tuple[Path, str | None]] = [(("truth",), document.truth)]
    mentioned += [(("ignore", number, "source"), ignore.source) for number, ignore in enumerate(document.ignore)]
    mentioned += [(("documents", number, "source"), one.source) for number, one in enumerate(document.documents)]
    for path, name in mentioned:
        if names and name is not None and name not in names:
            yield Problem(path, *unknown(f"source in '{dotted(path)}':", name, names))
    yield from _written_twice(document)
    yield from _globs_that_mean_too_much(document)
    selectors: list[tuple[Path, str]] = [(("rules", selector), selector) for selector in document.rules]
    selectors += [(("ignore", number, "rule"), ignore.rule) for number, ignore in enumerate(document.ignore)]
    if not selectors:
        return
    known = _every_rule() if rules is None else rules
    for path, selector in selectors:
        if not selector or not any(rule.matches(selector) for rule in known):
            yield Problem(path, *unknown_rule(selector, known))
    yield from _gaps_that_must_fail(document, known)


def _written_twice(document: Document) -> Iterator[Problem]:
    seen: set[str] = set()
    for number, one in enumerate(document.documents):
        path = one.path.rstrip("/")
        if path in seen:
            yield Problem(("documents", number, "path"), f"two documents are written to '{path}'")
        seen.add(path)


def _globs_that_mean_too_much(document: Document) -> Iterator[Problem]:
    globs: list[tuple[Path, str]] = [(("exclude", number), glob) for number, glob in enumerate(document.exclude)]
    globs += [(("ignore", number, "object"), ignore.object) for number, ignore in enumerate(document.ignore)]
    if not globs:
        return
    from ..globs import GlobError, expanded

    for path, glob in globs:
        try:
            expanded(glob)
        except GlobError as error:
            yield Problem(path, str(error))


def _gaps_that_must_fail(document: Document, rules: Sequence[Rule]) -> Iterator[Problem]:
    """A syntax error leaves a whole file in doubt, so no config lets a check pass with one."""
    for selector, severity in document.rules.items():
        for rule in rules:
            if rule.gap and rule.severity is Severity.ERROR and rule.named(selector) and severity != "error":
                hint = "leave the file out of the source, or write an ignore at the line of the error"
                yield Problem(("rules", selector), f"'{rule.name}' is always an error", hint)


def _every_rule() -> Sequence[Rule]:
    # Most configs name no rule, and a project's Python should start before anything else is imported.
    from ..differ.rules import RULES

    return RULES


def unknown_rule(selector: str, rules: Sequence[Rule]) -> tuple[str, str]:
    """Message and hint for a selector that means no rule."""
    message, _ = unknown("rule", selector, [word for rule in rules for word in (rule.name, rule.code)])
    return message, "a rule is named by its code (DR203), its name (column-type), or the beginning of codes (DR2)"


def _build(document: Document, sources: tuple[SourceSpec, ...], file: ConfigFile) -> Config:
    return Config(
        path=file.name,
        truth=document.truth,
        fail_on=document.fail_on,
        dialect=document.dialect or "",
        exclude=tuple(
            Glob(pattern=pattern, place=file.place(("exclude", number)))
            for number, pattern in enumerate(document.exclude)
        ),
        baseline=document.baseline,
        sources=sources,
        rules={selector: Severity(word) for selector, word in document.rules.items()},
        compare=document.compare,
        required=(
            {"row-level-security": file.place(("require", "row-level-security"))}
            if document.require.row_level_security
            else {}
        ),
        ignores=tuple(
            Ignore(
                rule=ignore.rule,
                object=ignore.object,
                source=ignore.source,
                reason=ignore.reason,
                until=ignore.until,
                place=file.place(("ignore", number)),
            )
            for number, ignore in enumerate(document.ignore)
        ),
        documents=document.documents,
        allow_outside=document.allow_outside,
        limits=document.limits,
    )
