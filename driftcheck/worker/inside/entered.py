"""Objects that are their own result wherever they are entered or awaited."""

from __future__ import annotations

from typing import Any


class Entered:
    """For `with`, `async with` and `await`: each gives the object itself, at once."""

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *_: Any) -> None:
        return None

    async def __aenter__(self) -> Any:
        return self

    async def __aexit__(self, *_: Any) -> None:
        return None

    def __await__(self) -> Any:
        yield from ()
        return self
