"""Where a stand-in got into the answer: an unknown field where it is one column's, else an object that is lost.

Stand-ins may lose a comparison, they may never win one.
"""

from __future__ import annotations

import ast
import os
import sys
from typing import Any

from . import adopted, enduring, stubs
from .losses import LOSSES, named_table
from .sources import declaration, function_name, source, statements
from .standins import RECORD, StandIn, is_marked, missing_bases

Facts = dict[str, Any]

#: Bases of missing packages that are known to add nothing to a table.
_HARMLESS = frozenset({"flask_login.UserMixin", "flask_login.AnonymousUserMixin", "pydantic.BaseModel"})
#: Facts of a column that can be unknown without anything else being so.
_COLUMN_FIELDS = ("default", "generated", "comment", "collation", "application_default", "application_onupdate")
_DEFINES = ("__tablename__", "mapped_column", "Column(", "Table(")


def check(document: Facts, places: Any) -> None:
    """Marks in `document` what stand-ins made unknown, and takes out what they made of a table."""
    document["stubbed"] = stubs.found()
    document["unset"] = list(RECORD.unset)
    document["passed"] = enduring.passed()
    _note_losses(document, places.loaded())
    _check_classes(document, places)
    for table in document["tables"]:
        for column in table["columns"]:
            _check_column(column, table, document)
    _drop_decisions(document)
    _drop_marks(document)
    LOSSES.tell(document)


def _drop_decisions(document: Facts) -> None:
    """What a file defines that decides by what is missing, outside functions, may as well be something else."""
    for path, line, name in RECORD.asked:
        file = source(path)
        if file is None or not any(word in file.text for word in _DEFINES):
            continue
        inside = [facts for facts in document["tables"] if facts["at"] and facts["at"][0] == path]
        document["tables"] = [facts for facts in document["tables"] if facts not in inside]
        why = f"what this file defines depends on {name}, and that package is not installed"
        LOSSES.add(os.path.basename(path), why, path, line, [(facts["schema"], facts["name"]) for facts in inside])
        LOSSES.any = True


def _note_losses(document: Facts, paths: list[str]) -> None:
    """A class or Table call whose table did not come about, without any error, because something in it is missing."""
    names = {facts["name"] for kind in ("tables", "views") for facts in document[kind]}
    modules = {getattr(module, "__file__", None): module for module in list(sys.modules.values())}
    for path in paths:
        file = source(path)
        if file is None or not any(word in file.text for word in _DEFINES):
            continue
        for qualname, node in file.classes.items():
            if _declares(node) and _is_lost(_value(modules.get(path), qualname)):
                _lost(qualname, path, node.lineno, named_table(node))
        for statement in statements(file.tree.body):
            call = getattr(statement, "value", None)
            if isinstance(call, ast.Call) and function_name(call) == "Table" and call.args:
                name = getattr(call.args[0], "value", None)
                if isinstance(name, str) and name.rpartition(".")[2] not in names:
                    _lost(name, path, call.lineno, [(None, name)])


def _declares(node: ast.ClassDef) -> bool:
    """Whether the body of a class declares a table, or columns."""
    return declaration(node.body, "__tablename__") is not None or any(
        isinstance(inner, ast.Call) and function_name(inner) in ("mapped_column", "Column")
        for statement in node.body
        for inner in ast.walk(statement)
    )


def _value(module: Any, qualname: str) -> Any:
    value: Any = module
    for word in qualname.split("."):
        value = getattr(value, word, None)
    return value


def _is_lost(class_: Any) -> bool:
    """Whether a class that declares something has no table, nor gives it to another class, for want of its base."""
    if isinstance(class_, StandIn):
        return True
    family = (class_, *class_.__subclasses__()) if isinstance(class_, type) else ()
    return bool(family) and bool(missing_bases(class_)) and not any(map(_is_described, family))


def _is_described(class_: Any) -> bool:
    """Whether the table of a class is one of those that are described: not of a base that is missing, if others are."""
    table = getattr(class_, "__table__", None)
    return table is not None and (adopted.used() or table.metadata is not adopted.metadata())


def _lost(name: str, path: str, line: int, tables: list[tuple[str | None, str]] | None) -> None:
    why = f"the table of '{name}' was lost, because it needs a package that is not installed"
    LOSSES.add(name, why, path, line, tables)


def _check_classes(document: Facts, places: Any) -> None:
    tables = {(facts["schema"], facts["name"]): facts for facts in document["tables"]}
    for table, classes in places.classes.items():
        facts = tables.get((table.schema, table.name)) if hasattr(table, "schema") else None
        if facts is None:
            continue
        for class_, _ in classes:
            reasons = [f"it inherits {name}" for name in missing_bases(class_) if name not in _HARMLESS]
            if class_ in RECORD.decorated:
                reasons.append("it is decorated, or made, by a stand-in")
            for base in class_.__mro__:
                reasons += [
                    f"its attribute {key} is {value._driftcheck_name}"
                    for key, value in vars(base).items()
                    if isinstance(value, StandIn) and not value._driftcheck_name.startswith("pydantic.")
                ]
            if reasons and "columns" not in facts["unknown"]:
                facts["unknown"].append("columns")
                why = f"{reasons[0]}, of a package that is not installed: it may have more columns"
                document["gaps"].append(
                    {"what": class_.__name__, "why": why, "object": facts["name"], "at": facts["at"]}
                )


def _check_column(column: Facts, table: Facts, document: Facts) -> None:
    for field in ("type", *_COLUMN_FIELDS):
        if is_marked(column.get(field)):
            column[field] = None
            column["unknown"].append(field)
            document["gaps"].append(
                {
                    "what": f"{field} of {column['name']}",
                    "why": "it comes from a package that is not installed",
                    "object": f"{table['name']}.{column['name']}",
                    "at": column["at"],
                }
            )


def _drop_marks(document: Facts) -> None:
    for kind in ("table", "enum", "domain", "sequence", "view"):
        marked = [facts for facts in document.get(f"{kind}s", ()) if is_marked(facts)]
        for facts in marked:
            document[f"{kind}s"].remove(facts)
            path, line = (facts.get("at") or ["", 1])[:2]
            why = "something of it comes from a missing package or variable"
            unknown = None if is_marked([facts["schema"], facts["name"]]) else [(facts["schema"], facts["name"])]
            LOSSES.add(facts["name"], why, path, line, unknown, kind=kind)
