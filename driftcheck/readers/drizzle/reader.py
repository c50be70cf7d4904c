"""Reads a Drizzle schema: finds its files, evaluates them, and says what drizzle-kit would create."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from ...dialects import DIALECTS, Dialect, dialect_named
from ...errors import SourceError
from ...globs import GlobError
from ...model import Location, truncate
from ...project import Project
from ...project.nearby import nearby
from ...reading import Capabilities, GapKind, Management, Reading, Statements
from ...typescript.modules.documents import Documents
from ...typescript.program import Module, Program
from ...typescript.runtime.stack import deeply
from ...typescript.runtime.values import Unknown, Value
from .assembly import Assembly
from .casing import casing
from .config import KitConfig, config_in, is_config, read_config
from .context import Context, Entity
from .doubt import Doubt
from .files import schema_files
from .filters import management
from .hosts import hosts
from .irrelevant import OtherDialect
from .line import honours_casing, line_of
from .tables import PgTable

CAPABILITIES = Capabilities(
    "drizzle",
    frozenset(
        """
        exclusion domain composite range function trigger extension
        table.comment table.force_row_security table.partition_by table.partition_of table.inherits table.of_type
        table.unlogged table.options table.tablespace table.server table.server_options
        column.comment column.storage column.compression
        primary-key.deferrable primary-key.initially_deferred primary-key.include primary-key.without_overlaps
        foreign-key.deferrable foreign-key.initially_deferred foreign-key.match foreign-key.delete_columns
        foreign-key.validated foreign-key.enforced foreign-key.period
        unique.deferrable unique.initially_deferred unique.include unique.without_overlaps
        check.no_inherit check.validated check.enforced
        index.include index.nulls_distinct index.tablespace
        view.columns view.indexes sequence.owned_by
        """.split()
    ),
)


def read(location: str, root: Path | Project) -> Reading:
    """Reads the schema at `location`: a file, a folder, a glob, or a drizzle-kit config, relative to the root.

    Nothing is executed: the files are evaluated by `driftcheck.typescript`. Raises SourceError if there is nothing to
    read: no such file, a config that says nothing, no table anywhere, another database's dialect.
    """
    return deeply(lambda: _read(location, Project.of(root)))


def _read(location: str, project: Project) -> Reading:
    """Of which engine the tables are, the config says, or the imports: the other one is tried where none was found."""
    reader = _Reader(location, project)
    try:
        return reader.read()
    except _OfAnother as error:
        return _Reader(location, project.of_dialect(error.dialect, said=False)).read()


class _OfAnother(Exception):
    """The tables that were found are those of the engine `dialect`."""

    def __init__(self, dialect: str) -> None:
        super().__init__(dialect)
        self.dialect = dialect


#: Steps of work for a pattern that is looked for in a folder.
_LOOK = 20


class _Reader:
    def __init__(self, location: str, project: Project) -> None:
        self.location = location
        self.project = project
        self.root = project.root
        self.notes: list[str] = []
        #: What was met before there was a program that could report it.
        self.met: list[tuple[Location, str]] = []
        self.documents = Documents(project, lambda place, why: self.met.append((place, why)))
        self.config: KitConfig | None = None

    def read(self) -> Reading:
        files = self._files()
        start = self.config.folder if self.config else files[0].parent
        dialect = self._dialect()
        context = Context(
            line=line_of(start, self.documents),
            core=dialect.core,
            families=_families(dialect.core),
            budget=self.project.budget,
        )
        if self.config is not None:
            self._set_casing(context, self.config, start)
            for key, why in self.config.unread:
                context.gap(Location(self._shown(self.config.path)), key, why)
        program = Program(self.project, hosts(context))
        modules = self._load(program, files)
        exported = _Exports(modules, context)
        assembly, capabilities = _assembly(context)
        schema = Doubt(program.modules).about(assembly.schema(exported.entities))
        for place, trouble in self.met:
            context.gap(place, Path(place.path).name, trouble)
        for problem in program.diagnostics:
            kind: GapKind = "syntax-error" if problem.syntax else "gap"
            context.gap(problem.location, "a part of the file", problem.message, kind=kind)
        self._check_found(context, exported, files)
        if exported.other_dialect:
            others = ", ".join(self._shown(path) for path in exported.other_dialect)
            self.notes.append(f"left out, as it is for another database: what {others} declares")
        return Reading(
            schema=schema,
            capabilities=capabilities,
            files=tuple(dict.fromkeys(program.shown(module.path) for module in program.modules)),
            gaps=tuple(sorted(context.gaps, key=lambda gap: gap.location)),
            unexported=tuple(assembly.unexported(exported.entities)),
            statements=Statements(exported.count, exported.irrelevant, len(context.gaps), dict(assembly.unmodelled)),
            notes=tuple(self.notes),
            home=_home(schema.tables[-1].location if schema.tables else None, program, files),
            management=self._management(),
            dialect=dialect.name if dialect.name != next(iter(DIALECTS)) else "",
        )

    def _dialect(self) -> Dialect:
        """The config's engine, or the one that is said. Raises SourceError where they are two."""
        own = self.config.dialect if self.config is not None else ""
        if own and self.project.dialect_said and self.project.dialect != own:
            assert self.config is not None
            shown = self._shown(self.config.path)
            says = (
                f"{shown} is for {dialect_named(own).title}, and {dialect_named(self.project.dialect).title} is asked"
            )
            raise SourceError(f"{says} for", path=shown, hint="leave out --dialect, and dialect in driftcheck's config")
        return dialect_named(own or self.project.dialect)

    def _management(self) -> Management:
        config = self.config
        if config is None:
            return Management()
        shown = self._shown(config.path)
        try:
            return management(config.schema_filter, config.tables_filter, shown)
        except GlobError as error:
            raise SourceError(f"a filter in {shown} cannot be read: {error}", path=shown) from error

    def _set_casing(self, context: Context, config: KitConfig, start: Path) -> None:
        if isinstance(config.casing, Unknown):
            context.gap(Location(self._shown(config.path)), "casing", config.casing)
        elif honours_casing(start, self.documents):
            context.casing = casing(config.casing, context.line)
        elif casing(config.casing, context.line) is not None:
            self.notes.append(f"casing in {self._shown(config.path)} has no effect since drizzle-kit 1.0")

    def _shown(self, path: Path) -> str:
        return self.project.shown(path)

    # -- Files ------------------------------------------------------------------------------------------------------

    def _files(self) -> list[Path]:
        path = self.root / self.location
        entry = self.project.entry(path)
        if entry.trouble is not None:
            raise SourceError(f"{self.location} cannot be read: {entry.trouble}", path=self.location)
        if entry.is_folder and (own := config_in(path, self.project)) is not None:
            self.notes.append(f"{self.location} was read as {self._shown(own)} says")
            path = own
        if self.project.is_file(path) and is_config(path, self.project):
            self.config = read_config(path, self.project)
            return self._config_files(self.config)
        if files := self._matching(self.location, self.root, Location(self.location)):
            return files
        if entry.is_folder:
            raise SourceError(
                f"{self.location} holds no TypeScript or JavaScript file",
                path=self.location,
                hint="name the schema file, its folder, or drizzle.config.ts",
            )
        near = nearby(self.project, self.location)
        raise SourceError(
            f"{self.location} does not exist",
            path=self.location,
            hint=f"did you mean drizzle:{near}?" if near else f"paths are relative to {self.root}",
        )

    def _config_files(self, config: KitConfig) -> list[Path]:
        shown = self._shown(config.path)
        files: dict[Path, None] = {}
        missing = []
        for pattern in config.schema:
            found = self._pattern_files(pattern, config, shown)
            files |= dict.fromkeys(found)
            if not found:
                missing.append(pattern)
        if not files:
            raise SourceError(
                f"the schema that {shown} names does not exist: {', '.join(missing)}",
                path=shown,
                hint="it is looked for beside the config; name the schema file itself: drizzle:path/to/schema.ts",
            )
        self.notes += [f"{shown} names {pattern}, which does not exist" for pattern in missing]
        return list(files)

    def _pattern_files(self, pattern: str, config: KitConfig, shown: str) -> list[Path]:
        """Beside the config; then where a command in a folder above would look; then in the sources of a build."""
        above = [folder for folder in config.folder.parents if folder.is_relative_to(self.root)]
        for folder in [config.folder, *above]:
            if found := self._matching(pattern, folder, config.place):
                if folder != config.folder:
                    self.notes.append(f"{shown} names {pattern}, which was found in {self._shown(folder)}")
                return found
        for source in _sources_of(pattern):
            if found := self._matching(source, config.folder, config.place):
                self.notes.append(f"{shown} names {pattern}, which is not built; {source} was read instead")
                return found
        return []

    def _matching(self, pattern: str, folder: Path, place: Location) -> list[Path]:
        """The schema files that `pattern` means, which is at `place`. What cannot be read of them is a gap."""
        self.project.budget.step(_LOOK, place)
        try:
            entries = schema_files(pattern, folder, self.project)
        except (OSError, GlobError) as error:
            why = (error.strerror if isinstance(error, OSError) else None) or str(error)
            raise SourceError(f"{pattern} cannot be read: {why}", path=place.path, line=place.line) from error
        unread = [entry for entry in entries if entry.trouble is not None]
        self.met += [(Location(self._shown(entry.path)), f"it cannot be read: {entry.trouble}") for entry in unread]
        return [entry.path for entry in entries if entry.trouble is None]

    def _load(self, program: Program, files: list[Path]) -> list[Module]:
        modules = []
        for path in files:
            try:
                modules.append(program.load(path))
            except OSError as error:
                shown = program.shown(path)
                message = f"{shown} cannot be read: {error.strerror}" if error.strerror else str(error)
                raise SourceError(message, path=shown) from error
        return modules

    def _try_another(self, context: Context, exported: _Exports) -> None:
        """Raises _OfAnother where there is nothing but tables of another engine that is read, and nobody said which."""
        if self.project.dialect_said or (self.config is not None and self.config.dialect) or context.declared:
            return
        for name, dialect in DIALECTS.items():
            if dialect.core in exported.cores and dialect.core != context.core:
                raise _OfAnother(name)

    def _check_found(self, context: Context, exported: _Exports, files: list[Path]) -> None:
        if exported.entities:
            return
        self._try_another(context, exported)
        names = ", ".join(self._shown(path) for path in files[:5])
        looked = f"{len(files)} files ({names}, …)" if len(files) > 5 else names
        if context.declared:
            first = context.declared[0]
            raise SourceError(
                f"{looked} declares tables but exports none, and drizzle-kit creates only what is exported",
                path=first.location.path if first.location else None,
                line=first.location.line if first.location else None,
                hint="export the tables, or name the file that exports them",
            )
        other = "; its tables are of another database" if exported.other_dialect else ""
        raise SourceError(
            f"no {self._dialect().title} table was found in {looked}{other}",
            path=self.location,
            hint="name the file or folder that holds the tables' declarations, or drizzle.config.ts",
            detail="\n".join(f"{gap.location}: {gap.what}: {gap.why}" for gap in context.gaps[:20]) or None,
        )


