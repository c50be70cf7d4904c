"""Which function or operator a call means, and what its arguments are then.

https://www.postgresql.org/docs/current/typeconv.html; `func_get_detail` and `func_select_candidate` in
src/backend/parser/parse_func.c, `oper` in parse_oper.c, `select_common_type` in parse_coerce.c.
"""

from __future__ import annotations

from functools import lru_cache

from ...frozen import dataclass
from . import data
from .data import Signature
from .polymorphic import concrete, takes
from .type_keys import UNKNOWN, category, is_implicit, is_preferred

#: A type by the catalog's name, or UNKNOWN for a constant that has none yet.
Keys = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """The types that the arguments are made, and the type that comes out."""

    parameters: Keys
    result: str
    signature: Signature


@lru_cache(maxsize=4_000)
def function(name: str, arguments: Keys) -> Choice | None:
    """The built-in function that a call with `arguments` means; None if there is none, or no one best."""
    fitting = [signature for signature in data.functions(name) if signature.takes(len(arguments))]
    return _chosen([(_padded(one, len(arguments)), one) for one in fitting], arguments)


@lru_cache(maxsize=4_000)
def operator(name: str, arguments: Keys) -> Choice | None:
    """The built-in operator between (or before) `arguments`."""
    found = [(one.parameters, one) for one in data.operators(name) if len(one.parameters) == len(arguments)]
    if len(arguments) == 2 and UNKNOWN in arguments and arguments != (UNKNOWN, UNKNOWN):
        # A constant beside a value is first taken for one of the value's type.
        known = next(key for key in arguments if key != UNKNOWN)
        exact = next((one for parameters, one in found if parameters == (known, known)), None)
        if exact is not None:
            return Choice((known, known), exact.result, exact)
    return _chosen(found, arguments)


_ALIKE = Signature((), "", 0)


@lru_cache(maxsize=2_000)
def alike(arguments: Keys) -> Choice | None:
    """The one type that values of COALESCE, CASE, IN, ARRAY and UNION are made; None if PostgreSQL would refuse."""
    found = _common(arguments)
    return None if found is None else Choice(tuple(found for _ in arguments), found, _ALIKE)


def _common(keys: Keys) -> str | None:
    """`select_common_type`."""
    known = [key for key in keys if key != UNKNOWN]
    if not known:
        return "text"
    best = known[0]
    for key in known[1:]:
        if key == best:
            continue
        if category(key) != category(best):
            return None
        if not is_preferred(best) and is_implicit(best, key) and not is_implicit(key, best):
            best = key
    return best if all(is_implicit(key, best) for key in known) else None


def _padded(signature: Signature, count: int) -> Keys:
    """A variadic signature's last parameter is an array of what it takes many of."""
    parameters = signature.parameters
    if not signature.variadic:
        return parameters[:count]
    last = parameters[-1]
    each = {"anyarray": "anyelement", "anycompatiblearray": "anycompatible"}.get(last, last.removeprefix("_"))
    return (*parameters[:-1], *(each for _ in range(count)))[:count]


Candidates = list[tuple[Keys, Signature]]


def _chosen(candidates: Candidates, arguments: Keys) -> Choice | None:
    exact = [one for one in candidates if one[0] == arguments]
    found = exact[:1] or [one for one in candidates if takes(one[0], arguments)]
    if len(found) > 1:
        found = _best(found, arguments)
    if len({keys for keys, _ in found}) != 1:
        return None
    parameters, signature = found[0]
    kinds = concrete(parameters, arguments, signature.result)
    return None if kinds is None else Choice(kinds[0], kinds[1], signature)


def _best(candidates: Candidates, arguments: Keys) -> Candidates:
    """`func_select_candidate`."""
    slots = [index for index, key in enumerate(arguments) if key != UNKNOWN]

    def most(found: Candidates, *, preferred: bool) -> Candidates:
        def score(keys: Keys) -> int:
            return sum(
                keys[i] == arguments[i]
                or (preferred and category(keys[i]) == category(arguments[i]) and is_preferred(keys[i]))
                for i in slots
            )

        best = max(score(keys) for keys, _ in found)
        return [one for one in found if score(one[0]) == best]

    candidates = most(candidates, preferred=False)
    if len(candidates) > 1:
        candidates = most(candidates, preferred=True)
    if len(candidates) == 1 or len(slots) == len(arguments):
        return candidates
    return _by_constants(candidates, arguments)


def _by_constants(candidates: Candidates, arguments: Keys) -> Candidates:
    """Among candidates that differ in what the constants are: strings before all, else the one category."""
    kept = candidates
    for index, key in enumerate(arguments):
        if key != UNKNOWN:
            continue
        kinds = {category(keys[index]) for keys, _ in candidates}
        if "S" in kinds:
            kind = "S"
        elif len(kinds) == 1:
            (kind,) = kinds
        else:
            kept = []
            break
        kept = [one for one in kept if category(one[0][index]) == kind]
        if any(is_preferred(keys[index]) for keys, _ in kept):
            kept = [one for one in kept if is_preferred(one[0][index])]
    if len(kept) == 1:
        return kept
    known = {key for key in arguments if key != UNKNOWN}
    if len(known) == 1:
        (key,) = known
        same = [one for one in kept or candidates if takes(one[0], tuple(key for _ in arguments))]
        if len(same) == 1:
            return same
    return kept or candidates
