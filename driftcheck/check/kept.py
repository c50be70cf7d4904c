"""Readings that are kept until something that they were read from changes.

Each is kept for itself: after an edit only what the edited file belongs to is read anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING

from ..cache.parts import Part, Parts
from ..config import SourceSpec
from ..kinds import KINDS
from ..project import Project

if TYPE_CHECKING:
    from ..reading import Reading
    from .readings import PythonChoice

#: What readings are made of.
_CLASSES = ("driftcheck.location", "driftcheck.model", "driftcheck.normalize", "driftcheck.reading")


class KeptReadings:
    """The readings of all checks that are given this: on disk, and in memory as long as it lives.

    One check at a time: what a check looks at is noted for the whole process.
    """

    def __init__(self) -> None:
        self._parts = Parts(_CLASSES)

    def files(self) -> frozenset[str]:
        """The files that were read for what is in memory."""
        return frozenset(path for kept in self._parts.memory.values() for path in kept.inputs.contents)

    def of(self, project: Project) -> KeptSources:
        """Those of one check of `project`."""
        return KeptSources(self._parts, project)


class KeptSources:
    """The sources of one check."""

    def __init__(self, parts: Parts, project: Project) -> None:
        self._project = project
        self._round = parts.round(project.root, project.pretended)

    def source(self, spec: SourceSpec, interpreter: PythonChoice, *, normal: bool) -> KeptSource | None:
        """One of them, its schema normalized if `normal`; None if its kind is never kept: a database changes unseen."""
        if KINDS[spec.kind].connect is not None:
            return None
        words = {
            **{name: value for name, value in _words(spec).items() if name not in ("name", "place")},
            "interpreter": asdict(interpreter),
            "python": interpreter.python or spec.python,
            "normal": normal,
            "dialect": (self._project.dialect, self._project.dialect_said),
            "limits": asdict(self._project.budget.limits),
            "open": [str(folder) for folder in self._project.open],
        }
        return KeptSource(self._round.part(words), self._project)


def _words(spec: SourceSpec) -> Mapping[str, object]:
    return {name: getattr(spec, name) for name in SourceSpec.__slots__}


class KeptSource:
    """One source: its reading, if it was kept, else what it depends on is noted while it is read."""

    def __init__(self, part: Part, project: Project) -> None:
        self._part, self._taken = part, 0
        #: What looks up what it has looked up before depends on nothing that another source looked up.
        self.project = project.afresh()

    def kept(self) -> Reading | None:
        """The reading that was kept. It counts as read: what the rest of the check may take grows with it."""
        found = self._part.kept()
        if found is None:
            return None
        self.project.budget.take_file(found.taken)
        reading: Reading = found.value
        return reading

    @contextmanager
    def reading(self) -> Iterator[None]:
        """What is looked at inside the block is what the reading depends on."""
        before = self.project.budget.read
        with self._part.watched():
            yield
        self._taken += self.project.budget.read - before

    def keep(self, reading: Reading) -> None:
        self._part.keep(reading, self._taken)
