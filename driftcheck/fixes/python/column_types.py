"""The type of one column: its word or one argument, the annotation that follows it, the class of an enum."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import replace

from ...findings import Edit
from ...model import Column, Enum
from ..drift import Drift
from .arguments import positional, set_keyword, set_keywords, type_argument
from .context import Context
from .enums import LabelClass
from .lists import PythonFile
from .names import Word
from .sites import ColumnSite
from .types import PLAIN, Unplaced, python_name, python_type


def type_edits(context: Context, drift: Drift, site: ColumnSite) -> list[Edit]:
    """The edits after which a column has the truth's type and collation. Raises Unplaced."""
    wanted: Column = drift.expected
    node, index = type_argument(site)
    if site.is_field and node is None:
        return _field_type(context, drift, site)
    if node is not None and site.names.called(node) in ("Enum", "ENUM") and (edits := _as_words(site, node, wanted)):
        return edits
    if node is not None:
        return [*_written_type(context, drift, site, node), *_annotated(context, drift, site)]
    alias = context.alias(site)
    if alias is not None and type_argument(alias)[0] is not None and _agree(context, drift, alias):
        return context.writer(drift, alias).changed(_demanded(alias), wanted.type, wanted.collation)
    word = _type_word(context, drift, site)
    return [*positional(site, word, index), *_annotated(context, drift, site)]


def _demanded(site: ColumnSite) -> ast.expr:
    node, _ = type_argument(site)
    assert node is not None
    return node


def _agree(context: Context, drift: Drift, site: ColumnSite) -> bool:
    try:
        context.demand_agreement(drift, site)
    except Unplaced:
        return False
    return True


def _type_word(context: Context, drift: Drift, site: ColumnSite) -> Word:
    """The type as another column of the file has it, else written anew."""
    wanted: Column = drift.expected
    writer = context.writer(drift, site)
    element = wanted.type.element
    enum = writer.enum(wanted.type)
    if enum is not None and (word := _enum_of_class(context, drift, site, enum)) is not None:
        return word
    known = type_of_another(context, drift, site, wanted)
    if known is not None and (writer.enum(element) is not None or _unknown(writer.text, element)):
        return known
    return writer.text(wanted.type, wanted.collation)


def _enum_of_class(context: Context, drift: Drift, site: ColumnSite, enum: Enum) -> Word | None:
    """The enum with the class that the annotation names, if that has the truth's labels."""
    found = context.annotation(site)
    defined = context.sites.definition(site.file, found.core) if found is not None else None
    if found is None or defined is None or not isinstance(defined[1], ast.ClassDef):
        return None
    class_ = LabelClass.of(defined[0], context.sites.names(defined[0]), defined[1], enum.values)
    if class_ is None:
        return None
    word, called = site.names.word("sqlalchemy", "Enum"), site.file.source(found.core)
    given = [called, f"name={site.file.quoted(enum.name)}"]
    given += [f"schema={site.file.quoted(enum.schema)}"] if enum.schema != "public" else []
    given += [] if class_.by_name else ["values_callable=lambda members: [one.value for one in members]"]
    return Word(f"{word.text}({', '.join(given)})", word.edits)


def _renamed_enum(context: Context, drift: Drift, site: ColumnSite, node: ast.expr) -> list[Edit]:
    """Only the name of an enum is another one: its call keeps the labels, wherever they are."""
    wanted = context.writer(drift, site).enum(drift.expected.type)
    now = context.enum(drift.actual.type)
    if wanted is None or now is None or wanted.values != now.values or site.names.called(node) not in ("Enum", "ENUM"):
        return []
    assert isinstance(node, ast.Call)
    made = ColumnSite(site.file, site.names, node, None, None)
    schema = Word(site.file.quoted(wanted.schema)) if wanted.schema != "public" else None
    edits = set_keyword(made, "name", Word(site.file.quoted(wanted.name))) if wanted.name != now.name else []
    return [*edits, *(set_keyword(made, "schema", schema) if wanted.schema != now.schema else [])]


def _unknown(text: Callable[..., Word], element: object) -> bool:
    try:
        text(element)
    except Unplaced:
        return True
    return False


def type_of_another(context: Context, drift: Drift, site: ColumnSite, wanted: Column) -> Word | None:
    """The type as another column of the same file writes it, or a class of the file that says nothing else."""
    for other in context.by_type.get(wanted.type, ()):
        found = context.sites.column(other) if other is not drift.actual else None
        node = type_argument(found)[0] if found is not None else None
        if found is not None and node is not None and found.file is site.file:
            return Word(site.file.source(node))
    return _of_its_own(site.file, wanted)


def _of_its_own(file: PythonFile, wanted: Column) -> Word | None:
    """`Point()`, where the file has a class of its own for a type that SQLAlchemy lacks."""
    for class_ in file.tree.body:
        for function in class_.body if isinstance(class_, ast.ClassDef) else ():
            if isinstance(function, ast.FunctionDef) and function.name == "get_col_spec":
                said = [one.value.value for one in ast.walk(function) if _returns_text(one)]  # type: ignore[attr-defined]
                if [one.lower() for one in said] == [str(wanted.type).lower()] and isinstance(class_, ast.ClassDef):
                    return Word(f"{class_.name}()")
    return None


def _returns_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Return) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _written_type(context: Context, drift: Drift, site: ColumnSite, node: ast.expr) -> list[Edit]:
    wanted: Column = drift.expected
    writer = context.writer(drift, site)
    if site.names.called(node) in ("Enum", "ENUM") and writer.enum(wanted.type) is None:
        _demand_no_members(context, site, node)
    decorator = _decorator(context, site, node)
    if decorator is not None:
        return _decorated(context, drift, decorator)
    if writer.enum(wanted.type.element) is not None or _unknown(writer.text, wanted.type):
        if edits := _renamed_enum(context, drift, site, node):
            return edits
        word = _type_word(context, drift, site)
        return [*word.edits, site.file.replace(node, word.text)]
    return writer.changed(node, wanted.type, wanted.collation)


