"""What of the file system belongs to a project: the repository's files, and what its config allows beside them."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterable
from copy import copy
from pathlib import Path
from typing import BinaryIO

from .. import listening
from ..budget import Budget, Limits
from ..frozen import dataclass
from ..location import Location
from ..opening import Outside, TooLarge, demand_readable, opened

#: Nothing is there, or could be: a name that is too long is nobody's.
#: Bytes that are read at a time of what has no size.
_PART = 1_000_000
#: Characters of the longest path of any system; to follow the links of one without end takes squared time.
_LONGEST = 32_767
_NOT_THERE = (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG)


@dataclass(frozen=True, slots=True)
class FolderEntry:
    """Something in a folder. `trouble` says why it is neither a file nor a folder that may be looked at."""

    path: Path
    is_file: bool = False
    is_folder: bool = False
    is_link: bool = False
    trouble: str | None = None
    leads_out: bool = False

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def exists(self) -> bool:
        return self.is_file or self.is_folder or self.trouble is not None


class Project:
    """The files of one check, and the budget that reading them draws from.

    `root` is the folder in which driftcheck works (`-C`). Nothing is read outside of `top`, the repository's top (or
    the root, where there is no repository), but what `allow_outside` names: paths relative to the root. Links are
    followed first: what counts is where a file really is.

    Whatever looks at a file raises OSError where that cannot be done; Outside and NoRegularFile are OSErrors.
    """

    def __init__(self, root: Path, allow_outside: Iterable[str] = (), budget: Budget | None = None) -> None:
        self.root = Path(os.path.realpath(root))
        self.top = top_of(self.root)
        self.budget = budget or Budget()
        #: The engine that the sources are of, where somebody or another source says so (see `driftcheck.dialects`).
        self.dialect = ""
        self.dialect_said = False
        self._real: dict[str, Path] = {}
        self._folders: dict[str, str] = {}
        self._charged: dict[Path, int] = {}
        self._stamps: dict[Path, tuple[int, ...]] = {}
        self._instead: dict[Path, bytes] = {}
        self._given: dict[str, bytes] = {}
        #: Before each path below the root, for where thousands of paths are shown.
        self._below = os.path.join(self.root, "")
        self._open = [self.top, *(Path(os.path.realpath(self.root / name)) for name in allow_outside)]

    @classmethod
    def of(cls, root: Path | Project) -> Project:
        """A project with nothing special about it, from its root alone."""
        return root if isinstance(root, Project) else cls(root)

    def apart(self, limits: Limits) -> Project:
        """The same files, with a budget of their own."""
        other = copy(self)
        other.budget, other._charged = Budget(limits), {}
        return other

    def afresh(self) -> Project:
        """The same files and the same budget, without what is known of where they are: it is looked up again."""
        other = copy(self)
        other._real, other._folders = {}, {}
        return other

    @property
    def open(self) -> tuple[Path, ...]:
        """The folders in which files may be read."""
        return tuple(self._open)

    @property
    def pretended(self) -> frozenset[str]:
        """The paths of the files that are read otherwise than they are."""
        return frozenset(map(str, self._instead))

    def of_dialect(self, name: str, *, said: bool = True) -> Project:
        """The same files, and the same budget, read as those of the engine `name`. `said` is by whoever runs it."""
        other = copy(self)
        other.dialect, other.dialect_said = name, said and bool(name)
        return other

    # -- Paths --------------------------------------------------------------------------------------------------

    def real(self, path: Path | str) -> Path:
        """Where `path` (relative to the root) really is, links followed. Raises Outside if that may not be read."""
        whole = os.path.join(self.root, path)
        found = self._real.get(whole)
        if found is None:
            found = self._real[whole] = self._followed(whole)
        return found

    def _followed(self, whole: str) -> Path:
        if len(whole) > _LONGEST:
            raise OSError(errno.ENAMETOOLONG, "no file can have a name as long", whole[:100])
        try:
            text = self._real_text(whole)
        except ValueError as error:  # a NUL, or what no file system can hold
            raise FileNotFoundError(errno.ENOENT, "no file can have this name", whole) from error
        found = Path(text)
        if not text.startswith(self._below) and not any(found.is_relative_to(folder) for folder in self._open):
            raise Outside(whole)
        return found

    def _real_text(self, whole: str) -> str:
        """As `os.path.realpath`, which would look at each folder above once more for every file in it."""
        folder, name = os.path.split(whole)
        if os.name == "nt" or name in ("", ".", ".."):
            return os.path.realpath(whole)
        if folder not in self._folders:
            self._folders[folder] = os.path.realpath(folder)
        found = os.path.join(self._folders[folder], name)
        try:
            is_link = stat.S_ISLNK(os.lstat(found).st_mode)
        except OSError:
            return found
        return os.path.realpath(found) if is_link else found

    def to_write(self, path: Path | str) -> Path:
        """Where `path` really is. Raises Outside if it is not one of the repository's own, which alone are written to.

        What git keeps is none: a config that a stranger wrote may name a hook.
        """
        real = self.real(path)
        if not real.is_relative_to(self.top):
            raise Outside(str(path), "it is outside of the repository")
        if _is_gits(real.relative_to(self.top)):
            raise Outside(str(path), "it is git's own")
        return real

    def holds(self, path: Path | str) -> bool:
        """Whether `path` is, by its name alone, one of the project's."""
        return Path(os.path.abspath(self.root / path)).is_relative_to(self.top)

    def shown(self, path: Path | str) -> str:
        """`path` as reports show it: relative to the root, with forward slashes; absolute if outside of `top`."""
        text = os.path.abspath(self._below + os.fspath(path) if not os.path.isabs(path) else path)
        if text.startswith(self._below):
            return text[len(self._below) :].replace(os.sep, "/")
        whole = Path(text)
        if not whole.is_relative_to(self.root):
            with contextlib.suppress(OSError):
                whole = self.real(path)
        if whole.is_relative_to(self.root):
            return whole.relative_to(self.root).as_posix()
        return Path(os.path.relpath(whole, self.root) if whole.is_relative_to(self.top) else whole).as_posix()

    def state(self, path: Path | str) -> os.stat_result | None:
        """What the file system says of `path`; None if there is nothing that may be looked at."""
        try:
            return os.stat(self.real(path))
        except OSError:
            return None

    def is_file(self, path: Path | str) -> bool:
        """Whether there is a regular file."""
        facts = self.state(path)
        return facts is not None and stat.S_ISREG(facts.st_mode)

    def is_folder(self, path: Path | str) -> bool:
        facts = self.state(path)
        return facts is not None and stat.S_ISDIR(facts.st_mode)

    def is_there(self, path: Path | str) -> bool:
        """Whether there is anything of that name, be it a link that leads nowhere, or out."""
        try:
            return os.path.lexists(self.root / path)
        except ValueError:
            return False

    # -- Contents -----------------------------------------------------------------------------------------------

    def give(self, name: str, stream: BinaryIO) -> None:
        """Lets `name` be a file with what `stream` holds, which is read once, as far as the budget goes."""
        if name not in self._given:
            parts = []
            while part := stream.read(_PART):
                self.budget.take_file(len(part), Location(name))
                parts.append(part)
            self._given[name] = b"".join(parts)

    def data(self, path: Path | str, place: Location | None = None, most: int | None = None) -> bytes:
        """The bytes of a file, of which more than `most` is an error. `place` is where it is asked for."""
        if self._given and (given := self._given.get(self.shown(path))) is not None:
            return given
        real = self.real(path)
        where = place or Location(self.shown(path))
        self.budget.open(where)
        if (instead := self._instead.get(real)) is not None:
            listening.doubt("a file was read otherwise than it is")
            self._charge(real, len(instead), where)
            return instead
        handle, facts = opened(str(real))
        with open(handle, "rb") as file:
            if most is not None and facts.st_size > most:
                raise TooLarge(most, str(path))
            self._charge(real, facts.st_size, where)
            self._stamps.setdefault(real, _stamp(facts))
            data = file.read(facts.st_size + 1)
        if len(data) > facts.st_size:
            self.budget.take_file(len(data), where)  # it grew meanwhile, or it is one that has no size
            raise TooLarge(facts.st_size, str(path))
        return data

    def pretend(self, path: Path | str, data: bytes) -> None:
        """From now on a file holds `data`, for all who read it by this project."""
        self._instead[self.real(path)] = data

    def changed(self, path: Path | str) -> bool:
        """Whether a file that was read is another than it was at first, or was none and cannot be looked at again."""
        if self.shown(path) in self._given:
            return True
        facts, stamp = self.state(path), self._stamps.get(self.real(path))
        return stamp is not None and (facts is None or _stamp(facts) != stamp)

    def _charge(self, real: Path, size: int, where: Location) -> None:
        """Draws the bytes of a file, once: what is read again has been in memory before."""
        self.budget.take_file(max(0, size - self._charged.get(real, 0)), where)
        self._charged[real] = max(size, self._charged.get(real, 0))

    def beginning(self, path: Path | str, size: int) -> bytes:
        """The first `size` bytes of a file."""
        self.budget.open()
        handle, facts = opened(str(self.real(path)))
        with open(handle, "rb") as file:
            self.budget.take_file(min(size, facts.st_size))
            return file.read(size)

    def text(self, path: Path | str, place: Location | None = None, errors: str = "replace") -> str:
        """The text of a file in UTF-8, without a mark at its beginning. `errors` as in `bytes.decode`."""
        return self.data(path, place).decode("utf-8-sig", errors)

    def entries(self, folder: Path | str) -> list[FolderEntry]:
        """What is in a folder, by name. Raises OSError if it is no folder that may be looked at."""
        real, found = self.real(folder), []
        where = Location(self.shown(folder))
        with os.scandir(real) as entries:
            for entry in entries:
                self.budget.walk(1, where)
                found.append(self._entry(self.root / folder / entry.name, entry))
        return sorted(found, key=lambda entry: entry.name)

    def _entry(self, path: Path, entry: os.DirEntry[str]) -> FolderEntry:
        is_link = entry.is_symlink()
        if not is_link and (entry.is_dir() or entry.is_file()):
            return FolderEntry(path, entry.is_file(), entry.is_dir())
        return self.entry(path)

    def entry(self, path: Path) -> FolderEntry:
        """What there is at `path`, looked at by itself. What lies outside is not even looked for."""
        is_link = os.path.islink(path)
        try:
            real = self.real(path)
            mode = os.stat(real).st_mode
            demand_readable(mode, str(real))
        except OSError as error:
            if error.errno in _NOT_THERE and not is_link:
                return FolderEntry(path)
            return FolderEntry(path, False, False, is_link, str(error.strerror or error), isinstance(error, Outside))
        return FolderEntry(path, stat.S_ISREG(mode), stat.S_ISDIR(mode), is_link)


def _stamp(facts: os.stat_result) -> tuple[int, ...]:
    return facts.st_ino, facts.st_size, facts.st_mtime_ns


def repository_of(folder: Path) -> Path | None:
    """The top of the repository that holds `folder`, an absolute path; None where there is none."""
    return next((place for place in (folder, *folder.parents) if os.path.lexists(place / ".git")), None)


def top_of(root: Path) -> Path:
    """The top of the repository that holds `root`; the root itself where there is none."""
    return repository_of(root) or root


def demand_own(path: Path) -> None:
    """Raises Outside if `path` is a name in a repository that a link in it leads out of: not to be written to."""
    whole = Path(os.path.abspath(path))
    top = repository_of(whole.parent)
    if top is None:
        return
    real = Path(os.path.realpath(whole))
    if not real.is_relative_to(os.path.realpath(top)):
        raise Outside(str(path))
    if _is_gits(real.relative_to(os.path.realpath(top))) and not _is_gits(whole):
        raise Outside(str(path), "a link leads to what is git's own")


def _is_gits(path: Path) -> bool:
    """Whether a path from the top of a repository is of git's own folder, or of that of one within."""
    return any(part.lower() == ".git" for part in path.parts)
