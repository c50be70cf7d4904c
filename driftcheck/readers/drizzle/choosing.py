"""`omit` and `pick` of the packages that schemas use to choose among columns: ramda, lodash, es-toolkit, remeda."""

from __future__ import annotations

from ...typescript.runtime.coercion import observed
from ...typescript.runtime.values import (
    UNKNOWN_KEYS,
    CallSite,
    HostFunction,
    HostModule,
    JsArray,
    JsObject,
    Unknown,
    Value,
)
from .irrelevant import Irrelevant

#: Package → whether the object comes before the keys.
PACKAGES = {"ramda": False, "remeda": True, "lodash": True, "lodash-es": True, "es-toolkit": True, "radash": True}


def functions(package: str) -> dict[str, Value]:
    """What `package` exports to choose properties by."""
    first = PACKAGES.get(package)
    if first is None:
        return {}
    return {
        "omit": HostFunction(_Choosing(keep=False, object_first=first), "omit"),
        "pick": HostFunction(_Choosing(keep=True, object_first=first), "pick"),
    }


def module(specifier: str, package: str) -> HostModule:
    """A module of a package of which nothing but that is known."""
    unknown = Unknown(f"it comes from the npm package {package!r}")
    known = functions(package)
    whole = JsObject([*known.items(), (UNKNOWN_KEYS, unknown.as_many())])
    own = known.get(specifier.removeprefix(f"{package}/"), whole)
    return HostModule(specifier, {**known, "default": own}, missing=lambda name: unknown, yields=True)


class _Choosing:
    """Called with an object and keys, or where the keys come first with them alone, for a function of the object."""

    def __init__(self, *, keep: bool, object_first: bool) -> None:
        self.keep = keep
        self.object_first = object_first

    def __call__(self, arguments: list[Value], site: CallSite) -> Value:
        if len(arguments) == 1 and not self.object_first:
            keys = arguments[0]
            return HostFunction(lambda rest, inner: self([keys, *rest], inner))
        if len(arguments) < 2:
            return site.unknown("it is not given an object and keys")
        given, keys = (arguments[0], arguments[1:]) if self.object_first else (arguments[1], arguments[:1])
        if isinstance(given, Irrelevant):
            return given
        names = [name for part in keys for name in (part if isinstance(part, JsArray) else [part])]
        for value in (given, *names):
            if isinstance(found := observed(value), Unknown):
                return found.as_one().as_choice()
        if not isinstance(given, JsObject) or not all(isinstance(name, str) and "." not in name for name in names):
            return site.unknown("what is chosen from is not an object, or not by names")
        return self._chosen(given, names)

    def _chosen(self, given: JsObject, names: list[Value]) -> JsObject:
        """`pick` keeps the order of the names, `omit` that of the object."""
        if self.keep:
            kept = [key for key in dict.fromkeys([*names, UNKNOWN_KEYS]) if key in given]
        else:
            kept = [key for key in given if key not in names]
        made = JsObject([(key, given[key]) for key in kept], given.location)
        made.locations = {key: given.locations[key] for key in kept if key in given.locations}
        return made
