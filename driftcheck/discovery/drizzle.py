"""Where a project keeps its Drizzle schema."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Sequence

from ..config import SourceSpec
from .files import Files, preference
from .found import Found, Sighting

LOOKED_FOR = "drizzle.config.ts, or TypeScript that imports drizzle-orm/pg-core"

_CONFIG = re.compile(r"(?:^|/)drizzle[\w.-]*config[\w.-]*(?<!\.d)\.(?:[cm]?[tj]s|json)$")
_USUAL = re.compile(r"(?:^|/)drizzle\.config\.\w+$")
_OTHER_DIALECT = re.compile(r"""["']?dialect["']?\s*:\s*["'](?!postgresql)(\w+)["']""")
_OTHER_DRIVER = re.compile(r"""["']?driver["']?\s*:\s*["'](mysql2|better-sqlite|better-sqlite3|libsql|turso)["']""")
_TABLE = re.compile(r"\b(?:pgTable|pgTableCreator|pgSchema|pgEnum|pgView|pgMaterializedView)\s*\(")
_IMPORT = re.compile(r"""["']drizzle-orm/pg-core["']""")


def search(files: Files) -> Sighting:
    """A drizzle.config for PostgreSQL; where there is none, the files that declare tables."""
    configs = sorted((path for path in files.paths if _CONFIG.search(path)), key=_config_preference)
    fitting = [path for path in configs if _is_postgres(files.text(path))]
    also = [f"{path} is for another database" for path in configs if path not in fitting]
    if fitting:
        also += [f"also saw {path}" for path in fitting[1:]]
        why = "the drizzle.config" if len(fitting) == 1 else f"the nearest to the top of {len(fitting)} drizzle.configs"
        return Sighting(_found(fitting[0], why), tuple(also), LOOKED_FOR)
    found, passed_over = _declaring(files)
    return Sighting(found, (*also, *passed_over), LOOKED_FOR)


def _config_preference(path: str) -> tuple[bool, bool, int, str, bool, str]:
    """Beside drizzle.config.ts, drizzle.config.js is what a compiler made of it."""
    example, depth, name = preference(path)
    return example, _USUAL.search(path) is None, depth, posixpath.dirname(path), not path.endswith("ts"), name


def _is_postgres(text: str) -> bool:
    return _OTHER_DIALECT.search(text) is None and _OTHER_DRIVER.search(text) is None


def _found(location: str, why: str) -> Found:
    return Found(SourceSpec(name="drizzle", kind="drizzle", location=location), why)


def _declaring(files: Files) -> tuple[Found | None, list[str]]:
    """Without a config: one file, one folder, or files of one name in several folders."""
    tables: dict[str, int] = {}
    for path in files.ending(".ts", ".tsx", ".mts", ".cts"):
        text = files.text(path)
        if _IMPORT.search(text) and (count := len(_TABLE.findall(text))):
            tables[path] = count
    real = [path for path in tables if not preference(path)[0]] or list(tables)
    if not real:
        return None, []
    if len(real) == 1:
        return _found(real[0], "the only file that declares tables with drizzle-orm/pg-core"), []
    if pattern := _common_pattern(real):
        return _found(pattern, f"{len(real)} files declare tables with drizzle-orm/pg-core"), []
    folders: dict[str, list[str]] = defaultdict(list)
    for path in real:
        folders[posixpath.dirname(path)].append(path)
    best = min(folders, key=lambda folder: (-sum(tables[path] for path in folders[folder]), preference(folder)))
    also = [f"also saw {path}, which declares tables" for path in real if path not in folders[best]]
    own = folders[best]
    why = f"{_count(own, 'file')} in it declare{'s' if len(own) == 1 else ''} tables with drizzle-orm/pg-core"
    return _found(own[0] if len(own) == 1 or not best else best, why), also


def _common_pattern(paths: Sequence[str]) -> str | None:
    """`src/**/*.schema.ts` for files in several folders that are named alike."""
    if len({posixpath.dirname(path) for path in paths}) == 1:
        return None
    common = posixpath.commonpath([posixpath.dirname(path) for path in paths])
    names = {posixpath.basename(path) for path in paths}
    suffixes = {re.sub(r"^[^.]*", "", name) for name in names}
    name = names.pop() if len(names) == 1 else None
    if name is None and len(suffixes) == 1 and (suffix := suffixes.pop()).count(".") == 2:
        name = f"*{suffix}"
    return posixpath.join(common, "**", name) if name is not None else None


def _count(items: Sequence[str], noun: str) -> str:
    return f"{len(items)} {noun}{'' if len(items) == 1 else 's'}"
