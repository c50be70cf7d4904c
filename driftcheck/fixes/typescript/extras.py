"""Edits of keys, checks, indexes and policies: in the chain of their column, or in their table's third argument."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ...model import Check, ForeignKey, Index, Policy, PrimaryKey, Table, Unique
from ..drift import Drift
from ..edits import Edit
from . import sqlite_text
from .chains import Chain, Link, chain_of
from .column_text import quoted, references, said_by_column, template
from .document import Document, Unplaced, bare, elements
from .lists import removed
from .names import named
from .options import set_options
from .room import Room, Site
from .stand_ins import target_edits
from .tables import TableSite, table_site
from .text import extra, keys, policy_text

if TYPE_CHECKING:
    from tree_sitter import Node

#: The link of a column that says a key of it alone.
_LINKS: dict[type, str] = {ForeignKey: "references", Unique: "unique", PrimaryKey: "primaryKey"}


# -- Where they are -----------------------------------------------------------------------------------------------


def link_of(room: Room, table: Table, thing: Any) -> tuple[Site, Chain, Link] | None:
    """The column that says `thing` in its chain, and the link; None if it is said in the third argument."""
    name = _LINKS.get(type(thing))
    if name is None or len(thing.columns) != 1:
        return None
    column = table.column(thing.columns[0])
    if column is None or column.location is None or column.location != thing.location:
        return None
    site = room.site(column)
    for chain in site.chains:
        if (link := chain.link(name)) is not None:
            return site, chain, link
    raise Unplaced(f"it is said where {column.name} is made, which no edit reaches")


def member_of(room: Room, thing: Any) -> tuple[Document, Node, Node, Chain]:
    """The list in which `thing` stands, its member there, and its chain."""
    place = room.placed(thing)
    document = room.document(place.path)
    node = document.node_at(place, "call_expression")
    chain = chain_of(document, node)
    member = node
    while member.parent is not None and member.parent.type not in ("array", "object", "program"):
        member = member.parent
    container = member.parent
    if container is None or container.type == "program" or member.type not in ("pair", "call_expression"):
        raise Unplaced(f"it is no member of a list at {place}")
    return document, container, member, chain


# -- Gone and new -------------------------------------------------------------------------------------------------


def gone(room: Room, drift: Drift) -> list[Edit]:
    return gone_edits(room, drift, drift.actual)


def gone_edits(room: Room, drift: Drift, thing: Any) -> list[Edit]:
    """Taken out of the chain, or of the list."""
    found = link_of(room, drift.table, thing)
    if found is not None:
        _, chain, link = found
        return [chain.without(link)]
    document, container, member, _ = member_of(room, thing)
    return [removed(document, container, member)]


def new(room: Room, drift: Drift) -> list[Edit]:
    return extra_edits(room, drift, table_site(room, drift.table), drift.expected)


def extra_edits(room: Room, drift: Drift, site: TableSite, thing: Any) -> list[Edit]:
    """A key, check, index or policy that is not there: in its column's chain if that can say it, else in the list."""
    table = drift.expected_table
    made: list[Edit] = []
    if isinstance(thing, ForeignKey):
        made = target_edits(room, site.document, thing)
    text = link_text(room, table, thing)
    column = drift.table.column(thing.columns[0]) if text else None
    if column is not None:
        own = room.site(column)
        if not any(chain.link(_LINKS[type(thing)]) for chain in own.chains):
            chain = own.chains[0]
            said, imports = room.written(chain.document, text)
            return [*made, *imports, chain.with_link(said, last=True)]
    return [*made, *_added(room, site, table, thing)]


def _added(room: Room, site: TableSite, table: Table, thing: Any) -> list[Edit]:
    """A new member of the third argument, whose type is said where it would go round in circles."""
    typed = isinstance(thing, ForeignKey) and room.leads_back(thing) and thing.target_table != table.name
    said, imports = room.written(site.document, extra_text(room, table, thing, site.owner))
    return [*imports, *site.adding(room, said, thing.name), *(site.typed(room) if typed else ())]


def extra_text(room: Room, table: Table, thing: Any, owner: str) -> str:
    return policy_text(thing) if isinstance(thing, Policy) else extra(room.words, table, thing, owner)


def link_text(room: Room, table: Table, thing: Any) -> str:
    """What a column's chain says of `thing`; empty if it cannot say all of it."""
    if isinstance(thing, ForeignKey) and said_by_column(thing, table, room.words.core):
        return references(thing, room.words)
    if isinstance(thing, Unique) and len(thing.columns) == 1:
        own = thing.name == f"{table.name}_{thing.columns[0]}_unique"
        nulls = "" if thing.nulls_distinct else ", { nulls: 'not distinct' }"
        return ".unique()" if own and not nulls else f".unique({quoted(thing.name)}{nulls})"
    if isinstance(thing, PrimaryKey) and len(thing.columns) == 1 and thing.name == f"{table.name}_pkey":
        return ".primaryKey()"
    return ""


