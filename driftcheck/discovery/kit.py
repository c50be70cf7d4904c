"""drizzle-kit's configs: wherever they lie and whatever they are called, and what each of them comes to."""

from __future__ import annotations

import json
import posixpath
import re
import shlex
from collections.abc import Iterator

from ..dialects import dialect_named
from ..errors import SourceError
from ..frozen import dataclass
from ..readers.drizzle import read
from ..readers.drizzle.config import NoSchema, imports_kit, out_folder
from ..reading import Reading
from .files import Files, doubt_of_name

_CONFIG = re.compile(r"(?:^|/)drizzle[\w.-]*config[\w.-]*(?<!\.d)\.(?:[cm]?[tj]s|json)$")
_USUAL = re.compile(r"(?:^|/)drizzle\.config\.\w+$")
_SCRIPT = (".ts", ".mts", ".cts", ".js", ".mjs", ".cjs")
_DIALECT = re.compile(r"""["']?dialect["']?\s*:\s*["'](\w+)["']""")
_DRIVER = re.compile(
    r"""["']?driver["']?\s*:\s*["'](mysql2|better-sqlite3?|libsql|turso|d1|d1-http|expo|durable-sqlite|pg)["']"""
)
#: Words of a command for a database: `generate:sqlite`, `--dialect=mysql`.
_OF_COMMAND = re.compile(r"^\w+:(\w+)$|^(?:--dialect=)?(mysql|sqlite|turso|singlestore|gel|postgresql)$")
_COMMENT = re.compile(r"/\*(?:.*?\*/|.*\Z)|(?<![:\"'])//[^\n]*", re.DOTALL)
#: Configs that are evaluated in one look around, and the longest file that is looked at for one of another name.
_MOST_CONFIGS = 20
_LONGEST = 50_000


@dataclass(frozen=True, slots=True)
class KitFile:
    """A config, or the schema that a command names instead of one: what it comes to, or why it comes to nothing.

    `location` is what to read; `out` the folder of its migrations, if it is known. `unusable` is set where `reading`
    is None; `empty` says that the file is no config or names no schema, `foreign` that it is for another database.
    """

    location: str
    why: str
    reading: Reading | None = None
    out: str | None = None
    unusable: str = ""
    empty: bool = False
    foreign: bool = False


def kit_files(files: Files) -> list[KitFile]:
    """All of them, the likeliest first. Read once in a look around."""
    if "kit" not in files.known:
        files.known["kit"] = list(_kit_files(files))
    known: list[KitFile] = files.known["kit"]
    return known


def _kit_files(files: Files) -> Iterator[KitFile]:
    named = dict(_named_in_scripts(files))
    configs = {path: f"the config that {package} names" for path, package in named.items() if files.holds(path)}
    configs |= {path: "the drizzle.config" for path in files.paths if _CONFIG.search(path) and path not in configs}
    others = (path for path in files.ending(*_SCRIPT) if path not in configs)
    configs |= {path: "a config of drizzle-kit" for path in others if _imports_kit(files, path)}
    ordered = sorted(configs, key=lambda path: _rank(path, named))
    for path in ordered[:_MOST_CONFIGS]:
        yield _evaluated(files, path, configs[path])
    for path in ordered[_MOST_CONFIGS:]:
        yield KitFile(path, configs[path], unusable=f"there are more than {_MOST_CONFIGS} configs")
    yield from _schemas_in_scripts(files)


def _rank(path: str, named: dict[str, str]) -> tuple[object, ...]:
    """Beside drizzle.config.ts, drizzle.config.js is what a compiler made of it."""
    usual = _USUAL.search(path) is not None
    depth = path.count("/")
    return (
        doubt_of_name(path) is not None,
        not (usual or path in named),
        depth,
        posixpath.dirname(path),
        path[-2:] != "ts",
        path,
    )


