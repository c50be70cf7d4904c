"""The clauses of CREATE FUNCTION, which may stand in any order: only those that differ are touched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...findings import Edit
from ...sql import Token
from ...sql.lexer import tokens_of
from ...sql.stream import cut
from ...writers.sql.gate import dollar_quoted, literal
from .document import Document

#: By its first word what a clause says; of what one of them says no other may say anything.
_CLAUSES = {
    "language": "language", "window": "window", "immutable": "changes", "stable": "changes", "volatile": "changes",
    "leakproof": "leaks", "called": "nulls", "strict": "nulls", "security": "security", "external": "security",
    "parallel": "parallel", "cost": "cost", "rows": "rows", "support": "support", "set": "set", "as": "as",
}  # fmt: skip


def changed(document: Document, tokens: Sequence[Token], before: str, after: str) -> Iterator[Edit]:
    """The edits of `tokens`, a CREATE FUNCTION, that make what means `after` of what means `before`."""
    cuts = [_clauses(one) for one in (tokens, tokens_of(before)[:-1], tokens_of(after)[:-1])]
    theirs, old, new = (one if one is not None else {} for one in cuts)
    if None in cuts or not old.keys() - theirs.keys() <= new.keys() or "language" not in theirs:
        yield from document.changed(tokens, before, after)  # whatever else it is, it has one order
        return
    for kind in dict.fromkeys([*old, *new]):
        now, wanted = (cut(list(one[kind])) if kind in one else "" for one in (old, new))
        mine = theirs.get(kind)
        if now == wanted:
            continue
        if mine is None:
            end = theirs["language"][-1].end
            yield document.edit(end, end, f" {document.in_style(wanted, tokens)}")
        elif kind == "as" and len(mine) == len(new[kind]) == 2:
            yield document.edit(mine[1].start, mine[1].end, _quoted(new[kind][1].value, mine[1].text))
        elif wanted and now:
            yield from document.changed(mine, now, wanted)
        elif wanted:
            yield document.edit(mine[0].start, mine[-1].end, document.in_style(wanted, tokens))
        else:
            yield document.option_taken_out(tokens[list(tokens).index(mine[0]) - 1], mine)


def _quoted(body: str, like: str) -> str:
    """A body in the quotes of another one."""
    if like.startswith("'"):
        return str(literal(body))
    tag = like[: like.find("$", 1) + 1] if like.startswith("$") else ""
    ends = bool(tag) and (body + tag).index(tag) == len(body)
    return f"{tag}{body}{tag}" if ends and "\0" not in body else str(dollar_quoted(body))


def _clauses(tokens: Sequence[Token]) -> dict[str, Sequence[Token]] | None:
    """The tokens of each clause by what it says, "" for all before the first; None if one is not known here."""
    starts: list[tuple[int, str]] = [(0, "")]
    depth, words = 0, [token.word for token in tokens]
    listed = False
    for at, word in enumerate(words):
        depth += (word in ("(", "[")) - (word in (")", "]"))
        listed = listed or word == ")"
        behind = words[at + 1 : at + 3]
        if depth or not listed or word in ("(", ")"):
            continue
        if word in ("begin", "return", "transform"):
            return None
        if word == "not" or words[at - 1] in ("not", "external"):
            kind = "leaks" if behind[:1] == ["leakproof"] else None
        elif word == "returns" and behind == ["null", "on"]:
            kind = "nulls"
        else:
            kind = _CLAUSES.get(word)
        if kind is not None and not _is_inside(kind, starts[-1][1], words[at - 1]):
            starts.append((at, f"set {words[at + 1]}" if kind == "set" else kind))
    ends = [*(at for at, _ in starts[1:]), len(tokens)]
    found = {kind: tokens[start:end] for (start, kind), end in zip(starts, ends, strict=True)}
    return found if len(found) == len(starts) else None


def _is_inside(kind: str, current: str, before: str) -> bool:
    """Whether a word that begins clauses is a value of the one before it: LANGUAGE window, SET x TO strict."""
    return before in ("language", "parallel", "to", "=", ",", "set", "support") or (kind == "as" and current == "as")
