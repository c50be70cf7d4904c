"""`alembic upgrade heads` on a real server, for many projects in one process: the judge of what a history comes to."""

from __future__ import annotations

import json
import subprocess
import textwrap
from pathlib import Path

from .case import INI, Case, env

_PROGRAM = """
import contextlib, json, os, sys, traceback
from alembic import command
from alembic.config import Config
errors = []
for folder, config, url, flask in json.loads(sys.argv[1]):
    os.chdir(folder)
    known, path = set(sys.modules), list(sys.path)
    os.environ["JUDGE_URL"] = url
    if config.endswith(".toml"):
        made = Config(toml_file=config)
    else:
        config, _, section = config.partition("#")
        made = Config(config, ini_section=section or "alembic")
        if not made.get_main_option("script_location"):
            made.set_main_option("script_location", os.path.dirname(config))
    try:
        with contextlib.ExitStack() as stack:
            if flask:
                from flask import Flask
                app = Flask("judge")
                app.config["WHATEVER"] = "x"
                stack.enter_context(app.app_context())
            command.upgrade(made, "heads")
        errors.append("")
    except BaseException:
        errors.append(traceback.format_exc()[-2000:])
    sys.path[:] = path
    for name in set(sys.modules) - known:
        if name.startswith("app_"):
            del sys.modules[name]
print("\\n" + json.dumps(errors))
"""


def write_case(folder: Path, case: Case) -> None:
    """The files of the case, and those that it does not say itself."""
    files = {"alembic.ini": INI, "migrations/env.py": env(), "migrations/script.py.mako": "", **case.files}
    previous: str | None = None
    for name, text in files.items():
        if text is None:
            continue
        text = textwrap.dedent(text).strip("\n") + "\n"
        if "." not in name:
            head = (
                f"import sqlalchemy as sa\nfrom alembic import op\nrevision, down_revision = {name!r}, {previous!r}\n"
            )
            text = f"{head}def upgrade():\n{textwrap.indent(text, '    ')}"
            previous, name = name, f"migrations/versions/{name}.py"
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def upgrade(projects: list[tuple[Path, Case, str]], python: str, driver: str) -> list[str]:
    """Upgrades each project's database to all heads, as its own Alembic does; what that raised, empty if nothing."""
    wanted = []
    for folder, case, dsn in projects:
        config = case.location if "." in case.location else f"{case.location}/alembic.ini"
        url = dsn.replace("postgresql://", f"postgresql+{driver}://", 1)
        wanted.append((str(folder), str(folder / config), url, case.flask))
    done = subprocess.run(
        [python, "-B", "-c", _PROGRAM, json.dumps(wanted)], capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    errors: list[str] = json.loads(done.stdout.strip().splitlines()[-1])
    return errors
