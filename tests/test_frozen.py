"""What `frozen.dataclass` makes is what the standard library's makes, of the first object and of the hundredth."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Callable
from dataclasses import field
from typing import Any

import pytest

from driftcheck import frozen


def classes(dataclass: Callable[..., Any]) -> tuple[Any, Any, Any, Any]:
    @dataclass(frozen=True, slots=True, order=True)
    class Point:
        x: int
        y: int = 0
        seen: list[int] = field(default_factory=list, compare=False, repr=False)

    @dataclass(frozen=True, slots=True, kw_only=True)
    class Named(Point):
        name: str = "a"

        def __post_init__(self) -> None:
            object.__setattr__(self, "name", self.name.upper())

    @dataclass(slots=True)
    class Box:
        inside: int
        more: list[int] = field(default_factory=list)

    @dataclass(frozen=True, slots=True, eq=False)
    class Mark:
        said: str

    return Point, Named, Box, Mark


def moved(box: Any) -> object:
    box.inside += 1
    return box


ACTS: list[Callable[..., object]] = [
    lambda point, *_: repr(point(1, seen=[3])),
    lambda point, *_: point(1, 2, [3]).seen,
    lambda point, *_: point(1).seen is point(1).seen,
    lambda point, *_: (point(1) == point(1, 0, [3]), point(1) == point(2), point(1) == (1, 0)),
    lambda point, *_: (hash(point(1)) == hash(point(1, seen=[3])), point(1) < point(2), point(3) >= point(2, 9)),
    lambda point, *_: dataclasses.replace(point(1), y=5),
    lambda point, *_: copy.copy(point(1, 2)).y,
    lambda point, *_: [(one.name, one.type, one.default, one.kw_only) for one in dataclasses.fields(point)],
    lambda point, *_: (point.__match_args__, point.__slots__, dataclasses.is_dataclass(point)),
    lambda _, named, *__: repr(named(1, name="b")),
    lambda _, named, *__: ([one.name for one in dataclasses.fields(named)], named.__match_args__, named.__slots__),
    lambda point, named, *_: named(1) == point(1),
    lambda _, __, box, ___: dataclasses.asdict(box(1)),
    lambda _, __, box, ___: (box(1) == box(1), box.__hash__),
    lambda _, __, box, ___: moved(box(1)),
    lambda point, *_: point(),
    lambda point, *_: point(1, 2, [], 4),
    lambda point, *_: point(1, x=2),
    lambda point, *_: point(1, z=2),
    lambda _, named, *__: named(1, 2, [], "b"),
    lambda point, *_: setattr(point(1), "x", 2),
    lambda point, *_: delattr(point(1), "x"),
    lambda _, __, box, ___: hash(box(1)),
    lambda point, *_: point(1) < 3,
    lambda *made: (made[3]("a") == made[3]("a"), (one := made[3]("a")) in {one}, repr(one)),
    lambda *made: setattr(made[3]("a"), "said", "b"),
]


def outcome(act: Callable[..., object], made: tuple[Any, ...]) -> str:
    try:
        return repr(act(*made)).replace("driftcheck.frozen", "dataclasses")
    except (TypeError, AttributeError) as error:
        return f"{type(error).__name__}: {error}"


@pytest.mark.parametrize("made_before", [0, 100])
def test_it_is_what_the_standard_library_makes(made_before: int) -> None:
    ours, theirs = classes(frozen.dataclass), classes(dataclasses.dataclass)
    for _ in range(made_before):
        for cls in (*ours, *theirs):
            cls(1)
    assert [outcome(act, ours) for act in ACTS] == [outcome(act, theirs) for act in ACTS]


@frozen.dataclass(frozen=True, slots=True)
class Known:
    value: int


def test_it_can_be_pickled() -> None:
    assert pickle.loads(pickle.dumps(Known(3))) == Known(3)
