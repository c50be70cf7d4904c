"""What lives beside tables: views, alembic_utils entities, SQL that runs when tables are created."""

from __future__ import annotations

import os
import sys
from typing import Any

import sqlalchemy
from sqlalchemy.schema import DDLElement

from . import listeners
from .compiling import Compiler, why, word

Facts = dict[str, Any]


def add_view_table(table: Any, document: Facts, compiler: Compiler, places: Any) -> None:
    """A table that stands for a view: SQLAlchemy 2.1's `CreateView`, or one marked `info={"is_view": True}`."""
    view: Facts = {
        "schema": word(table.schema),
        "name": str(table.name),
        "at": places.table(table),
        "definition": None,
        "materialized": False,
    }
    creator: Any = getattr(table, "_creator_ddl", None)
    if getattr(creator, "selectable", None) is not None:
        view["definition"] = _query(creator.selectable, compiler)
        view["materialized"] = bool(getattr(creator, "materialized", False))
    document["views"].append(view)


def _query(selectable: Any, compiler: Compiler) -> str | None:
    try:
        return str(compiler.ddl.sql_compiler.process(selectable, literal_binds=True))
    except Exception:  # noqa: BLE001 # an expression of the project's own that has no SQL
        return None


def add_events(metadata: list[Any], document: Facts, compiler: Compiler, places: Any, gap: Any) -> None:
    """Views of sqlalchemy_utils; everything else that listens for the creation of tables is called and counted.

    A function of the project counts once, however many tables it listens to: it may run any SQL, or change them.
    """
    functions = set()
    for target in (item for each in metadata for item in (each, *each.tables.values())):
        for moment in ("before_create", "after_create"):
            for listener in getattr(target.dispatch, moment):
                element = _element(listener)
                if element is None and not ((code := _code(listener)) and places.is_project(code.co_filename)):
                    continue
                at = None if target in metadata else places.table(target)
                if not _is_view(element):
                    document["executed"] += listeners.heard(listener, target, compiler, at)
                if element is not None:
                    _add_event(element, document, compiler, gap)
                else:
                    functions.add(code)
    document["events"] += len(functions)


def _code(listener: Any) -> Any:
    """The code of a plain function that listens, which SQLAlchemy may have wrapped."""
    for candidate in (listener, *(cell.cell_contents for cell in getattr(listener, "__closure__", None) or ())):
        code = getattr(candidate, "__code__", None)
        if code is not None and not code.co_filename.startswith(os.path.dirname(sqlalchemy.__file__)):
            return code
    return None


def _element(listener: Any) -> Any:
    """The DDL object in a listener, which SQLAlchemy may have wrapped; None for a plain function."""
    for candidate in (listener, getattr(listener, "__self__", None), getattr(listener, "target", None)):
        if isinstance(candidate, DDLElement):
            return candidate
    for cell in getattr(listener, "__closure__", None) or ():
        if isinstance(cell.cell_contents, DDLElement):
            return cell.cell_contents
    return None


def _is_view(element: Any) -> bool:
    names = ("CreateView", "CreateMaterializedView")
    return type(element).__name__ in names and getattr(element, "selectable", None) is not None


def _add_event(element: Any, document: Facts, compiler: Compiler, gap: Any) -> None:
    if _is_view(element):
        definition = None
        try:
            definition = _query(element.selectable, compiler)
        except Exception as error:  # noqa: BLE001 # as in _query
            gap(str(element.name), why(error), str(element.name), None)
        document["views"].append(
            {
                "schema": word(getattr(element, "schema", None)),
                "name": str(element.name),
                "definition": definition,
                "materialized": bool(getattr(element, "materialized", False)),
                "at": None,
            }
        )
    else:
        document["events"] += 1


def add_entities(document: Facts) -> None:
    """Functions, triggers, policies, views and extensions that the project registered with alembic_utils."""
    module = sys.modules.get("alembic_utils.replaceable_entity")
    if module is None or "entities" in document:
        return
    document["entities"] = [
        {
            "kind": type(entity).__name__,
            "schema": str(entity.schema),
            "signature": str(entity.signature),
            # alembic_utils keeps colons as `sqlalchemy.text` wants them.
            "definition": str(getattr(entity, "definition", "")).replace("\\:", ":"),
            "on_entity": word(getattr(entity, "on_entity", None)),
            "is_constraint": bool(getattr(entity, "is_constraint", False)),
            "with_data": bool(getattr(entity, "with_data", True)),
        }
        for entity in module.registry.entities()
    ]
