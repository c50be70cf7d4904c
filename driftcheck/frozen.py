"""`dataclass` for the small frozen classes that every command loads by the hundred.

What `dataclasses` makes of one takes a millisecond, most of it for methods that no run calls. Here a class gets the
same fields, and methods that are the same for all of them or are made when they are first called: a quarter of the
time, and objects are made faster, too. With the standard library's alone a check after an edit takes a tenth more
processor time, and a cold one a twentieth. In all else it is a dataclass of the standard library: `fields`, `replace`
and `is_dataclass` know it, and for a type checker it is one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:
    import dataclasses
    import sys
    from operator import attrgetter, ge, gt, le, lt

    def dataclass(cls=None, /, *, frozen=False, slots=False, kw_only=False, order=False, eq=True):
        """As in `dataclasses`, for classes that are frozen and have slots; for others it is that one itself."""
        if not (frozen and slots and eq):
            return dataclasses.dataclass(cls, frozen=frozen, slots=slots, kw_only=kw_only, order=order, eq=eq)
        if cls is None:
            return lambda cls: _made(cls, kw_only, order)
        return _made(cls, kw_only, order)

    def _made(cls, kw_only, order):
        documented = cls.__doc__
        cls.__doc__ = documented or cls.__name__  # else a signature would be made for it
        dataclasses.dataclass(init=False, repr=False, eq=False, kw_only=kw_only)(cls)
        cls.__doc__ = documented
        fields = dataclasses.fields(cls)
        inside = {name: value for name, value in vars(cls).items() if name not in ("__dict__", "__weakref__")}
        inherited = {name for base in cls.__mro__[1:] for name in vars(base).get("__slots__", ())}
        own = [field.name for field in fields if field.name not in inherited]
        for field in fields:
            inside.pop(field.name, None)
        if inside.get("__hash__", cls) is None:
            del inside["__hash__"]  # Python's, where the class has an equality of its own
        for name, method in {**_METHODS, **_compared(fields, order)}.items():
            inside.setdefault(name, method)
        inside["__slots__"] = tuple(own)
        inside["__init__"] = _Later(fields)
        made = type(cls)(cls.__name__, cls.__bases__, inside)
        made.__qualname__ = cls.__qualname__
        return made

    def _compared(fields, order):
        """What compares two objects by the fields that count."""
        names = [field.name for field in fields if field.compare]
        values = attrgetter(*names) if names else lambda _: ()

        def equal(self, other):
            return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

        def comparing(compare):
            def method(self, other):
                same = other.__class__ is self.__class__
                return compare(values(self), values(other)) if same else NotImplemented

            return method

        found = {"__eq__": equal, "__hash__": lambda self: hash(values(self))}
        return found | ({f"__{one.__name__}__": comparing(one) for one in _ORDER} if order else {})

    class _Later:
        """`__init__`, made when it is first called: of most classes a run makes no object."""

        def __init__(self, fields):
            self._fields = fields

        def __set_name__(self, owner, name):
            self._owner = owner

        def __get__(self, instance, owner=None):
            init = self._owner.__init__ = _init(self._owner, self._fields)
            return init if instance is None else init.__get__(instance)

    def _init(cls, fields):
        known, given = {"factory": _FACTORY}, []
        body = []
        for field in fields:
            name = field.name
            known[f"set_{name}"] = getattr(cls, name).__set__
            value = name
            if field.default_factory is not dataclasses.MISSING:
                known[f"make_{name}"] = field.default_factory
                value = f"make_{name}() if {name} is factory else {name}"
                given.append(f"{name}=factory")
            elif field.default is not dataclasses.MISSING:
                known[f"default_{name}"] = field.default
                given.append(f"{name}=default_{name}")
            else:
                given.append(name)
            body.append(f"set_{name}(self, {value})")
        star = [given.pop(0) for field in fields if not field.kw_only] if not all(f.kw_only for f in fields) else []
        if hasattr(cls, "__post_init__"):
            body.append("self.__post_init__()")
        words = ", ".join(["self", *star, *(["*", *given] if given else [])])
        inner = "\n  ".join(body or ["pass"])
        outer = f"def make({', '.join(known)}):\n def __init__({words}):\n  {inner}\n return __init__"
        made = {}
        exec(outer, sys.modules[cls.__module__].__dict__, made)  # noqa: S102 # of names of fields, as `dataclasses` does
        init = made["make"](**known)
        init.__qualname__ = f"{cls.__qualname__}.__init__"
        init.__annotations__ = {field.name: field.type for field in fields} | {"return": None}
        return init

    def _repr(self):
        shown = (f"{field.name}={getattr(self, field.name)!r}" for field in dataclasses.fields(self) if field.repr)
        return f"{self.__class__.__qualname__}({', '.join(shown)})"

    def _setattr(self, name, value):
        raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")

    def _delattr(self, name):
        raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")

    def _reduce(self):
        return _restored, (self.__class__, *(getattr(self, field.name) for field in dataclasses.fields(self)))

    def _restored(cls, *values):
        made = object.__new__(cls)
        for field, value in zip(dataclasses.fields(cls), values, strict=True):
            object.__setattr__(made, field.name, value)
        return made

    _FACTORY = object()
    _METHODS = {"__repr__": _repr, "__setattr__": _setattr, "__delattr__": _delattr, "__reduce__": _reduce}
    _ORDER = (lt, le, gt, ge)