def anew(room: Room, drift: Drift) -> list[Edit]:
    """The whole of it in the place of what is there."""
    table, wanted = drift.expected_table, drift.expected
    found = link_of(room, drift.table, drift.actual)
    text = link_text(room, table, wanted)
    if found is not None:
        _, chain, link = found
        if text and wanted.columns == drift.actual.columns:
            made = target_edits(room, chain.document, wanted) if isinstance(wanted, ForeignKey) else []
            said, imports = room.written(chain.document, text)
            return [*made, *imports, chain.instead(link, said)]
        return [chain.without(link), *_listed(room, drift)]
    document, _, member, chain = member_of(room, drift.actual)
    site = table_site(room, drift.table)
    made = target_edits(room, document, wanted) if isinstance(wanted, ForeignKey) else []
    said, imports = room.written(document, extra_text(room, table, wanted, site.owner))
    value = member.child_by_field_name("value") if member.type == "pair" else member
    assert value is not None
    return [*made, *imports, document.replace(value, said)]


def _listed(room: Room, drift: Drift) -> list[Edit]:
    """The wanted key in the third argument, whatever its column could say."""
    site, wanted = table_site(room, drift.table), drift.expected
    made = target_edits(room, site.document, wanted) if isinstance(wanted, ForeignKey) else []
    return [*made, *_added(room, site, drift.expected_table, wanted)]


# -- Single facts -------------------------------------------------------------------------------------------------


def primary_key(room: Room, drift: Drift) -> list[Edit]:
    if drift.expected is None:
        return gone(room, drift)
    if drift.actual is None:
        return new(room, drift)
    found = link_of(room, drift.table, drift.actual)
    text = link_text(room, drift.expected_table, drift.expected)
    if found is None and not text:
        return anew(room, drift)
    return gone(room, drift) + (new(room, drift) if text else _listed(room, drift))


def action(room: Room, drift: Drift) -> list[Edit]:
    """ON DELETE or ON UPDATE: one option of `.references`, or one link of `foreignKey(…)`."""
    key, now = drift.expected, drift.actual
    option, fact = ("onDelete", "on_delete") if drift.code == "DR314" else ("onUpdate", "on_update")
    value = getattr(key, fact)
    found = link_of(room, drift.table, now)
    if found is not None:
        _, chain, link = found
        text = room.written(chain.document, quoted(value))[0] if value != "no action" else None
        return set_options(chain.document, link.arguments, 1, {option: text})
    document, _, _, chain = member_of(room, now)
    link_now = chain.link(option)
    if value == "no action":
        return [chain.without(link_now)] if link_now is not None else []
    text = room.written(document, quoted(value))[0]
    if link_now is not None and elements(link_now.arguments):
        return [document.replace(elements(link_now.arguments)[0], text)]
    return [chain.with_link(f".{option}({text})", last=True)]


def name(room: Room, drift: Drift) -> list[Edit]:
    """The name alone. `.references()` and `.primaryKey()` of a column cannot carry one, and move to the list."""
    wanted, now = drift.expected, drift.actual
    found = link_of(room, drift.table, now)
    if found is not None:
        _, chain, link = found
        text = link_text(room, drift.expected_table, wanted)
        if isinstance(wanted, Unique):
            said = room.written(chain.document, quoted(wanted.name))[0]
            members = elements(link.arguments)
            if members and bare(members[0]).type == "string":
                return [chain.document.replace(members[0], said)]
            if not members:
                start = link.arguments.start_byte + 1
                return [chain.document.edit(start, start, said)]
        return [chain.instead(link, text)] if text else [chain.without(link), *_listed(room, drift)]
    document, _, _, chain = member_of(room, now)
    if chain.name in ("foreignKey", "primaryKey"):
        return set_options(document, chain.arguments, 0, {"name": room.written(document, quoted(wanted.name))[0]})
    return named(room, chain, wanted.name, now.name)


def nulls(room: Room, drift: Drift) -> list[Edit]:
    found = link_of(room, drift.table, drift.actual)
    if found is not None:
        return anew(room, drift)
    _, _, _, chain = member_of(room, drift.actual)
    return _flag(chain, "nullsNotDistinct", not drift.expected.nulls_distinct)


def _flag(chain: Chain, word: str, wanted: bool) -> list[Edit]:
    link = chain.link(word)
    if wanted:
        return [] if link is not None else [chain.with_link(f".{word}()", last=True)]
    return [chain.without(link)] if link is not None else []


