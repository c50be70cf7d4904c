"""Where PL/pgSQL's statements begin and end: blocks, loops, branches. What they do is `blocks`'s business."""

from __future__ import annotations

from itertools import pairwise

from ....frozen import dataclass
from ..cursor import Cursor
from ..errors import UnreadableError

#: First words of statements that shape a schema, or may.
SHAPING = frozenset({"create", "alter", "drop", "execute"})
#: Words that end a loop, a turn of it, or the block.
LEAVING = frozenset({"return", "exit", "continue"})
#: How deep blocks, branches and loops are followed: each looks through all that is in it for its end.
_DEEPEST = 200


def simple(cursor: Cursor) -> Cursor:
    """The statement up to its semicolon."""
    start, end = cursor.skip_until(";")
    cursor.accept(";")
    return cursor.part(start, end)


def _nesting(cursor: Cursor) -> int:
    """What the word at `cursor` does to the nesting of PL/pgSQL's own blocks: +1, -1 or 0."""
    word, before = cursor.word, cursor.tokens[cursor.pos - 1].word if cursor.pos else ""
    if word == "end":
        if cursor.peek().word in ("if", "loop", "case"):
            cursor.advance()
        return -1
    if word in ("begin", "case", "loop"):
        return 1
    return int(word == "if" and before in ("", ";", "then", "else", "begin", "loop", "declare", "<<", ">>"))


def block_end(cursor: Cursor) -> tuple[int, int | None]:
    """From behind BEGIN: where its END is, and its EXCEPTION if there is one."""
    depth, exception = 0, None
    while not cursor.done:
        if cursor.word == "exception" and not depth and cursor.peek().word == "when":
            exception = cursor.pos
        if not depth and cursor.word == "end" and cursor.peek().word not in ("if", "loop", "case"):
            return cursor.pos, exception
        depth += _nesting(cursor)
        if depth > _DEEPEST:
            raise UnreadableError("it is nested too deeply", cursor.tokens[0])
        cursor.advance()
    raise UnreadableError("the block's END is missing", cursor.tokens[0])


def skip_block(cursor: Cursor) -> None:
    cursor.skip_until("begin")
    cursor.expect("begin")
    end, _ = block_end(cursor)
    cursor.pos = end
    cursor.skip_until(";")


def compound(cursor: Cursor) -> Cursor:
    """A loop or CASE statement, to behind its END."""
    start, depth = cursor.pos, 0
    while not cursor.done:
        change = _nesting(cursor)
        depth += change
        cursor.advance()
        if change < 0 and not depth:
            break
    part = cursor.part(start, cursor.pos)
    cursor.skip_until(";")
    cursor.accept(";")
    return part


@dataclass(slots=True)
class Loop:
    """`FOR targets IN source LOOP body END LOOP`; `each` for FOREACH, whose source is an array."""

    targets: tuple[str, ...]
    source: Cursor
    body: Cursor
    each: bool


def for_loop(part: Cursor) -> Loop | None:
    """The parts of a FOR or FOREACH loop over rows, numbers or an array, as `compound` gives it."""
    each = part.accept("foreach")
    if not each:
        part.expect("for")
    names = [part.identifier()]
    while part.accept(","):
        names.append(part.identifier())
    if not part.accept("in") or (each and not part.accept("array")):
        return None
    source = part.part(*part.skip_until("loop"))
    return Loop(tuple(names), source, loop_body(part), each)


def loop_body(part: Cursor) -> Cursor:
    """What is between LOOP and END LOOP of a loop, as `compound` gives it."""
    part.pos = 0
    part.skip_until("loop")
    part.expect("loop")
    end = len(part.tokens) - 1
    while end > part.pos and part.tokens[end].word != "end":
        end -= 1
    return part.part(part.pos, end)


def cases(part: Cursor) -> tuple[Cursor | None, list[tuple[Cursor | None, Cursor]]]:
    """The operand of a CASE statement, as `compound` gives it, and its branches: conditions (None for ELSE), bodies."""
    part.pos = 1
    first, behind = part.skip_until("when")
    operand = part.part(first, behind) if behind > first else None
    found: list[tuple[Cursor | None, Cursor]] = []
    condition: Cursor | None = None
    start, depth = 0, 0
    while not part.done:
        if not depth and part.word in ("when", "else", "end"):
            if start:
                found.append((condition, part.part(start, part.pos)))
            condition = None
            if part.accept("when"):
                condition = part.part(*part.skip_until("then"))
            start = part.pos + 1
        else:
            depth += _nesting(part)
        part.advance()
    return operand, found


def conditions(cursor: Cursor, start: int, end: int) -> frozenset[str]:
    """The conditions of all WHEN clauses of an EXCEPTION part whose statements do nothing to the schema."""
    found: set[str] = set()
    tokens = cursor.tokens[start:end]
    if any(token.word in SHAPING for token in tokens):
        return frozenset()
    for token, behind in pairwise(tokens):
        if token.word in ("when", "or"):
            found.add(behind.word)
    return frozenset(found)


def branches(cursor: Cursor) -> list[tuple[Cursor | None, Cursor]]:
    """IF … THEN … ELSIF … THEN … ELSE … END IF: conditions (None for ELSE) and bodies."""
    cursor.expect("if")
    found: list[tuple[Cursor | None, Cursor]] = []
    condition: Cursor | None = cursor.part(*cursor.skip_until("then"))
    cursor.expect("then")
    start, depth = cursor.pos, 0
    while True:
        if cursor.done:
            raise UnreadableError("the END IF is missing", cursor.tokens[0])
        word = cursor.word
        if not depth and word in ("elsif", "elseif", "else", "end"):
            found.append((condition, cursor.part(start, cursor.pos)))
            cursor.advance()
            if word == "end":
                cursor.accept("if")
                cursor.accept(";")
                return found
            condition = None
            if word != "else":
                condition = cursor.part(*cursor.skip_until("then"))
                cursor.expect("then")
            start = cursor.pos
            continue
        depth += _nesting(cursor)
        cursor.advance()
