"""What a revision that raised would have changed behind that line, as SQL that names it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from .places import RevisionFile

#: Operations on the table that is their first or second argument, in words of SQL that name what they change.
_FORMS = {
    "create_table": "CREATE TABLE {0} (",
    "drop_table": "DROP TABLE {0} (",
    "rename_table": "ALTER TABLE {0} RENAME TO {1} (",
    "add_column": "ALTER TABLE {0} ADD COLUMN {1} (",
    "drop_column": "ALTER TABLE {0} DROP COLUMN {1} (",
    "alter_column": "ALTER TABLE {0} ALTER COLUMN {1} (",
    "create_index": "CREATE INDEX {0} ON {1} (",
    "drop_index": "DROP INDEX {0} (",
    "create_primary_key": "ALTER TABLE {1} ADD PRIMARY KEY {0} (",
    "create_unique_constraint": "ALTER TABLE {1} ADD UNIQUE {0} (",
    "create_check_constraint": "ALTER TABLE {1} ADD CHECK {0} (",
    "create_foreign_key": "ALTER TABLE {1} ADD FOREIGN KEY {0} (",
    "create_exclude_constraint": "ALTER TABLE {1} ADD EXCLUDE {0} (",
    "drop_constraint": "ALTER TABLE {1} DROP CONSTRAINT {0} (",
    "create_table_comment": "COMMENT ON TABLE {0} IS (",
    "drop_table_comment": "COMMENT ON TABLE {0} IS (",
}
#: Calls that change nothing of a schema.
_HARMLESS = frozenset({"bulk_insert", "get_bind", "get_context", "inline_literal", "f", "print", "invoke_for_target"})


def remainder(file: RevisionFile, line: int) -> str | None:
    """What `upgrade()` of the file would have run from `line` on; None where that is not certain."""
    upgrade = _upgrade(file.tree)
    if upgrade is None:
        return None
    found = []
    for node in upgrade.body:
        if (node.end_lineno or node.lineno) < line:
            continue
        text = _statement(node)
        if text is None:
            return None
        found += text
    return ";\n".join(found)


def _upgrade(tree: ast.Module | None) -> ast.FunctionDef | None:
    body = tree.body if tree is not None else []
    return next((node for node in body if isinstance(node, ast.FunctionDef) and node.name == "upgrade"), None)


def _statement(node: ast.stmt) -> list[str] | None:
    """The SQL of a statement that is one operation with constants; None if it is anything else."""
    if isinstance(node, ast.Pass | ast.Raise):
        return []
    if isinstance(node, ast.Assign) and not _operations(node):
        return []
    if isinstance(node, ast.If | ast.Try | ast.With | ast.For):
        return _block(node)
    if not isinstance(node, ast.Expr):
        return None
    if isinstance(node.value, ast.Constant):
        return []
    call = node.value
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
        return None
    return _operation(call, call.func.attr)


def _block(node: ast.If | ast.Try | ast.With | ast.For) -> list[str] | None:
    if isinstance(node, ast.For | ast.With):
        return None  # names that are put together, or that the head of the block has
    parts = [*node.body, *node.orelse]
    if isinstance(node, ast.Try):
        parts += [*node.finalbody, *(inner for handler in node.handlers for inner in handler.body)]
    found: list[str] = []
    for part in parts:
        text = _statement(part)
        if text is None:
            return None
        found += text
    return found


def _operations(node: ast.AST) -> Iterator[ast.Call]:
    """Whatever in `node` may change a schema."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Call) and isinstance(inner.func, ast.Attribute) and inner.func.attr not in _HARMLESS:
            base = inner.func.value
            if isinstance(base, ast.Name) and base.id == "op":
                yield inner


def _operation(call: ast.Call, name: str) -> list[str] | None:
    if name in _HARMLESS:
        return []
    if name == "execute":
        text = _text(call.args[0]) if call.args else None
        return None if text is None else [text.strip().rstrip(";")]
    form = _FORMS.get(name)
    if form is None:
        return None
    values = [_text(argument) for argument in call.args[:2]]
    keywords = {keyword.arg: _text(keyword.value) for keyword in call.keywords}
    if form.count("{") > len(values):
        values += [keywords.get(word) for word in ("table_name", "source_table", "column_name", "new_table_name")
                   if word in keywords]  # fmt: skip
    wanted = 1 + max(int(digit) for digit in form if digit.isdigit())
    if len(values) < wanted or any(value is None for value in values[:wanted]):
        return None
    names = [_quoted(value or "") for value in values]
    inside = " ".join(_quoted(word) for word in _words(call) if word.isidentifier())
    schema = keywords.get("schema")
    if schema is not None:
        table = int(
            next(digit for digit in form.partition("TABLE")[2] or form.partition(" ON ")[2] or "0" if digit.isdigit())
        )
        names[table] = f"{_quoted(schema)}.{names[table]}"
    return [form.format(*names) + inside]


def _text(node: ast.expr) -> str | None:
    """A constant, a column's name, or the text in `sa.text("…")` and `op.f("…")`."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.Call) and node.args:
        return _text(node.args[0])
    return None


def _words(call: ast.Call) -> Iterator[str]:
    for inner in ast.walk(call):
        if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
            yield inner.value


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
