"""Whether what a statement names exists, and what PostgreSQL says where it does not.

The files of a source are replayed on an empty database, so what no statement before made does not exist. Where that is
not certain, it is presumed to exist: after a statement that was not understood (`Session.blind`), in a schema
that these files do not define, where an extension may have brought it, and for schemas, roles and functions, which
others often make. If a later statement makes what was presumed to exist, it was not there: the files are then read
again, with that known (`Session.later`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ...model import ColumnType, Location, Opaque
from ...model.platforms import PLATFORM_SCHEMAS
from ...sql import Token
from . import builtin
from .catalog import TEMPORARY
from .cursor import Cursor
from .entries import Key, Relation, SequenceEntry, TableEntry, ViewEntry
from .errors import MissingError, RefusedError, UnreadableError
from .session import BUILT_IN, SYSTEM_SCHEMAS, Session
from .words import check_new_name

#: Types that extensions bring, whether or not these files say so.
_TYPES_OF_EXTENSIONS = frozenset(
    """
    citext hstore ltree lquery ltxtquery cube seg ean13 isbn isbn13 issn issn13 ismn ismn13 upc query_int lo earth
    vector halfvec sparsevec geometry geography box2d box2df box3d raster spheroid geomval topogeometry agtype graphid
    semver uint1 uint2 uint4 uint8 int1 ip4 ip6 ip4r ip6r ipaddress iprange emailaddr uri mpz mpq periods rrule
    tdigest hll roaringbitmap roaringbitmap64 debversion pgmp bson h3index ulid ksuid http_response http_request
    http_header
    """.split()
)
#: Extensions that bring no relation, and no type but those above.
_PLAIN_EXTENSIONS = frozenset(
    """
    plpgsql uuid-ossp pgcrypto citext hstore ltree cube seg isn intarray pg_trgm btree_gin btree_gist unaccent
    fuzzystrmatch vector moddatetime autoinc insert_username refint lo dict_int dict_xsyn tcn tsm_system_rows
    tsm_system_time sslinfo pgrowlocks bloom pgstattuple pg_prewarm pgjwt plpython3u plperl pltcl plv8
    """.split()
)

#: Functions that extensions bring, whether or not these files say so.
_FUNCTIONS_OF_EXTENSIONS = frozenset(
    """
    uuid_generate_v1 uuid_generate_v1mc uuid_generate_v3 uuid_generate_v4 uuid_generate_v5 uuid_generate_v7
    gen_random_bytes gen_random_uuid digest hmac crypt gen_salt unaccent similarity show_trgm levenshtein first last
    """.split()
)
#: What looks like a function and is part of the grammar.
_OF_GRAMMAR = frozenset({"coalesce", "greatest", "least", "nullif", "trim", "xmlelement", "xmlforest", "grouping"})


def lacks(session: Session, kind: str, schema: str | None, name: str) -> bool:
    """Whether nothing exists under the name, for certain; it is for those to ask who did not find it.

    `kind`: "relation", "type", "function", "schema", "role", or one of `Catalog.others`.
    """
    if session.blind:
        return False
    keys = [(kind, item or "", name) for item in ((schema,) if schema is not None or kind in _GLOBAL else session.path)]
    if any(key in session.catalog.others for key in keys):
        return False
    if any(key in session.catalog.made or key in session.later for key in keys):
        return True
    if kind in ("relation", "type") and _is_whole(session, schema, name):
        return True
    session.presumed.update(keys)
    return False


_GLOBAL = ("schema", "role")


def _is_whole(session: Session, schema: str | None, name: str) -> bool:
    """Whether these files say all that is in the schema."""
    if name.startswith("pg_") or not session.catalog.extensions.keys() <= _PLAIN_EXTENSIONS:
        return False
    schemas = (schema,) if schema is not None else session.path
    return all(item is not None and session.catalog.defines(item) for item in schemas)


def is_of_platform(schema: str) -> bool:
    """Whether the schema is one that these files need not create."""
    return schema in PLATFORM_SCHEMAS | SYSTEM_SCHEMAS or schema.startswith("pg_")


def need_schema(session: Session, schema: str, token: Token | None = None) -> None:
    """Raises MissingError if there is no such schema for certain."""
    catalog = session.catalog
    if catalog.has_namespace(schema) or is_of_platform(schema):
        return
    if (schema in catalog.gone and not session.blind) or lacks(session, "schema", None, schema):
        raise MissingError(f'schema "{schema}" does not exist', token, schema)


def new_key(cursor: Cursor, session: Session, *, temporary: bool = False, function: bool = False) -> tuple[Key, Token]:
    """The key of what is to be made under the name at `cursor`. Raises RefusedError."""
    check_new_name(cursor.token, function=function)
    schema, name, token = cursor.name()
    if temporary and schema not in (None, TEMPORARY):
        raise RefusedError("cannot create temporary relation in non-temporary schema", token)
    if temporary or schema == TEMPORARY:
        return (TEMPORARY, name), token
    if schema is None:
        return (session.creation_schema, name), token
    need_schema(session, schema, token)
    return (schema, name), token


@contextmanager
def making(session: Session, cursor: Cursor, kind: str, key: Key, place: Location) -> Iterator[None]:
    """For what makes a table or view. If it cannot be read, the object may be there all the same: its name is kept.

    So it is if PostgreSQL refuses it for want of what no statement makes: the database may be one that has it.
    """
    point = session.point()
    try:
        yield
    except RefusedError as error:
        error.object = error.object or ".".join(key)
        if isinstance(error, MissingError) and error.wanted is not None:
            session.not_made(error.wanted, Opaque(kind=kind, schema=key[0], name=key[1], location=place))
        raise
    except UnreadableError as error:
        session.undo(point)
        session.gap_at(cursor, error, about=".".join(key))
        session.opaque(kind, key, place)


def need_relation(session: Session, schema: str | None, name: str, token: Token | None = None) -> Relation | None:
    """The table, view or sequence, None if it is not known. Raises MissingError if it does not exist for certain."""
    found = session.find(schema, name)
    if isinstance(found, TableEntry | ViewEntry | SequenceEntry):
        return found
    key = session.assumed(schema, name)
    if any((kind, *key) in session.catalog.opaque for kind in ("table", "view", "sequence")):
        return None
    if lacks(session, "relation", schema, name):
        raise MissingError(f'relation "{written(schema, name)}" does not exist', token, wanted=("relation", *key))
    return None


def need_named(session: Session, schema: str, name: str) -> None:
    """Raises MissingError for a relation in a schema that is certainly not there."""
    there = session.catalog.defines(schema) or is_of_platform(schema) or session.foreign[schema] or session.blind
    if not there:
        raise MissingError(f'relation "{schema}.{name}" does not exist', wanted=("schema", "", schema))


def need_type(session: Session, type_: ColumnType, token: Token | None = None, *, quoted: bool = True) -> None:
    """Raises MissingError if the type does not exist for certain. `quoted`: as the server says it for columns."""
    name, schema = type_.name, type_.schema
    if schema in SYSTEM_SCHEMAS or (schema is None and (name.startswith("_") or is_built_in(type_))):
        return
    if name in _TYPES_OF_EXTENSIONS or session.type_key(schema, name) is not None:
        return
    key = session.assumed(schema, name)
    if any((kind, *key) in session.catalog.opaque for kind in ("table", "view", "type")):
        return
    if lacks(session, "type", schema, name) and lacks(session, "relation", schema, name):
        text = written(schema, name) + "[]" * bool(type_.dimensions)
        why = f'type "{text}" does not exist' if quoted else f"type {text} does not exist"
        raise MissingError(why, token, wanted=("type", *key))


def is_built_in(type_: ColumnType) -> bool:
    """Whether a name without a schema is that of one of PostgreSQL's own types."""
    return type_.name in BUILT_IN or (" " in type_.name and not type_.quoted)


def written(schema: str | None, name: str) -> str:
    """A name as the server repeats it: with a schema only where one was written."""
    return name if schema is None else f"{schema}.{name}"


def need_function(session: Session, schema: str | None, name: str, arguments: str = "") -> None:
    """Raises MissingError if no function has the name for certain: a later statement makes the first one of it.

    `arguments` is what to show in the parentheses.
    """
    schemas = (schema,) if schema is not None else session.path
    if any((item, name) in session.catalog.routine_names for item in schemas) or name in _FUNCTIONS_OF_EXTENSIONS:
        return
    if schema is None and (name in _OF_GRAMMAR or builtin.find(name) is not None):
        return
    if (schema is None or not is_of_platform(schema)) and lacks(session, "function", schema, name):
        raise MissingError(f"function {written(schema, name)}({arguments}) does not exist")
