"""Runs in an interpreter under test: one fork of it, SQLAlchemy already imported, for each request.

The worker imports SQLAlchemy before anything of the project's, so that a fork begins where a new process would be by
then. Each line on standard input is JSON: `request`, `directory`, `environment`, `output` (the file of what the
import prints). The answer is a line with the exit status.
"""

import importlib.util
import json
import os
import runpy
import sys

WORKER = sys.argv[1]


def work(job):
    os.chdir(job["directory"])
    os.environ.clear()
    os.environ.update(job["environment"])
    nothing, output = os.open(os.devnull, os.O_RDONLY), os.open(job["output"], os.O_WRONLY)
    os.dup2(nothing, 0)
    os.dup2(output, 1)
    os.dup2(output, 2)
    sys.path[0] = os.path.dirname(WORKER)
    sys.argv[:] = [WORKER, json.dumps(job["request"])]
    runpy.run_path(WORKER, run_name="__main__")


def prepare():
    """What the worker does before it looks at a project, in its order: SQLAlchemy, then its own modules."""
    for name in ("sqlalchemy", "sqlalchemy.dialects.postgresql", "sqlalchemy.orm"):
        importlib.import_module(name)
    package = runpy.run_path(WORKER)["PACKAGE"]
    folder = os.path.dirname(WORKER)
    spec = importlib.util.spec_from_file_location(
        package, os.path.join(folder, "__init__.py"), submodule_search_locations=[folder]
    )
    sys.modules[package] = importlib.util.module_from_spec(spec)
    for name in ("job", "sites", "engines", "metadata", "describe"):
        importlib.import_module(f"{package}.{name}")


prepare()
for line in sys.stdin:
    child = os.fork()
    if child == 0:
        os.setsid()
        work(json.loads(line))
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    print(os.WEXITSTATUS(status) if os.WIFEXITED(status) else -os.WTERMSIG(status), flush=True)  # noqa: T201 # the answer
