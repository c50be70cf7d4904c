"""Edits of one column's facts: only the words that say the fact, everything else on its line stays."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from dataclasses import replace

from ...findings import Edit
from ...model import Column, Enum, Generated, Identity
from ...normalize.defaults import OWN_SEQUENCE
from ...sql import tokens_of
from ..drift import Drift
from .arguments import positional, set_keyword, type_argument, without
from .context import Context
from .enums import LabelClass
from .names import Names, Word
from .sites import ColumnSite, keyword
from .tree import PythonFile
from .types import PLAIN, Unplaced, python_name, python_type

#: The colon of what SQLAlchemy's `text()` reads as a parameter; that of a cast is none.
_PARAMETER = re.compile(r"(?<![:\w\\]):(?=\w)(?!:)")


def column_edits(context: Context, drift: Drift) -> list[Edit]:
    """The edits that end a finding about a fact of a column. Raises Unplaced."""
    edit = _FACTS.get(drift.code)
    if edit is None:
        raise Unplaced("models cannot say it")
    site = context.column(drift.actual)
    context.demand_agreement(drift, site)
    return edit(context, drift, site)


# -- Type -------------------------------------------------------------------------------------------------------


def _type(context: Context, drift: Drift, site: ColumnSite) -> list[Edit]:
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
    for table in context.between.actual.tables:
        for other in table.columns:
            if other.type == wanted.type and other is not drift.actual:
                found = context.sites.column(other)
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
            for limit, value in zip(limits, [*wanted.type.modifiers, None, None], strict=False):
                edits += set_keyword(site, limit, Word(value) if value is not None else None)
            return edits
    return [*edits, *set_keyword(site, "sa_type", _type_word(context, drift, site))]


# -- NULL -------------------------------------------------------------------------------------------------------


def _nullable(context: Context, drift: Drift, site: ColumnSite) -> list[Edit]:
    nullable = drift.expected.nullable
    found = context.annotation(site)
    edits: list[Edit] = []
    if found is not None and found.nullable != nullable and (nullable or not _defaults_to_none(site)):
        edits = found.with_none() if nullable else found.without_none()
    given = site.keyword("nullable")
    if given is not None or not edits:
        edits += set_keyword(site, "nullable", Word(str(nullable)))
    return edits


def _defaults_to_none(site: ColumnSite) -> bool:
    """Whether a field of SQLModel begins as None: `id: int | None = None`."""
    if not site.is_field:
        return False
    value = site.statement.value if isinstance(site.statement, ast.AnnAssign) else None
    if site.call is not None:
        given = keyword(site.call, "default")
        value = given.value if given is not None else next(iter(site.call.args), None)
    return isinstance(value, ast.Constant) and value.value is None


# -- What fills it ----------------------------------------------------------------------------------------------


def _filling(context: Context, drift: Drift, site: ColumnSite) -> list[Edit]:
    """Default, identity, generation and counting together: of these a column has one."""
    wanted: Column = drift.expected
    counting = is_own_serial(wanted)
    in_key = drift.expected_table.primary_key is not None and wanted.name in drift.expected_table.primary_key.columns
    plain = not counting and wanted.default is not None
    if counting and not in_key:
        raise Unplaced("SQLAlchemy lets only a primary key count by itself")
    if wanted.default is None and wanted.application_default and drift.actual.default is not None:
        _demand_application_default(site)
    edits = _item(site, "Computed", computed(site, wanted.generated), "")
    edits += _item(site, "Identity", identity(site, wanted.identity), "")
    edits += set_keyword(site, "server_default", server_default(site.file, site.names, wanted) if plain else None)
    return edits + _autoincrement(drift, site, wanted, counting=counting)


def is_own_serial(column: Column) -> bool:
    """Whether the column counts with a sequence of its own."""
    return column.default is not None and column.default.canonical == OWN_SEQUENCE


def _demand_application_default(site: ColumnSite) -> None:
    if not any(site.keyword(name) for name in ("default", "default_factory", "insert_default")):
        raise Unplaced("the truth leaves its default to application code, and what the models would put is not known")


def _autoincrement(drift: Drift, site: ColumnSite, wanted: Column, *, counting: bool) -> list[Edit]:
    was_counting = is_own_serial(drift.actual)
    if counting and not was_counting:
        return set_keyword(site, "autoincrement", Word("True"))
    if was_counting and not counting and wanted.identity is None:
        return set_keyword(site, "autoincrement", Word("False"))
    return []


def _item(site: ColumnSite, name: str, word: Word | None, _: str) -> list[Edit]:
    """One of the calls among a column's arguments is `word`, or is not there."""
    found = site.argument(name)
    if word is None:
        return without(site.file, site.call, found) if found is not None and site.call is not None else []
    if found is not None:
        return [] if site.file.source(found) == word.text else [*word.edits, site.file.replace(found, word.text)]
    if site.is_field:
        raise Unplaced(f"SQLModel's Field takes no {name}; the column needs sa_column")
    node, index = type_argument(site)
    return positional(site, word, index + 1 if node is not None else index)


