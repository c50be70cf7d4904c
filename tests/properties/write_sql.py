"""The schema as SQL, in one of its many spellings."""

from __future__ import annotations

from random import Random

from .spec import Column, Condition, Index, Key, Policy, Reference, Schema, Table, Text
from .vocabulary import ROWS, TYPES


def quoted(name: str) -> str:
    return name if name.isidentifier() and name == name.lower() and name not in ("order", "user") else f'"{name}"'


def literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def condition(table: Table, column: str, number: int, random: Random, name: str | None = None) -> str:
    """Condition `number` of the column's type; `name` is how the column is to be called."""
    text = random.choice(TYPES[table.column(column).type].conditions[number])
    return text.replace("{}", name or quoted(column))


def write(schema: Schema, random: Random) -> Text:
    text = Text()
    if schema.uses_app:
        text.add("CREATE SCHEMA app;")
    for enum in schema.enums:
        labels = ", ".join(map(literal, enum.labels))
        text.add(f"CREATE TYPE {_full(enum.schema, enum.name, random)} AS ENUM ({labels});", "enum", enum.name)
    for sequence in schema.sequences:
        text.add(f"CREATE SEQUENCE {quoted(sequence.name)} INCREMENT BY {sequence.increment} START {sequence.start};",
                 "sequence", sequence.name)  # fmt: skip
    tables = list(schema.tables)
    for table in tables:
        _Writer(schema, table, random, text).create()
    for table in tables:
        _Writer(schema, table, random, text).complete()
    return text


def _full(schema: str, name: str, random: Random) -> str:
    return f"{schema}.{quoted(name)}" if schema != "public" or random.random() < 0.3 else quoted(name)


