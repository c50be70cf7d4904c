"""The schema as Drizzle's TypeScript, in one of its many spellings. What Drizzle cannot say is left out."""

from __future__ import annotations

import json
from random import Random

from .spec import Column, Index, Policy, Reference, Schema, Table, Text
from .vocabulary import ROWS, TYPES, TYPESCRIPT_HEAD
from .write_sql import condition


def write(schema: Schema, random: Random) -> Text:
    text = Text()
    for line in TYPESCRIPT_HEAD.splitlines():
        text.add(line)
    if schema.uses_app:
        text.add("export const app = pgSchema('app');")
    for enum in schema.enums:
        maker = "app.enum" if enum.schema == "app" else "pgEnum"
        labels = ", ".join(map(json.dumps, enum.labels))
        text.add(f"export const e_{enum.name} = {maker}('{enum.name}', [{labels}]);", "enum", enum.name)
    for one in schema.sequences:
        options = f"{{ startWith: {one.start}, increment: {one.increment} }}"
        text.add(f"export const s_{one.name} = pgSequence('{one.name}', {options});", "sequence", one.name)
    for table in schema.tables:
        _Writer(schema, table, random, text).write()
    return text


def _property(table: Table, column: str) -> str:
    return f"c{[one.name for one in table.columns].index(column)}"


class _Writer:
    def __init__(self, schema: Schema, table: Table, random: Random, text: Text) -> None:
        self.schema, self.table, self.random, self.text = schema, table, random, text
        self.key_inline = (
            table.key is not None and len(table.key.columns) == 1 and table.key.name == f"{table.name}_pkey"
            and random.random() < 0.6
        )  # fmt: skip

    def write(self) -> None:
        maker = "app.table" if self.table.schema == "app" else "pgTable"
        self.text.add(f"export const t_{self.table.name} = {maker}('{self.table.name}', {{", "table", self.table.name)
        for column in self.table.columns:
            keys = [("column", self.table.name, column.name)]
            line = f"  {_property(self.table, column.name)}: {self._column(column)},"
            if self.key_inline and self.table.key and column.name in self.table.key.columns:
                keys.append(("key", self.table.key.name))
            self.text.add(line, *keys[0])
            for key in keys[1:]:
                self.text.places[key] = self.text.places[keys[0]]
        extra = list(self._extra())
        tail = ".enableRLS()" if self.table.row_security and not self.table.policies else ""
        if not extra:
            self.text.add("})" + tail + ";")
            return
        as_object = self.random.random() < 0.2
        self.text.add("}, (t) => ({" if as_object else "}, (t) => [")
        for number, (part, key) in enumerate(extra):
            self.text.add(f"  {f'x{number}: ' if as_object else ''}{part},", *key)
        self.text.add(("}))" if as_object else "])") + tail + ";")

    def _column(self, column: Column) -> str:
        name = json.dumps(column.name)
        kind = TYPES.get(column.type)
        if column.serial:
            text = f"serial({name})" if column.type == "integer" else f"bigserial({name}, {{ mode: 'number' }})"
        elif kind is None:
            text = f"e_{column.type}({name})"
        else:
            text = self.random.choice(kind.typescript) % name
        parts = [] if column.nullable or (column.serial and self.random.random() < 0.5) else [".notNull()"]
        if column.identity:
            parts.append(".generatedAlwaysAsIdentity()" if column.identity == "always" else
                         ".generatedByDefaultAsIdentity()")  # fmt: skip
        elif column.generated is not None and kind:
            parts.append(f".generatedAlwaysAs(sql`{self.random.choice(kind.generated[column.generated])}`)")
        elif column.default is not None:
            parts.append(self._default(column))
        if self.key_inline and self.table.key and column.name in self.table.key.columns:
            parts.append(".primaryKey()")
        self.random.shuffle(parts)
        return text + "".join(parts)

    def _default(self, column: Column) -> str:
        assert column.default is not None
        if enum := self.schema.enum(column.type):
            return f".default({json.dumps(enum.labels[column.default])})"
        spellings = TYPES[column.type].defaults[column.default].typescript
        return self.random.choice(spellings)

    def _t(self, column: str) -> str:
        return f"t.{_property(self.table, column)}"

    def _list(self, names: tuple[str, ...]) -> str:
        return ", ".join(map(self._t, names))

    def _extra(self):
        table = self.table
        if table.key is not None and not self.key_inline:
            yield (f"primaryKey({{ name: {json.dumps(table.key.name)}, columns: [{self._list(table.key.columns)}] }})",
                   ("key", table.key.name))  # fmt: skip
        for unique in table.uniques:
            nulls = "" if unique.nulls_distinct else ".nullsNotDistinct()"
            yield f"unique({json.dumps(unique.name)}).on({self._list(unique.columns)}){nulls}", ("unique", unique.name)
        for check in table.checks:
            yield (f"check({json.dumps(check.name)}, {self._condition(check.column, check.number)})",
                   ("check", check.name))  # fmt: skip
        for reference in table.references:
            yield self._reference(reference), ("reference", reference.name)
        for index in table.indexes:
            yield self._index(index), ("index", index.name)
        for policy in table.policies:
            yield self._policy(policy), ("policy", policy.name)

    def _condition(self, column: str, number: int) -> str:
        name = "${" + self._t(column) + "}" if self.random.random() < 0.7 else None
        return "sql`" + condition(self.table, column, number, self.random, name) + "`"

    def _reference(self, one: Reference) -> str:
        target = self.schema.table(one.target)
        itself = target.name == self.table.name
        columns = ", ".join(
            f"{'t' if itself else f't_{one.target}'}.{_property(target, c)}" for c in one.target_columns
        )
        tail = "".join(
            f".{word}('{action}')"
            for word, action in (("onDelete", one.on_delete), ("onUpdate", one.on_update))
            if action != "no action" or self.random.random() < 0.2
        )
        return (f"foreignKey({{ name: {json.dumps(one.name)}, columns: [{self._list(one.columns)}], "
                f"foreignColumns: [{columns}] }}){tail}")  # fmt: skip

    def _index(self, index: Index) -> str:
        keys = []
        for key in index.keys:
            if key.lower:
                keys.append(f"sql`lower(${{{self._t(key.column)}}})`")
                continue
            word = self._t(key.column)
            word += ".desc()" if key.descending else ""
            if key.nulls_first != key.descending or key.descending:
                word += ".nullsFirst()" if key.nulls_first else ".nullsLast()"
            keys.append(word + (f".op('{key.opclass}')" if key.opclass else ""))
        maker = "uniqueIndex" if index.unique else "index"
        on = f".using('{index.method}', " if index.method != "btree" else ".on("
        where = f".where({self._condition(*index.where)})" if index.where else ""
        options = f".with({{ fillfactor: {index.fillfactor} }})" if index.fillfactor else ""
        return f"{maker}({json.dumps(index.name)}){on}{', '.join(keys)}){options}{where}"

    def _policy(self, policy: Policy) -> str:
        word = "withCheck" if policy.command == "insert" else "using"
        kind = "permissive" if policy.permissive else "restrictive"
        said = self.random.choice(ROWS[policy.condition])
        return (f"pgPolicy({json.dumps(policy.name)}, {{ as: '{kind}', for: '{policy.command}', "
                f"{word}: sql`{said}` }})")  # fmt: skip
