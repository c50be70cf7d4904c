"""What a kind of source is: all that other packages have to know of one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, Generic, Literal, NewType, Protocol, TypeVar

from ..frozen import dataclass

if TYPE_CHECKING:
    from ..discovery.files import Files
    from ..discovery.found import Sighting
    from ..findings import Fix
    from ..fixes.drift import Drift
    from ..fixes.edits import Editing, Edits, NotPlaced
    from ..model import Table
    from ..project import Project
    from ..reading import Reading

T = TypeVar("T")

#: The name of a kind where the config demands one.
KindName = NewType("KindName", str)


@dataclass(frozen=True, slots=True)
class Lazy(Generic[T]):
    """`package.module:attribute`, imported when it is first needed.

    A command asks for one or two kinds, and none of them should pay for the readers of the others. It also lets this
    package be below those that it names, so that all of them may use it.
    """

    name: str

    def load(self) -> T:
        module, _, attribute = self.name.partition(":")
        value: T = getattr(import_module(module), attribute)
        return value


class Started(Protocol):
    """A reading under way elsewhere: in another process, at a server."""

    def result(self) -> Reading: ...

    def cancel(self) -> None: ...


#: Reads a location relative to the root of a project, through whose door it opens files.
Read = Callable[[str, "Project"], "Reading"]
#: Starts a reading that runs the project's code, or asks a server: location, project, options of the run.
Start = Callable[[str, "Project", Any], Started]
#: The comments in a text: start and end offsets, their marks included.
Comments = Callable[[str], Iterable[tuple[int, int]]]
#: The words beside what is declared at places (line and column, from 1) of a text, as far as there are any.
Describe = Callable[[str, Sequence[tuple[int, int]]], Mapping[tuple[int, int], str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceKind:
    """One kind of source. Only what is given is offered: a kind without `fix` gets no fixes, never those of another.

    name        what precedes the colon of KIND:LOCATION, and the name of a source that has no other
    example     a source of this kind as a user would write it, for hints
    location    what LOCATION may be, for the manual; markdown
    names       how the names of files begin that are of this kind whatever they end in
    suffixes    the endings of files that are of this kind if their name is all that is known
    offered     the endings that shell completion offers; none where a location is no file
    guess       a bare location as KIND:LOCATION would have it, or None if it does not look like this kind
    comments    finds the comments of its files, in which ignores stand; None where they have none
    describe    finds what its files say of tables and columns that is in no database: JSDoc, docstrings
    is_path     whether a location is a path, and so means another from another folder
    read        reads it, if reading runs nothing
    start       starts reading it, if that runs the project's code: not done under --no-exec, where a snapshot serves
    connect     starts reading it, if that asks a server
    options     the keys that only sources of this kind may have in the config
    find        looks for it in a project without a config
    fix         says what to write to end a finding
    edit        edits its files so that findings end: an answer for each drift, in their order (see `fixes/edits.py`)
    language    the language of its edits, as reports name it, if that is not the kind's name
    tidy        takes away what edits of a file leave over: its path, the bytes before them and after them
    unedited    why its findings are ended by no edit, and what ends them, as a clause; empty if `edit` answers
    secure      the fix that enables row-level security on a table, which no truth has to demand
    snapshot    where `driftcheck snapshot` writes its reading, and --no-exec reads it, unless the config says otherwise
    spoken      what it is called in a sentence, if that is not its name
    tells       how a glance shows the engine that it is of: by an address, by code, by its SQL; empty if by nothing
    scripted    whether its fixes are SQL for a database, which --to-sql writes as one script
    """

    name: str
    example: str
    location: str
    names: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    guess: Callable[[str], str | None] | None = None
    comments: Lazy[Comments] | None = None
    describe: Lazy[Describe] | None = None
    is_path: bool = True
    read: Lazy[Read] | None = None
    start: Lazy[Start] | None = None
    connect: Lazy[Start] | None = None
    options: frozenset[str] = frozenset()
    find: Lazy[Callable[[Files], Sighting]] | None = None
    fix: Lazy[Callable[[Drift], Fix | None]] | None = None
    edit: Lazy[Callable[[Editing], Sequence[Edits | NotPlaced]]] | None = None
    language: str = ""
    tidy: Lazy[Callable[[str, bytes, bytes], bytes]] | None = None
    unedited: str = ""
    secure: Lazy[Callable[[Table], Fix]] | None = None
    snapshot: str = "driftcheck.snapshot.json"
    scripted: bool = False
    tells: Literal["", "address", "code", "sql"] = ""
    spoken: str = ""

    @property
    def title(self) -> str:
        return self.spoken or self.name

    @property
    def runs_project(self) -> bool:
        return self.start is not None

    @property
    def is_asked(self) -> bool:
        """Whether something else than this process does the reading, so that it is begun first and waited for last."""
        return self.start is not None or self.connect is not None
