"""`dataclass` for the small classes that every command loads by the hundred.

What `dataclasses` makes of one takes a millisecond, most of it for methods that no run calls. Here a class with slots
gets methods that are the same for all of them, or are made when they are first called, as its fields are when somebody
asks for them. In all else it is a dataclass of the standard library: `fields`, `replace` and `is_dataclass` know it,
and for a type checker it is one.
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
        """As in `dataclasses` for classes with slots and no ClassVar among their fields; for others that one itself."""
        if not slots:
            return dataclasses.dataclass(cls, frozen=frozen, kw_only=kw_only, order=order, eq=eq)
        if cls is None:
            return lambda cls: _made(cls, frozen, kw_only, order, eq)
        return _made(cls, frozen, kw_only, order, eq)

    def _made(cls, frozen, kw_only, order, eq):
        own = list(cls.__annotations__)
        inside = {name: value for name, value in vars(cls).items() if name not in ("__dict__", "__weakref__")}
        given = {name: inside.pop(name) for name in own if name in inside}
        inherited = {name for base in cls.__mro__[1:] for name in vars(base).get("__slots__", ())}
        if inside.get("__hash__", cls) is None:
            del inside["__hash__"]  # Python's, where the class has an equality of its own
        inside["__slots__"] = tuple(name for name in own if name not in inherited)
        inside["__dataclass_fields__"] = _Later(lambda made: _fields(made, given, kw_only))
        later = _LATER | (_ORDER if order else {}) | (_EQUAL if eq else {}) | (_HASH if eq and frozen else {})
        methods = _METHODS | (_FROZEN if frozen else {}) | ({"__hash__": None} if eq and not frozen else {})
        for name, method in {**methods, **{name: _Later(make) for name, make in later.items()}}.items():
            inside.setdefault(name, method)
        made = type(cls)(cls.__name__, cls.__bases__, inside)
        made.__qualname__ = cls.__qualname__
        return made

    class _Later:
        """What a class has, made when it is first asked for: of most classes a run makes no object."""

        def __init__(self, make):
            self._make = make

        def __set_name__(self, owner, name):
            self._owner, self._name = owner, name

        def __get__(self, instance, owner=None):
            made = self._make(self._owner)
            setattr(self._owner, self._name, made)
            return made if instance is None or not callable(made) else made.__get__(instance)

    def _fields(cls, given, kw_only):
        """By name, the inherited first, as the standard library makes them."""
        found = {}
        for base in cls.__mro__[:0:-1]:
            found |= getattr(base, "__dataclass_fields__", {})
        for name, type_ in cls.__annotations__.items():
            default = given.get(name, dataclasses.MISSING)
            field = default if isinstance(default, dataclasses.Field) else dataclasses.field(default=default)
            field.name, field.type, field._field_type = name, type_, dataclasses._FIELD  # the same in all versions
            if field.kw_only is dataclasses.MISSING:
                field.kw_only = kw_only
            found[name] = field
        return found

    def _positional(cls):
        return tuple(field.name for field in dataclasses.fields(cls) if field.init and not field.kw_only)

    def _values(cls):
        """Gives what of an object is compared."""
        names = [field.name for field in dataclasses.fields(cls) if field.compare]
        return attrgetter(*names) if names else lambda _: ()

    def _equal(cls):
        values = _values(cls)

        def method(self, other):
            return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

        return method

    def _hash(cls):
        values = _values(cls)
        return lambda self: hash(values(self))

    def _comparing(compare):
        def make(cls):
            values = _values(cls)

            def method(self, other):
                same = other.__class__ is self.__class__
                return compare(values(self), values(other)) if same else NotImplemented

            return method

        return make

    def _init(cls):
        """Makes objects field by field; from the fiftieth on by code of its own, which takes that long to compile."""
        fields, left = dataclasses.fields(cls), _FEW
        sets = [(field, getattr(cls, field.name).__set__) for field in fields]
        places = [field.name for field in fields if not field.kw_only]
        names, needed = {field.name for field in fields}, {field.name for field in fields if not _has_default(field)}
        finish = getattr(cls, "__post_init__", None)

        def made(self, *given, **named):
            nonlocal left
            left -= 1
            values = dict(zip(places, given, strict=False))
            wrong = len(given) > len(places) or not values.keys().isdisjoint(named)
            values |= named
            if left < 0 or wrong or not needed <= values.keys() <= names:
                cls.__init__ = _compiled(cls)
                return cls.__init__(self, *given, **named)
            for field, put in sets:
                name = field.name
                put(self, values[name] if name in values else _default(field))
            return None if finish is None else finish(self)

        made.__qualname__ = f"{cls.__qualname__}.__init__"
        return made

    def _has_default(field):
        return field.default is not dataclasses.MISSING or field.default_factory is not dataclasses.MISSING

    def _default(field):
        return field.default if field.default_factory is dataclasses.MISSING else field.default_factory()

    def _compiled(cls):
        known, given = {"factory": _FACTORY}, []
        fields, body = dataclasses.fields(cls), []
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

    _FACTORY, _FEW = object(), 50
    _METHODS = {"__repr__": _repr, "__reduce__": _reduce}
    _FROZEN = {"__setattr__": _setattr, "__delattr__": _delattr}
    _LATER = {"__init__": _init, "__match_args__": _positional}
    _EQUAL, _HASH = {"__eq__": _equal}, {"__hash__": _hash}
    _ORDER = {f"__{one.__name__}__": _comparing(one) for one in (lt, le, gt, ge)}
