"""Where a project keeps its SQLAlchemy models, and which module brings all of them in."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from ..findings import LeftOut
from ..frozen import dataclass
from .alembic_env import Target, targets
from .bases import Bases
from .files import Files, doubt, preference
from .found import Candidate, Sighting
from .modules import Modules
from .packages import PROGRAM, packages
from .tables import Defined, tables_of

LOOKED_FOR = "Alembic's env.py, or Python with a declarative base (DeclarativeBase, declarative_base(), SQLModel)"

#: By one of these a folder is known to be a project of its own.
_PROJECT_FILES = ("pyproject.toml", "setup.py", "setup.cfg", "requirements.txt", "Pipfile", "alembic.ini", "manage.py")


@dataclass(frozen=True, slots=True)
class _Entry:
    """What to import, the attribute of it that has the metadata, why it, and all that is imported with it."""

    module: str
    attribute: str | None
    why: str
    reach: frozenset[str]

    @property
    def location(self) -> str:
        return self.module + (f":{self.attribute}" if self.attribute else "")


def search(files: Files) -> Sighting:
    """For each Python project: the module that Alembic names, or what brings in the most tables."""
    defined = tables_of(files)
    modules = Modules(files)
    projects: dict[str, dict[str, Defined]] = defaultdict(dict)
    for path, one in defined.items():
        projects[_project(files, path)][path] = one
    found: list[Candidate] = []
    reached: set[str] = set()
    for folder in sorted(projects, key=lambda folder: -sum(one.count for one in projects[folder].values())):
        if not projects[folder].keys() <= reached:
            entry = _Look(modules, projects[folder], folder).entry()
            if entry is not None:
                reached |= entry.reach
                found.append(_candidate(entry, defined, modules))
    return Sighting(tuple(found), tuple(_unreached(found, reached, defined)), LOOKED_FOR)


def _project(files: Files, path: str) -> str:
    folder = posixpath.dirname(path)
    while folder and not any(files.holds(f"{folder}/{name}") for name in _PROJECT_FILES):
        folder = posixpath.dirname(folder)
    return folder


def _location(entry: _Entry, modules: Modules) -> str:
    """Where several folders hold a module of that name, with the folder that is meant."""
    name = entry.module.removesuffix(".*")
    bases = modules.bases(name)
    stem = name.replace(".", "/")
    own = [base for base in bases if any(path.startswith(f"{base}/{stem}".lstrip("/")) for path in entry.reach)]
    return f"{own[0]}/{entry.location}" if len(bases) > 1 and len(own) == 1 and own[0] else entry.location


def _candidate(entry: _Entry, defined: dict[str, Defined], modules: Modules) -> Candidate:
    holding = [path for path in entry.reach if path in defined]
    inside = [defined[path] for path in holding]
    names = frozenset().union(*(one.names for one in inside))
    return Candidate(
        kind="sqlalchemy",
        location=_location(entry, modules),
        why=entry.why,
        word=entry.module.partition(".")[0],
        tables=names,
        vague=len(names) < sum(one.count for one in inside),
        doubt=doubt(holding[0]) if all(map(doubt, holding)) else None,
        files=frozenset(entry.reach),
    )


class _Look:
    """One look at the modules of the project in `folder`, of which `tables` define some tables each."""

    def __init__(self, modules: Modules, tables: dict[str, Defined], folder: str) -> None:
        self._modules, self._bases = modules, Bases(modules)
        self._tables = {path: one.count for path, one in tables.items()}
        self._folder = folder

    def entry(self) -> _Entry | None:
        for target in targets(self._modules):
            if self._concerns(target) and (entry := self._of_alembic(target)) is not None:
                return entry
        path = self._best(self._family(self._models()))
        if path is None:
            return None
        plain = self._plain(path)
        entry = self._wider(plain, self._related(plain.reach), plain.attribute)
        several = sum(not entry.reach.isdisjoint(kin) for kin in self._kin().values()) > 1
        return replace(entry, attribute=None) if several else entry

    def _kin(self) -> dict[str, set[str]]:
        """For each base the modules with tables that have to do with it."""
        kin: dict[str, set[str]] = defaultdict(set)
        for path in self._tables:
            for base in self._bases.of(self._modules.reach(path)):
                kin[base].add(path)
        return kin

    def _family(self, candidates: Iterator[str]) -> Iterator[str]:
        """Those of `candidates` that have to do with the base that most tables have; all where there is one at most."""
        kin = self._kin()
        if len(kin) < 2:
            return candidates
        best = max(kin, key=lambda base: (self._sum(kin[base]), base))
        return (path for path in candidates if best in self._modules.reach(path))

    def _concerns(self, target: Target) -> bool:
        """Whether env.py lies in this project, or names modules of it."""
        named = [path for path in (target.module, *target.imported) if path is not None]
        inside = f"{self._folder}/" if self._folder else ""
        return target.env.startswith(inside) or any(self._modules.reach(path) & self._tables.keys() for path in named)

    def _of_alembic(self, target: Target) -> _Entry | None:
        """What env.py names, or, where that alone would leave tables out, the import in env.py that brings in more."""
        candidates = [path for path in (target.module, *target.imported) if path is not None]
        seen = frozenset().union(*map(self._modules.reach, candidates))
        if target.module is None:
            candidates += [path for path in (*self._models(), *self._beside(named=True)) if path in seen]
        best = self._best(candidates)
        if target.module is not None and (best is None or self._weight(target.module) >= self._weight(best)):
            best = target.module
        if best is None:
            return None
        plain = self._of_env(target, best)
        wanted = seen & self._tables.keys() or self._related(self._modules.reach(best))
        if target.several and target.module is not None:
            return self._around(target, target.module)
        wider = self._wider(plain, wanted, target.attribute)
        return wider if wider.reach & self._tables.keys() else None

    def _around(self, target: Target, path: str) -> _Entry:
        """Where several MetaData are meant: the module, or the package around it; an attribute would be one of them."""
        name, why = self._modules.name(path), f"holds the MetaData objects of target_metadata in {target.env}"
        package = path.endswith("/__init__.py")
        if not package and not self._bases.of(target.imported) - {path}:
            return _Entry(name, None, why, self._modules.reach(path))
        folder = posixpath.dirname(path) + "/"
        inside = [other for other in self._modules.paths if other.startswith(folder)]
        name = name if package else name.rpartition(".")[0] or name
        return _Entry(f"{name}.*", None, why, frozenset().union(*map(self._modules.reach, inside)))

    def _of_env(self, target: Target, path: str) -> _Entry:
        reach = self._modules.reach(path)
        self._modules.learn_name(path)
        if path == target.module:
            return _Entry(self._modules.name(path), target.attribute, f"target_metadata in {target.env}", reach)
        known = target.attribute is not None and self._modules.binds(path, target.attribute)
        attribute = target.attribute if known else self._bases.attribute(path, reach)
        why = f"imported by {target.env}, brings in {self._counted(reach)}"
        return _Entry(self._modules.name(path), attribute, why, reach)

    def _plain(self, path: str) -> _Entry:
        reach = self._modules.reach(path)
        self._modules.learn_name(path)
        attribute = self._bases.attribute(path, reach)
        return _Entry(self._modules.name(path), attribute, f"brings in {self._counted(reach)}", reach)

    def _related(self, reach: frozenset[str]) -> frozenset[str]:
        """The modules with tables whose base is among what was reached; with none there, all."""
        bases = self._bases.of(reach)
        if not bases:
            return frozenset(self._tables)
        return frozenset(path for path in self._tables if bases & self._modules.reach(path))

    def _wider(self, plain: _Entry, wanted: frozenset[str], attribute: str | None) -> _Entry:
        """What brings in the most of what is wanted: `plain`, a module of the models, a package with all its modules,
        or else what lies beside them, first of all what has a base.
        """
        best = plain
        looks: tuple[Callable[[], _Entry | None], ...] = (
            lambda: self._single(self._models()),
            lambda: self._every(wanted, attribute),
            lambda: self._single(self._beside(named=True)),
            lambda: self._single(self._beside()),
        )
        for look in looks:
            if wanted <= best.reach:
                break
            other = look()
            if other is not None and self._sum(wanted & other.reach) > self._sum(wanted & best.reach):
                best = other
        return best

    def _single(self, candidates: Iterable[str]) -> _Entry | None:
        path = self._best(one for one in candidates if not PROGRAM.search(one))
        return self._plain(path) if path is not None else None

    def _every(self, wanted: frozenset[str], attribute: str | None) -> _Entry | None:
        """The smallest of the packages whose modules together bring in the most of what is wanted."""
        for path in sorted(wanted)[:1]:
            self._modules.learn_name(path)
        found = packages(self._modules, wanted)
        best = min(found, key=lambda one: (-self._sum(wanted & one.reach), one.size, one.name), default=None)
        if best is None:
            return None
        why = f"all its modules together bring in {self._counted(best.reach)}"
        return _Entry(f"{best.name}.*", attribute, why, best.reach)

    def _sum(self, paths: Iterable[str]) -> int:
        return sum(self._tables[path] for path in paths)

    def _weight(self, path: str) -> int:
        return self._sum(self._modules.reach(path) & self._tables.keys())

    def _best(self, candidates: Iterable[str]) -> str | None:
        """The one that brings in the most tables; no program, if possible; of equals, what imports the least else.

        Where modules import each other, that leaves the package that holds all tables, or a module that has the base.
        """
        weights = {path: self._weight(path) for path in dict.fromkeys(candidates)}
        fitting = [path for path, weight in weights.items() if weight and self._is_importable(path)]

        def rank(path: str) -> tuple[object, ...]:
            reach = self._modules.reach(path)
            return PROGRAM.search(path) is not None, -weights[path], len(reach), self._place(path), preference(path)

        return min(fitting, key=rank, default=None)

    def _place(self, path: str) -> int:
        """How well the module stands for those that it reaches: best is the package around all tables."""
        reach = self._modules.reach(path)
        named = self._bases.attribute(path, reach) is not None
        holding = [posixpath.dirname(file) for file in reach if file in self._tables]
        if path == f"{posixpath.commonpath(holding)}/__init__.py" and (named or len(holding) > 1):
            return 0
        return 3 if not named else 1 if path.endswith("/__init__.py") else 2

    def _is_importable(self, path: str) -> bool:
        """Whether the name is one: folders of templates (`{{project}}`) are not."""
        return all(map(str.isidentifier, self._modules.name(path).split(".")))

    def _models(self) -> Iterator[str]:
        """The modules with tables, and the packages above them."""
        for path in self._tables:
            yield path
            folder = posixpath.dirname(path)
            while folder:
                if (package := f"{folder}/__init__.py") in self._modules.paths:
                    yield package
                folder = posixpath.dirname(folder)

    def _beside(self, *, named: bool = False) -> Iterator[str]:
        """The modules in the folders of those with tables, and in the folders above; `named` ones have a base."""
        folders = {posixpath.dirname(path) for path in self._tables}
        folders |= {posixpath.dirname(folder) for folder in folders}
        for path in sorted(self._modules.paths):
            if posixpath.dirname(path) not in folders:
                continue
            if not named or self._bases.attribute(path, self._modules.reach(path)):
                yield path

    def _counted(self, reach: frozenset[str]) -> str:
        files = len(reach & self._tables.keys())
        return f"{files} module{'' if files == 1 else 's'} with tables"


def _unreached(found: list[Candidate], reached: set[str], defined: dict[str, Defined]) -> Iterator[LeftOut]:
    """Modules with tables that no entry point brings in: no drift can be seen in them."""
    left = sorted(defined.keys() - reached, key=preference)
    if left and found:
        more = f" and {len(left) - 3} more" if len(left) > 3 else ""
        verb = "seem" if len(left) > 1 else "seems"
        module = found[0].location.partition(":")[0]
        yield LeftOut(", ".join(left[:3]) + more, f"{verb} to define tables, and {module} does not import it")
