"""The schema as SQLAlchemy models, in one of their many spellings. What SQLAlchemy cannot say is left out."""

from __future__ import annotations

from random import Random

from .spec import Column, Index, Reference, Schema, Table, Text
from .vocabulary import PYTHON_HEAD, TYPES
from .write_sql import condition, quoted


def write(schema: Schema, random: Random) -> Text:
    text = Text()
    for line in PYTHON_HEAD.splitlines():
        text.add(line)
    for enum in schema.enums:
        labels = ", ".join(map(repr, enum.labels))
        where = ", schema='app'" if enum.schema == "app" else ""
        text.add(f"e_{enum.name} = Enum({labels}, name='{enum.name}', metadata=metadata{where})", "enum", enum.name)
    for one in schema.sequences:
        options = f"start={one.start}, increment={one.increment}, metadata=metadata"
        text.add(f"s_{one.name} = Sequence('{one.name}', {options})", "sequence", one.name)
    for table in schema.tables:
        _Writer(schema, table, random, text).write()
    return text


class _Writer:
    def __init__(self, schema: Schema, table: Table, random: Random, text: Text) -> None:
        self.schema, self.table, self.random, self.text = schema, table, random, text
        self.key_inline = table.key is not None and table.key.name == f"{table.name}_pkey" and self._in_order()
        self.key_inline = self.key_inline and random.random() < 0.6

    def _in_order(self) -> bool:
        assert self.table.key is not None
        return self.table.key.columns == tuple(c.name for c in self.table.columns if c.name in self.table.key.columns)

    def write(self) -> None:
        if self.table.key is not None and self.random.random() < 0.7:
            self._class()
        else:
            self._table()

    def _class(self) -> None:
        self.text.add("")
        self.text.add("")
        self.text.add(f"class {self.table.name.title()}(Base):")
        self.text.add(f"    __tablename__ = '{self.table.name}'", "table", self.table.name)
        self.text.add("    __table_args__ = (")
        for part, key in self._constraints():
            self.text.add(f"        {part},", *key)
        self.text.add(f"        {self._settings(as_dict=True)},")
        self.text.add("    )")
        for number, column in enumerate(self.table.columns):
            maker = "mapped_column" if self.random.random() < 0.5 else "Column"
            self._add_column(f"    c{number} = {maker}({self._column(column)})", column)

    def _table(self) -> None:
        self.text.add(f"t_{self.table.name} = Table('{self.table.name}', metadata,", "table", self.table.name)
        for column in self.table.columns:
            self._add_column(f"    Column({self._column(column)}),", column)
        for part, key in self._constraints():
            self.text.add(f"    {part},", *key)
        self.text.add(f"    {self._settings(as_dict=False)}")
        self.text.add(")")

    def _add_column(self, line: str, column: Column) -> None:
        self.text.add(line, "column", self.table.name, column.name)
        if self.key_inline and self.table.key and column.name == self.table.key.columns[0]:
            self.text.places["key", self.table.key.name] = len(self.text.lines)
            self.text.unnamed.add(("key", self.table.key.name))

    def _settings(self, *, as_dict: bool) -> str:
        values = {"schema": "app" if self.table.schema == "app" else None, "comment": self.table.comment}
        values = {name: value for name, value in values.items() if value is not None}
        return repr(values) if as_dict else ", ".join(f"{name}={value!r}" for name, value in values.items())

    def _column(self, column: Column) -> str:
        kind = TYPES.get(column.type)
        words = [repr(column.name), self.random.choice(kind.python) if kind else f"e_{column.type}"]
        in_key = self.table.key is not None and column.name in self.table.key.columns
        if column.identity:
            words.append(f"Identity(always={column.identity == 'always'})")
        elif column.generated is not None and kind:
            words.append(f"Computed({self.random.choice(kind.generated[column.generated])!r}, persisted=True)")
        elif column.default is not None:
            words.append(self._default(column))
        if in_key and self.key_inline:
            words.append("primary_key=True")
        else:
            words.append(f"nullable={column.nullable}")
        if in_key and not column.identity:
            words.append(f"autoincrement={column.serial}")
        if column.comment:
            words.append(f"comment={column.comment!r}")
        return ", ".join(words)

    def _default(self, column: Column) -> str:
        assert column.default is not None
        if enum := self.schema.enum(column.type):
            return f"server_default={enum.labels[column.default]!r}"
        return self.random.choice(TYPES[column.type].defaults[column.default].python)

    def _constraints(self):
        table = self.table
        if table.key is not None and not self.key_inline:
            yield f"PrimaryKeyConstraint({_list(table.key.columns)}, name={table.key.name!r})", ("key", table.key.name)
        for unique in table.uniques:
            nulls = "" if unique.nulls_distinct else ", postgresql_nulls_not_distinct=True"
            later = ", deferrable=True" if unique.deferrable else ""
            yield (f"UniqueConstraint({_list(unique.columns)}, name={unique.name!r}{nulls}{later})",
                   ("unique", unique.name))  # fmt: skip
        for check in table.checks:
            said = condition(table, check.column, check.number, self.random)
            yield f"CheckConstraint({said!r}, name={check.name!r})", ("check", check.name)
        for reference in table.references:
            yield self._reference(reference), ("reference", reference.name)
        for index in table.indexes:
            yield self._index(index), ("index", index.name)

    def _reference(self, one: Reference) -> str:
        target = self.schema.table(one.target)
        prefix = "app." if target.schema == "app" else ""
        targets = ", ".join(repr(f"{prefix}{target.name}.{name}") for name in one.target_columns)
        tail = "".join(
            f", {word}={action.upper()!r}"
            for word, action in (("ondelete", one.on_delete), ("onupdate", one.on_update))
            if action != "no action" or self.random.random() < 0.2
        )
        later = ", deferrable=True" if one.deferrable else ""
        return f"ForeignKeyConstraint([{_list(one.columns)}], [{targets}], name={one.name!r}{tail}{later})"

    def _index(self, index: Index) -> str:
        keys = []
        for key in index.keys:
            word = f"lower({quoted(key.column)})" if key.lower else quoted(key.column)
            if not (key.lower or key.descending or key.nulls_first):
                keys.append(repr(key.column))
                continue
            word += " DESC" if key.descending else ""
            if key.nulls_first != key.descending:
                word += " NULLS FIRST" if key.nulls_first else " NULLS LAST"
            keys.append(f"text({word!r})")
        words = [repr(index.name), *keys]
        words += ["unique=True"] if index.unique else []
        words += [f"postgresql_using={index.method!r}"] if index.method != "btree" else []
        opclasses = {key.column: key.opclass for key in index.keys if key.opclass}
        words += [f"postgresql_ops={opclasses!r}"] if opclasses else []
        words += [f"postgresql_include={list(index.include)!r}"] if index.include else []
        words += [f"postgresql_with={{'fillfactor': {index.fillfactor}}}"] if index.fillfactor else []
        if index.where:
            words.append(f"postgresql_where=text({condition(self.table, *index.where, self.random)!r})")
        return f"Index({', '.join(words)})"


def _list(names: tuple[str, ...]) -> str:
    return ", ".join(map(repr, names))
