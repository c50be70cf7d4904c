"""Names that mean something to Markdown, HTML, a log or a file system mean nothing in a document."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from driftcheck.documents import FORMS, folder, markdown, page
from driftcheck.documents.described import Described, shown
from driftcheck.plain import plain

from .hostile import HOSTILE, NAMES

HOSTILE_WORDS = {table.key: f"{table.name}\n\n{table.name}" for table in HOSTILE.tables}
DESCRIBED = Described(HOSTILE, "main", "SQL", said=HOSTILE_WORDS, left_out=NAMES)


def _tokens(text: str) -> list[Token]:
    found = []
    for token in MarkdownIt("commonmark", {"html": True}).enable("table").parse(text):
        found += [token, *(token.children or ())]
    return found


def test_nothing_of_a_name_becomes_markup() -> None:
    tokens = _tokens(page(DESCRIBED, "markdown"))
    raw = {token.content for token in tokens if token.type in ("html_inline", "html_block")}
    assert all(re.fullmatch(r"</?code>|<br>|(<!-- [^<>]* -->)+\n?", one) for one in raw), raw
    addresses = {str(token.attrs["href"]) for token in tokens if token.type == "link_open"}
    assert all(address.startswith("#") for address in addresses)
    assert not any(token.type in ("image", "hr", "blockquote_open", "ordered_list_open") for token in tokens)
    headings = [
        tokens[at + 2].content for at, one in enumerate(tokens) if one.type == "heading_open" and one.tag == "h3"
    ]
    assert len(headings) == len(HOSTILE.tables)


def test_every_name_is_shown_as_it_is() -> None:
    tokens = _tokens(page(DESCRIBED, "markdown"))
    shown_code = {token.content for token in tokens if token.type == "code_inline"}
    text = page(DESCRIBED, "markdown")
    for name in NAMES:
        visible = plain(" ".join(name.split()) if "\n" in name else name)
        spelled = "".join(char if char.isalnum() or char == " " else f"&#{ord(char)};" for char in visible)
        assert (
            visible in {one.strip() for one in shown_code} | shown_code | {""}
            or spelled in text
            or (visible.strip() in {one.strip() for one in shown_code})
        ), name


def test_every_link_leads_to_the_heading_of_its_table() -> None:
    """As github-slugger would number headings that are alike."""
    addresses = [address for key, address in markdown._headings(DESCRIBED, "Database schema").items()]
    assert len(set(addresses)) == len(addresses)


def test_pages_have_names_that_every_system_takes() -> None:
    pages = folder(DESCRIBED, "..", {})
    assert len(pages) == len(HOSTILE.tables) + 1
    assert len({name.lower() for name in pages}) == len(pages)
    for name in pages:
        assert re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_.-]*\.md", name), name
        assert name.split(".")[0].lower() not in ("con", "nul", "aux", "prn", "com1", "lpt1")


@pytest.mark.parametrize("form", FORMS)
def test_nothing_invisible_or_a_command_is_in_any_document(form: str) -> None:
    text = page(DESCRIBED, form)
    for char in ("\u202e", "\x1b", "\ud800"):
        assert char not in text
    text.encode()


def test_html_has_no_markup_of_others() -> None:
    text = page(DESCRIBED, "html")
    body = text[text.index("<body>") : text.rindex("<script>")]
    tags = set(re.findall(r"<\s*([a-zA-Z!/][^\s>]*)", body))
    assert "script" not in tags
    assert "b" in tags
    assert {tag.strip("/") for tag in tags} <= set(
        "body header h1 p form label input output button main section h2 h3 div svg defs marker path g rect text "
        "details summary b span code table thead tr th tbody td ul li footer pre br".split()
    )
    assert "javascript:1" in body
    assert not re.search(r'\s(href|src|on\w+)="', body)


def test_names_of_tables_are_told_apart_by_every_language() -> None:
    keys = {plain(shown(table.key)) for table in HOSTILE.tables}
    assert len(keys) == len(HOSTILE.tables)


def test_words_of_people_under_any_name_survive(tmp_path: Path) -> None:
    text = page(DESCRIBED, "markdown")
    kept = text.replace(" --><!-- driftcheck:words end -->", " -->kept<!-- driftcheck:words end -->")
    again = page(DESCRIBED, "markdown", ".", kept)
    assert again == kept
    assert again.count("-->kept<!--") == text.count(" --><!-- driftcheck:words end -->") > len(HOSTILE.tables)
