"""SELECT, VALUES, WITH and set operations: https://www.postgresql.org/docs/current/sql-select.html"""

from __future__ import annotations

from ...model.identifiers import RESERVED
from ..names import dotted
from .operators import Operators
from .stream import QUERY_WORDS, name_node
from .tree import Node

#: Words that end a FROM item or target where an alias without AS could be. None is reserved everywhere.
_NO_ALIAS = frozenset(
    """
    join inner left right full cross natural on using where group having order limit offset fetch for union intersect
    except window tablesample over filter within set returning
    """.split()
)
_JOINS = ("inner", "left", "right", "full")


class Queries(Operators):
    """`SelectStmt` in src/backend/parser/gram.y.

    A query's children: `with`, its body (`select`, `set`, `values`, `query`), `order_by`, `limit`, `offset`, `lock`.
    """

    def query(self) -> Node:
        children = []
        if self.accept("with"):
            children.append(self._with())
        children.append(self._set_operation(0))
        if self.at("order"):
            children.append(self.order_by())
        while True:
            if self.accept("limit"):
                if not self.accept("all"):
                    children.append(Node("limit", children=(self.expression(),)))
            elif self.accept("offset"):
                children.append(Node("offset", children=(self.expression(),)))
                self.accept_any("row", "rows")
            elif self.accept("fetch"):
                children.append(self._fetch())
            else:
                break
        while self.at("for"):
            children.append(self._lock())
        kinds = [child.kind for child in children]
        if kinds == ["query"]:
            return children[0]
        if kinds.count("limit") > 1 or kinds.count("offset") > 1:
            raise self.unexpected()
        return Node("query", children=tuple(sorted(children, key=lambda child: child.kind == "offset")))

    def _fetch(self) -> Node:
        if not self.accept_any("first", "next"):
            raise self.unexpected()
        count = Node("literal", "1") if self.word in ("row", "rows") else self.expression()
        if not self.accept_any("row", "rows"):
            raise self.unexpected()
        if self.accept("with", "ties"):
            return Node("limit", "with ties", (count,))
        self.expect("only")
        return Node("limit", children=(count,))

    def _lock(self) -> Node:
        words = [self.advance().word]
        while self.word in ("update", "share", "no", "key", "nowait", "skip", "locked"):
            words.append(self.advance().word)
        return Node("lock", " ".join(words))

    def _with(self) -> Node:
        recursive = self.accept("recursive")
        tables = [self._common_table()]
        while self.accept(","):
            tables.append(self._common_table())
        return Node("with", "recursive" if recursive else "", tuple(tables))

    def _common_table(self) -> Node:
        name = self.identifier()
        columns = self.names() if self.at("(") else ()
        self.expect("as")
        materialized = ""
        if self.accept("not", "materialized"):
            materialized = "not materialized"
        elif self.accept("materialized"):
            materialized = "materialized"
        self.expect("(")
        query = self.query()
        self.expect(")")
        parts = (query, *(Node("column", column) for column in columns))
        return Node("common", name, (*parts, Node("materialized", materialized)) if materialized else parts)

    def _set_operation(self, binding: int) -> Node:
        """UNION and EXCEPT bind alike, INTERSECT tighter."""
        first = self._body()
        while self.word in ("union", "except", "intersect"):
            strength = 2 if self.at("intersect") else 1
            if strength < binding:
                break
            word = self.advance().word
            if self.accept("all"):
                word += " all"
            else:
                self.accept("distinct")
            first = Node("set", word, (first, self._set_operation(strength + 1)))
        return first

    def _body(self) -> Node:
        if self.accept("("):
            query = self.query()
            self.expect(")")
            return query.children[0] if len(query.children) == 1 else query
        if self.accept("values"):
            rows = [Node("row", children=self.parenthesised())]
            while self.accept(","):
                rows.append(Node("row", children=self.parenthesised()))
            return Node("values", children=tuple(rows))
        if self.accept("table"):
            return self._whole_table()
        self.expect("select")
        return self._select()

    def _whole_table(self) -> Node:
        """`TABLE t` is `SELECT * FROM t`."""
        only = self.accept("only")
        start = self.token.start
        table = Node("table", "", (name_node(self.path(), start), *((Node("only"),) if only else ())))
        every = Node("target", children=(Node("star"),))
        return Node("select", children=(Node("targets", children=(every,)), Node("from", children=(table,))))

    def _select(self) -> Node:
        children = []
        if self.accept("distinct"):
            on = self.parenthesised() if self.accept("on") else ()
            children.append(Node("distinct", children=on))
        else:
            self.accept("all")
        children.append(Node("targets", children=self._targets()))
        if self.accept("from"):
            items = [self._from_item()]
            while self.accept(","):
                items.append(self._from_item())
            children.append(Node("from", children=tuple(items)))
        if self.accept("where"):
            children.append(Node("where", children=(self.expression(),)))
        if self.accept("group", "by"):
            children.append(self._group_by())
        if self.accept("having"):
            children.append(Node("having", children=(self.expression(),)))
        if self.accept("window"):
            children.append(self._windows())
        return Node("select", children=tuple(children))

    def _group_by(self) -> Node:
        """Keys, and sets of keys: https://www.postgresql.org/docs/current/queries-table-expressions.html"""
        distinct = "distinct" if self.accept("distinct") else ""
        if not distinct:
            self.accept("all")
        items = [self._grouping()]
        while self.accept(","):
            items.append(self._grouping())
        return Node("group_by", distinct, tuple(items))

    def _grouping(self) -> Node:
        if self.at("(") and self.peek().word == ")":
            self.pos += 2
            return Node("group_set")
        if self.accept("grouping", "sets"):
            kind = "grouping_sets"
        elif self.word in ("rollup", "cube") and self.peek().word == "(":
            kind = self.advance().word
        else:
            key = self.expression()
            return Node("group_set", children=key.children) if key.kind == "row" else key
        self.expect("(")
        items = [self._grouping()]
        while self.accept(","):
            items.append(self._grouping())
        self.expect(")")
        return Node(kind, children=tuple(items))

    def _windows(self) -> Node:
        windows = []
        while True:
            name = self.identifier()
            self.expect("as")
            windows.append(Node("window", name, self.window().children))
            if not self.accept(","):
                return Node("windows", children=tuple(windows))

    def _targets(self) -> tuple[Node, ...]:
        if self.word in ("from", "where") or self.done:
            return ()
        targets = [self._target()]
        while self.accept(","):
            targets.append(self._target())
        return tuple(targets)

    def _target(self) -> Node:
        if self.accept("*"):
            return Node("target", children=(Node("star"),))
        value = self.expression()
        return Node("target", self._alias(), (value,))

    def _alias(self) -> str:
        """A name with or without AS; "" if there is none."""
        if self.accept("as"):
            return self.label()
        token = self.token
        is_alias = token.is_name and token.word not in RESERVED and token.word not in _NO_ALIAS
        return self.advance().name if is_alias else ""

    def _from_item(self) -> Node:
        item = self._relation()
        while True:
            if self.accept("cross", "join"):
                item = Node("join", "inner", (item, self._relation()))
                continue
            natural = self.accept("natural")
            kind = self.accept_any(*_JOINS)
            self.accept("outer")
            if not self.accept("join"):
                if natural or kind:
                    raise self.unexpected()
                return item
            if natural:
                item = Node("join", kind or "inner", (item, self._relation(), Node("natural")))
            else:
                item = self._joined(item, kind or "inner")

    def _joined(self, item: Node, kind: str) -> Node:
        """The right side of a join; it may itself be joined before the ON that belongs to this one."""
        other = self._relation()
        while self.word not in ("on", "using"):
            nested = self.accept_any(*_JOINS)
            self.accept("outer")
            self.expect("join")
            other = self._joined(other, nested or "inner")
        if self.accept("using"):
            opening, names = self.pos, self.names()
            starts = (token.start for token in self.tokens[opening + 1 :: 2])
            columns = tuple(Node("column", name, start=start) for name, start in zip(names, starts, strict=False))
            if self.at("as"):
                raise self.unexpected()
            return Node("join", kind, (item, other, Node("using", children=columns)))
        self.expect("on")
        return Node("join", kind, (item, other, Node("on", children=(self.expression(),))))

    def _relation(self) -> Node:
        """A table, function, subquery or join in parentheses: Node(kind, alias, (what, names of columns…))."""
        lateral = self.accept("lateral")
        only = self.accept("only")
        if self.at("(") and not lateral and not self._is_query_ahead():
            self.advance()
            item = self._from_item()
            self.expect(")")
            if self.at("as"):
                raise self.unexpected()
            return item
        if self.accept("("):
            what = self.query()
            self.expect(")")
            return self._aliased("derived", what, lateral)
        if self.at("rows") and self.peek().word == "from":
            return self._aliased("function", self._rows_from(), lateral=False)
        if self.word in ("xmltable", "json_table") and self.peek().word == "(":
            raise self.unexpected()
        start = self.token.start
        parts = self.path()
        if self.at("("):
            what = self._call(parts)
            if self.accept("with", "ordinality"):
                what = Node("ordinality", children=(what,))
            return self._aliased("function", what, lateral=False)
        self.accept("*")
        return self._aliased("table", name_node(parts, start), lateral, (Node("only"),) if only else ())

    def _rows_from(self) -> Node:
        """`ROWS FROM (f(…), g(…))`, several functions side by side."""
        self.pos += 2
        self.expect("(")
        calls = [self._function_item()]
        while self.accept(","):
            calls.append(self._function_item())
        self.expect(")")
        what = Node("rows_from", children=tuple(calls))
        return Node("ordinality", children=(what,)) if self.accept("with", "ordinality") else what

    def _function_item(self) -> Node:
        call = self._call(self.path())
        return Node("function", "", (call, *self._definitions())) if self.accept("as") else call

    def _is_query_ahead(self) -> bool:
        offset = 0
        while self.peek(offset).word == "(":
            offset += 1
        return self.peek(offset).word in QUERY_WORDS and (offset == 1 or self._is_nested_query())

    def _aliased(self, kind: str, what: Node, lateral: bool, marks: tuple[Node, ...] = ()) -> Node:
        if kind == "function" and self.at("as") and self.peek().word == "(":
            self.advance()
            return Node(kind, "", (what, *self._definitions()))
        alias = self._alias()
        columns: tuple[Node, ...] = ()
        if alias and self.at("("):
            defined = kind == "function" and self.peek(2).word not in (",", ")")
            columns = self._definitions() if defined else tuple(Node("column", name) for name in self.names())
        if kind == "table" and self.accept("tablesample"):
            marks = (*marks, self._sample())
        return Node(kind, alias, (what, *columns, *((Node("lateral"),) if lateral else ()), *marks))

    def _definitions(self) -> tuple[Node, ...]:
        """The names and types of a record's columns: `(a integer, b text)`."""
        self.expect("(")
        columns: list[Node] = []
        while not self.at(")"):
            if columns:
                self.expect(",")
            columns.append(Node("column", self.label(), type=self.type_name()))
            if self.accept("collate"):
                self.path()
        self.expect(")")
        return tuple(columns)

    def _sample(self) -> Node:
        """`TABLESAMPLE bernoulli (2.5) REPEATABLE (7)`; both numbers are taken as what their method wants."""
        method = dotted(self.path())
        children = self.parenthesised()
        if self.accept("repeatable"):
            children = (*children, Node("repeatable", children=self.parenthesised()))
        return Node("sample", method, children)
