"""Words that people add to a page, between markers, and that survive when it is made anew."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from urllib.parse import quote, unquote

_SLOT = re.compile(
    r"<!-- driftcheck:words (?P<name>\S{1,2000}) -->(?P<words>.*?)<!-- driftcheck:words end -->", re.DOTALL
)


def name_of(about: Sequence[str]) -> str:
    """What words are about, as it is in their marker: `public.profiles.email`, with %-codes for what is unusual."""
    return ".".join(map(_coded, about))


@lru_cache(maxsize=4_000)
def _coded(part: str) -> str:
    return quote(part, safe="", errors="replace").replace("-", "%2D").replace(".", "%2E")


def people_call(name: str) -> str:
    """`name_of` the other way round, for people."""
    return ".".join(unquote(part) for part in name.split("."))


def slot(about: Sequence[str], kept: Mapping[str, str]) -> tuple[str, str]:
    """The name of the words on `about`, and the markers with the words between them."""
    name = name_of(about)
    return name, marked(name, kept.get(name, ""))


def marked(name: str, words: str) -> str:
    return f"<!-- driftcheck:words {name} -->{words}<!-- driftcheck:words end -->"


def kept(page: str) -> dict[str, str]:
    """The words that people wrote on `page`; blanks alone are none."""
    found: dict[str, str] = {}
    for match in _SLOT.finditer(page):
        if match["words"].strip():
            # One name twice: neither of the two is lost.
            before = found.get(match["name"], "")
            found[match["name"]] = f"{before}{match['words']}" if before != match["words"] else before
    return found