def as_other(room: Room, drift: Drift) -> list[Edit]:
    """A unique constraint where a unique index is, or the other way round."""
    if room.words.core == sqlite_text.CORE:
        raise Unplaced("drizzle-kit makes an index of every unique constraint in SQLite")
    return gone(room, drift) + new(room, drift)


def condition(room: Room, drift: Drift) -> list[Edit]:
    """The condition of a check."""
    wanted: Check = drift.expected
    document, _, _, chain = member_of(room, drift.actual)
    members = elements(chain.arguments)
    if len(members) < 2:
        raise Unplaced("its condition is not written where it is declared")
    said, imports = room.written(document, template(wanted.expression))
    return [*imports, document.replace(members[1], said)]


def index_keys(room: Room, drift: Drift) -> list[Edit]:
    """The keys of an index, in their order, with their method and operator classes."""
    document, _, _, chain = member_of(room, drift.actual)
    link = chain.link("on", "using", "onOnly")
    if link is None:
        return anew(room, drift)
    owner = table_site(room, drift.table).owner
    said, imports = room.written(document, keys(room.words, drift.expected_table, drift.expected, owner))
    return [*imports, chain.instead(link, said)]


def index_unique(room: Room, drift: Drift) -> list[Edit]:
    if drift.expected.unique == drift.actual.unique:
        raise Unplaced("Drizzle has no unique index that treats NULLs as equal")
    document, _, _, chain = member_of(room, drift.actual)
    said, imports = room.written(document, "uniqueIndex(" if drift.expected.unique else "index(")
    return [*imports, document.replace(chain.function, said[:-1])]


def predicate(room: Room, drift: Drift) -> list[Edit]:
    wanted: Index = drift.expected
    document, _, _, chain = member_of(room, drift.actual)
    link = chain.link("where")
    if wanted.predicate is None:
        return [chain.without(link)] if link is not None else []
    said, imports = room.written(document, f".where({template(wanted.predicate)})")
    return [*imports, chain.instead(link, said) if link is not None else chain.with_link(said, last=True)]


def policy(room: Room, drift: Drift) -> list[Edit]:
    """One option of `pgPolicy`."""
    wanted: Policy = drift.expected
    document, _, _, chain = member_of(room, drift.actual)
    given: dict[str, str | None] = {}
    if drift.code == "DR713":
        given["for"] = quoted(wanted.command)
    if drift.code == "DR714":
        roles = [quoted(role) for role in wanted.roles]
        given["to"] = roles[0] if len(roles) == 1 else f"[{', '.join(roles)}]"
    if drift.code == "DR715":
        given["using"] = template(wanted.using) if wanted.using is not None else None
    if drift.code == "DR716":
        given["withCheck"] = template(wanted.check) if wanted.check is not None else None
    if drift.code == "DR717":
        given["as"] = quoted("permissive" if wanted.permissive else "restrictive")
    said = {key: room.written(document, value) if value is not None else (None, []) for key, value in given.items()}
    imports = [edit for _, edits in said.values() for edit in edits]
    return [*imports, *set_options(document, chain.arguments, 1, {key: text for key, (text, _) in said.items()})]


def row_security(room: Room, drift: Drift) -> list[Edit]:
    """`.enableRLS()` behind the table."""
    chain = table_site(room, drift.table).chain
    link = chain.link("enableRLS")
    if drift.expected.row_security:
        return [] if link is not None else [chain.with_link(".enableRLS()", last=True)]
    if link is None:
        raise Unplaced("its policies enable row-level security, and no call of its own")
    return [chain.without(link)]


EDITS: dict[str, Callable[[Room, Drift], list[Edit]]] = {
    "DR301": primary_key,
    "DR309": name,
    "DR311": new,
    "DR312": gone,
    "DR313": anew,
    "DR314": action,
    "DR315": action,
    "DR319": name,
    "DR321": new,
    "DR322": gone,
    "DR323": nulls,
    "DR325": as_other,
    "DR327": anew,
    "DR328": anew,
    "DR329": name,
    "DR401": new,
    "DR402": gone,
    "DR403": condition,
    "DR409": name,
    "DR501": new,
    "DR502": gone,
    "DR503": index_keys,
    "DR504": index_unique,
    "DR505": index_keys,
    "DR506": predicate,
    "DR508": index_keys,
    "DR509": name,
    "DR510": anew,
    "DR701": row_security,
    "DR702": row_security,
    "DR711": new,
    "DR712": gone,
    "DR713": policy,
    "DR714": policy,
    "DR715": policy,
    "DR716": policy,
    "DR717": policy,
    "DR719": name,
}
