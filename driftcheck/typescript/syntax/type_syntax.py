"""What tree-sitter's grammar takes for syntax errors: `export type *`, `import('./a').Name<T>`, `<in out T>`.

It means nothing at run time, so in a file with syntax errors it is written over with what the grammar knows
(places stay as they are), and the file is parsed again.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from tree_sitter import Node

from ...regex import lazy

#: TypeScript 5's type-only star exports: nothing of them is there at run time.
_STAR_EXPORT = lazy(rb"""^[ \t]*export\s+type\s*\*(?:\s*as\s+[\w$]+)?\s*from\s*("[^"\n]*"|'[^'\n]*')""", re.MULTILINE)
#: A type of another module. In an expression a promise's methods follow, so those names are left alone.
_IMPORT_TYPE = lazy(rb"""\bimport\(\s*(?:"[^"\n]*"|'[^'\n]*')\s*\)(?=\s*\.\s*(?!(?:then|catch|finally)\b)[\w$])""")
#: How a type parameter varies: `type A<in out T>`.
_VARIANCE = lazy(rb"(?<=[<,])\s*(?:in\s+out|in|out)\s+(?=[A-Za-z_$])")
#: When a module is evaluated: here, when one of its names is read.
_DEFERRED = lazy(rb"(?<=\bimport)\s+(?:defer(?=\s*\*)|source(?=\s+[\w$]+\s+from\b))")
_NO_SYNTAX = frozenset(("comment", "string", "string_fragment", "regex_pattern"))


def with_known_types(root: Node, data: bytes) -> bytes | None:
    """`data` with such types written over, or None if nothing had to be."""
    if not root.has_error:
        return None
    patterns = ((_STAR_EXPORT, b" "), (_VARIANCE, b" "), (_DEFERRED, b" "), (_IMPORT_TYPE, b"_"))
    found = [(match, filling) for pattern, filling in patterns for match in pattern.finditer(data)]
    texts = list(_texts(root)) if found else []
    starts = [start for start, _ in texts]
    changed: bytearray | None = None
    for match, filling in found:
        word = data.index(match[0].lstrip()[:1], match.start())
        before = bisect_right(starts, word) - 1
        if before < 0 or texts[before][1] <= word:
            changed = bytearray(data) if changed is None else changed
            changed[match.start() : match.end()] = re.sub(rb"[^\r\n]", filling, match[0])
    return None if changed is None else bytes(changed)


def _texts(root: Node) -> Iterator[tuple[int, int]]:
    """Where comments and texts stand, in order: what looks like syntax there is none."""
    pending = [root]
    while pending:
        node = pending.pop()
        if node.type in _NO_SYNTAX:
            yield node.start_byte, node.end_byte
        else:
            pending.extend(reversed(node.children))