def _families(core: str) -> Mapping[str, Any] | None:
    if core == "sqlite-core":
        from .sqlite import FAMILIES

        return FAMILIES
    return None


def _assembly(context: Context) -> tuple[Assembly, Capabilities]:
    if context.core == "sqlite-core":
        from .sqlite import CAPABILITIES as OF_SQLITE
        from .sqlite import SqliteAssembly

        return SqliteAssembly(context), OF_SQLITE
    return Assembly(context), CAPABILITIES


def _sources_of(pattern: str) -> list[str]:
    """Where the source of a built file may be: `./dist/schema.js` → `./src/schema.ts`, `./schema.ts`."""
    parts = Path(pattern).parts
    build = next((index for index, part in enumerate(parts) if part in ("dist", "build", "lib", "out")), None)
    if build is None:
        return []
    sources = []
    for folder in (["src"], []):
        path = Path(*parts[:build], *folder, *parts[build + 1 :])
        changed = {".js": ".ts", ".mjs": ".mts", ".cjs": ".cts"}.get(path.suffix, path.suffix)
        sources.append(path.with_suffix(changed).as_posix() if path.suffix else path.as_posix())
    return sources


class _Exports:
    """What the schema files export: entities, and the count of all else."""

    def __init__(self, modules: list[Module], context: Context) -> None:
        self.entities: list[Entity] = []
        self.count = 0
        self.irrelevant = 0
        self.other_dialect: dict[Path, None] = {}
        self.cores: set[str] = set()
        seen: set[int] = set()
        for module in modules:
            for name, value in module.exports.items():
                if isinstance(value, Entity):
                    if id(value) not in seen:
                        seen.add(id(value))
                        self.entities.append(value)
                        self.count += 1
                    continue
                self.count += 1
                self._other(module, name, value, context)
        replaced = _replaced(modules)
        self.entities = [entity for entity in self.entities if id(entity) not in replaced]

    def _other(self, module: Module, name: str, value: Value, context: Context) -> None:
        if isinstance(value, OtherDialect):
            self.other_dialect[module.path] = None
            self.cores.add(value.specifier.removeprefix("drizzle-orm/").partition("/")[0])
        if isinstance(value, Unknown) and not value.data:
            context.gap(module.export_location(name), name, value)
        else:
            self.irrelevant += 1


def _replaced(modules: list[Module]) -> set[int]:
    """Tables (by their ids) that another one replaces: of those with one name drizzle-kit creates the last that it
    comes to. It goes through the files in order, and through what a file exports by the names of the exports.
    """
    last: dict[tuple[str, str], PgTable] = {}
    replaced: set[int] = set()
    for module in modules:
        for _, value in sorted(module.exports.items(), key=lambda item: item[0]):
            if isinstance(value, PgTable) and isinstance(value.name, str):
                key = (value.schema if isinstance(value.schema, str) else "", truncate(value.name))
                replaced.add(id(last.get(key, value)))
                last[key] = value
    return replaced - {id(table) for table in last.values()}


def _home(last: Location | None, program: Program, files: list[Path]) -> Location:
    """Where a new table would go: behind the last one."""
    return replace(last, column=1) if last is not None else Location(program.shown(files[0]))
