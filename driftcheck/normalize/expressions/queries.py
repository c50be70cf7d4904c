"""SELECT, VALUES, WITH and set operations: https://www.postgresql.org/docs/current/sql-select.html"""

from __future__ import annotations

from ...model.identifiers import RESERVED
from .operators import Operators
from .stream import name_node
from .tree import Node

#: Words that end a FROM item or target where an alias without AS could stand. None is reserved everywhere.
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
        if self.token.is_word("order"):
            children.append(self.order_by())
        while True:
            if self.accept("limit"):
                if not self.accept("all"):
                    children.append(Node("limit", children=(self.expression(),)))
            elif self.accept("offset"):
                children.append(Node("offset", children=(self.expression(),)))
                self.accept("row", "rows")
            elif self.accept("fetch"):
                children.append(self._fetch())
            else:
                break
        while self.token.is_word("for"):
            children.append(self._lock())
        kinds = [child.kind for child in children]
        if kinds == ["query"]:
            return children[0]
        if kinds.count("limit") > 1 or kinds.count("offset") > 1:
            raise self.unexpected()
        return Node("query", children=tuple(sorted(children, key=lambda child: child.kind == "offset")))

    def _fetch(self) -> Node:
        if not self.accept("first", "next"):
            raise self.unexpected()
        count = Node("literal", "1") if self.token.is_word("row", "rows") else self.expression()
        if not self.accept("row", "rows"):
            raise self.unexpected()
        if self.accept_words("with ties"):
            return Node("limit", "with ties", (count,))
        self.expect("only")
        return Node("limit", children=(count,))

    def _lock(self) -> Node:
        words = [self.advance().text]
        while self.token.is_word("update", "share", "no", "key", "nowait", "skip", "locked"):
            words.append(self.advance().text)
        return Node("lock", " ".join(words))

    def _with(self) -> Node:
        recursive = self.accept("recursive") is not None
        tables = [self._common_table()]
        while self.accept_mark(","):
            tables.append(self._common_table())
        return Node("with", "recursive" if recursive else "", tuple(tables))

    def _common_table(self) -> Node:
        name = self.identifier()
        columns = self.names() if self.token.is_mark("(") else []
        self.expect("as")
        materialized = ""
        if self.accept_words("not materialized"):
            materialized = "not materialized"
        elif self.accept("materialized"):
            materialized = "materialized"
        self.expect_mark("(")
        query = self.query()
        self.expect_mark(")")
        parts = (query, *(Node("column", column) for column in columns))
        return Node("common", name, (*parts, Node("materialized", materialized)) if materialized else parts)

    def _set_operation(self, binding: int) -> Node:
        """UNION and EXCEPT bind alike, INTERSECT tighter."""
        first = self._body()
        while self.token.is_word("union", "except", "intersect"):
            strength = 2 if self.token.is_word("intersect") else 1
            if strength < binding:
                break
            word = self.advance().text
            if self.accept("all"):
                word += " all"
            else:
                self.accept("distinct")
            first = Node("set", word, (first, self._set_operation(strength + 1)))
        return first

    def _body(self) -> Node:
        if self.accept_mark("("):
            query = self.query()
            self.expect_mark(")")
            return query.children[0] if len(query.children) == 1 else query
        if self.accept("values"):
            rows = [Node("row", children=self.parenthesised())]
            while self.accept_mark(","):
                rows.append(Node("row", children=self.parenthesised()))
            return Node("values", children=tuple(rows))
        self.expect("select")
        return self._select()

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
            while self.accept_mark(","):
                items.append(self._from_item())
            children.append(Node("from", children=tuple(items)))
        if self.accept("where"):
            children.append(Node("where", children=(self.expression(),)))
        if self.accept_words("group by"):
            if self.token.is_word("rollup", "cube", "grouping", "distinct"):
                raise self.unexpected()
            children.append(Node("group_by", children=self.expressions()))
        if self.accept("having"):
            children.append(Node("having", children=(self.expression(),)))
        if self.accept("window"):
            children.append(self._windows())
        return Node("select", children=tuple(children))

    def _windows(self) -> Node:
        windows = []
        while True:
            name = self.identifier()
            self.expect("as")
            windows.append(Node("window", name, self.window().children))
            if not self.accept_mark(","):
                return Node("windows", children=tuple(windows))

    def _targets(self) -> tuple[Node, ...]:
        if self.token.is_word("from", "where") or self.token.kind == "end":
            return ()
        targets = [self._target()]
        while self.accept_mark(","):
            targets.append(self._target())
        return tuple(targets)

    def _target(self) -> Node:
        if self.accept_mark("*"):
            return Node("target", children=(Node("star"),))
        value = self.expression()
        return Node("target", self._alias(), (value,))

    def _alias(self) -> str:
        """A name with or without AS; "" if there is none."""
        if self.accept("as"):
            return self.label()
        token = self.token
        bare = token.kind == "word" and token.text not in RESERVED and token.text not in _NO_ALIAS
        return self.advance().text if bare or token.kind == "quoted" else ""

    def _from_item(self) -> Node:
        item = self._relation()
        while True:
            if self.accept_words("cross join"):
                item = Node("join", "inner", (item, self._relation()))
                continue
            natural = self.accept("natural") is not None
            kind = self.accept(*_JOINS)
            self.accept("outer")
            if not self.accept("join"):
                if natural or kind:
                    raise self.unexpected()
                return item
            if natural:
                raise self.unexpected()
            item = self._joined(item, kind.text if kind else "inner")

    def _joined(self, item: Node, kind: str) -> Node:
        """The right side of a join; it may itself be joined before the ON that belongs to this one."""
        other = self._relation()
        while not self.token.is_word("on", "using"):
            nested = self.accept(*_JOINS)
            self.accept("outer")
            self.expect("join")
            other = self._joined(other, nested.text if nested else "inner")
        if self.accept("using"):
            opening, names = self.position, self.names()
            starts = (token.start for token in self.tokens[opening + 1 :: 2])
            columns = tuple(Node("column", name, start=start) for name, start in zip(names, starts, strict=False))
            if self.token.is_word("as"):
                raise self.unexpected()
            return Node("join", kind, (item, other, Node("using", children=columns)))
        self.expect("on")
        return Node("join", kind, (item, other, Node("on", children=(self.expression(),))))

    def _relation(self) -> Node:
        """A table, function, subquery or join in parentheses: Node(kind, alias, (what, names of columns…))."""
        lateral = self.accept("lateral") is not None
        self.accept("only")
        if self.token.is_mark("(") and not lateral and not self._is_query_ahead():
            self.advance()
            item = self._from_item()
            self.expect_mark(")")
            if self.token.is_word("as"):
                raise self.unexpected()
            return item
        if self.accept_mark("("):
            what = self.query()
            self.expect_mark(")")
            return self._aliased("derived", what, lateral)
        if self.token.is_word("rows", "xmltable", "json_table") and self.ahead().is_mark("(", "from"):
            raise self.unexpected()
        start = self.token.start
        parts = self.path()
        if self.token.is_mark("("):
            what = self._call(parts)
            if self.accept_words("with ordinality"):
                what = Node("ordinality", children=(what,))
            return self._aliased("function", what, lateral=False)
        self.accept_mark("*")
        return self._aliased("table", name_node(parts, start), lateral)

    def _is_query_ahead(self) -> bool:
        offset = 0
        while self.ahead(offset).is_mark("("):
            offset += 1
        return self.ahead(offset).is_word("select", "with", "values") and (offset == 1 or self._is_nested_query())

    def _aliased(self, kind: str, what: Node, lateral: bool) -> Node:
        alias = self._alias()
        columns: list[str] = []
        if alias and self.token.is_mark("("):
            columns = self.names()
        if self.token.is_word("tablesample"):
            raise self.unexpected()
        children = (what, *(Node("column", column) for column in columns))
        return Node(kind, alias, (*children, Node("lateral")) if lateral else children)
