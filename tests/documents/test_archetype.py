"""The archetype's own documents: made from its models, and held to them."""

from __future__ import annotations

import re

from ..cli.running import PIXCRAWLER, run


def test_the_documents_of_the_archetype_are_up_to_date() -> None:
    done = run(PIXCRAWLER, "export", "--all", "--check")
    assert done.returncode == 0, f"driftcheck export -C fixtures/pixcrawler --all\n{done.stdout}{done.stderr}"


def test_every_link_of_the_page_leads_somewhere() -> None:
    page = (PIXCRAWLER / "docs" / "DATABASE_SCHEMA.md").read_text(encoding="utf-8")
    headings = {line.lstrip("# ").replace("\\", "") for line in page.splitlines() if line.startswith("#")}
    for address in set(re.findall(r"\]\(#([^)]*)\)", page)):
        assert address in headings
    for path, line in re.findall(r"\]\(\.\./([^)#]*)#L(\d+)\)", page):
        text = (PIXCRAWLER / path).read_text(encoding="utf-8").splitlines()
        assert re.search("class|__tablename__", text[int(line) - 1])
