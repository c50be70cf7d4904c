"""Where in its repository a project is."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote

#: What GitHub's and GitLab's runners call the folder of the checkout.
_VARIABLES = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")


#: For each forge the variables with the URL of the repository and the commit, and what is between them in a file's URL.
_FORGES = (
    ("GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_SHA", "blob"),
    ("CI_SERVER_URL", "CI_PROJECT_PATH", "CI_COMMIT_SHA", "-/blob"),
)


def commit(root: Path) -> str:
    """The commit that is checked: a CI job's, else what git says is checked out; empty if nobody knows."""
    from .. import git
    from ..project import top_of

    job = next((value for _, _, name, _ in _FORGES if (value := os.environ.get(name))), None)
    return job or git.commit(root, top_of(root)) or ""


def blobs(root: Path) -> str:
    """The URL of `root` at the commit that a CI job of GitHub or GitLab is about; empty outside of one."""
    for server, project, commit, between in _FORGES:
        parts = [os.environ.get(name, "") for name in (server, project, commit)]
        if all(parts) and parts[0].startswith("https://"):
            folder = folder_in_repository(root)
            url = f"{parts[0]}/{parts[1]}/{between}/{parts[2]}" + (f"/{folder}" if folder else "")
            return quote(url, safe=":/")
    return ""


def folder_in_repository(root: Path) -> str:
    """The path from the top of the repository to `root`, with forward slashes; empty if it is the top, or in none."""
    tops = [Path(os.environ[name]).resolve() for name in _VARIABLES if os.environ.get(name)]
    tops += [folder for folder in (root, *root.parents) if (folder / ".git").exists()]
    for top in tops:
        if root.is_relative_to(top):
            return "" if root == top else root.relative_to(top).as_posix()
    return ""
