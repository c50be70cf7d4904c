"""Workflows, the action and the recipes of the manual: valid by the schemas their readers publish, and careful."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.docs.pages import PAGES, REPOSITORY, blocks

WORKFLOWS = sorted((REPOSITORY / ".github" / "workflows").glob("*.yml"))
#: What a recipe's first line, a comment with the file's name, says of its schema.
SCHEMAS = {
    ".github/workflows/": "vendor.github-workflows",
    ".gitlab-ci.yml": "vendor.gitlab-ci",
}
RECIPES = [block for page in PAGES for block in blocks(page.read_text(), "yaml")]


def valid(schema: str, *files: Path) -> None:
    command = [Path(sys.executable).with_name("check-jsonschema"), "--builtin-schema", schema, *files]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_workflows_and_the_action_are_valid() -> None:
    valid("vendor.github-workflows", *WORKFLOWS)
    valid("vendor.github-actions", REPOSITORY / "action.yml")


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda text: text.splitlines()[0])
def test_recipes_are_valid(recipe: str, tmp_path: Path) -> None:
    name = recipe.splitlines()[0].removeprefix("# ").split(";")[0]
    file = tmp_path / "recipe.yml"
    file.write_text(recipe)
    if name == ".pre-commit-config.yaml":
        command = [Path(sys.executable).with_name("pre-commit"), "validate-config", file]
        subprocess.run(command, check=True, capture_output=True)
    else:
        valid(next(schema for start, schema in SCHEMAS.items() if name.startswith(start)), file)


def steps(workflow: dict[str, Any]) -> list[dict[str, Any]]:
    return [step for job in workflow["jobs"].values() for step in job.get("steps", ())]


@pytest.mark.parametrize("text", [*(path.read_text() for path in WORKFLOWS), *RECIPES], ids=lambda t: t.splitlines()[0])
def test_no_workflow_gives_more_than_it_must(text: str) -> None:
    workflow = yaml.safe_load(text)
    assert "pull_request_target" not in str(workflow)
    if "jobs" not in workflow:
        return
    assert workflow["permissions"].get("contents") == "read"
    for step in steps(workflow):
        uses = step.get("uses", "./")
        # Of our own action no commit is known before the release; others are pinned, whatever becomes of their tags.
        own = uses == "./" or uses.startswith("driftcheck/driftcheck@v")
        assert own or re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", uses), uses
        if uses.startswith("actions/checkout"):
            assert step["with"]["persist-credentials"] is False
        # What others chose (titles, branch names) is data: never spliced into a script.
        assert "${{" not in step.get("run", "")


def test_inputs_and_outputs_of_the_recipes_exist() -> None:
    action = yaml.safe_load((REPOSITORY / "action.yml").read_text())
    for text in [*RECIPES, *(path.read_text() for path in WORKFLOWS)]:
        workflow = yaml.safe_load(text)
        for step in steps(workflow) if "jobs" in workflow else ():
            if step.get("uses", "").startswith(("./", "driftcheck/")):
                assert set(step.get("with", {})) <= set(action["inputs"])
                if "id" in step:
                    used = re.findall(rf"steps\.{step['id']}\.outputs\.([\w-]+)", text)
                    assert set(used) <= set(action["outputs"])


def zizmor(*files: Path) -> dict[str, str]:
    """What zizmor finds in workflows and actions, offline: rule → the gravest severity."""
    command = [Path(sys.executable).with_name("zizmor"), "--offline", "--no-config", "--format=json", *files]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    found: dict[str, str] = {}
    for finding in json.loads(ran.stdout):
        found.setdefault(finding["ident"], finding["determinations"]["severity"])
    return found


def test_zizmor_finds_nothing_grave(tmp_path: Path) -> None:
    recipes = [recipe for recipe in RECIPES if recipe.startswith("# .github/workflows/")]
    assert len(recipes) >= 3
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    for number, recipe in enumerate(recipes):
        (folder / f"{number}.yml").write_text(recipe)
    found = zizmor(REPOSITORY / "action.yml", *WORKFLOWS, tmp_path)
    assert set(found.values()) <= {"Low", "Informational"}, found


def test_zizmor_would_find(tmp_path: Path) -> None:
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    text = WORKFLOWS[0].read_text()
    (folder / "a.yml").write_text(re.sub(r"@[0-9a-f]{40}", "@main", text))
    assert zizmor(tmp_path) == {"unpinned-uses": "High"}
    assert zizmor(WORKFLOWS[0]) == {}
