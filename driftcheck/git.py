"""What git says of a folder that may be a stranger's: nothing that its config names is run, nothing is fetched."""

from __future__ import annotations

import hashlib
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from .programs import program

#: A folder that looks like a bare repository has a config of its own, and a config names programs.
_NOTHING_RUNS = ("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "safe.bareRepository=explicit")


def listed(root: Path, top: Path) -> list[str] | None:
    """Tracked files and those that nobody ignores; None where git is absent or `root` is in no repository.

    The git of `top`, the repository's top, is not taken.
    """
    answer = _asked(root, top, "ls-files", "-z", "-co", "--exclude-standard")
    names = (answer or b"").decode("utf-8", "surrogateescape").split("\0")
    return list(dict.fromkeys(name for name in names if name)) or None


def commit(root: Path, top: Path) -> str | None:
    """The commit that is checked out in `root`; None as above."""
    answer = _asked(root, top, "rev-parse", "--verify", "--quiet", "HEAD")
    return answer.decode("ascii", "replace").strip() if answer else None


def uncommitted(root: Path, top: Path, contents: Mapping[str, bytes]) -> list[str]:
    """Those of `contents` (by path relative to `root`) that git could not bring back as they are; none without git.

    Compared with what git has noted, so that none of the programs run that a repository may name for its files.
    """
    answer = _asked(root, top, "ls-files", "-z", "-s", "--", *contents) if contents else None
    if answer is None:
        return []
    noted: dict[str, str] = {}
    for entry in filter(None, answer.decode("utf-8", "surrogateescape").split("\0")):
        facts, _, name = entry.partition("\t")
        noted[name] = facts.split()[1]
    return [name for name, data in contents.items() if name not in noted or noted[name] != _blob(data, noted[name])]


def _blob(data: bytes, like: str) -> str:
    """The name that git has for the contents of a file: SHA-1, or SHA-256 in repositories of that kind."""
    digest = hashlib.sha256() if len(like) == 64 else hashlib.sha1(usedforsecurity=False)
    digest.update(b"blob %d\0" % len(data) + data)
    return digest.hexdigest()


def _asked(root: Path, top: Path, *words: str) -> bytes | None:
    """What git answers in `root`; None if it cannot. The git of `top` is not taken."""
    git = program("git", outside=top)
    if git is None:
        return None
    command = [git, *_NOTHING_RUNS, "-C", str(root), "--literal-pathspecs", *words]
    env = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1"}
    try:
        return subprocess.run(
            command, capture_output=True, timeout=20, check=True, stdin=subprocess.DEVNULL, env=env
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return None
