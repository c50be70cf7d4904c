"""Whether a project's import asked the clock or chance, or started a thread: what it came to holds for once only.

The functions are Python's own, written in C. Calls of them are watched for: by `sys.monitoring` where there is one
(Python 3.12), and there only in code that names one of them or is the project's; before that by a profile function.
What a package asks while it is imported itself, and the time of a line in a log, are no part of the models.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
import types
from collections.abc import Callable, Iterator
from typing import Any

from .traces import Traces

_TIME = """
    time time_ns monotonic monotonic_ns perf_counter perf_counter_ns process_time process_time_ns thread_time
    thread_time_ns localtime gmtime ctime asctime strftime clock_gettime clock_gettime_ns
""".split()
_SYSTEM = "urandom getrandom getpid getppid getloadavg times".split()
_MOMENTS = ("now", "utcnow", "today")
#: Names by which code may call such a function.
_THREADS = ("start_new_thread", "start_joinable_thread")
_NAMES = frozenset(
    [
        *(*_TIME, *_SYSTEM, *_MOMENTS, *_THREADS, "_start_new_thread", "_start_joinable_thread"),
        *("_urandom", "random", "seed", "getrandbits", "generate_time_safe", "id"),
    ]
)
_FUNCTIONS = {getattr(time, name, None) for name in _TIME} | {getattr(os, name, None) for name in _SYSTEM}
_OF_C = (types.BuiltinFunctionType, types.MethodDescriptorType)
_SILENT = ("<frozen", os.path.join(os.path.dirname(os.__file__), "logging") + os.sep)
#: The profile function, and what it puts in doubt, where there is one.
_profile: list[tuple[Any, Traces]] = []


def watch(is_project: Callable[[str], bool], traces: Traces, *, throughout: bool = True) -> None:
    """From now on `traces` are in doubt when the project, or what it calls, runs such a function.

    Not `throughout` is for who says by `project_code` when the project's code may run.
    """

    def called(function: Any, frame: Any) -> None:
        if function.__name__ == "id":
            asked = is_project(frame.f_code.co_filename)
        else:
            asked = _is_restless(function) and _is_asked(frame, is_project)
        if asked:
            traces.doubt(f"the import called {function.__name__}()")

    def profiled(frame: Any, event: str, function: Any) -> None:
        if event == "c_call" and function.__name__ in _NAMES:
            called(function, frame)

    with traces.deaf():  # that somebody watches is in doubt only if it is somebody else
        if sys.version_info >= (3, 12):
            _monitor(is_project, called)
            return
        _profile.append((profiled, traces))
        if throughout:
            sys.setprofile(profiled)


def watches_calls() -> bool:
    """Whether each call is watched, which takes as long as the calls themselves do."""
    return bool(_profile)


@contextlib.contextmanager
def project_code() -> Iterator[None]:
    """In this block the project's code may run."""
    if not _profile or sys.getprofile() is not None:
        yield
        return
    ((function, traces),) = _profile
    with traces.deaf():
        sys.setprofile(function)
    try:
        yield
    finally:
        with traces.deaf():
            sys.setprofile(None)


def end(traces: Traces) -> None:
    """Watches no more."""
    with traces.deaf():
        if sys.version_info >= (3, 12):
            vars(sys)["monitoring"].set_events(vars(sys)["monitoring"].PROFILER_ID, 0)
        else:
            sys.setprofile(None)


def _monitor(is_project: Callable[[str], bool], called: Callable[[Any, Any], None]) -> None:
    monitoring: Any = vars(sys)["monitoring"]
    tool, events = monitoring.PROFILER_ID, monitoring.events
    monitoring.use_tool_id(tool, "driftcheck")

    def started(code: Any, _: int) -> Any:
        # Code without a file may be any text that the project has made up.
        file = code.co_filename
        if not _NAMES.isdisjoint(code.co_names) or is_project(file) or (file[:1] == "<" and file[:7] != "<frozen"):
            monitoring.set_local_events(tool, code, events.CALL)
        return monitoring.DISABLE

    def call(_: Any, __: int, function: Any, ___: Any) -> None:
        if isinstance(function, _OF_C) and function.__name__ in _NAMES:
            called(function, sys._getframe(1))

    monitoring.register_callback(tool, events.PY_START, started)
    monitoring.register_callback(tool, events.CALL, call)
    monitoring.set_events(tool, events.PY_START)


def _is_restless(function: Any) -> bool:
    owner = getattr(function, "__self__", None)
    if function.__name__ in _MOMENTS:
        return isinstance(owner, type) and owner.__module__ == "datetime"
    owner = getattr(function, "__objclass__", type(owner))
    if "random" in owner.__module__ or "random" in str(function.__module__):
        return True
    return function in _FUNCTIONS or function.__module__ == "_uuid" or function.__name__ in _THREADS


def _is_asked(frame: Any, is_project: Callable[[str], bool]) -> bool:
    """Whether the project's code led to this call otherwise than by importing something.

    SQLAlchemy notes how long it took to compile a statement, and tells nobody who does not ask.
    """
    if frame.f_globals.get("__name__") == "sqlalchemy.sql.compiler" and frame.f_code.co_name == "__init__":
        return False
    while frame is not None and not frame.f_code.co_filename.startswith(_SILENT):
        if is_project(frame.f_code.co_filename):
            return True
        frame = frame.f_back
    return False
