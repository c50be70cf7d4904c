"""Parameters of any type: https://www.postgresql.org/docs/current/extend-type-system.html#EXTEND-TYPES-POLYMORPHIC"""

from __future__ import annotations

from .type_keys import ENUM, RANGE, UNKNOWN, category, element, is_array, is_implicit, is_preferred

Keys = tuple[str, ...]

_SAME = frozenset({"anyelement", "anynonarray", "anyenum", "anyarray", "anyrange", "anymultirange"})
_COMPATIBLE = frozenset(
    {"anycompatible", "anycompatiblenonarray", "anycompatiblearray", "anycompatiblerange", "anycompatiblemultirange"}
)
POLYMORPHIC = _SAME | _COMPATIBLE | {"any"}
_RANGES = {
    "int4range": "int4", "int8range": "int8", "numrange": "numeric", "tsrange": "timestamp",
    "tstzrange": "timestamptz", "daterange": "date",
}  # fmt: skip


def takes(parameters: Keys, arguments: Keys) -> bool:
    """Whether `arguments` can be passed to `parameters`."""
    pairs = list(zip(parameters, arguments, strict=True))
    return all(_fits(parameter, key) for parameter, key in pairs) and _element(pairs) is not None


def _fits(parameter: str, key: str) -> bool:
    if key == UNKNOWN or parameter in ("any", "anyelement", "anycompatible"):
        return True
    if parameter not in POLYMORPHIC:
        return is_implicit(key, parameter)
    kind = parameter.removeprefix("any").removeprefix("compatible")
    if kind == "array":
        return is_array(key)
    if kind == "nonarray":
        return not is_array(key)
    if kind == "enum":
        return key.startswith(ENUM)
    return category(key) == "R" and (kind == "multirange") == ("multirange" in key)


def _element(pairs: list[tuple[str, str]]) -> tuple[str | None, str | None] | None:
    """What ANYELEMENT and ANYCOMPATIBLE stand for, each None if nothing says; None if two arguments disagree."""
    same = {_of(parameter, key) for parameter, key in pairs if parameter in _SAME and key != UNKNOWN}
    if len(same) > 1:
        return None
    compatible = [_of(parameter, key) for parameter, key in pairs if parameter in _COMPATIBLE and key != UNKNOWN]
    common = compatible[0] if compatible else None
    for key in compatible[1:]:
        assert common is not None
        if key != common and not is_preferred(common) and is_implicit(common, key) and not is_implicit(key, common):
            common = key
    if common is not None and not all(is_implicit(key, common) for key in compatible):
        return None
    return (same.pop() if same else None), common


def _of(parameter: str, key: str) -> str:
    """The element that an argument says ANYELEMENT is."""
    if parameter.endswith("array") and not parameter.endswith("nonarray"):
        return element(key)
    if parameter.endswith("range"):
        return _RANGES.get(key.replace("multirange", "range"), f"of {key.removeprefix(RANGE)}")
    return key


def concrete(parameters: Keys, arguments: Keys, result: str) -> tuple[Keys, str] | None:
    """The types that `parameters` come to, and the type of the result; None if nothing says."""
    found = _element(list(zip(parameters, arguments, strict=True)))
    if found is None:
        return None
    same, common = found

    def one(parameter: str, key: str | None) -> str | None:
        if parameter == "any":
            return key
        if parameter not in POLYMORPHIC:
            return parameter
        if parameter.endswith("range"):
            given = [k for p, k in zip(parameters, arguments, strict=True) if p == parameter and k != UNKNOWN]
            return given[0] if given else None
        base = common if parameter in _COMPATIBLE else same
        if base is None:
            base = "text" if parameter in _COMPATIBLE else None
        if base is None:
            return None
        is_list = parameter.endswith("array") and not parameter.endswith("nonarray")
        return f"_{base}" if is_list else base

    inputs = [one(parameter, key) for parameter, key in zip(parameters, arguments, strict=True)]
    output = one(result, None)
    if any(key is None for key in inputs):
        return None
    return tuple(key for key in inputs if key is not None), output or UNKNOWN
