"""What PostgreSQL refuses of a sequence's options (`init_params` in sequence.c)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...sql import Token
from .errors import RefusedError

_BITS = {"smallint": 15, "integer": 31, "bigint": 63}


def check_sequence(
    options: Mapping[str, Any], token: Token | None, *, kind: str = "bigint", column: bool = False
) -> None:
    """`options` by the model's field names, None for a NO MINVALUE; `kind` is the type, where they do not say it.

    Raises RefusedError.
    """
    kind = options.get("type", kind)
    if kind not in _BITS:
        what = "identity column type" if column else "sequence type"
        raise RefusedError(f"{what} must be smallint, integer, or bigint", token)
    step = options.get("increment", 1)
    if step == 0:
        raise RefusedError("INCREMENT must not be zero", token)
    least, most = -(2 ** _BITS[kind]), 2 ** _BITS[kind] - 1
    low, high = options.get("minimum"), options.get("maximum")
    for word, value in (("MAXVALUE", high), ("MINVALUE", low)):
        if value is not None and not least <= value <= most:
            raise RefusedError(f"{word} ({value}) is out of range for sequence data type {kind}", token)
    low = (1 if step > 0 else least) if low is None else low
    high = (most if step > 0 else -1) if high is None else high
    if low >= high:
        raise RefusedError(f"MINVALUE ({low}) must be less than MAXVALUE ({high})", token)
    start = options.get("start")
    if start is not None and start < low:
        raise RefusedError(f"START value ({start}) cannot be less than MINVALUE ({low})", token)
    if start is not None and start > high:
        raise RefusedError(f"START value ({start}) cannot be greater than MAXVALUE ({high})", token)
    cache = options.get("cache")
    if cache is not None and cache <= 0:
        raise RefusedError(f"CACHE ({cache}) must be greater than zero", token)
