"""Classes that name a table and inherit a base of a package that is not installed: what they declare themselves."""

from __future__ import annotations

import contextlib
from typing import Any

_REGISTRIES: list[Any] = []
_USES: list[Any] = []


def adopt(class_: type) -> None:
    """Maps a class that its missing base would have mapped; what the base may bring is in doubt.

    Where that fails, for want of a key say, its table may be there all the same.
    """
    from sqlalchemy import orm

    if not _REGISTRIES:
        _REGISTRIES.append(orm.registry())
    with contextlib.suppress(Exception):  # that its table is lost is noticed, and said, at the end
        _REGISTRIES[0].map_declaratively(class_)


def use() -> Any:
    """The MetaData of all such classes, which is described from now on; None if there are none."""
    found = metadata()
    if found is not None:
        _USES.append(found)
    return found


def used() -> bool:
    """Whether it is described."""
    return bool(_USES)


def metadata() -> Any:
    """The MetaData of all such classes; None if there are none."""
    found = _REGISTRIES[0].metadata if _REGISTRIES else None
    return found if found is not None and found.tables else None
