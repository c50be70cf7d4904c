"""The words that make the same check again, for the commands that a report advises."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..plain import without_passwords

#: Parameters that `diff` and `baseline` share, and their options.
_VALUES = {"config_path": "--config", "truth": "--truth", "python": "--python", "timeout": "--timeout"}
_SWITCHES = {"no_exec": {True: "--no-exec"}, "stub_missing": {True: "--stub-missing", False: "--no-stub-missing"}}


def words_of(params: Mapping[str, Any]) -> str:
    """Sources and options of `params`, those of `diff`, as a shell takes them; empty if there were none."""
    words = [] if params["root"] == Path() else ["-C", str(params["root"])]
    words += params["sources"]
    for name, option in _VALUES.items():
        if params.get(name) is not None:
            words += [option, f"{params[name]:g}" if isinstance(params[name], float) else str(params[name])]
    words += [option[params[name]] for name, option in _SWITCHES.items() if params.get(name) in option]
    return without_passwords(shlex.join(words))
