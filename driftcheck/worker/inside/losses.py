"""What the models lost for want of a package, or of a module that cannot be imported: tables by their names, or any.

A table that is lost is in doubt, and so is what another source has and these models may have had: stand-ins may lose a
comparison, they may never win one.
"""

from __future__ import annotations

import ast
from types import ModuleType
from typing import Any

from .sources import declaration, function_name

Facts = dict[str, Any]
#: What of a table is in doubt where a statement that shapes it raised.
_LISTS = ("columns", "primary_key", "foreign_keys", "uniques", "checks", "exclusions", "indexes")
#: What there may be more of where nobody knows what was lost.
_KINDS = ("tables", "enums", "sequences", "views", "domains", "functions", "triggers")
_LONGEST = 200

#: The schema and the name of an object.
Name = tuple[str | None, str]


class Losses:
    """`gaps` say what was lost where. `lost` are objects that are, or are in doubt; `any` says that others may be."""

    def __init__(self) -> None:
        self.gaps: list[Facts] = []
        self.lost: dict[tuple[str, str | None, str], Any] = {}
        self.any = False

    def add(self, what: str, why: str, path: str, line: int, names: list[Name] | None, *, kind: str = "table") -> None:
        """Loses the objects `names`; None if nobody knows which."""
        at = [path, line, 1, line] if path else None
        if any(gap["what"] == what and gap["at"] == at for gap in self.gaps):
            return
        self.gaps.append({"what": what, "why": why, "object": names[0][1] if names else None, "at": at})
        self.any = self.any or names is None
        for schema, name in names or ():
            self.lost.setdefault((kind, schema, name), at)

    def tell(self, document: Facts) -> None:
        """Says it in the answer."""
        document["gaps"] += self.gaps
        known = {(facts["schema"], facts["name"]): facts for facts in document["tables"]}
        for (kind, schema, name), at in self.lost.items():
            facts = known.get((schema, name)) if kind == "table" else None
            if facts is not None:
                facts["unknown"] += [word for word in _LISTS if word not in facts["unknown"]]
            else:
                document["lost"].append({"kind": kind, "schema": schema, "name": name, "at": at})
        if self.any:
            document["unlisted"] = list(_KINDS)


LOSSES = Losses()


def of_statement(path: str, statement: ast.stmt, error: BaseException, module: ModuleType, used: list[Any]) -> None:
    """Loses what `statement` would have made or changed, which raised `error`; `used` are the values that it names."""
    tables: list[Name] | None = None
    what = ast.unparse(statement).partition("\n")[0][:60]
    if isinstance(statement, ast.ClassDef):
        what = statement.name
        tables = named_table(statement)
    elif isinstance(statement, (ast.Assign, ast.Expr)) and isinstance(statement.value, ast.Call):
        call = statement.value
        if function_name(call) == "Table" and call.args:
            name = getattr(call.args[0], "value", None)
            tables = [(None, name)] if isinstance(name, str) else None
        else:
            tables = [key for value in used if (key := _table(value)) is not None] or None
    why = f"it raises {type(error).__name__}: {_short(error)}"
    LOSSES.add(what, why, path, statement.lineno, tables)


def of_module(name: str, error: BaseException, path: str, line: int) -> None:
    """Loses whatever the module `name` defines, which cannot be imported."""
    where = getattr(error, "lineno", None) if isinstance(error, SyntaxError) else None
    if where and getattr(error, "filename", None):
        path, line = str(getattr(error, "filename", path)), int(where)
    LOSSES.add(name, f"it cannot be imported: {type(error).__name__}: {_short(error)}", path, line, None)


def named_table(node: ast.ClassDef) -> list[Name] | None:
    """The table that a class names in so many words; None if it does not."""
    said = getattr(declaration(node.body, "__tablename__"), "value", None)
    if not (isinstance(said, ast.Constant) and isinstance(said.value, str)):
        return None
    options = getattr(declaration(node.body, "__table_args__"), "value", None)
    schema = None
    for inner in ast.walk(options) if options is not None else ():
        if isinstance(inner, ast.Dict):
            for number, key in enumerate(inner.keys):
                if getattr(key, "value", None) == "schema":
                    schema = getattr(inner.values[number], "value", None)
    return [(schema, said.value)]


def _table(value: Any) -> Name | None:
    """The table that a value of the project's is, or is mapped to."""
    table = getattr(value, "__table__", None) if isinstance(value, type) else value
    name = getattr(table, "name", None)
    if not isinstance(name, str) or not hasattr(table, "columns"):
        return None
    return getattr(table, "schema", None), name


def _short(error: BaseException) -> str:
    try:
        text = " ".join(str(error).split())
    except Exception:  # noqa: BLE001 # a project's exception may have a broken __str__
        return ""
    return text[:_LONGEST] + ("…" if len(text) > _LONGEST else "")
