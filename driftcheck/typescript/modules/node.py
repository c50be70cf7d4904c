"""The parts of Node that are nothing but computing: `node:path`, and the files of `node:url`.

Configs use them to say where a schema is. Paths are POSIX ones. What else Node has is known at run time.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from ..builtins.urls import FileUrl, UrlClass, file_path, file_url
from ..runtime.values import CallSite, HostFunction, HostModule, JsObject, Unknown, Value

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
        return _url_module(specifier, working_directory)
    return None


def _url_module(specifier: str, working_directory: Path | None) -> HostModule:
    def to_url(parts: list[str]) -> FileUrl | None:
        path = _resolve(working_directory, parts[:1])
        return None if path is None else FileUrl(quote(path, safe="/!$&'()*+,=~-._:@"))

    def to_path(arguments: list[Value], site: CallSite) -> Value:
        url = arguments[0] if arguments else None
        url = file_url(url) if isinstance(url, str) else url
        if isinstance(url, FileUrl):
            return file_path(url)
        return url if isinstance(url, Unknown) else site.unknown("fileURLToPath is given no URL of a file", data=True)

    exports: dict[str, Value] = {
        "fileURLToPath": HostFunction(to_path, "fileURLToPath"),
        "pathToFileURL": HostFunction(_on_texts(to_url), "pathToFileURL"),
        "URL": UrlClass(),
    }
    reason = "Node's own module url is known at run time"
    return HostModule(specifier, exports, missing=lambda export: Unknown(reason, data=True))


def _resolve(working_directory: Path | None, parts: list[str]) -> str | None:
    path = posixpath.join(working_directory.as_posix() if working_directory else "", *parts)
    return posixpath.normpath(path) if path.startswith("/") else None


def _path_module(specifier: str, working_directory: Path | None) -> HostModule:
    functions: dict[str, Callable[[list[str]], Value]] = {
        "join": _join,
        "resolve": lambda parts: _resolve(working_directory, parts),
        "normalize": lambda parts: _join(parts[:1]),
        "dirname": lambda parts: posixpath.dirname(parts[0].rstrip("/") or "/") or ".",
        "basename": lambda parts: posixpath.basename(parts[0].rstrip("/")).removesuffix("".join(parts[1:2])),
        "extname": lambda parts: posixpath.splitext(posixpath.basename(parts[0]))[1],
        "isAbsolute": lambda parts: parts[0].startswith("/"),
        "relative": lambda parts: _relative(working_directory, parts),
    }
    exports: dict[str, Value] = {name: HostFunction(_on_texts(f), name) for name, f in functions.items()}
    exports |= {"sep": "/", "delimiter": ":"}
    return HostModule(
        specifier,
        {**exports, "posix": JsObject(exports.items())},
        missing=lambda name: Unknown(f"path.{name} is not evaluated", data=True),
    )


def _on_texts(function: Callable[[list[str]], Value]) -> Callable[[list[Value], CallSite], Value]:
    def call(arguments: list[Value], site: CallSite) -> Value:
        for argument in arguments:
            if isinstance(argument, Unknown):
                return argument.as_one()
        if not arguments or not all(isinstance(argument, str) for argument in arguments):
            return site.unknown("a path that is not text", data=True)
        result = function(arguments)
        return site.unknown("a path depends on where the program runs", data=True) if result is None else result

    return call


def _join(parts: list[str]) -> str:
    joined = "/".join(part for part in parts if part)
    if not joined:
        return "."
    path = posixpath.normpath(joined)
    path = path[1:] if path.startswith("//") else path
    return path + "/" if joined.endswith("/") and path != "/" else path


def _relative(working_directory: Path | None, parts: list[str]) -> str | None:
    paths = [_resolve(working_directory, [part]) for part in parts]
    if len(paths) != 2 or paths[0] is None or paths[1] is None:
        return None
    found = posixpath.relpath(paths[1], paths[0])
    return "" if found == "." else found
