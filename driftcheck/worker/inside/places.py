"""Where each table, column, constraint and index is written.

SQLAlchemy keeps no line numbers. The project's line that made an object is remembered while it is imported
(`sites.py`); the syntax tree then says where on those lines, or in which mixin or base class, the name stands.
"""

from __future__ import annotations

import ast
import functools
import sys
from typing import Any

from . import sites
from .loading import is_project_file, loaded_files
from .sources import Place, SourceFile, assigned, constant, constants, function_name, mentions, source, statements


class DeclarationPlaces:
    """Answers for all tables; `roots` are the project's folders."""

    def __init__(self, roots: list[str]) -> None:
        self._roots = roots
        self.classes = _mapped_classes()
        self._columns: dict[Any, Place | None] = {}
        self._table_call = functools.lru_cache(maxsize=1)(self._find_table_call)  # asked for each column of a table

    def table(self, table: Any) -> Place | None:
        """The line of the name in `Table("name", …)` or of `__tablename__`; else that of the class or call."""
        call = self._table_call(table)
        if call is not None:
            named = constant(call[1], table.name) or call[1]
            return [call[0].path, named.lineno, named.col_offset + 1, call[1].end_lineno]
        for class_, _ in self.classes.get(table, ()):
            found = self._class_node(class_)
            if found is not None:
                return self._class_place(found[0], found[1], table.name)
        made = sites.site(table)
        return [made[0], made[1], 1, None] if made else None

    def _class_place(self, file: SourceFile, node: ast.ClassDef, name: str) -> Place:
        for statement in statements(node.body):
            if "__tablename__" in assigned(statement):
                named = constant(statement, name)
                if named is not None:
                    return [file.path, named.lineno, named.col_offset + 1, node.end_lineno]
        return file.place(node)

    def column(self, column: Any) -> Place | None:
        """The line that gives the column its attribute or its name; else its table's."""
        if column not in self._columns:
            self._columns[column] = self._in_table_call(column) or self._attribute(column) or self.table(column.table)
        return self._columns[column]

    def element(self, element: Any, table: Any, columns: list[Any]) -> Place | None:
        """The line of a constraint or index: of its name, of its call, or of the one column that asks for it."""
        return (
            self._call_place(element, columns)
            or (self.column(columns[0]) if len(columns) == 1 or (element is table.primary_key and columns) else None)
            or self.table(table)
        )

    def named(self, name: str, near: Place | None) -> Place | None:
        """The line that holds the string `name`: near a column's place if it is there, else anywhere in the project."""
        if near is not None and (file := source(near[0])) is not None:
            for found in constants(file.tree, name):
                if near[1] <= found.lineno <= (near[3] or near[1]):
                    return file.place(found)
        return None

    def named_anywhere(self, name: str) -> Place | None:
        """The first string `name` in a file of the project that was loaded."""
        for path in loaded_files(self._roots):
            file = source(path)
            if file is not None and name in file.text:
                for found in constants(file.tree, name):
                    return file.place(found)
        return None

    def is_project(self, path: str) -> bool:
        """Whether the file at `path` is the project's own."""
        return is_project_file(path, self._roots)

    def loaded(self) -> list[str]:
        """The files of the project that were loaded."""
        return loaded_files(self._roots)

    def class_statement(self, class_: Any) -> Place | None:
        """The line of a class of the project."""
        found = self._class_node(class_) if isinstance(class_, type) else None
        return found[0].place(found[1]) if found else None

    def _class_node(self, class_: type) -> tuple[SourceFile, ast.ClassDef] | None:
        module = sys.modules.get(class_.__module__)
        path = getattr(module, "__file__", None)
        if not isinstance(path, str) or not is_project_file(path, self._roots):
            return None
        file = source(path)
        node = file.classes.get(class_.__qualname__) if file else None
        return (file, node) if file and node else None

    def _attribute(self, column: Any) -> Place | None:
        for class_, keys in self.classes.get(column.table, ()):
            key = keys.get(column)
            if key is None:
                continue
            for base in class_.__mro__:
                found = self._class_node(base)
                node = found[0].declaration(found[1], key) if found else None
                if found and node is not None:
                    named = constant(node, column.name) if key != column.name else None
                    return found[0].place(node if named is None else named)
            assigned = self._assigned_later(class_, key) or self._written_in_class(class_, column.name)
            if assigned:
                return assigned
        return None

    def _assigned_later(self, class_: type, key: str) -> Place | None:
        """`User.email = Column(…)` after the class."""
        found = self._class_node(class_)
        if found is None:
            return None
        for statement in statements(found[0].tree.body):
            for target in statement.targets if isinstance(statement, ast.Assign) else ():
                if isinstance(target, ast.Attribute) and target.attr == key and mentions(target, class_.__name__):
                    return found[0].place(statement)
        return None

    def _written_in_class(self, class_: type, name: str) -> Place | None:
        for base in class_.__mro__:
            found = self._class_node(base)
            node = constant(found[1], name) if found else None
            if found and node is not None:
                return found[0].place(node)
        return None

    def _find_table_call(self, table: Any) -> tuple[SourceFile, ast.Call] | None:
        """The call that made an imperative table: the innermost one over its site that holds its name."""
        made = sites.site(table)
        file = source(made[0]) if made else None
        if made is None or file is None:
            return None
        calls = file.calls_over(made[1])
        named = [call for call in calls if call.args and constant(call.args[0], table.name) is not None]
        chosen = named or [call for call in calls if function_name(call) == "Table"]
        return (file, chosen[-1]) if chosen else None

    def _in_table_call(self, column: Any) -> Place | None:
        found = self._table_call(column.table)
        if found is None:
            return None
        file, call = found
        inner = file.call_in(call, column.name)
        if inner is not None:
            return [file.path, inner.args[0].lineno, inner.args[0].col_offset + 1, inner.end_lineno]
        named = constant(call, column.name)
        return file.place(named) if named is not None else None

    def _call_place(self, element: Any, columns: list[Any]) -> Place | None:
        made = sites.site(element)
        file = source(made[0]) if made else None
        if made is None or file is None:
            return None
        for call in reversed(file.calls_over(made[1])):
            name = str(element.name) if element.name else None
            named = constant(call, name) if name else None
            if function_name(call) in _BUILDERS:
                # An index or key that SQLAlchemy makes of `Column(index=True)`: the column is its place.
                continue
            if named is not None:
                return [file.path, named.lineno, named.col_offset + 1, call.end_lineno]
            if function_name(call) in _class_names(element) or self._mentions_all(call, columns):
                return file.place(call)
        return None

    def _mentions_all(self, call: ast.Call, columns: list[Any]) -> bool:
        return bool(columns) and all(mentions(call, column.name) or mentions(call, column.key) for column in columns)


_BUILDERS = frozenset({"Table", "Column", "mapped_column", "Field"})


def _class_names(element: Any) -> set[str]:
    return {class_.__name__ for class_ in type(element).__mro__}


def _mapped_classes() -> dict[Any, list[tuple[type, dict[Any, str]]]]:
    """table → its classes, those nearest to `object` first, each with column → attribute name."""
    from sqlalchemy.orm.mapper import _all_registries

    classes: dict[Any, list[tuple[type, dict[Any, str]]]] = {}
    managers = [manager for registry in _all_registries() for manager in list(registry._managers)]
    mappers = [manager.mapper for manager in managers if manager.is_mapped]
    mappers.sort(key=lambda mapper: (len(mapper.class_.__mro__), mapper.class_.__qualname__))
    for mapper in mappers:
        keys = {column: key for key, column in mapper.columns.items()}
        classes.setdefault(mapper.local_table, []).append((mapper.class_, keys))
    return classes
