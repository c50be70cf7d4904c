"""What went wrong, as data that can be sent: the words for people are chosen on the other side."""

from __future__ import annotations

import os
import sys
import traceback
from types import TracebackType
from typing import Any

_HERE = os.path.dirname(os.path.abspath(__file__))
_IMPORTLIB = os.path.join("importlib", "__init__.py")
#: How much of a traceback is worth sending.
_LONGEST = 20_000


class Trouble(Exception):
    """The request cannot be answered. `kind` is one of the words that `failures.py` knows."""

    def __init__(self, kind: str, message: str, **more: Any) -> None:
        super().__init__(message)
        self.document: dict[str, Any] = {"kind": kind, "message": message, **more}


def importing(error: BaseException) -> Trouble:
    """What an import of the project's modules raised."""
    more: dict[str, Any] = {
        "type": type(error).__name__,
        "frames": frames(error.__traceback__),
        "traceback": _text(error),
    }
    if isinstance(error, ImportError):
        more["missing"] = None if error.name is None else str(error.name)
        more["imported_from"] = None if error.path is None else str(error.path)
        more["in_namespace"] = is_namespace(sys.modules.get(str(error.name).rpartition(".")[0]))
    if isinstance(error, SyntaxError):
        line = error.lineno if isinstance(error.lineno, int) else None
        more["at"] = [None if error.filename is None else str(error.filename), line]
    if isinstance(error, KeyError) and error.args:
        more["key"] = str(error.args[0])
        more["key_of_environment"] = _is_of_environment(error)
    kind = "exit" if isinstance(error, SystemExit) else "import"
    return Trouble(kind, _message(error), **more)


def internal() -> dict[str, Any]:
    """An error of driftcheck's own, to be shown whole: it should not happen."""
    error = sys.exc_info()[1]
    assert error is not None
    return {"kind": "internal", "message": _message(error), "type": type(error).__name__, "traceback": _text(error)}


def frames(trace: TracebackType | None) -> list[list[Any]]:
    """[file, line, function] of each call in `trace`, without importlib's and our own."""
    return [
        [entry.filename, entry.lineno, entry.name]
        for entry in traceback.extract_tb(trace)
        if not _is_machinery(entry.filename)
    ]


def is_namespace(module: Any) -> bool:
    """Whether `module` is a namespace package (PEP 420), of which several distributions may install parts."""
    return hasattr(module, "__path__") and getattr(module, "__file__", None) is None


def _is_machinery(filename: str) -> bool:
    return filename.startswith(("<frozen importlib", _HERE)) or filename.endswith(_IMPORTLIB)


def _is_of_environment(error: KeyError) -> bool:
    """Whether the missing key is a variable's: `os.environ` raised it, or it is spelt like one."""
    entries = traceback.extract_tb(error.__traceback__)
    return str(error.args[0]).isupper() or (bool(entries) and entries[-1].filename in (os.__file__, "<frozen os>"))


def _message(error: BaseException) -> str:
    try:
        return str(error)
    except Exception:  # noqa: BLE001 # a project's exception may have a broken __str__
        return ""


def _text(error: BaseException) -> str:
    try:
        report = traceback.TracebackException(type(error), error, error.__traceback__)
        part: Any = report
        while part is not None:
            kept = [frame for frame in part.stack if not _is_machinery(frame.filename)]
            part.stack = traceback.StackSummary.from_list(kept)
            part = part.__cause__ or (None if part.__suppress_context__ else part.__context__)
        return "".join(report.format())[-_LONGEST:]
    except Exception:  # noqa: BLE001 # as above
        return type(error).__name__
