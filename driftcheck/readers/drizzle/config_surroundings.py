"""What a config asks its surroundings for to find its schema: `node:path`, `node:url`, `process.cwd()`.

A config runs at a known place, so these are known for it; for schema files, which any program may load, they are not.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urljoin, urlparse

from ...typescript.program import Program
from ...typescript.values import HostFunction, HostModule, HostObject, JsObject, Site, Unknown, Value
from .context import argument


def surround(program: Program, config: Path) -> None:
    """Lets `program` know where the file `config` is; the working directory is taken to be its folder."""
    folder = config.parent.as_posix()
    names = program.globals.names
    names["URL"] = _UrlClass()
    names["process"] = _Process(names["process"], folder)


def module(specifier: str, folder: Path) -> HostModule | None:
    """`node:path` and `node:url`, as POSIX has them."""
    name = specifier.removeprefix("node:")
    if name in ("path", "path/posix"):
        return _path_module(specifier, folder.as_posix())
    if name == "url":
        exports: dict[str, Value] = {"fileURLToPath": HostFunction(_file_path), "URL": _UrlClass()}
        return HostModule(specifier, exports)
    return None


def _of_texts(function: Callable[..., str]) -> HostFunction:
    def call(arguments: list[Value], site: Site) -> Value:
        for value in arguments:
            if not isinstance(value, str):
                return value if isinstance(value, Unknown) else site.unknown("a path is no text")
        return function(*arguments)

    return HostFunction(call, function.__name__)


def _path_module(specifier: str, folder: str) -> HostModule:
    def resolve(*parts: str) -> str:
        return posixpath.normpath(posixpath.join(folder, *parts))

    def join(*parts: str) -> str:
        return posixpath.normpath("/".join(part for part in parts if part) or ".")

    def relative(start: str, end: str) -> str:
        return posixpath.relpath(resolve(end), resolve(start))

    exports: dict[str, Value] = {
        "resolve": _of_texts(resolve),
        "join": _of_texts(join),
        "relative": _of_texts(relative),
        "dirname": _of_texts(posixpath.dirname),
        "basename": _of_texts(posixpath.basename),
        "normalize": _of_texts(posixpath.normpath),
        "sep": "/",
    }
    whole = JsObject(exports.items())
    return HostModule(specifier, exports | {"default": whole, "posix": whole})


class _Url(HostObject):
    def __init__(self, href: str) -> None:
        self.href = href

    def get(self, key: str, site: Site) -> Value:
        if key in ("href", "pathname"):
            return self.href if key == "href" else urlparse(self.href).path
        return super().get(key, site)

    def to_string(self, site: Site) -> Value:
        return self.href


class _UrlClass(HostObject):
    type_of = "function"

    def construct(self, arguments: list[Value], site: Site) -> Value:
        parts = [value.href if isinstance(value, _Url) else value for value in arguments]
        for part in parts:
            if not isinstance(part, str):
                return part if isinstance(part, Unknown) else site.unknown("a URL is made of no text")
        return _Url(urljoin(parts[1], parts[0]) if len(parts) > 1 else str(argument(parts, 0, "")))


def _file_path(arguments: list[Value], site: Site) -> Value:
    value = argument(arguments, 0)
    href = value.href if isinstance(value, _Url) else value
    if not isinstance(href, str):
        return href if isinstance(href, Unknown) else site.unknown("fileURLToPath is given no URL")
    return unquote(urlparse(href).path)


class _Process(HostObject):
    """`process`, whose working directory is known."""

    def __init__(self, process: Value, folder: str) -> None:
        self.process = process
        self.folder = folder

    def get(self, key: str, site: Site) -> Value:
        if key == "cwd":
            return HostFunction(lambda _arguments, _site: self.folder, key)
        found: Value = self.process.get(key, site)
        return found
