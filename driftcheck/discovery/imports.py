"""What a Python file imports when it is imported: read by its lines, since parsing a whole project takes too long."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..frozen import dataclass

_QUOTES = re.compile(r'"""|\'\'\'')
_LINE = re.compile(
    r"""^(?P<indent>[ \t]*)(?:
        (?P<block>async[ ]+def|def|class|if|elif|else|try|except|finally|with|for|while)\b(?P<head>[^\n]*)
      | from(?:[ \t]+|(?=\.))(?P<dots>\.*)[ \t]*(?P<module>[\w.]*)[ \t]*\bimport\b[ \t]*
        (?P<names>\([^)]*\)|(?:[^\n\#;\\]|\\\n?)*)
      | import[ \t]+(?P<plain>(?:[^\n\#;\\]|\\\n?)+)
    )""",
    re.MULTILINE | re.VERBOSE,
)
_COMMENT = re.compile(r"#[^\n]*")
#: Blocks that do not run on import.
_NOT_RUN = re.compile(r"TYPE_CHECKING|__name__\s*==")


@dataclass(frozen=True, slots=True)
class Import:
    """`from module import names`, with as many leading dots as `level`; without `names` it is `import module`."""

    module: str
    names: tuple[str, ...] = ()
    level: int = 0


def imports_of(text: str) -> Iterator[Import]:
    """The imports that run when the module does: not those of functions, nor those for type checkers."""
    open_blocks: list[tuple[int, bool]] = []
    for match in _LINE.finditer(_without_long_strings(text)):
        indent = len(match["indent"].expandtabs())
        while open_blocks and open_blocks[-1][0] >= indent:
            open_blocks.pop()
        skipped = bool(open_blocks) and open_blocks[-1][1]
        if match["block"]:
            tested = match["block"] in ("if", "elif") and _NOT_RUN.search(match["head"]) is not None
            open_blocks.append((indent, skipped or tested or match["block"].endswith("def")))
        elif not skipped and match["plain"]:
            yield from (Import(name) for name in _words(match["plain"]))
        elif not skipped:
            yield Import(match["module"], tuple(_words(match["names"])), len(match["dots"]))


def _words(text: str) -> list[str]:
    """The names of a list, without what they are to be called: `a as b, c` → `["a", "c"]`."""
    listed = _COMMENT.sub("", text).strip("() \t\n").replace("\\", " ").split(",")
    return [words[0] for words in map(str.split, listed) if words]


def _without_long_strings(text: str) -> str:
    """`text` without what is between triple quotes: prose there may begin with `from` or `import`."""
    kept: list[str] = []
    at = 0
    while opening := _QUOTES.search(text, at):
        kept.append(text[at : opening.start()])
        closing = text.find(opening[0], opening.end())
        if closing < 0:
            return "".join(kept)
        at = closing + 3
    return "".join([*kept, text[at:]])
