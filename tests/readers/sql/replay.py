"""A reading of a text, for the tests beside this."""

from __future__ import annotations

from pathlib import Path

from driftcheck.readers.sql import read
from driftcheck.reading import Reading


def read_text(folder: Path, text: str | bytes, name: str = "schema.sql") -> Reading:
    """The reading of `text`, written to `folder/name`."""
    data = text if isinstance(text, bytes) else text.encode()
    (folder / name).write_bytes(data)
    return read(name, folder)