def _imports_kit(files: Files, path: str) -> bool:
    if path.endswith(".js") and not files.is_short(path, _LONGEST):
        return False
    text = files.text(path, _LONGEST)
    return "drizzle-kit" in text and imports_kit(_COMMENT.sub(" ", text))


def _evaluated(files: Files, path: str, why: str) -> KitFile:
    text = files.text(path)
    if not _COMMENT.sub("", text).strip():
        return KitFile(path, why, unusable="it is empty", empty=True)
    if any(one not in _words(files) for pattern in (_DIALECT, _DRIVER) for one in pattern.findall(text)):
        return KitFile(path, why, unusable="it is for another database", foreign=True)
    try:
        out = out_folder(files.project.root / path, files.project)
        found = read(path, files.project)
        if dialect_named(found.dialect) is not dialect_named(files.project.dialect):
            return KitFile(path, why, unusable="its schema is for another database", foreign=True)
        return KitFile(path, why, found, out)
    except NoSchema as error:
        return KitFile(path, why, unusable=error.message, empty=True)
    except SourceError as error:
        return KitFile(path, why, unusable=error.message)


def _words(files: Files) -> frozenset[str]:
    """What drizzle-kit calls the engine that is looked for."""
    return dialect_named(files.project.dialect).kit


def _is_foreign(files: Files, words: list[str]) -> bool:
    found = [match for word in words if (match := _OF_COMMAND.search(word)) is not None]
    return any((match[1] or match[2]) not in _words(files) for match in found)


def _commands(files: Files) -> Iterator[tuple[str, str, list[str]]]:
    """The calls of drizzle-kit in all package.json: the file, the folder of the call, the words behind its name."""
    for path in files.paths:
        if posixpath.basename(path) != "package.json" or "drizzle-kit" not in (text := files.text(path)):
            continue
        try:
            scripts = json.loads(text).get("scripts", {})
        except (ValueError, AttributeError, RecursionError):
            continue
        for script in scripts.values() if isinstance(scripts, dict) else ():
            if isinstance(script, str) and "drizzle-kit" in script:
                yield from ((path, *call) for call in _calls(script, posixpath.dirname(path)))


def _calls(script: str, folder: str) -> Iterator[tuple[str, list[str]]]:
    for command in re.split(r"&&|\|\||;", script):
        try:
            words = shlex.split(command)
        except ValueError:
            words = command.split()
        if words[:1] == ["cd"] and len(words) == 2:
            folder = posixpath.normpath(posixpath.join(folder, words[1]))
        at = next((number for number, word in enumerate(words) if "drizzle-kit" in word), None)
        if at is not None:
            yield folder, words[at + 1 :]


def _option(words: list[str], name: str) -> str | None:
    for number, word in enumerate(words):
        if word.startswith(f"--{name}="):
            return word.partition("=")[2]
        if word == f"--{name}" and number + 1 < len(words):
            return words[number + 1]
    return None


def _named_in_scripts(files: Files) -> Iterator[tuple[str, str]]:
    """The configs that scripts pass to drizzle-kit, each with the package.json that does."""
    for package, folder, words in _commands(files):
        if (config := _option(words, "config")) is not None:
            yield posixpath.normpath(posixpath.join(folder, config)), package


def _schemas_in_scripts(files: Files) -> Iterator[KitFile]:
    """The schemas that scripts pass to drizzle-kit without a config."""
    seen: set[str] = set()
    for package, folder, words in _commands(files):
        schema = _option(words, "schema")
        if schema is None or _is_foreign(files, words):
            continue
        location = posixpath.normpath(posixpath.join(folder, schema))
        if location in seen or location.startswith(".."):
            continue
        seen.add(location)
        why = f"the schema that {package} names"
        try:
            out = posixpath.normpath(posixpath.join(folder, _option(words, "out") or "drizzle"))
            yield KitFile(location, why, read(location, files.project), out)
        except SourceError as error:
            yield KitFile(location, why, unusable=error.message)
