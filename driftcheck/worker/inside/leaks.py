"""Where a stand-in got into the answer: an unknown field where it is one column's, else the end of the run.

Stand-ins may lose a comparison, they may never win one.
"""

from __future__ import annotations

import ast
import sys
from typing import Any

from . import enduring, stubs
from .sources import declaration, function_name, source, statements
from .standins import RECORD, StandIn, is_marked, missing_bases
from .trouble import Trouble

Facts = dict[str, Any]

#: Bases of missing packages that are known to add nothing to a table.
_HARMLESS = frozenset({"flask_login.UserMixin", "flask_login.AnonymousUserMixin", "pydantic.BaseModel"})
#: Facts of a column that can be unknown without anything else being so.
_COLUMN_FIELDS = ("default", "generated", "comment", "collation", "application_default", "application_onupdate")
_DEFINES = ("__tablename__", "mapped_column", "Column(", "Table(")


def check(document: Facts, places: Any) -> None:
    """Marks in `document` what stand-ins made unknown. Raises Trouble if that cannot be told apart."""
    document["stubbed"] = stubs.found()
    document["unset"] = list(RECORD.unset)
    document["passed"] = enduring.passed()
    _refuse_decisions()
    _refuse_losses(document, places.loaded())
    _check_classes(document, places)
    for table in document["tables"]:
        for column in table["columns"]:
            _check_column(column, table, document)
    _refuse_marks(document)


def _refuse_decisions() -> None:
    for path, line, name in RECORD.asked:
        file = source(path)
        if file is not None and any(word in file.text for word in _DEFINES):
            message = f"what these models are depends on {name}, and that package is not installed"
            raise Trouble("stand-in", message, at=[path, line])


def _refuse_losses(document: Facts, paths: list[str]) -> None:
    """A class or Table call whose table did not come about, without any error, because something in it is missing."""
    names = {facts["name"] for kind in ("tables", "views") for facts in document[kind]}
    modules = {getattr(module, "__file__", None): module for module in list(sys.modules.values())}
    for path in paths:
        file = source(path)
        if file is None or not any(word in file.text for word in _DEFINES):
            continue
        for qualname, node in file.classes.items():
            named = declaration(node.body, "__tablename__")
            if named is not None and _is_lost(_value(modules.get(path), qualname)):
                _lost(qualname, path, node.lineno)
        for statement in statements(file.tree.body):
            call = getattr(statement, "value", None)
            if isinstance(call, ast.Call) and function_name(call) == "Table" and call.args:
                name = getattr(call.args[0], "value", None)
                if isinstance(name, str) and name.rpartition(".")[2] not in names:
                    _lost(name, path, call.lineno)


def _value(module: Any, qualname: str) -> Any:
    value: Any = module
    for word in qualname.split("."):
        value = getattr(value, word, None)
    return value


def _is_lost(class_: Any) -> bool:
    """Whether a class that names a table has none, because it inherits what is missing or was replaced."""
    if isinstance(class_, StandIn):
        return True
    return isinstance(class_, type) and bool(missing_bases(class_)) and not hasattr(class_, "__table__")


def _lost(name: str, path: str, line: int) -> None:
    message = f"the table of '{name}' was lost, because it needs a package that is not installed"
    raise Trouble("stand-in", message, at=[path, line])


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


def _refuse_marks(document: Facts) -> None:
    for kind in ("tables", "enums", "domains", "sequences", "views"):
        for facts in document.get(kind, ()):
            if is_marked(facts):
                message = f"something of {facts['name']} comes from a missing package or variable"
                raise Trouble("stand-in", message, at=(facts.get("at") or [None, None])[:2])
