"""The drifts of one comparison, and what they have to know of each other."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cached_property
from itertools import islice

from ...budget import Limits, OverLimit
from ...model import Column, ColumnType, Enum, Table
from ...project.walking import below
from ..drift import Drift
from ..edits import Editing
from ..files import Files
from .annotations import Annotation, annotation
from .lists import parsed
from .sites import COLUMN_CALLS, ColumnSite, Sites, TableSite
from .types import TypeWriter, Unplaced

#: Where a fact is written: a file and an offset.
Key = tuple[str, int]


_SKIPPED = frozenset({"__pycache__", "node_modules", "site-packages", "venv", "build", "dist"})
_MOST_ENTRIES = 5_000


class Context:
    """What the edits of one source's files go by."""

    def __init__(self, editing: Editing) -> None:
        between = editing.drifts[0].between
        self.drifts = editing.drifts
        self.between = between
        self.drifting = editing.drifts[0].drifting
        self._files = editing.files
        self.sites = Sites(editing.files, between.other.reading.files)

    def keyword(self, word: str) -> str:
        """A keyword of PostgreSQL's as SQLAlchemy has it for the engine at hand."""
        prefix = self.between.dialect.name
        return f"{prefix}_{word.removeprefix('postgresql_')}" if word.startswith("postgresql_") else word

    # -- Places -------------------------------------------------------------------------------------------------

    def column(self, column: Column) -> ColumnSite:
        """Raises Unplaced where nobody can tell what makes the column."""
        site = self.sites.column(column)
        if site is None:
            raise Unplaced("no single call or annotation makes its column")
        return site

    def table(self, table: Table) -> TableSite:
        """Raises Unplaced where nobody can tell what makes the table."""
        site = self.sites.table(table)
        if site is None:
            raise Unplaced("no class or call of the models declares its table where driftcheck could see it")
        return site

    def enum(self, type_: ColumnType) -> Enum | None:
        """The enum of the drifting source that a type is."""
        key = type_.schema or "public", type_.name
        return next((one for one in self.between.actual.enums if (one.schema, one.name) == key), None)

    @cached_property
    def by_type(self) -> dict[ColumnType, list[Column]]:
        """The columns of the drifting source by their types."""
        found: dict[ColumnType, list[Column]] = {}
        for table in self.between.actual.tables:
            for column in table.columns:
                found.setdefault(column.type, []).append(column)
        return found

    def writer(self, drift: Drift, site: ColumnSite | TableSite) -> TypeWriter:
        return TypeWriter(site.file, site.names, drift.schema)

    def annotation(self, site: ColumnSite) -> Annotation | None:
        """What the annotation of the attribute says of the column; None where it says nothing."""
        whole = site.annotation if site.is_field else site.mapped
        return annotation(site.file, site.names, whole) if whole is not None else None

    def alias(self, site: ColumnSite) -> ColumnSite | None:
        """The column in the annotated type that the attribute has: `Annotated[str, mapped_column(String(50))]`."""
        found = self.annotation(site)
        defined = self.sites.definition(site.file, found.core) if found is not None else None
        if defined is None or not isinstance(defined[1], (ast.Assign, ast.AnnAssign)):
            return None
        file, statement = defined
        names = self.sites.names(file)
        value = statement.value
        if not (isinstance(value, ast.Subscript) and names.original(value.value) == "Annotated"):
            return None
        given = value.slice.elts[1:] if isinstance(value.slice, ast.Tuple) else []
        call = next((one for one in given if isinstance(one, ast.Call) and names.called(one) in COLUMN_CALLS), None)
        return ColumnSite(file, names, call, statement, None, elsewhere=True) if call is not None else None

    @cached_property
    def has_convention(self) -> bool:
        """Whether the project's MetaData may give names of its own."""
        files = (self.sites.file(path) for path in self.sites.loaded)
        return any("naming_convention" in file.text for file in files if file is not None)

    def importers(self, name: str) -> Iterator[tuple[str, int]]:
        """Files of the project beside the models that import the class `name`, each with the line."""
        word = re.compile(rf"\b{re.escape(name)}\b".encode())
        try:
            paths = [path for path in self._others if word.search(self._texts.data(path) or b"")]
        except OverLimit as error:
            raise Unplaced(f"nobody can tell what else imports {name}: {error.why}") from error
        for path in paths:
            file = self._texts.made(path, parsed)
            for node in ast.walk(file.tree) if file is not None else ():
                if isinstance(node, ast.ImportFrom) and any(alias.name == name for alias in node.names):
                    yield path, node.lineno
                if isinstance(node, ast.Attribute) and node.attr == name:
                    yield path, node.lineno

    @cached_property
    def _others(self) -> list[str]:
        """The Python files that the models do not load; none beyond what a project of people has."""
        project = self._texts.project
        if project is None:
            return []
        entries = below(project, project.root, lambda one: one not in _SKIPPED and not one.startswith("."))
        paths = (project.shown(entry.path) for entry in islice(entries, _MOST_ENTRIES) if entry.name.endswith(".py"))
        return [path for path in paths if path not in self.sites.loaded]

    @cached_property
    def _texts(self) -> Files:
        """Files that are searched, which the budget of the check is not for."""
        project = self._files.project
        return Files(project.apart(Limits()) if project is not None else None)

    # -- What is shared -----------------------------------------------------------------------------------------

    @cached_property
    def _users(self) -> dict[Key, list[tuple[Table, Column]]]:
        found: dict[Key, list[tuple[Table, Column]]] = {}
        for table in self.between.actual.tables:
            for column in table.columns:
                for key in self._keys(column):
                    found.setdefault(key, []).append((table, column))
        return found

    def _keys(self, column: Column) -> Iterator[Key]:
        site = self.sites.column(column)
        if site is not None:
            yield site.key
            if (alias := self.alias(site)) is not None:
                yield alias.key

    def users(self, key: Key) -> list[tuple[Table, Column]]:
        """The columns of which something is written there."""
        return self._users.get(key, [])

    def demand_agreement(self, drift: Drift, site: ColumnSite) -> None:
        """Raises Unplaced if a table that shares the line is not to be changed in the same way."""
        for table, column in self.users(site.key):
            if column is drift.actual or self.between.match(table.key) is None:
                continue
            if not self.drifts_alike(drift, column):
                raise Unplaced(
                    f"{table} has the column from the same line ({_place(site)}), and agrees with the truth there"
                )

    def drifts_alike(self, drift: Drift, other: Column) -> bool:
        """Whether another column has the same finding."""
        wanted = drift.code, drift.finding.expected.value
        return any((one.rule.code, one.expected.value) == wanted for one in self.drifting.about(other))


def _place(site: ColumnSite) -> str:
    node = site.call or site.statement
    return f"{site.file.path}:{getattr(node, 'lineno', 1)}"
