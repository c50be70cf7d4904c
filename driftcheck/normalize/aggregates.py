"""The definition of an aggregate: what CREATE AGGREGATE has between its parentheses, in one order and spelling.

https://www.postgresql.org/docs/current/sql-createaggregate.html
"""

from __future__ import annotations

from ..sql import SqlError, Stream, squeezed
from ..sql.strings import literal
from .argument_lists import value_type
from .constraints import canonical_operator
from .known import Known
from .names import dotted

_FUNCTIONS = frozenset(
    "sfunc finalfunc combinefunc serialfunc deserialfunc msfunc minvfunc mfinalfunc".split()
)  # fmt: skip
_TYPES = frozenset({"stype", "mstype"})
_STRINGS = frozenset({"initcond", "minitcond"})
#: Older names of some.
_OLD = {"sfunc1": "sfunc", "stype1": "stype", "initcond1": "initcond"}


def canonical_aggregate(body: str, arguments: str, known: Known) -> str:
    """`(SFUNC = …, STYPE = …)`; `body` as it is if it is no such definition."""
    try:
        stream = Stream.of(body)
        parts = list(stream.parts(*stream.skip_group()))
        found = dict(filter(None, (_option(part, known) for part in parts)))
    except SqlError:
        return squeezed(body)
    usual = "read_write" if "order by" in arguments.lower() else "read_only"
    for name in ("finalfunc_modify", "mfinalfunc_modify"):
        if found.get(name) == usual:
            del found[name]
    words = (f"{name.upper()} = {value}" if value else name.upper() for name, value in sorted(found.items()))
    return f"({', '.join(words)})"


def _option(part: Stream, known: Known) -> tuple[str, str] | None:
    """An option and its value, "" for a mere word; None for what says nothing."""
    name = part.identifier().lower()
    name = _OLD.get(name, name)
    if not part.accept("="):
        part.finish()
        return name, ""
    if name in _FUNCTIONS:
        return name, dotted((part.string().split(".") if part.at_string else part.path())[-2:])
    if name in _TYPES:
        return name, value_type(part.string() if part.at_string else part.until(), known)
    if name in _STRINGS:
        return name, literal(part.string() if part.at_string else part.until())
    if name == "sortop":
        found = canonical_operator(part.string() if part.at_string else part.until())
        return name, found if found.startswith("OPERATOR(") else f"OPERATOR({found})"
    word = part.string().lower() if part.at_string else part.until().lower()
    if name in ("finalfunc_extra", "mfinalfunc_extra", "hypothetical"):
        return (name, "") if word in ("true", "on", "1") else None
    says_nothing = (name in ("sspace", "msspace") and word == "0") or (name == "parallel" and word == "unsafe")
    return None if says_nothing or name == "basetype" else (name, word)
