"""One request from beginning to end: guard, import, look for metadata, describe it, answer."""

from __future__ import annotations

import contextlib
import faulthandler
import functools
import json
import os
import sys
from typing import Any

from . import guards, loading, trouble
from .descriptors import out_of_the_way
from .traces import Traces
from .trouble import Trouble


class AnswerChannel:
    """Where the result goes: a length, a newline, JSON. On a descriptor of its own, or in a file (Windows)."""

    def __init__(self, request: dict[str, Any]) -> None:
        self._path: str | None = request.get("file")
        self._descriptor = -1
        self._process = os.getpid()
        if not self._path:
            self._descriptor = out_of_the_way(request["descriptor"])
            os.close(request["descriptor"])

    def abandon(self) -> None:
        """For a process that the project forked: it must never answer in our name."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def write(self, document: dict[str, Any]) -> None:
        """Sends `document` and ends the process at once, whatever threads and exit hooks the project left behind."""
        if os.getpid() != self._process:
            os._exit(0)
        text = json.dumps(document).encode("ascii")
        frame = b"%d\n%s" % (len(text), text)
        if self._path:
            with open(self._path, "wb") as stream:
                stream.write(frame)
        else:
            while frame:
                frame = frame[os.write(self._descriptor, frame) :]
        for stream_ in (sys.stdout, sys.stderr):
            with contextlib.suppress(Exception):  # the project may have replaced or closed them
                stream_.flush()
        os._exit(0)


def run(request: dict[str, Any]) -> None:
    """Answers `request`, always, and does not return."""
    answer = AnswerChannel(request)
    traces = Traces() if request.get("traced") else None
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=answer.abandon)
    if request.get("timeout"):
        faulthandler.dump_traceback_later(max(request["timeout"] * 0.9, request["timeout"] - 1), file=out_of_the_way(2))
    sys.setrecursionlimit(max(sys.getrecursionlimit(), 3000))
    document: dict[str, Any] = {}
    try:
        document = _work(request, traces)
    except Trouble as error:
        document = {"error": error.document, **_stand_ins()}
    except BaseException:  # noqa: BLE001 # whatever it is, an answer must go out: the other end waits for it
        document = {"error": trouble.internal()}
    document["roots"] = _roots()
    document["python"] = ".".join(map(str, sys.version_info[:3]))
    document["executable"] = str(sys.executable or "")
    document["sqlalchemy"] = _version()
    document["loaded"] = loading.loaded_files(request["roots"])
    if traces is not None:
        document["inputs"] = traces.document()
    answer.write(document)


def _version() -> str | None:
    module = sys.modules.get("sqlalchemy")
    return None if module is None else str(getattr(module, "__version__", "?"))


def _stand_ins() -> dict[str, list[Any]]:
    """The packages and variables in whose place there is something, if that was asked for."""
    from . import enduring, standins, stubs

    return {"stubbed": stubs.found(), "unset": list(standins.RECORD.unset), "passed": enduring.passed()}


def _roots() -> list[str]:
    """The folders of the repository that were put on the path."""
    from . import repository

    finder = repository.finder()
    return [] if finder is None else list(finder.found)


def _work(request: dict[str, Any], traces: Traces | None) -> dict[str, Any]:
    guards.refuse_sockets()
    if request.get("packages"):
        sys.path.append(request["packages"])
    loading.preload(orm=not request.get("revisions"))
    if request.get("revisions"):
        from .revisions import preload

        preload.preload()
    if traces is not None:
        from . import restless

        is_project = functools.cache(lambda path: loading.is_project_file(path, request["roots"]))
        restless.watch(is_project, traces, throughout=not request.get("revisions"))
    if request.get("repository"):
        from . import repository

        repository.install(request["repository"], request["roots"])
    if request.get("stub_missing"):
        from . import stubs

        folders = [*request["path"], *request.get("path_last", ())]
        last_try = bool(request.get("all_variables"))
        stubs.install(folders, request["roots"], request["module"], all_variables=last_try)
        if last_try or request.get("revisions"):
            from . import enduring

            enduring.install(request["roots"], last=last_try)
    sys.path[:0] = request["path"]
    sys.path.extend(entry for entry in request.get("path_last", ()) if entry not in sys.path)
    guards.replace_engines()
    if request.get("revisions"):
        from .revisions import run as revisions

        told = revisions.run(request)
        if traces is not None:
            restless.end(traces)
        return told
    from . import sites

    sites.watch(request["roots"])
    module = loading.import_module(request["module"], request.get("module_file"))
    others = loading.import_every(module, last=bool(request.get("all_variables"))) if request.get("every") else []
    from . import metadata

    found = metadata.find([module, *others], request.get("attribute"))
    if traces is not None:
        restless.end(traces)
    from . import describe

    return describe.describe(found, request)
