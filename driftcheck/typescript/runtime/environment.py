"""Lexical scopes."""

from __future__ import annotations

from .values import Value


class Uninitialised:
    """The type of what a name holds between the start of its block and its declaration."""

    def __repr__(self) -> str:
        return "uninitialised"


UNINITIALISED = Uninitialised()
MISSING = Uninitialised()


class Deferred:
    """What a name holds that must be asked for at each reading: an import, or a declaration not yet evaluated."""

    __slots__ = ()

    def read(self) -> Value:
        raise NotImplementedError

    def peek(self) -> Value:
        """What it holds if that can be known without evaluating anything; else None."""
        return None


class Environment:
    """The names of one block. `function` is the scope of the function it is in, where `var` declares."""

    __slots__ = ("function", "names", "parent")

    def __init__(self, parent: Environment | None, *, function: bool = False) -> None:
        self.names: dict[str, Value] = {}
        self.parent = parent
        self.function: Environment = self if function or parent is None else parent.function

    def holder(self, name: str) -> Environment | None:
        """The nearest scope that has `name`."""
        scope: Environment | None = self
        while scope is not None:
            if name in scope.names:
                return scope
            scope = scope.parent
        return None

    def get(self, name: str, default: Value = MISSING) -> Value:
        """What the nearest scope that has `name` holds for it, Deferred or not."""
        scope: Environment | None = self
        while scope is not None:
            names = scope.names
            if name in names:
                return names[name]
            scope = scope.parent
        return default
