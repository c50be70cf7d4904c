"""Where a project keeps its SQL: dumps, hand-written files, folders of migrations. Each of them can be a source."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator

from ..dialects import dialect_named
from ..findings import LeftOut
from ..frozen import dataclass
from ..kinds import KINDS
from ..regex import lazy
from .drizzle import owner
from .files import Files, doubt, doubt_of_name
from .found import Candidate, Sighting
from .kit import kit_files
from .sqltext import Scan, lacks_its_beginning, makes_nothing_alone, scan, tables

LOOKED_FOR = "SQL files with CREATE TABLE (dumps, schema files, folders of migrations)"

_NUMBERED = re.compile(r"^(?:[VvUu]?\d[\w.-]*|[Rr]__[\w.-]*)$")
_NUMBERED_FOLDER = re.compile(r"^\d+[_-]\w")
_BACKWARD = re.compile(
    r"(?:(?:^|[/._-])(?:down|rollback|undo|revert)\.sql|(?:^|/)(?:down|rollbacks?|undo|revert)/[^/]*)$", re.I
)
#: What a migration is called that has a folder of its own: Prisma's and Drizzle's, Diesel's and Hasura's.
_OWN_FOLDER = ("migration.sql", "up.sql")
#: What a file is called that holds a whole schema.
_NAMED = re.compile(r"(?:schema|structure|production|init|dump|ddl|tables|database)", re.IGNORECASE)
_OTHERS = "sqlite3?|mysql|mariadb|oracle|mssql|sqlserver|h2|hsqldb|clickhouse"
#: Files of one schema for several engines: `full.sql.postgres`, `full.sql.sqlite`, `schema_mysql.sql`.
_NAMED_FOR = lazy(
    rf"(?P<ending>\.sql\.(?:postgres(?:ql)?|(?P<last>{_OTHERS}))|[._-](?:postgres(?:ql)?|pg|psql|(?P<first>{_OTHERS}))\.sql)$",
    re.IGNORECASE,
)
_TAG = re.compile(r'"tag"\s*:\s*"([^"]+)"')
_DIALECT = re.compile(r'"dialect"\s*:\s*"(\w+)"')
_STALE = "its journal names files that are gone"
_PROVIDER = re.compile(r'^provider\s*=\s*"(\w+)"', re.MULTILINE)
_SUPABASE = re.compile(r"(?:^|/)supabase/migrations$")
#: Why a patch of what something else makes is not taken.
_NEEDS_OTHERS = "its tables refer to others that it does not make"


def search(files: Files) -> Sighting:
    """Every folder of migrations, and every file that is no part of one."""
    look = _SqlLook(files)
    return Sighting(tuple(look.candidates()), tuple(look.left_out), LOOKED_FOR)


@dataclass(frozen=True, slots=True)
class _Folder:
    """Files that one tool applies one after the other: where, what they are, what to call them."""

    location: str
    what: str
    word: str
    paths: tuple[str, ...]
    made_from: str | None = None


class _SqlLook:
    def __init__(self, files: Files) -> None:
        self._files = files
        self._dialect = dialect_named(files.project.dialect)
        self._scans: dict[str, Scan] = {}
        self._taken: set[str] = set()
        self._outs_seen: set[str] = set()
        self.left_out: list[LeftOut] = []
        self._all: list[str] = []
        self._others: set[str] = set()
        sql = [path for path in files.ending(*KINDS["sql"].suffixes) if not _BACKWARD.search(path)]
        named = {path: found for path in sql if (found := _NAMED_FOR.search(path))}
        ours = {posixpath.dirname(path) for path, found in named.items() if not _other(found)}
        for path in sql:
            folder = posixpath.dirname(path)
            if folder in ours and path in named and (other := _other(named[path])):
                self._others.add(folder)
                self.left_out.append(LeftOut(path, f"it is SQL for {other}, as its name says"))
            else:
                self._all.append(path)

    def candidates(self) -> Iterator[Candidate]:
        """Folders whose tool is known, then those that look like migrations, then what is left."""
        for folders in (self._outs, self._journals, self._nested, self._numbered_trees, self._numbered, self._parts):
            for folder in folders():
                yield from self._of_folder(folder)
        for path in self._all:
            if path not in self._taken:
                yield from self._of_file(path)

    def _scan(self, path: str) -> Scan:
        if path not in self._scans:
            self._scans[path] = scan(self._files.text(path), self._files.project.dialect)
        return self._scans[path]

    def _of_folder(self, folder: _Folder) -> Iterator[Candidate]:
        self._taken.update(folder.paths)
        scans = [self._scan(path) for path in folder.paths]
        foreign = next((one.foreign for one in scans if one.foreign), None)
        if foreign and not any(one.ours for one in scans):
            self.left_out.append(LeftOut(folder.location, f"it is SQL for {foreign}"))
            return
        if scans and all(one.empty for one in scans):
            self.left_out.append(LeftOut(folder.location, "all of it is a comment"))
            return
        names = tables(scans)
        if names:
            yield Candidate(
                kind="sql",
                location=folder.location,
                why=f"{folder.what}, {_number(len(names), 'table')}",
                word=folder.word,
                tables=names,
                doubt=None if folder.made_from else doubt(folder.location + "/"),
                made_from=folder.made_from,
                generated=folder.word == "drizzle-kit",
                unfit=_NEEDS_OTHERS if folder.word != "supabase" and makes_nothing_alone(scans) else None,
                late=lacks_its_beginning(scans),
                files=frozenset(folder.paths),
            )

    def _of_file(self, path: str) -> Iterator[Candidate]:
        found = self._scan(path)
        names = tables([found])
        if found.foreign and found.creates:
            self.left_out.append(LeftOut(path, f"it is SQL for {found.foreign}"))
        if found.foreign or not names:
            return
        name = posixpath.basename(path)
        why_not = doubt_of_name(path)
        if why_not == "it lies in docs/" and _NAMED.search(name):
            why_not = None  # where people keep the schema that they edit by hand
        if found.for_reading:
            why_not = "it says that it is not meant to be run"
        yield Candidate(
            kind="sql",
            location=path,
            why=f"a file of SQL, {_number(len(names), 'table')}",
            word=name.rpartition(".")[0],
            tables=names,
            doubt=why_not,
            unfit=_NEEDS_OTHERS if makes_nothing_alone([found]) else None,
            late=lacks_its_beginning([found]),
            files=frozenset([path]),
        )

    # -- Folders ----------------------------------------------------------------------------------------------------

    def _outs(self) -> Iterator[_Folder]:
        """The folders that drizzle-kit's configs name, whatever they are called."""
        kits = kit_files(self._files)
        outs = {kit.out: owner(kits, kit) for kit in reversed(kits) if kit.reading is not None and kit.out is not None}
        for folder, made_from in reversed(outs.items()):
            yield from self._kit_folder(folder, made_from)

    def _kit_folder(self, folder: str, made_from: str | None) -> Iterator[_Folder]:
        self._outs_seen.add(folder)
        inside = [path for path in self._files.inside(folder, ".sql") if path not in self._taken]
        direct = [path for path in inside if posixpath.dirname(path) == folder]
        own = direct or [path for path in inside if posixpath.basename(path) in _OWN_FOLDER]
        if _SUPABASE.search(folder):
            if own:
                what = f"{_number(len(own), 'migration')} of Supabase's"
                yield _Folder(folder, what, "supabase", tuple(own), made_from)
            return
        other = _DIALECT.search(self._journal(folder))
        if other and other[1] not in self._dialect.kit:
            self._taken.update(direct)
            self.left_out.append(LeftOut(folder, f"it is SQL for {other[1]}"))
            return
        applied = self._applied(folder)
        if applied is not None and (own := [path for path in applied if path in direct]):
            # A step that the journal does not name is no schema by itself; another file may well be.
            self._taken.update(path for path in direct if _is_numbered(path))
        if own and (applied is not None or not direct):
            yield _Folder(
                folder, f"{_number(len(own), 'migration')} by drizzle-kit", "drizzle-kit", tuple(own), made_from
            )
            return
        stale = applied is not None
        found = list(self._numbered_in(folder, direct, None if stale else made_from, stale=stale))
        if applied is not None and not found:
            self.left_out.append(LeftOut(folder, _STALE))
        yield from found

    def _journal(self, folder: str) -> str:
        """The text of drizzle-kit's journal for the migrations in `folder`; empty without one."""
        journal = posixpath.join(folder, "meta/_journal.json")
        return self._files.text(journal) if self._files.holds(journal) else ""

    def _applied(self, folder: str) -> list[str] | None:
        """The files that drizzle-kit's journal names; None without one. An empty journal is none."""
        tags = _TAG.findall(self._journal(folder))
        return [posixpath.join(folder, f"{tag}.sql") for tag in tags] or None

    def _journals(self) -> Iterator[_Folder]:
        """drizzle-kit's folders that no config names."""
        for path in self._files.paths:
            folder = posixpath.dirname(posixpath.dirname(path))
            if not path.endswith("meta/_journal.json") or folder in self._outs_seen:
                continue
            if self._applied(folder) is not None and any(posixpath.dirname(path) == folder for path in self._all):
                yield from self._kit_folder(folder, None)

    def _nested(self) -> Iterator[_Folder]:
        """A folder for each migration: Prisma, Drizzle from 1.0 on, Diesel, Hasura."""
        above: dict[str, list[str]] = defaultdict(list)
        for path in self._all:
            if posixpath.basename(path) in _OWN_FOLDER and path not in self._taken:
                above[posixpath.dirname(posixpath.dirname(path))].append(path)
        for folder, paths in above.items():
            provider = _PROVIDER.search(self._files.text(posixpath.join(folder, "migration_lock.toml")))
            if provider and provider[1] not in self._dialect.kit:
                self._taken.update(paths)
                self.left_out.append(LeftOut(folder, f"it is SQL for {provider[1]}"))
                continue
            word = "prisma" if provider or "prisma" in folder.split("/") else _word(folder)
            yield _Folder(folder or ".", _number(len(paths), "migration"), word, tuple(paths))

    def _numbered_trees(self) -> Iterator[_Folder]:
        """Numbered folders of SQL side by side, run one after the other: `10_users/`, `20_orders/`."""
        trees: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for path in self._all:
            folder = posixpath.dirname(path)
            if path not in self._taken and _NUMBERED_FOLDER.match(posixpath.basename(folder)):
                trees[posixpath.dirname(folder)][folder].append(path)
        for above, folders in trees.items():
            making = [folder for folder, paths in folders.items() if tables(map(self._scan, paths))]
            if len(making) > 1:
                paths = tuple(path for folder in sorted(folders) for path in folders[folder])
                location = posixpath.join(above, "[0-9]*/*.sql")
                yield _Folder(location, f"{len(paths)} files in {len(folders)} numbered folders", _word(above), paths)

    def _numbered(self) -> Iterator[_Folder]:
        """Migrations in the order of their names, be there one so far; beside them may lie a file of another kind."""
        for folder, paths in self._by_folder():
            yield from self._numbered_in(folder, paths, None)

    def _numbered_in(
        self, folder: str, paths: list[str], made_from: str | None, *, stale: bool = False
    ) -> Iterator[_Folder]:
        """`stale` says that there is a journal by which they cannot be applied."""
        numbered = list(filter(_is_numbered, paths))
        made = tables(map(self._scan, numbered))
        if not made:
            return
        apart = [path for path in paths if path not in numbered and made & tables([self._scan(path)])]
        location = self._whole(folder) or folder or "."
        if stale or (apart and location == (folder or ".")):
            flyway = all(posixpath.basename(path)[0] in "VvRr" for path in numbered)
            location = posixpath.join(folder, "[VvRr]*__*.sql" if flyway else "[0-9]*.sql")
        word = "supabase" if _SUPABASE.search(folder) else "drizzle-kit" if made_from else _word(folder)
        own = tuple(path for path in paths if path not in apart)
        if folder in self._others:
            endings = {named["ending"] for path in own if (named := _NAMED_FOR.search(path))}
            if len(endings) != 1 or not all(path.endswith(tuple(endings)) for path in own):
                return
            location = posixpath.join(folder, f"*{endings.pop()}")
        what = _number(len(numbered), "migration") + (f" by name, as {_STALE}" if stale else "")
        yield _Folder(location, what, word, own, made_from)

    def _whole(self, folder: str) -> str | None:
        """The folder that the tool is given, where its migrations lie in one below: graphile-migrate's, Sqitch's."""
        above, name = posixpath.split(folder)
        plan = name == "deploy" and self._files.holds(posixpath.join(above, "sqitch.plan"))
        return (above or ".") if name == "committed" or plan else None

    def _parts(self) -> Iterator[_Folder]:
        """Files that create different tables each, and so are one schema together."""
        for folder, paths in self._by_folder():
            parts = [names for path in paths if (names := tables([self._scan(path)]))]
            if folder in self._others or any(self._scan(path).foreign or doubt_of_name(path) for path in paths):
                continue
            if len(parts) > 1 and sum(map(len, parts)) == len(frozenset().union(*parts)):
                yield _Folder(folder or ".", _number(len(paths), "file") + " of SQL", _word(folder), tuple(paths))

    def _by_folder(self) -> list[tuple[str, list[str]]]:
        """What is left, folder by folder. A tool's files below the folder that it is given are not apart."""
        folders: dict[str, list[str]] = defaultdict(list)
        for path in self._all:
            if path not in self._taken:
                folders[posixpath.dirname(path)].append(path)
        return list(folders.items())


def _other(named: re.Match[str]) -> str | None:
    """The other engine that a file is named for; None for PostgreSQL."""
    return named["last"] or named["first"]


def _is_numbered(path: str) -> bool:
    return _NUMBERED.match(posixpath.basename(path).rpartition(".")[0]) is not None


def _word(folder: str) -> str:
    """What to call the files in `folder`: by its name, or what lies above where that says nothing."""
    name = posixpath.basename(folder)
    return (
        name if name and name not in ("deploy", "committed") else posixpath.basename(posixpath.dirname(folder)) or "sql"
    )


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
