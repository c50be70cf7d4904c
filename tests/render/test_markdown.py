"""Markdown, read back by a parser: complete, within GitHub's limit, and harmless whatever a schema holds."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from driftcheck.findings import Fix, NotCompared, ObjectRef, Side
from driftcheck.model import Location
from driftcheck.render.markdown import MARKER, code, render, words
from tests.render.reports import HOSTILE, column, drifted, finding, hostile, report

#: GitHub refuses a comment that is longer.
LIMIT = 65_536
OWN_HTML = re.compile(r"</?(?:details|summary|code)>|<br>|<!-- driftcheck -->")


def tokens(text: str) -> list[Token]:
    parsed = MarkdownIt("commonmark").enable("table").parse(text)
    return [token for outer in parsed for token in (outer, *(outer.children or ()))]


def harmless(text: str) -> None:
    """No markup but our own, no link, no image; nothing invisible; every row as wide as its head."""
    width = 0
    for token in tokens(text):
        assert token.type not in ("link_open", "image", "heading_open") or token.tag in ("h2", "h3")
        if token.type in ("html_inline", "html_block"):
            assert "<" not in OWN_HTML.sub("", token.content)
        if token.type == "thead_open":
            width = 0
        elif token.type == "th_open":
            width += 1
    for table in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
        rows = [len(re.findall(r"(?<!\\)\|", re.sub(r"(`+).+?(?<!`)\1(?!`)", "", row))) for row in table.splitlines()]
        assert len(set(rows)) == 1
    assert all(char.isprintable() or char in "\n\u2060" for char in text)
    assert len(text) <= LIMIT
    assert len(text.encode()) <= LIMIT


def test_everything_is_told_once() -> None:
    text = render(drifted())
    harmless(text)
    assert text.startswith(MARKER + "\n## driftcheck: 9 errors, 1 note\n")
    for word in (
        "table `audit`",
        "`posts.project_id`<br>with `ix_posts_project`",
        "`users.email`",
        "`tags.created_at`",
    ):
        assert text.count(word) == 1
    assert "says `timestamp without time zone`; `timestamp with time zone` in `sql` (3), `sqlalchemy` (3)" in text
    assert "```sql\nALTER TABLE users ALTER COLUMN email SET NOT NULL;\n```" in text
    assert "- policies (20) in `sql`: drizzle declares none of them" in text
    assert "2 ignored, 1 in the baseline." in text


def test_agreement() -> None:
    text = render(report())
    harmless(text)
    assert "## driftcheck: no drift" in text
    assert "Compared with `drizzle`, the truth: 2 tables, 5 columns, 2 constraints." in text


def test_the_hostile_report() -> None:
    harmless(render(hostile()))


EVIL = [
    HOSTILE,
    "a|b",
    "a\\|b",
    "`",
    "``",
    "` a `",
    "</code></details><img src=x>",
    "[a](http://b)",
    "@everyone",
    "",
    "\ud800",
    "a\\",
    "-->",
    "<!-- driftcheck -->",
    "```\n# x\n```",
    "$`x`$",
    "#1",
    "&lt;",
    "www.evil.example",
]


@pytest.mark.parametrize("evil", EVIL)
def test_hostile_names(evil: str) -> None:
    found = replace(
        finding("DR203", column(evil, evil), evil, evil, fix=Fix("sql", evil)),
        message=evil,
        source=evil,
        actual=Side(evil, Location(evil, 1)),
        related=(ObjectRef("index", evil, evil, evil),),
    )
    many = [replace(found, object=column(f"{evil}{number}")) for number in range(4)]
    account = NotCompared(evil, evil, evil, 1)
    for findings in ([found], many):
        text = render(report(*findings, truth=evil, not_compared=(account,), notes=(evil,)))
        harmless(text)
        comments = [token for token in tokens(text) if token.type.startswith("html") and MARKER in token.content]
        assert [comment.map for comment in comments] == [[0, 1]]


@pytest.mark.parametrize("evil", [text for text in EVIL if text and text.isprintable() and "`" not in text.strip("x")])
def test_code_shows_exactly_what_it_is_given(evil: str) -> None:
    shown = [token for token in tokens(f"| a |\n|---|\n| {code(evil)} |\n") if token.type in ("code_inline", "text")]
    assert "".join(token.content for token in shown[1:]).strip() == evil.strip()


@pytest.mark.parametrize("evil", ["`", "``", "` a `", "$`x`$", "a`b"])
def test_code_of_backticks(evil: str) -> None:
    (shown,) = [token for token in tokens(code(evil)) if token.type == "code_inline"]
    assert shown.content.strip() == evil.strip()


@pytest.mark.parametrize("text", ["*a* _b_ `c` [d](e) <f> #1 ~g~ \\h ![i](j) |k| $l$", "a & b &lt;"])
def test_words_are_words(text: str) -> None:
    parsed = tokens(words(text))
    assert {token.type for token in parsed} <= {"paragraph_open", "paragraph_close", "inline", "text", "text_special"}
    assert "".join(token.content for token in parsed if token.type in ("text", "text_special")) == text


def test_nobody_is_called_and_nothing_is_linked() -> None:
    assert "@org" not in words("ask @org/team at https://a.b or www.c.d")
    assert "https://" not in words("ask @org/team at https://a.b or www.c.d")
    assert "www.c" not in words("ask @org/team at https://a.b or www.c.d")


def test_what_does_not_fit_is_counted() -> None:
    findings = [
        finding("DR203", column(f"c{number}", f"table_{table}"), f"type {number}", f"other {table} {number}")
        for table in range(60)
        for number in range(40)
    ]
    text = render(report(*findings))
    harmless(text)
    told = len(re.findall(r"^\| error \|", text, re.MULTILINE))
    match = re.search(r"^(\d+) more findings did not fit here", text, re.MULTILINE)
    assert match is not None
    assert told + int(match[1]) == len(findings)
    assert told > 200


def test_long_lists_are_cut_and_counted() -> None:
    same = [finding("DR203", column(f"c{number}"), "a", "b", line=number + 1) for number in range(300)]
    text = render(report(*same))
    harmless(text)
    assert "| and 200 more | |" in text
