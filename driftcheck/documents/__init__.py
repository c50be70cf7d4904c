"""A schema as documents: Markdown, the diagram in three languages, one page of HTML. The same schema gives the same
text, with no time in it.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .described import Described

#: What a document can be. Each is a module of this package with `write(described)`; Markdown has more.
FORMS = ("markdown", "mermaid", "dbml", "dot", "html")
#: The words that region markers may hold.
_ASK = "a region asks for nothing (all), or one of {}, or table NAME"


class NotOurs(ValueError):
    """There is a page already that people wrote, without a place for what is made."""


def page(described: Described, form: str, up: str | None = ".", before: str | None = None) -> str:
    """The document as text. `up` is the way from its folder to the one that places are relative to; `before` the text
    of the file as it is, None where there is none. Raises NotOurs, and `regions.Unmatched`.
    """
    if form != "markdown":
        write: Callable[[Described], str] = import_module(f".{form}", __package__).write
        return write(described)
    from . import markdown, regions, words

    kept = words.kept(before or "")
    if before is not None and not before.startswith(markdown.MADE):
        if regions.has_regions(before):
            text = regions.updated(before, lambda name, line: _region(described, name, line, up, kept))
            return text + _lost(kept, words.kept(text))
        if before.strip():
            raise NotOurs
    return markdown.whole(described, up, kept)


def _lost(kept: dict[str, str], there: dict[str, str]) -> str:
    """Words that stood in a region on what the schema no longer has: below it they are people's."""
    from . import words

    lost = [words.marked(name, text) for name, text in sorted(kept.items()) if name not in there]
    return "".join(f"\n{one}\n" for one in lost)


def _region(described: Described, name: str, line: int, up: str | None, kept: dict[str, str]) -> str:
    from . import markdown, regions

    text = markdown.region(described, name, up, kept)
    if text is None:
        if name.startswith("table "):
            raise regions.Unmatched(f"{described.source} has no table '{name.removeprefix('table ')}'", line)
        known = ", ".join([*markdown.SECTIONS, *markdown.BRIEF])
        raise regions.Unmatched(f"there is no '{name}' to put here: {_ASK.format(known)}", line)
    return text


def folder(described: Described, up: str | None, before: dict[str, str]) -> dict[str, str | None]:
    """The pages of a folder by the names of their files, from its pages as they are. None for a page that was made for
    a table that is gone. Raises NotOurs, with the name, for a page of people in the place of one.
    """
    from . import markdown, words

    made = {name: text for name, text in before.items() if markdown.is_of_folder(name, text)}
    kept: dict[str, str] = {}
    for text in made.values():
        kept.update(words.kept(text))
    pages: dict[str, str | None] = dict(markdown.folder(described, up, kept))
    for name in pages:
        if not before.get(name, "").startswith(markdown.MADE) and before.get(name, "").strip():
            raise NotOurs(name)
    return {**pages, **{name: None for name in made if name not in pages}}
