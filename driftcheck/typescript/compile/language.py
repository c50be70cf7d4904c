"""The forms of TypeScript that are evaluated."""

from __future__ import annotations

from . import chains, classes, enums, expressions, functions, literals, loops, statements
from .unit import SyntaxForms

LANGUAGE = SyntaxForms(
    expressions={
        **literals.EXPRESSIONS,
        **functions.EXPRESSIONS,
        **chains.EXPRESSIONS,
        **expressions.EXPRESSIONS,
        **classes.EXPRESSIONS,
    },
    statements={
        **statements.STATEMENTS,
        **loops.STATEMENTS,
        **classes.STATEMENTS,
        **enums.STATEMENTS,
    },
    body=statements.compile_body,
)