def computed(site: ColumnSite, generated: Generated | None) -> Word | None:
    """What generates the column, as one of its arguments."""
    if generated is None:
        return None
    word = site.names.word("sqlalchemy", "Computed")
    stored = "" if generated.stored is None else f", persisted={generated.stored}"
    return Word(f"{word.text}({sql_string(site.file, generated.expression.sql)}{stored})", word.edits)


def identity(site: ColumnSite, options_of: Identity | None) -> Word | None:
    """The column's identity, as one of its arguments."""
    if options_of is None:
        return None
    word = site.names.word("sqlalchemy", "Identity")
    options = {
        "always": options_of.always or None, "start": options_of.start, "increment": options_of.increment,
        "minvalue": options_of.minimum, "maxvalue": options_of.maximum, "cache": options_of.cache,
        "cycle": options_of.cycle or None,
    }  # fmt: skip
    given = ", ".join(f"{name}={value}" for name, value in options.items() if value is not None)
    return Word(f"{word.text}({given})", word.edits)


def server_default(file: PythonFile, names: Names, column: Column) -> Word | None:
    """The default as `server_default=` takes it: a string for a literal, `func.now()`, else SQL as text."""
    if column.default is None:
        return None
    text = column.default.sql.strip()
    if text.lower() in ("now()", "current_timestamp"):
        word = names.word("sqlalchemy", "func")
        return Word(f"{word.text}.now()", word.edits)
    token, *rest = tokens_of(text)
    if token.is_string and len(rest) == 1:
        return Word(file.quoted(token.value))
    return sql_text(file, names, text)


def sql_text(file: PythonFile, names: Names, sql: str) -> Word:
    """`text("…")`, in which a colon before a name would be a parameter."""
    word = names.word("sqlalchemy", "text")
    return Word(f"{word.text}({sql_string(file, sql)})", word.edits)


def sql_string(file: PythonFile, sql: str) -> str:
    """SQL as a string of Python, wherever SQLAlchemy would take `:name` for a parameter."""
    return file.quoted(_PARAMETER.sub(r"\\:", sql))


# -- All else ---------------------------------------------------------------------------------------------------


def _comment(context: Context, drift: Drift, site: ColumnSite) -> list[Edit]:
    comment = drift.expected.comment
    return set_keyword(site, "comment", Word(site.file.quoted(comment)) if comment is not None else None)


def _renamed(context: Context, drift: Drift, site: ColumnSite) -> list[Edit]:
    """The name in the database; `key` keeps the one by which the rest of the models knows the column."""
    file, call = site.file, site.call
    name = Word(file.quoted(drift.expected.name))
    first = call.args[0] if call is not None and call.args else None
    if site.is_field:
        return [*set_keyword(site, "name", name), *set_keyword(site, "key", Word(file.quoted(drift.actual.name)))]
    key = [] if site.keyword("key") else set_keyword(site, "key", Word(file.quoted(drift.actual.name)))
    if (given := site.keyword("name")) is not None:
        return [file.replace(given.value, name.text), *key]
    if isinstance(first, ast.Constant) and isinstance(first.value, str):
        return [file.replace(first, name.text), *key]
    if call is None:
        raise Unplaced("nothing on its line could hold another name")
    return [*positional(site, name, 0), *key]


_FACTS: dict[str, Callable[[Context, Drift, ColumnSite], list[Edit]]] = {
    "DR203": _type,
    "DR204": _nullable,
    "DR205": _filling,
    "DR206": _filling,
    "DR207": _filling,
    "DR208": _type,
    "DR209": _comment,
    "DR210": _renamed,
    "DR211": _filling,
}
