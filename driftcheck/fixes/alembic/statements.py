"""Statements of SQL as a revision executes them: one at a time, as every driver takes them."""

from __future__ import annotations

from collections.abc import Iterator

from ...findings import Step
from ...sql.lexer import Lexer
from ...sql.tokens import COMMENT, END
from ..sql.steps import Phase
from . import words


def executed(step: Step) -> tuple[str, ...]:
    """The calls that run a step, with its remarks behind them.

    PostgreSQL takes a new label of an enum for a value only behind the transaction that brought it.
    """
    statements, remarks = _cut(step.sql)
    calls = [line for one in statements for line in _call(one)]
    if step.phase == Phase.LABELS:
        calls = ["with op.get_context().autocommit_block():", *(f"    {one}" for one in calls)]
    return (*calls, *remarks)


def _call(statement: str) -> list[str]:
    """A line of Python for each of SQL."""
    lines = [words.sql_text(line) for line in statement.splitlines(keepends=True)]
    if len(lines) == 1:
        return [f"op.execute({lines[0]})"]
    return ["op.execute(", *(f"    {line}" for line in lines), ")"]


def _cut(sql: str) -> tuple[list[str], list[str]]:
    """The statements of a text without their comments between them, and these as comments of Python."""
    statements, remarks = list[str](), list[str]()
    for start, end, is_comment in _pieces(sql):
        text = sql[start:end].strip()
        if is_comment:
            remarks.append("# " + text.removeprefix("--").strip())
        elif text:
            statements.append(text)
    return statements, remarks


def _pieces(sql: str) -> Iterator[tuple[int, int, bool]]:
    """Where each statement and each comment between two of them begins and ends."""
    lexer, start, begun, atomic = Lexer(sql), 0, False, False
    while (token := lexer.next()).kind != END:
        if token.kind == COMMENT and not begun:
            yield token.start, token.end, True
            start = token.end
        elif token.word == ";" and not atomic:
            yield start, token.start, False
            start, begun = token.end, False
        elif token.kind != COMMENT:
            begun = True
            # The statements in the body of a routine: nothing of ours follows that.
            atomic = atomic or token.word == "atomic"
    yield start, len(sql), False