class _Writer:
    def __init__(self, schema: Schema, table: Table, random: Random, text: Text) -> None:
        self.schema, self.table, self.random, self.text = schema, table, random, text
        self.name = _full(table.schema, table.name, random)

    def create(self) -> None:
        self.text.add(f"{self.random.choice(['CREATE', 'create'])} TABLE {self.name} (", "table", self.table.name)
        parts = [(self._column(one), ("column", self.table.name, one.name)) for one in self.table.columns]
        parts += list(self._constraints())
        for number, (part, key) in enumerate(parts):
            self.text.add(f"  {part}{',' if number < len(parts) - 1 else ''}", *key)
        self.text.add(");")

    def complete(self) -> None:
        for reference in self.table.references:
            body = self._reference(reference)
            self.text.add(f"ALTER TABLE {self.name} ADD CONSTRAINT {quoted(reference.name)} {body};",
                          "reference", reference.name)  # fmt: skip
        for index in self.table.indexes:
            self.text.add(self._index(index), "index", index.name)
        if self.table.row_security:
            self.text.add(f"ALTER TABLE {self.name} ENABLE ROW LEVEL SECURITY;",
                          "row security", self.table.name)  # fmt: skip
        for policy in self.table.policies:
            self.text.add(self._policy(policy), "policy", policy.name)
        if self.table.comment:
            self.text.add(f"COMMENT ON TABLE {self.name} IS {literal(self.table.comment)};", "comment", self.table.name)
        for column in self.table.columns:
            if column.comment:
                self.text.add(f"COMMENT ON COLUMN {self.name}.{quoted(column.name)} IS {literal(column.comment)};",
                              "comment", self.table.name, column.name)  # fmt: skip

    def _column(self, column: Column) -> str:
        words = [quoted(column.name), self._type(column)]
        kind = TYPES.get(column.type)
        if column.identity:
            words.append(f"GENERATED {column.identity.upper()} AS IDENTITY")
        elif column.generated is not None and kind:
            words.append(f"GENERATED ALWAYS AS ({self.random.choice(kind.generated[column.generated])}) STORED")
        elif column.default is not None:
            words.append(f"DEFAULT {self._default(column)}")
        if not column.nullable and not column.serial:
            words.append("NOT NULL")
        elif column.nullable and self.random.random() < 0.2:
            words.append("NULL")
        return " ".join(words)

    def _default(self, column: Column) -> str:
        assert column.default is not None
        if enum := self.schema.enum(column.type):
            value = literal(enum.labels[column.default])
            return self.random.choice([value, f"{value}::{enum.schema}.{quoted(enum.name)}"])
        return self.random.choice(TYPES[column.type].defaults[column.default].sql)

    def _type(self, column: Column) -> str:
        if column.serial:
            return {"integer": "serial", "bigint": "bigserial"}[column.type]
        if enum := self.schema.enum(column.type):
            return _full(enum.schema, enum.name, self.random)
        return self.random.choice(TYPES[column.type].sql)

    def _constraints(self):
        if (key := self.table.key) is not None:
            automatic = key.name == f"{self.table.name}_pkey" and self.random.random() < 0.5
            head = "" if automatic else f"CONSTRAINT {quoted(key.name)} "
            yield f"{head}PRIMARY KEY ({_names(key.columns)})", ("key", key.name)
        for unique in self.table.uniques:
            yield self._unique(unique), ("unique", unique.name)
        for check in self.table.checks:
            yield self._check(check), ("check", check.name)

    def _unique(self, key: Key) -> str:
        nulls = "" if key.nulls_distinct else "NULLS NOT DISTINCT "
        tail = " DEFERRABLE" if key.deferrable else ""
        return f"CONSTRAINT {quoted(key.name)} UNIQUE {nulls}({_names(key.columns)}){tail}"

    def _check(self, check: Condition) -> str:
        return (
            f"CONSTRAINT {quoted(check.name)} CHECK ({condition(self.table, check.column, check.number, self.random)})"
        )

    def _reference(self, one: Reference) -> str:
        target = self.schema.table(one.target)
        listed = f" ({_names(one.target_columns)})"
        if target.key and target.key.columns == one.target_columns and self.random.random() < 0.3:
            listed = ""
        tail = "".join(
            f" ON {word} {action.upper()}"
            for word, action in (("DELETE", one.on_delete), ("UPDATE", one.on_update))
            if action != "no action" or self.random.random() < 0.2
        )
        later = " DEFERRABLE" if one.deferrable else ""
        name = _full(target.schema, target.name, self.random)
        return f"FOREIGN KEY ({_names(one.columns)}) REFERENCES {name}{listed}{tail}{later}"

    def _index(self, index: Index) -> str:
        keys = []
        for key in index.keys:
            word = f"lower({quoted(key.column)})" if key.lower else quoted(key.column)
            word += f" {key.opclass}" if key.opclass else ""
            word += " DESC" if key.descending else ""
            if key.nulls_first != key.descending:
                word += " NULLS FIRST" if key.nulls_first else " NULLS LAST"
            keys.append(word)
        using = f" USING {index.method}" if index.method != "btree" or self.random.random() < 0.3 else ""
        include = f" INCLUDE ({_names(index.include)})" if index.include else ""
        options = f" WITH (fillfactor = {index.fillfactor})" if index.fillfactor else ""
        where = f" WHERE {condition(self.table, *index.where, self.random)}" if index.where else ""
        unique = "UNIQUE " if index.unique else ""
        return (f"CREATE {unique}INDEX {quoted(index.name)} ON {self.name}{using} ({', '.join(keys)})"
                f"{include}{options}{where};")  # fmt: skip

    def _policy(self, policy: Policy) -> str:
        said = self.random.choice(ROWS[policy.condition])
        word = "" if policy.permissive else " AS RESTRICTIVE"
        body = f"WITH CHECK ({said})" if policy.command == "insert" else f"USING ({said})"
        return f"CREATE POLICY {quoted(policy.name)} ON {self.name}{word} FOR {policy.command.upper()} {body};"


def _names(names: tuple[str, ...]) -> str:
    return ", ".join(map(quoted, names))
