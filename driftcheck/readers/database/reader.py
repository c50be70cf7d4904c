"""The rows of a database as a reading."""

from __future__ import annotations

from ...errors import SourceError
from ...location import DatabaseFacts
from ...model import Extension, Namespace, Schema
from ...model.platforms import PLATFORM_SCHEMAS
from ...reading import Capabilities, Gap, Reading, Statements
from .gaps import Gaps
from .places import Places
from .programs import read_comments, read_functions, read_policies, read_roles, read_triggers
from .received import Received
from .tables import Relations, read_sequences, read_tables
from .types import read_collations, read_types

#: Query → the fields of a Schema that are not known where the role may not read what it asks.
_FIELDS = {
    "schemas": ("namespaces",),
    "types": ("enums", "domains", "ranges"),
    "collations": (),
    "sequences": ("sequences",),
    "policies": ("policies",),
    "triggers": ("triggers",),
    "functions": ("functions",),
    "extensions": ("extensions",),
    "roles": ("roles",),
    "comments": (),
    "unmodelled": (),
}
_ALL = "driftcheck's queries need no more than PostgreSQL grants to everybody: SELECT on pg_catalog"


def reading_of(rows: Received) -> Reading:
    """The model of what a database says of itself. Raises SourceError if it may not be asked for its tables."""
    places = Places(rows.facts.place)
    relations = Relations(rows, places)
    known = set(relations.relations)
    gaps = Gaps()
    tables, views, cautions = read_tables(rows, relations, gaps)
    types = read_types(rows, relations, gaps)
    functions = read_functions(rows, places, gaps)
    triggers = read_triggers(rows, places, known, gaps)
    comments = read_comments(rows, places)
    unmodelled = {str(kind): int(count) for kind, count in rows.of("unmodelled") if count != "0"}
    for query, why in rows.refused.items():
        if query not in _FIELDS:
            raise SourceError(f"the role may not read the {query} of the database {places.path}: {why}", hint=_ALL)
        gaps.gaps.append(Gap(places.whole, query, f"the role may not read them: {why}"))
    schema = Schema(
        namespaces=tuple(Namespace(name=row[0], location=places.of(row[0])) for row in rows.of("schemas")),
        tables=tables,
        views=views,
        sequences=read_sequences(rows, relations),
        policies=read_policies(rows, places, known),
        roles=read_roles(rows, places),
        functions=functions,
        triggers=triggers,
        collations=read_collations(rows, places),
        extensions=tuple(
            Extension(name=row[0], schema=row[1], location=places.of(row[0])) for row in rows.of("extensions")
        ),
        unknown=frozenset(field for query in rows.refused for field in _FIELDS[query]),
        opaque=tuple(gaps.opaque),
        comments=comments,
        **types,
    )
    return Reading(
        schema,
        Capabilities("PostgreSQL"),
        gaps=tuple(gaps.gaps),
        statements=_account(unmodelled, schema, len(gaps.gaps)),
        cautions=tuple(cautions),
        home=places.whole,
        kept=PLATFORM_SCHEMAS,
        database=DatabaseFacts(rows.facts.server_version, rows.facts.time, rows.facts.place),
    )


def _account(unmodelled: dict[str, int], schema: Schema, gaps: int) -> Statements:
    """Every object counts as one statement."""
    objects = (
        schema.tables, schema.views, schema.enums, schema.domains, schema.composites, schema.ranges, schema.sequences,
        schema.policies, schema.functions, schema.triggers, schema.extensions, schema.namespaces,
    )  # fmt: skip
    read = sum(map(len, objects)) + sum(unmodelled.values()) + gaps
    return Statements(read=read, gaps=gaps, unmodelled=unmodelled)
