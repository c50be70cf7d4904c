"""The parts of Node that are nothing but computing: `node:path`, and `fileURLToPath` of `node:url`.

Configs use them to say where a schema is. Paths are POSIX ones. What else Node has is known at run time.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urlsplit

from .values import HostFunction, HostModule, Site, Unknown, Value

#: Modules that are Node's own also without `node:` before them.
BUILT_IN = frozenset(
    "assert async_hooks buffer child_process cluster crypto dns events fs http http2 https module net os path"
    " perf_hooks process querystring readline stream string_decoder timers tls tty url util v8 vm worker_threads"
    " zlib".split()
)


def is_node_module(specifier: str) -> bool:
    return specifier.startswith("node:") or specifier.split("/")[0] in BUILT_IN


def node_module(specifier: str, working_directory: Path | None) -> HostModule | None:
    """What is known of a module of Node's own; None if nothing is."""
    name = specifier.removeprefix("node:")
    if name in ("path", "path/posix"):
        return _path_module(specifier, working_directory)
    if name == "url":
        reason = "Node's own module url is known at run time"
        to_path = HostFunction(_on_texts(_file_url_to_path), "fileURLToPath")
        return HostModule(specifier, {"fileURLToPath": to_path}, missing=lambda export: Unknown(reason))
    return None


def _path_module(specifier: str, working_directory: Path | None) -> HostModule:
    def resolve(parts: list[str]) -> str | None:
        path = posixpath.join(working_directory.as_posix() if working_directory else "", *parts)
        return posixpath.normpath(path) if path.startswith("/") else None

    functions: dict[str, Callable[[list[str]], str | bool | None]] = {
        "join": _join,
        "resolve": resolve,
        "normalize": lambda parts: _join(parts[:1]),
        "dirname": lambda parts: posixpath.dirname(parts[0].rstrip("/") or "/") or ".",
        "basename": lambda parts: posixpath.basename(parts[0].rstrip("/")).removesuffix("".join(parts[1:2])),
        "extname": lambda parts: posixpath.splitext(posixpath.basename(parts[0]))[1],
        "isAbsolute": lambda parts: parts[0].startswith("/"),
        "relative": _relative,
    }
    exports: dict[str, Value] = {name: HostFunction(_on_texts(f), name) for name, f in functions.items()}
    module = HostModule(specifier, {**exports, "sep": "/", "delimiter": ":"})
    module.missing = lambda name: Unknown(f"path.{name} is not evaluated")
    return module


def _on_texts(function: Callable[[list[str]], str | bool | None]) -> Callable[[list[Value], Site], Value]:
    def call(arguments: list[Value], site: Site) -> Value:
        for argument in arguments:
            if isinstance(argument, Unknown):
                return argument.as_one()
        if not arguments or not all(isinstance(argument, str) for argument in arguments):
            return site.unknown("a path that is no text")
        result = function(arguments)
        return site.unknown("a path depends on where the program runs") if result is None else result

    return call


def _join(parts: list[str]) -> str:
    joined = "/".join(part for part in parts if part)
    if not joined:
        return "."
    path = posixpath.normpath(joined)
    path = path[1:] if path.startswith("//") else path
    return path + "/" if joined.endswith("/") and path != "/" else path


def _relative(parts: list[str]) -> str | None:
    if len(parts) != 2 or not all(part.startswith("/") for part in parts):
        return None
    found = posixpath.relpath(parts[1], parts[0])
    return "" if found == "." else found


def _file_url_to_path(parts: list[str]) -> str | None:
    url = urlsplit(parts[0])
    return unquote(url.path) if url.scheme == "file" and not url.netloc else None
