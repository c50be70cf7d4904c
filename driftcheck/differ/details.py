"""What exactly differs inside a long value: which label of an enum, which attribute, which setting."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

#: Values shorter than this are seen at a glance.
_LONG = 60


def inside(expected: Any, actual: Any, shown: int) -> str:
    """The parts that differ, as `without 'b', with 'c'`; empty if the values are short (`shown` characters) or flat.

    DeepDiff finds them. It is imported here, because few drifts need it and its import costs more than most checks.
    """
    if shown < _LONG or not (isinstance(expected, tuple) and isinstance(actual, tuple)):
        return ""
    from deepdiff import DeepDiff

    # Each part is reported, however little the two have in common: DeepDiff would else report the whole as one change.
    tree = DeepDiff(
        _parts(expected), _parts(actual), view="tree", threshold_to_diff_deeper=0, ignore_private_variables=False
    )
    lacks = [str(_key(item)) for item in tree.get("dictionary_item_removed", ())]
    adds = [str(_key(item)) for item in tree.get("dictionary_item_added", ())]
    changed = [
        f"{_key(item)} is {item.t2}, not {item.t1}"
        for kind in ("values_changed", "type_changes")
        for item in tree.get(kind, ())
    ]
    parts = [f"without {', '.join(sorted(lacks))}"] if lacks else []
    parts += [f"with {', '.join(sorted(adds))}"] if adds else []
    return "; ".join([*parts, *sorted(changed)])


def _parts(value: tuple[Any, ...]) -> dict[str, Any]:
    """A tuple by what its items are called: so that one item more does not make all behind it differ."""
    return dict(_named(item) for item in value)


def _named(item: Any) -> tuple[str, Any]:
    if isinstance(item, tuple) and len(item) == 2:
        return str(item[0]), str(item[1])
    if is_dataclass(item) and hasattr(item, "name"):
        rest = (getattr(item, part.name) for part in fields(item) if part.compare and part.name != "name")
        return str(item.name), " ".join(str(part) for part in rest if part is not None)
    return str(item), ""


def _key(item: Any) -> object:
    return item.path(output_format="list")[0]
