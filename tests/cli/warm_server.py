"""Runs the command in forks of this process, which has imported it: what a new process spends most of its time with.

A line of standard input is a run: its words, folder, environment, most seconds of processor time, and the files for its
output. A line of standard output says its exit status, what it took of the processor in seconds and of memory in
megabytes. That of memory begins with what this process has, which is what a new one would have imported.
"""

import json
import os
import resource
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

del sys.path[0]  # the folder of this file, as `-m` leaves out the folder that it is started in

IMPORTED = """
check cli.answer cli.config cli.diff cli.export cli.files cli.fix cli.output discovery.look fixes.sql normalize.schema
readers.alembic readers.drizzle readers.sql readers.sqlalchemy render.text triage writers.sql
""".split()


def _be_the_command(job: dict[str, Any], main: Callable[[], object]) -> None:
    os.environ.clear()
    os.environ.update(job["environment"])
    os.chdir(job["folder"])
    if job["most"]:
        resource.setrlimit(resource.RLIMIT_CPU, (job["most"], job["most"] + 5))
    for descriptor, name in ((1, "out"), (2, "err")):
        opened = os.open(job[name], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(opened, descriptor)
        os.close(opened)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    sys.argv = ["driftcheck", *job["words"]]
    main()


def serve() -> None:
    main = import_module("driftcheck.cli").main
    for name in IMPORTED:
        import_module(f"driftcheck.{name}")
    for line in sys.stdin:
        child = os.fork()
        if not child:
            try:
                _be_the_command(json.loads(line), main)
            finally:
                os._exit(70)  # the command ends the process itself
        _, status, used = os.wait4(child, 0)
        took = used.ru_utime + used.ru_stime, used.ru_maxrss / 1000
        print(json.dumps([os.waitstatus_to_exitcode(status), *took]), flush=True)  # noqa: T201 # the answer


serve()
