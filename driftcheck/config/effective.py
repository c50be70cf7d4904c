"""The config as it counts: every key with its value and where that comes from."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Iterator, Mapping
from typing import Any

from .decode import keys
from .document import Comparable, Document
from .load import ConfigFile
from .positions import Path

#: Where a value comes from that no file holds.
DEFAULT = "default"


@dataclasses.dataclass(frozen=True, slots=True)
class Setting:
    """A key, the table it is in first, its value as TOML has it (None: not set), and where that comes from."""

    path: Path
    value: Any
    origin: str


def settings(file: ConfigFile | None) -> Iterator[Setting]:
    """All keys of the config in their order; `file` has been checked, None stands for no config at all."""
    for name, key in keys(Document).items():
        value = None if file is None else file.values.get(name)
        if name == "sources":
            yield from _entries(file, name, value or {})
        elif name == "compare":
            words = typing.get_args(Comparable)
            yield from _entries(file, name, {**dict.fromkeys(words, "auto"), **(value or {})}, value or {})
        elif name == "rules":
            yield from _entries(file, name, value or {})
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            for number, table in enumerate(value):
                yield Setting((name, number), table, _origin(file, (name, number), given=True))
        elif dataclasses.is_dataclass(key.hint):
            defaults = {inner: one.default for inner, one in keys(typing.cast("type", key.hint)).items()}
            yield from _entries(file, name, {**defaults, **(value or {})}, value or {})
        else:
            shown = _default(name, key.default) if value is None else value
            yield Setting((name,), shown, _origin(file, (name,), given=value is not None))


def _default(name: str, default: Any) -> Any:
    if name == "fail-on":
        return "warning"
    return list(default) if isinstance(default, tuple) else default


def _entries(
    file: ConfigFile | None, name: str, entries: Mapping[str, Any], given: Mapping[str, Any] | None = None
) -> Iterator[Setting]:
    own = entries if given is None else given
    for entry, value in entries.items():
        yield Setting((name, entry), value, _origin(file, (name, entry), given=entry in own))


def _origin(file: ConfigFile | None, path: Path, *, given: bool) -> str:
    return str(file.place(path)) if file is not None and given else DEFAULT
