"""Regular expressions that are compiled when they are first used: a check uses one in five of those that it loads."""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast

_METHODS = ("search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn")


def lazy(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What `re.compile` gives, for a pattern that stands in a module. Whether it is one shows when it is used."""
    return cast("re.Pattern[AnyStr]", Lazy(pattern, flags))


class Lazy:
    """Stands for the pattern, whose methods it takes over once there is one."""

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self.pattern, self._flags = pattern, flags

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self.pattern, self._flags)
        vars(self).update({method: getattr(compiled, method) for method in _METHODS})
        return getattr(compiled, name)
