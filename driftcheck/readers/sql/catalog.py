"""The database that the statements build: every name in its namespace, as PostgreSQL's catalog would have it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ...model import (
    DEFAULT_SCHEMA,
    Collation,
    Comment,
    Extension,
    Function,
    Namespace,
    Opaque,
    Policy,
    Role,
    Sequence,
    Trigger,
)
from ...model.naming import object_name
from .entries import (
    EXISTENCE,
    INDEXED,
    CompositeEntry,
    Constraint,
    IndexEntry,
    Key,
    Name,
    Relation,
    SequenceEntry,
    TableEntry,
    UserType,
    ViewEntry,
)
from .errors import DuplicateError
from .journal import Journal, Tally

#: Where temporary tables are; the search path looks there first.
TEMPORARY = "pg_temp"

FunctionKey = tuple[str, str, tuple[str, ...]]


class Catalog:
    """Tables, views, sequences and indexes share one namespace per schema; types have another, constraints a third.

    `dependents` holds, for a relation, those that may depend on it. It is a superset: the caller looks at each.
    `made` are the names of all that was ever made, `others` those of collations, operator classes, access methods and
    languages.
    """

    def __init__(self, journal: Journal | None = None) -> None:
        self.journal: Journal
        self.__dict__["journal"] = journal or Journal()
        self.namespaces: dict[str, Namespace] = {}
        self.gone: frozenset[str] = frozenset()
        self.made: dict[Name, None] = {}
        self.others: dict[Name, None] = {}
        self.relations: dict[Key, Relation] = {}
        self.types: dict[Key, UserType] = {}
        self.functions: dict[FunctionKey, Function] = {}
        self.policies: dict[Key, dict[str, Policy]] = {}
        self.triggers: dict[Key, dict[str, Trigger]] = {}
        self.extensions: dict[str, Extension] = {}
        self.roles: dict[str, Role] = {}
        self.collations: dict[Key, Collation] = {}
        self.comments: dict[tuple[object, ...], Comment] = {}
        self.opaque: dict[tuple[str, str, str], Opaque] = {}
        self.constraint_names: Tally[Key] = Tally(self.journal)
        self.dependents: dict[Key, dict[Key, None]] = {}
        self.routine_names: Tally[Key] = Tally(self.journal)
        self._used_schemas: Tally[str] = Tally(self.journal)
        self._numbers: dict[tuple[str, ...], int] = {}

    def __setattr__(self, name: str, value: Any) -> None:
        if name in self.__dict__:
            self.journal.note(None, self.__dict__.__setitem__, name, self.__dict__[name])
        self.__dict__[name] = self.journal.kept(value)

    # --- schemas ---

    def defines(self, schema: str) -> bool:
        """Whether these files say what is in `schema`: they create it, or a table in it. Always true of public."""
        return schema in (DEFAULT_SCHEMA, TEMPORARY) or schema in self.namespaces or bool(self._used_schemas[schema])

    def has_namespace(self, schema: str) -> bool:
        """Whether the schema is certainly there."""
        return schema in self.namespaces or (schema in (DEFAULT_SCHEMA, TEMPORARY) and schema not in self.gone)

    def add_namespace(self, namespace: Namespace) -> None:
        self.made["schema", "", namespace.name] = None
        self.namespaces[namespace.name] = namespace
        self.gone -= {namespace.name}

    def remove_namespace(self, name: str) -> Namespace | None:
        """The schema is `gone`: PostgreSQL passes over its name in a search path."""
        self.gone |= {name}
        return self.namespaces.pop(name, None)

    # --- relations ---

    def add(self, relation: Relation) -> None:
        """Puts `relation` under its name. Raises DuplicateError if the name is taken."""
        key = relation.key
        if self.in_the_way(key) is not None:
            raise DuplicateError(f'relation "{key[1]}" already exists')
        if key in self.types and not isinstance(relation, IndexEntry | SequenceEntry):
            raise DuplicateError(f'type "{key[1]}" already exists')
        self.relations[key] = relation
        self.made["relation", key[0], key[1]] = None
        if isinstance(relation, TableEntry | ViewEntry):
            self.opaque.pop(("table", *key), None)
            self._used_schemas[key[0]] += 1

    def in_the_way(self, key: Key) -> Relation | None:
        """What has the name `key` that something new is to have.

        A relation that may not exist is taken away: that something is made under its name shows that it does not.
        """
        found = self.relations.get(key)
        return found if found is None or not self._yields(found) else None

    def _yields(self, found: Relation) -> bool:
        if isinstance(found, IndexEntry):
            owner = self.relations.get(found.owner)
            if not isinstance(owner, TableEntry):
                return False
            key = owner.constraints.get(found.name)
            item = key if isinstance(key, INDEXED) else owner.indexes.get(found.name)
            if item is None or EXISTENCE not in item.unknown:
                return False
            if item is key:
                self.remove_constraint(owner, found.name)
            else:
                self.remove_index(found.key)
            return True
        if not in_doubt(found) and not (isinstance(found, TableEntry) and found.passing):
            return False
        if isinstance(found, TableEntry):
            for name in list(found.constraints):
                self.remove_constraint(found, name)
            for name in list(found.indexes):
                self.remove_index((found.schema, name))
            self.policies.pop(found.key, None)
            self.triggers.pop(found.key, None)
        self.discard(found.key)
        return True

    def discard(self, key: Key) -> Relation | None:
        """Takes the name `key` away; nothing else is touched."""
        self._numbers.clear()
        relation = self.relations.pop(key, None)
        if isinstance(relation, TableEntry | ViewEntry):
            self._used_schemas[key[0]] -= 1
        return relation

    def table(self, key: Key) -> TableEntry | None:
        found = self.relations.get(key)
        return found if isinstance(found, TableEntry) else None

    def depend(self, dependent: Key, on: Key) -> None:
        """Notes that the relation `dependent` may have to follow what happens to `on`."""
        self.dependents.setdefault(on, {})[dependent] = None

    def dependents_of(self, key: Key) -> list[Relation]:
        return [self.relations[other] for other in self.dependents.get(key, ()) if other in self.relations]

    def children_of(self, table: TableEntry) -> list[TableEntry]:
        """Tables that inherit from `table`, partitions among them."""
        return [
            entry
            for entry in self.dependents_of(table.key)
            if isinstance(entry, TableEntry) and table.key in parents_of(entry)
        ]

    def latest_children(self, table: TableEntry) -> Iterator[TableEntry]:
        """The same, those first that were made last."""
        for key in reversed(self.dependents.get(table.key, {})):
            if isinstance(entry := self.relations.get(key), TableEntry) and table.key in parents_of(entry):
                yield entry

    def family_of(self, table: TableEntry) -> list[TableEntry]:
        """`table` and all that inherit from it, by whatever way, each once: two ways to each make many to the last."""
        found = {table.key: table}
        waiting = [table]
        while waiting:
            new = [child for child in self.children_of(waiting.pop()) if child.key not in found]
            found |= {child.key: child for child in new}
            waiting += new
        return list(found.values())

    def referrers_of(self, key: Key) -> list[TableEntry]:
        """Tables that may have a foreign key to the table `key`."""
        return [entry for entry in self.dependents_of(key) if isinstance(entry, TableEntry)]

    def owned_sequences(self, table: Key, column: str | None = None) -> list[SequenceEntry]:
        return [
            entry
            for entry in self.dependents_of(table)
            if isinstance(entry, SequenceEntry)
            and (owner := entry.sequence.owned_by) is not None
            and owner[:2] == table
            and column in (None, owner[2])
        ]

    # --- constraints and indexes of a table ---

    def add_constraint(self, table: TableEntry, constraint: Constraint) -> None:
        """Raises DuplicateError if the table has a constraint, or for keys the schema a relation, of that name."""
        name = constraint.name
        if (found := table.constraints.get(name)) is not None and EXISTENCE in found.unknown:
            self.remove_constraint(table, name)
        if name in table.constraints:
            raise DuplicateError(f'constraint "{name}" for relation "{table.name}" already exists')
        if isinstance(constraint, INDEXED):
            self.add(IndexEntry(table.schema, name, table.key))
        table.constraints[name] = constraint
        self.constraint_names[(table.schema, name)] += 1

    def remove_constraint(self, table: TableEntry, name: str) -> Constraint | None:
        constraint = table.constraints.pop(name, None)
        if constraint is not None:
            self.release_constraint_name((table.schema, name))
            if isinstance(constraint, INDEXED):
                self.discard((table.schema, name))
        return constraint

    def release_constraint_name(self, key: Key) -> None:
        self.constraint_names[key] -= 1
        if self.constraint_names[key] <= 0:
            del self.constraint_names[key]

    def remove_index(self, key: Key) -> None:
        entry = self.discard(key)
        owner = self.relations.get(entry.owner) if isinstance(entry, IndexEntry) else None
        if isinstance(owner, TableEntry | ViewEntry):
            owner.indexes.pop(key[1], None)

    def taken(self, schema: str, *, relations: bool = True, constraints: bool = False) -> Taken:
        return Taken(self, schema, relations, constraints)

    def index_name(self, schema: str, table: str, columns: str) -> str:
        """What PostgreSQL calls an index that nobody named. Numbers found taken are not tried again."""
        key = (schema, table, columns)
        number = self._numbers.get(key, 0)
        while (schema, name := object_name(table, columns, f"idx{number or ''}")) in self.relations:
            number += 1
        self._numbers[key] = number
        return name

    # --- sequences ---

    def add_sequence(self, sequence: Sequence, *, of_identity: bool = False, temporary: bool = False) -> SequenceEntry:
        entry = SequenceEntry(sequence, of_identity, temporary)
        self.add(entry)
        if sequence.owned_by is not None:
            self.depend(entry.key, sequence.owned_by[:2])
        return entry

    # --- types ---

    def add_type(self, entry: UserType) -> None:
        key = entry.schema, entry.name
        if key in self.types and EXISTENCE in self.types[key].unknown:
            self.remove_type(key)
        if key in self.types:
            raise DuplicateError(f'type "{key[1]}" already exists')
        if key in self.relations and not isinstance(self.relations[key], IndexEntry | SequenceEntry):
            raise DuplicateError(f'type "{key[1]}" already exists')
        self.types[key] = entry
        self.made["type", key[0], key[1]] = None
        if type(entry).__name__ == "CompositeType":
            self.relations[key] = CompositeEntry(*key)

    def remove_type(self, key: Key) -> None:
        self.types.pop(key, None)
        if isinstance(self.relations.get(key), CompositeEntry):
            del self.relations[key]

    # --- routines ---

    def add_function(self, function: Function) -> None:
        key = (function.schema, function.name, function.signature)
        if key not in self.functions:
            self.routine_names[key[:2]] += 1
        self.functions[key] = function
        self.made["function", function.schema, function.name] = None

    def remove_function(self, key: FunctionKey) -> None:
        if self.functions.pop(key, None) is not None:
            self.routine_names[key[:2]] -= 1
            if not self.routine_names[key[:2]]:
                del self.routine_names[key[:2]]

    def functions_named(self, key: Key) -> list[FunctionKey]:
        if key not in self.routine_names:
            return []
        return [found for found in self.functions if found[:2] == key]

    # --- all of it ---

    def unite(self, other: Catalog) -> None:
        """Takes over which names `other` has taken and who depends on whom."""
        for name in _TALLIES:
            mine, theirs = getattr(self, name), getattr(other, name)
            mine.update({key: count for key, count in theirs.items() if count > mine[key]})
        for on, dependents in other.dependents.items():
            if new := {key: None for key in dependents if key not in self.dependents.get(on, ())}:
                self.dependents.setdefault(on, {}).update(new)
        self.gone &= other.gone
        self._numbers.clear()

    def branch(self, mark: int) -> Catalog:
        """What was reached since `mark` of the journal, apart; this catalog is again as it was then.

        The two share what did not change.
        """
        changed, reached = self.journal.changed(mark), Catalog()
        for name, value in self.__dict__.items():
            if name != "journal":
                reached.__dict__[name] = dict(value) if isinstance(value, dict) else value
        reached.__dict__["relations"] = {
            key: entry.copy() if id(entry) in changed else entry for key, entry in self.relations.items()
        }
        for name in ("policies", "triggers", "dependents"):
            reached.__dict__[name] = {key: dict(items) for key, items in getattr(self, name).items()}
        self.journal.undo(mark)
        return reached

    def become(self, other: Catalog) -> None:
        """Makes this catalog what the branch `other` is, which is not to be used from then on."""
        for name, value in other.__dict__.items():
            if name != "journal":
                setattr(self, name, Tally(self.journal, value) if name in _TALLIES else value)


_TALLIES = frozenset({"constraint_names", "routine_names", "_used_schemas"})


class Taken:
    """The names that an automatic name in a schema must avoid (ChooseRelationName, ChooseConstraintName)."""

    def __init__(self, catalog: Catalog, schema: str, relations: bool, constraints: bool) -> None:
        self._catalog, self._schema = catalog, schema
        self._relations, self._constraints = relations, constraints

    def __contains__(self, name: object) -> bool:
        key = (self._schema, str(name))
        return (self._relations and key in self._catalog.relations) or (
            self._constraints and key in self._catalog.constraint_names
        )


def parents_of(table: TableEntry) -> Iterable[Key]:
    """The tables that `table` inherits from, as a partition or otherwise."""
    if table.partition_of is not None:
        return (*table.inherits, (table.partition_of.parent_schema, table.partition_of.parent_table))
    return table.inherits


def in_doubt(relation: Relation) -> bool:
    """Whether the table, view or sequence may not exist."""
    if isinstance(relation, TableEntry):
        return EXISTENCE in relation.unknown
    if isinstance(relation, ViewEntry):
        return EXISTENCE in relation.view.unknown
    return isinstance(relation, SequenceEntry) and EXISTENCE in relation.sequence.unknown


def shown(key: Key) -> str:
    return key[1] if key[0] == DEFAULT_SCHEMA else ".".join(key)
