"""What the values of each type inherit from the language: their methods, by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from ...frozen import dataclass
from .values import Value

Methods = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Prototypes:
    """The methods of each type; what all objects have is in `object`."""

    array: Methods = field(default_factory=dict)
    string: Methods = field(default_factory=dict)
    number: Methods = field(default_factory=dict)
    function: Methods = field(default_factory=dict)
    symbol: Methods = field(default_factory=dict)
    object: Methods = field(default_factory=dict)
