"""drizzle-kit itself: the native way of a Drizzle schema to SQL."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).parent


class DrizzleKitError(AssertionError):
    """drizzle-kit refused a schema; the message is its own."""


class DrizzleKit:
    """One line of Drizzle ("0" or "1"), installed from its lock file beside this one."""

    def __init__(self, line: str) -> None:
        self.line = line
        self.packages = installed(HERE / f"drizzle-{line}")

    def export(
        self,
        root: Path,
        *,
        config: str | None = None,
        schema: str | Sequence[str] | None = None,
        directory: str = ".",
    ) -> str:
        """The SQL of the project at `root`, of which a copy is made: run in its `directory`, with a config or with
        schema files (paths relative to `directory`). Raises DrizzleKitError with what drizzle-kit said.
        """
        with tempfile.TemporaryDirectory(prefix="driftcheck-drizzle-") as scratch:
            copy = Path(scratch) / "project"
            shutil.copytree(root, copy, ignore=shutil.ignore_patterns("node_modules"))
            home = copy / directory
            (home / "node_modules").symlink_to(self.packages)
            return self._run(home, config, [schema] if isinstance(schema, str) else list(schema or ()))

    def _run(self, home: Path, config: str | None, schema: list[str]) -> str:
        command = ["node", str(self.packages / "drizzle-kit" / "bin.cjs"), "export"]
        if schema:
            command += ["--dialect", "postgresql", *(f"--schema={path}" for path in schema)]
        elif config:
            command += ["--config", config]
        environment = {"PATH": os.environ["PATH"], "HOME": str(home), "NO_COLOR": "1", "CI": "1"}
        done = subprocess.run(
            command, cwd=home, env=environment, capture_output=True, text=True, timeout=120, check=False
        )
        if done.returncode:
            raise DrizzleKitError((done.stdout + done.stderr).strip())
        return done.stdout


def why_unavailable() -> str | None:
    """What keeps drizzle-kit from running here, or None if nothing does."""
    missing = [tool for tool in ("node", "npm") if shutil.which(tool) is None]
    return f"drizzle-kit needs {' and '.join(missing)}, which this machine has not" if missing else None


def installed(folder: Path) -> Path:
    """`node_modules` of `folder`, installed first if it is missing or older than the lock file."""
    packages, lock = folder / "node_modules", folder / "package-lock.json"
    stamp = packages / ".driftcheck-lock"
    if stamp.exists() and stamp.read_bytes() == lock.read_bytes():
        return packages
    with tempfile.TemporaryDirectory(prefix=".install-", dir=folder) as scratch:
        for name in ("package.json", "package-lock.json"):
            shutil.copy(folder / name, scratch)
        failure = _clean_install(scratch)
        if failure is not None:
            raise DrizzleKitError(f"npm ci failed in {folder.name}:\n{failure}")
        fresh = Path(scratch) / "node_modules"
        (fresh / stamp.name).write_bytes(lock.read_bytes())
        _put_in_place(fresh, packages, stamp)
    return packages


def _clean_install(folder: str) -> str | None:
    """`npm ci`, tried again where it fails or waits for a registry that has stopped to answer; what it said, if it did
    not work. What has arrived by then is in npm's cache, so each try has less to do.
    """
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--fetch-timeout=20000"]
    said = ""
    for _ in range(4):
        with subprocess.Popen(
            command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
        ) as npm:
            try:
                said, _ = npm.communicate(timeout=120)
            except subprocess.TimeoutExpired:
                os.killpg(npm.pid, signal.SIGKILL)
                said = "no end after two minutes"
            if npm.wait() == 0:
                return None
    return said


def _put_in_place(fresh: Path, packages: Path, stamp: Path) -> None:
    """Swap whole folders, so that another test run beside this one never sees half an installation."""
    old = fresh.parent / "old"
    if packages.exists() and not (stamp.exists() and stamp.read_bytes() == (fresh / stamp.name).read_bytes()):
        packages.rename(old)
    if not packages.exists():
        fresh.rename(packages)
