"""Where in its repository a project is."""

from __future__ import annotations

import os
from pathlib import Path

#: What GitHub's and GitLab's runners call the folder of the checkout.
_VARIABLES = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")


def folder_in_repository(root: Path) -> str:
    """The path from the top of the repository to `root`, with forward slashes; empty if it is the top, or in none."""
    tops = [Path(os.environ[name]).resolve() for name in _VARIABLES if os.environ.get(name)]
    tops += [folder for folder in (root, *root.parents) if (folder / ".git").exists()]
    for top in tops:
        if root.is_relative_to(top):
            return "" if root == top else root.relative_to(top).as_posix()
    return ""
