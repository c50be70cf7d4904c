"""What the project's Python answered, as a reading or as an error."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial

from ... import listening
from ...dialects import dialect_named
from ...errors import SourceError
from ...frozen import dataclass
from ...model import Location, Schema
from ...project import Project
from ...reading import Reading, Statements
from ...worker.answer import Description, RefusedAnswer, passed_over, understood
from ...worker.interpreter import Interpreter
from ...worker.layout import Layout
from ...worker.missing import with_packages
from ...worker.options import Options
from ...worker.process import ProcessOutcome, Run
from . import neighbours, registered
from .capabilities import capabilities, capabilities_elsewhere
from .failures import Failures
from .model import Build, left_to_the_server, located, relative
from .statements import Replayed


@dataclass(frozen=True, slots=True)
class Heard:
    """How a run ended, what it answered, and a sentence on modules that nobody imported."""

    outcome: ProcessOutcome
    answer: Description | RefusedAnswer
    elsewhere: str | None


class AnswerReader:
    """Understands the answer to one request."""

    def __init__(self, layout: Layout, project: Project, interpreter: Interpreter, options: Options) -> None:
        self._layout, self._project, self._interpreter = layout, project, interpreter
        self._root = project.root
        self._options = options
        self._failures = Failures(layout, project, interpreter, options)

    def not_started(self, error: OSError) -> SourceError:
        """What to say if the interpreter cannot be run."""
        return self._failures.not_started(error)

    def wait(self, run: Run) -> Heard:
        """What `run` comes to. Raises SourceError if there is no answer that can be understood."""
        found = neighbours.definitions(self._layout, self._project)
        outcome = run.wait()
        answer = self._understood(outcome)
        missed = neighbours.unimported(found, answer.loaded, self._layout)
        elsewhere = neighbours.sentence(missed, self._root, self._layout) if missed else None
        return Heard(outcome, answer, elsewhere)

    def refusal(self, heard: Heard) -> SourceError:
        """What to say of an answer that holds no description."""
        assert isinstance(heard.answer, RefusedAnswer)
        return self._failures.refused(heard.answer, heard.outcome, heard.elsewhere)

    def reading(self, heard: Heard) -> Reading:
        """The reading that was heard. Raises SourceError if the models cannot be imported, or hold no table."""
        answer = heard.answer
        if isinstance(answer, RefusedAnswer):
            raise self.refusal(heard)
        if not answer.tables and not answer.views:
            raise self._failures.no_tables(answer, heard.elsewhere)
        self._note_inputs(answer)
        return self._build(answer, heard.elsewhere)

    def _understood(self, outcome: ProcessOutcome) -> Description | RefusedAnswer:
        if outcome.answer is None:
            raise self._failures.without_answer(outcome, outcome.over)
        try:
            return understood(outcome.answer, Description)
        except ValueError as error:
            raise self._failures.without_answer(outcome, str(error)) from error

    def _note_inputs(self, document: Description) -> None:
        listening.heard(document.inputs)
        asked, answered = self._interpreter.command[0], document.executable
        if not self._interpreter.direct or os.path.realpath(asked) != os.path.realpath(answered):
            listening.doubt("another program chose the interpreter")

    def _build(self, document: Description, elsewhere: str | None) -> Reading:
        home = self._home(document)
        dialect = dialect_named(self._options.dialect)
        build: Build | Replayed
        if dialect.replay is None:
            build = Build(document, self._root, home)
            said = capabilities(document)
        else:
            build = Replayed(document, dialect, self._project.budget, partial(located, root=self._root), home)
            said = capabilities_elsewhere(document)
        gaps = tuple(build.gaps)
        objects = sum(map(len, (document.tables, document.views, document.sequences, document.enums, document.domains)))
        unmodelled = {"DDL events": document.events} if document.events else {}
        unmodelled |= build.unmodelled
        unmodelled |= registered.in_migrations(self._layout, self._project, document.loaded)
        return Reading(
            schema=build.schema,
            capabilities=said,
            files=tuple(relative(path, self._root) for path in document.loaded),
            gaps=gaps,
            statements=Statements(
                read=objects + len(gaps) + sum(unmodelled.values()),
                gaps=len(gaps),
                unmodelled=unmodelled,
            ),
            notes=self._notes(document, build.schema, elsewhere),
            cautions=(*_stood_in(document, len(gaps), self._interpreter), *passed_over(document, self._root)),
            home=home,
            dialect=self._options.dialect,
        )

    def _notes(self, document: Description, schema: Schema, elsewhere: str | None) -> tuple[str, ...]:
        versions = f"Python {document.python}, SQLAlchemy {document.sqlalchemy}"
        using = f"using {self._interpreter} ({self._interpreter.reason}; {versions})"
        roots = [relative(path, self._root) for path in document.roots]
        beside = f"put {', '.join(roots)} on the path, for packages of this repository" if roots else None
        said = (beside, left_to_the_server(schema), elsewhere)
        return (using, *document.notes, *(note for note in said if note))

    def _home(self, document: Description) -> Location:
        """Where a new table would go: behind the last table of the file that holds most of them."""
        places = [facts.at for facts in document.tables if facts.at]
        if not places:
            file = self._layout.file or self._root
            return Location(relative(str(file), self._root))
        (fullest, _), *_ = Counter(place[0] for place in places).most_common(1)
        last = max(place[3] or place[1] or 1 for place in places if place[0] == fullest)
        return Location(relative(fullest, self._root), last)


#: How many names a sentence lists.
_LISTED = 8


def _stood_in(document: Description, gaps: int, interpreter: Interpreter) -> Iterator[str]:
    """What something stood in for, and what is in doubt because of it."""
    if document.stubbed:
        doubt = f"{gaps} gaps say what is in doubt" if gaps > 1 else "a gap says what is in doubt" if gaps else ""
        yield (
            f"stand-ins took the place of packages that are not installed: {_few(document.stubbed)}; "
            f"{doubt or 'no column depends on them as far as can be seen'}{_with_all(document, interpreter)}"
        )
    if document.unset:
        yield f"a placeholder stood for variables that are not set: {_few(document.unset)}"


def _with_all(document: Description, interpreter: Interpreter) -> str:
    """The command that reads what is in doubt, too."""
    said = [f"{gap.what} {gap.why}" for gap in document.gaps]
    tops = dict.fromkeys(name.partition(".")[0] for name in document.stubbed)
    needed = [top for top in tops if any(re.search(rf"\b{re.escape(top)}\b", text) for text in said)]
    command = with_packages(interpreter, *needed[:_LISTED]) if needed else None
    return "" if command is None else f"; to read it, too: {command}"


def _few(names: Sequence[str]) -> str:
    more = f" and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
    return ", ".join(names[:_LISTED]) + more
