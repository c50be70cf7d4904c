"""The text of a snapshot: a reading as JSON, with what shows later whether it is stale."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from .. import __version__
from ..kinds import KINDS
from ..project import Project
from ..reading import Source


def snapshot_text(source: Source, root: Path | Project) -> str:
    """`source` as `readers.snapshot` reads it: its kind, the hashes of its files below `root`, and its reading."""
    from ..model.json import to_text
    from ..readers.snapshot import hashes
    from ..writers.json import document

    content = {
        "tool": {"name": "driftcheck", "version": __version__},
        "kind": source.kind,
        "hashes": hashes(source.reading.files, root),
        **document(replace(source.reading, notes=_lasting(source))),
    }
    return to_text(content)


def _lasting(source: Source) -> tuple[str, ...]:
    """The notes without the one on the interpreter: a snapshot is committed, and alike on every machine."""
    return source.reading.notes[1:] if KINDS[source.kind].runs_project else source.reading.notes