def _as_words(site: ColumnSite, node: ast.expr, wanted: Column) -> list[Edit]:
    """An enum whose labels are kept as `varchar(n)`: the column keeps the members of its class."""
    type_ = wanted.type
    if type_.name != "character varying" or not type_.modifiers or type_.dimensions or not isinstance(node, ast.Call):
        return []
    made = ColumnSite(site.file, site.names, node, None, None)
    return [*set_keyword(made, "native_enum", Word("False")), *set_keyword(made, "length", Word(type_.modifiers[0]))]


def _demand_no_members(context: Context, site: ColumnSite, node: ast.AST) -> None:
    """Raises Unplaced if the values of the column are members of a class, which another type would not make."""
    for inner in ast.walk(node):
        defined = context.sites.definition(site.file, inner)
        if defined is not None and isinstance(defined[1], ast.ClassDef):
            raise Unplaced(f"its values are members of {defined[1].name}, which they would not be any more")


def _decorator(context: Context, site: ColumnSite, node: ast.expr) -> tuple[PythonFile, ast.ClassDef] | None:
    """The project's own TypeDecorator that `node` names, and its file."""
    found = context.sites.definition(site.file, node.func if isinstance(node, ast.Call) else node)
    if found is None or not isinstance(found[1], ast.ClassDef):
        return None
    names = context.sites.names(found[0])
    if not any(names.original(base) == "TypeDecorator" for base in found[1].bases):
        return None
    return found[0], found[1]


def _decorated(context: Context, drift: Drift, found: tuple[PythonFile, ast.ClassDef]) -> list[Edit]:
    """The type is the project's own: its `impl` is edited, if all columns of it are to change alike."""
    file, class_ = found
    called = f"the type {class_.name} ({file.path}:{class_.lineno}), which is the project's own, decides"
    impl = next((one for one in class_.body if isinstance(one, ast.Assign) and _targets(one) == ["impl"]), None)
    if impl is None or any(getattr(one, "name", "") == "load_dialect_impl" for one in class_.body):
        raise Unplaced(called)
    for table in context.between.actual.tables:
        for column in table.columns:
            site = context.sites.column(column)
            node = type_argument(site)[0] if site is not None else None
            if site is None or node is None or _decorator(context, site, node) != found:
                continue
            if context.between.match(table.key) is not None and not context.drifts_alike(drift, column):
                raise Unplaced(f"{called}, and {table}.{column.name} agrees with the truth")
    here = replace(context.table(drift.table), file=file, names=context.sites.names(file))
    return context.writer(drift, here).changed(impl.value, drift.expected.type, drift.expected.collation)


def _targets(statement: ast.Assign) -> list[str]:
    return [one.id for one in statement.targets if isinstance(one, ast.Name)]


def _annotated(context: Context, drift: Drift, site: ColumnSite) -> list[Edit]:
    """The annotation follows, where it said no more than the type did."""
    found = context.annotation(site)
    wanted, now = drift.expected.type, drift.actual.type
    if found is None or isinstance(found.core, ast.Constant):
        return []
    core = found.core.value if isinstance(found.core, ast.Subscript) else found.core
    called = site.names.original(core)
    if context.writer(drift, site).enum(wanted.element) is not None:
        return _as_enum(context, site, found.core, called)
    was_enum = context.enum(now) is not None
    if python_name(wanted) == python_name(now) and not was_enum:
        return []
    if was_enum:
        _demand_no_members(context, site, found.core)
    if called not in PLAIN and not was_enum:
        return []
    new = python_type(wanted, site.names)
    if called == new.text or (new.text == "Any" and called in ("dict", "list", "Dict", "List")):
        return []
    return [*new.edits, site.file.replace(found.core, new.text)]


def _as_enum(context: Context, site: ColumnSite, core: ast.expr, called: str) -> list[Edit]:
    return [site.file.replace(core, "str")] if called in PLAIN and called != "str" else []


#: Python type → the SQL type that SQLModel makes of it.
FIELD_TYPES = {
    "int": "integer", "bool": "boolean", "float": "double precision", "datetime": "timestamp without time zone",
    "date": "date", "time": "time without time zone", "timedelta": "interval", "bytes": "bytea", "UUID": "uuid",
    "str": "character varying", "Decimal": "numeric",
}  # fmt: skip


def _field_type(context: Context, drift: Drift, site: ColumnSite) -> list[Edit]:
    """SQLModel takes the type from the annotation, with lengths in Field; `sa_type` for all that it cannot say."""
    wanted: Column = drift.expected
    edits = _annotated(context, drift, site)
    name = python_name(wanted.type)[1]
    # What SQLModel makes of a moment is another thing in each of its versions.
    given = wanted.type.name == drift.actual.type.name or (
        name != python_name(drift.actual.type)[1] and name != "datetime"
    )
    if given and FIELD_TYPES.get(name) == wanted.type.name and wanted.collation is None and not wanted.type.dimensions:
        limits = ("max_length",) if name == "str" else ("max_digits", "decimal_places") if name == "Decimal" else ()
        if len(wanted.type.modifiers) <= len(limits):
            values = zip(limits, [*wanted.type.modifiers, None, None], strict=False)
            words = {limit: Word(value) if value is not None else None for limit, value in values}
            return [*edits, *set_keywords(site, words)]
    return [*edits, *set_keyword(site, "sa_type", _type_word(context, drift, site))]
