"""What runs the check on each change: a workflow for GitHub, a job for GitLab, a hook for pre-commit."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path

from .. import __version__
from ..config import SourceSpec
from ..errors import ConfigError
from ..frozen import dataclass
from ..kinds import KINDS
from ..project import Project
from ..worker import layout

#: Actions by their commits: a tag can be moved.
_CHECKOUT = "actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0"
_PYTHON = "actions/setup-python@a26af69be951a213d495a4c3e4e4022e16d87065 # v5.6.0"
_HOME = "https://github.com/driftcheck/driftcheck"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file to write: its path from the repository's top, its text, and what else has to be done about it, if so."""

    path: str
    text: str
    then: str | None = None


def workflow(system: str, project: Project, sources: Sequence[SourceSpec]) -> Wanted:
    """The file for `system`: github, gitlab or pre-commit. Raises ConfigError if it is there already."""
    wanted = {"github": _github, "gitlab": _gitlab, "pre-commit": _pre_commit}[system](project, sources)
    if project.is_there(project.top / wanted.path):
        raise ConfigError(
            "it is there already, and init never overwrites",
            hint=f"add this to it:\n{wanted.text.rstrip()}",
            path=wanted.path,
        )
    return wanted


def _github(project: Project, sources: Sequence[SourceSpec]) -> Wanted:
    install, run = _commands(project, sources)
    text = f"""\
# Whether all descriptions of the database still agree. See {_HOME}
name: driftcheck
on:
  pull_request:
permissions:
  contents: read
jobs:
  driftcheck:
    runs-on: ubuntu-latest
    timeout-minutes: 10{_where(project)}
    steps:
      - uses: {_CHECKOUT}
        with:
          persist-credentials: false
      - uses: {_PYTHON}
        with:
          python-version: "3.13"
      - run: {install}
      - run: {run} --format github --report markdown="$GITHUB_STEP_SUMMARY"
"""
    return Wanted(".github/workflows/driftcheck.yml", text)


def _where(project: Project) -> str:
    folder = _folder(project)
    return f"\n    defaults:\n      run:\n        working-directory: {_yaml(folder)}" if folder else ""


def _gitlab(project: Project, sources: Sequence[SourceSpec]) -> Wanted:
    install, run = _commands(project, sources)
    folder = _folder(project)
    enter = f"\n    - cd {shlex.quote(folder)}" if folder else ""
    inside = f"{folder}/" if folder else ""
    text = f"""\
# Whether all descriptions of the database still agree. See {_HOME}
driftcheck:
  image: python:3.13-slim
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
  script:{enter}
    - {install}
    - {run} --report gitlab=gl-code-quality-report.json --report junit=driftcheck.xml
  artifacts:
    when: always
    reports:
      codequality: {_yaml(inside + "gl-code-quality-report.json")}
      junit: {_yaml(inside + "driftcheck.xml")}
"""
    if not project.is_there(project.top / ".gitlab-ci.yml"):
        return Wanted(".gitlab-ci.yml", text)
    own = ".gitlab/driftcheck.gitlab-ci.yml"
    return Wanted(own, text, f"add to .gitlab-ci.yml:\ninclude:\n  - local: {own}")


def _pre_commit(project: Project, sources: Sequence[SourceSpec]) -> Wanted:
    runs = any(KINDS[source.kind].runs_project for source in sources)
    # The hook's own environment has none of the project's packages: the driftcheck on PATH has.
    hook = "driftcheck-system" if runs else "driftcheck"
    folder = _folder(project)
    arguments = f"\n        args: [-C, {_yaml(folder)}]" if folder else ""
    text = f"""\
repos:
  - repo: {_HOME}
    rev: v{__version__}
    hooks:
      - id: {hook}{arguments}
"""
    return Wanted(".pre-commit-config.yaml", text, "next: pre-commit install")


def _folder(project: Project) -> str:
    """Where in its repository the project is; empty if at the top."""
    return "" if project.root == project.top else project.root.relative_to(project.top).as_posix()


def _commands(project: Project, sources: Sequence[SourceSpec]) -> tuple[str, str]:
    """What installs driftcheck, and the project's packages if its models are imported; and what runs the check."""
    own = f"driftcheck=={__version__}"
    for source in sources:
        if KINDS[source.kind].runs_project and source.python is None:
            folder = _python_project(source, project)
            inside = "" if folder == project.root else folder.relative_to(project.root).as_posix()
            needs = "sqlalchemy alembic" if any(one.kind == "alembic" for one in sources) else "sqlalchemy"
            return _with_packages(project, folder, inside, own, needs)
    return f"python -m pip install {own}", "driftcheck diff"


def _python_project(source: SourceSpec, project: Project) -> Path:
    """The folder of the project whose packages are needed."""
    if KINDS[source.kind].is_path:
        path = project.root / source.location.partition("#")[0].partition("@")[0]
        return layout.nearest_project(path if project.is_folder(path) else path.parent, project.root)
    try:
        return layout.find(source.location, project).project
    except OSError:
        return project.root


def _with_packages(project: Project, folder: Path, inside: str, own: str, needs: str) -> tuple[str, str]:
    where = shlex.quote(inside or ".")
    above = [one for one in (folder, *folder.parents) if one.is_relative_to(project.top)]
    if any(project.is_file(one / "uv.lock") for one in above):
        return "python -m pip install uv", f"uv run --frozen --project {where} --with {own} driftcheck diff"
    if project.is_file(folder / "poetry.lock"):
        poetry = f"poetry -P {where}"
        return f"python -m pip install poetry && {poetry} install && {poetry} run pip install {own}", (
            f"{poetry} run driftcheck diff"
        )
    for name in ("requirements.txt", "requirements/base.txt"):
        if project.is_file(folder / name):
            file = shlex.quote(f"{inside}/{name}" if inside else name)
            return f"python -m pip install -r {file} {own}", "driftcheck diff"
    if project.is_file(folder / "pyproject.toml") or project.is_file(folder / "setup.py"):
        editable = shlex.quote(f"./{inside}" if inside else ".")
        return f"python -m pip install -e {editable} {own}", "driftcheck diff"
    return f"python -m pip install {own} {needs}", "driftcheck diff"


def _yaml(text: str) -> str:
    """A scalar of YAML, in quotes where it could be anything else."""
    plain = text.replace("/", "").replace("-", "").replace("_", "").replace(".", "")
    return text if plain.isalnum() and plain.isascii() and not plain.isdigit() else "'" + text.replace("'", "''") + "'"
