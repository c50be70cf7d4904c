"""Which reader takes which statement, by its first words."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from ..cursor import Cursor
from ..outcome import IRRELEVANT, READ, Outcome, unmodelled
from ..session import Session
from . import (
    aggregates,
    alter_table,
    blocks,
    comments,
    create_table,
    domains,
    drops,
    functions,
    indexes,
    namespaces,
    policies,
    renames,
    roles,
    sequences,
    triggers,
    types,
    views,
)

Reader = Callable[[Cursor, Session], Outcome]

#: Statements that shape no schema.
IRRELEVANT_WORDS = frozenset(
    """
    abort analyze begin call checkpoint close cluster commit copy deallocate declare delete discard end execute explain
    fetch insert listen load lock merge move notify prepare reassign refresh reindex release rollback
    savepoint show start table truncate unlisten update vacuum values with import
    """.split()
)

#: Kinds that shape a schema but have no room in the model, by the words behind CREATE, ALTER and DROP.
UNMODELLED: tuple[tuple[tuple[str, ...], str], ...] = (
    (("operator", "class"), "operator classes"),
    (("operator", "family"), "operator families"),
    (("operator",), "operators"),
    (("cast",), "casts"),
    (("collation",), "collations"),
    (("default", "conversion"), "conversions"),
    (("conversion",), "conversions"),
    (("text", "search", "configuration"), "text search configurations"),
    (("text", "search", "dictionary"), "text search dictionaries"),
    (("text", "search", "parser"), "text search parsers"),
    (("text", "search", "template"), "text search templates"),
    (("rule",), "rules"),
    (("event", "trigger"), "event triggers"),
    (("publication",), "publications"),
    (("subscription",), "subscriptions"),
    (("foreign", "data", "wrapper"), "foreign data wrappers"),
    (("server",), "foreign servers"),
    (("user", "mapping"), "user mappings"),
    (("trusted", "procedural", "language"), "languages"),
    (("trusted", "language"), "languages"),
    (("procedural", "language"), "languages"),
    (("language",), "languages"),
    (("access", "method"), "access methods"),
    (("statistics",), "extended statistics"),
    (("transform",), "transforms"),
)
#: Statements about who may do what: counted, not compared.
_TOLD = {"grant": "grants", "revoke": "grants", "security": "security labels"}
_UNMODELLED_FIRST = frozenset(words[0] for words, _ in UNMODELLED)
#: Words behind CREATE, ALTER and DROP of what belongs to the server or to who may do what, not to the schema.
_SERVER = ("database", "tablespace", "system", "default", "large", "owned")


def run(cursor: Cursor, session: Session) -> Outcome:
    """Reads one statement into the catalog. Raises the errors of `errors`."""
    word = cursor.word
    if word in _FIRST:
        cursor.advance()
        return _FIRST[word](cursor, session)
    if word == "call":
        return _call(cursor, session)
    if word in _TOLD:
        return unmodelled(_TOLD[word])
    if word in IRRELEVANT_WORDS:
        blocks.check_alone(cursor, session)
        return IRRELEVANT
    if word == "(":
        return IRRELEVANT
    raise cursor.unexpected("a statement was expected")


def _create(cursor: Cursor, session: Session) -> Outcome:
    replacing = cursor.accept("or", "replace")
    cursor.accept_any("global", "local")
    temporary = bool(cursor.accept_any("temp", "temporary"))
    unlogged = cursor.accept("unlogged")
    if cursor.accept("table"):
        return create_table.create_table(cursor, session, temporary=temporary, unlogged=unlogged)
    if cursor.accept("foreign", "table"):
        return create_table.create_table(cursor, session, temporary=False, unlogged=False, foreign=True)
    if cursor.accept("sequence"):
        return sequences.create_sequence(cursor, session, temporary=temporary)
    recursive = cursor.accept("recursive")
    if cursor.accept("view"):
        return views.create_view(cursor, session, replacing=replacing, temporary=temporary, recursive=recursive)
    if cursor.accept("unique", "index") or cursor.accept("index"):
        return indexes.create_index(cursor, session, unique=cursor.tokens[cursor.pos - 2].word == "unique")
    if kind := cursor.accept_any("function", "procedure"):
        return functions.create_function(
            cursor, session, replacing=replacing, kind="function" if kind == "function" else "procedure"
        )
    if cursor.accept("collation"):
        return types.create_collation(cursor, session)
    if cursor.accept("aggregate"):
        return aggregates.create_aggregate(cursor, session, replacing=replacing)
    constraint = cursor.at("constraint", "trigger") and bool(cursor.advance())
    if cursor.accept("trigger"):
        return triggers.create_trigger(cursor, session, replacing=replacing, constraint=constraint)
    return _by_words(cursor, session, _CREATE)


def _create_schema(cursor: Cursor, session: Session) -> Outcome:
    return namespaces.create_schema(cursor, session, run)


def _alter(cursor: Cursor, session: Session) -> Outcome:
    for words in (("materialized", "view"), ("view",), ("sequence",), ("index",)):
        if cursor.at(*words) and (found := _renamed_relation(cursor, session, len(words))) is not None:
            return found
    for word in ("type", "domain"):
        if cursor.at(word) and _is_rename(cursor):
            cursor.advance()
            return renames.rename_type(cursor, session)
    return _by_words(cursor, session, _ALTER)


def _is_rename(cursor: Cursor) -> bool:
    words = [token.word for token in cursor.tokens[cursor.pos : cursor.pos + 12]]
    return ("rename" in words and words[words.index("rename") + 1 : words.index("rename") + 2] == ["to"]) or any(
        a == "set" and b == "schema" for a, b in pairwise(words)
    )


def _renamed_relation(cursor: Cursor, session: Session, words: int) -> Outcome | None:
    """ALTER VIEW, SEQUENCE or INDEX … RENAME TO or SET SCHEMA; None if it is another action."""
    if not _is_rename(cursor):
        return None
    cursor.pos += words
    if_exists = cursor.accept("if", "exists")
    schema, name, token = cursor.name()
    found = session.find(schema, name)
    if found is None:
        if if_exists:
            return READ
        raise session.missing("relation", schema, name, token)
    return renames.rename_relation(cursor, session, found)


def _drop(cursor: Cursor, session: Session) -> Outcome:
    for words in (("table",), ("foreign", "table"), ("view",), ("materialized", "view"), ("sequence",), ("index",)):
        if cursor.accept(*words):
            kind = "table" if words[-1] == "table" else " ".join(words)
            return drops.drop_relation(cursor, session, kind)
    return _by_words(cursor, session, _DROP)


def _by_words(cursor: Cursor, session: Session, readers: dict[str, Reader]) -> Outcome:
    if cursor.word in _UNMODELLED_FIRST:
        for words, kind in UNMODELLED:
            if cursor.accept(*words):
                return unmodelled(kind)
    if (reader := readers.get(cursor.word)) is not None:
        cursor.advance()
        return reader(cursor, session)
    if (reader := readers.get(f"{cursor.word} {cursor.peek().word}")) is not None:
        cursor.pos += 2
        return reader(cursor, session)
    if cursor.at("default", "privileges"):
        return unmodelled("default privileges")
    if cursor.word in _SERVER:
        blocks.check_alone(cursor, session)
        return IRRELEVANT
    raise cursor.unexpected("a kind of object was expected")


_CREATE: dict[str, Reader] = {
    "materialized view": views.create_materialized_view,
    "policy": policies.create_policy,
    "type": types.create_type,
    "domain": domains.create_domain,
    "schema": _create_schema,
    "extension": namespaces.create_extension,
    "role": roles.create_role,
    "user": roles.create_role,
    "group": roles.create_role,
}
_ALTER: dict[str, Reader] = {
    "table": alter_table.alter_table,
    "foreign table": alter_table.alter_table,
    "index": indexes.alter_index,
    "sequence": sequences.alter_sequence,
    "view": views.alter_view,
    "materialized view": views.alter_view,
    "type": types.alter_type,
    "domain": domains.alter_domain,
    "policy": policies.alter_policy,
    "trigger": triggers.alter_trigger,
    "function": functions.alter_function,
    "procedure": functions.alter_function,
    "routine": functions.alter_function,
    "aggregate": functions.alter_function,
    "schema": renames.rename_schema,
    "extension": namespaces.alter_extension,
    "role": roles.alter_role,
    "user": roles.alter_role,
    "group": roles.alter_role,
}
_DROP: dict[str, Reader] = {
    "policy": policies.drop_policy,
    "trigger": triggers.drop_trigger,
    "type": drops.drop_type,
    "domain": drops.drop_type,
    "schema": drops.drop_schema,
    "extension": drops.drop_extension,
    "function": functions.drop_function,
    "procedure": functions.drop_function,
    "routine": functions.drop_function,
    "aggregate": functions.drop_function,
    "role": roles.drop_role,
    "user": roles.drop_role,
    "group": roles.drop_role,
}


def _comment(cursor: Cursor, session: Session) -> Outcome:
    cursor.expect("on")
    return comments.comment_on(cursor, session)


def _select(cursor: Cursor, session: Session) -> Outcome:
    if (made := create_table.select_into(cursor, session)) is not None:
        return made
    return namespaces.read_select(cursor, session) or _call(cursor, session)


def _call(cursor: Cursor, session: Session) -> Outcome:
    from ..plpgsql.blocks import call  # many schemas have no block, and to follow one takes a dozen modules

    return call(cursor, session, run)


def _block(cursor: Cursor, session: Session) -> Outcome:
    from ..plpgsql.blocks import do

    return do(cursor, session, run)


_FIRST: dict[str, Reader] = {
    "create": _create,
    "alter": _alter,
    "drop": _drop,
    "comment": _comment,
    "set": namespaces.read_set,
    "reset": namespaces.reset,
    "select": _select,
    "do": _block,
}
