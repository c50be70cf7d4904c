"""SELECT, VALUES, WITH and set operations: https://www.postgresql.org/docs/current/sql-select.html"""

from __future__ import annotations

from ...model.identifiers import RESERVED
from .operators import Operators
from .stream import name_node
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
            while self.accept(","):
                items.append(self._from_item())
            children.append(Node("from", children=tuple(items)))
        if self.accept("where"):
            children.append(Node("where", children=(self.expression(),)))
        if self.accept("group", "by"):
            if self.word in ("rollup", "cube", "grouping", "distinct"):
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
                raise self.unexpected()
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
        self.accept("only")
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
        if self.word in ("rows", "xmltable", "json_table") and self.peek().word in ("(", "from"):
            raise self.unexpected()
        start = self.token.start
        parts = self.path()
        if self.at("("):
            what = self._call(parts)
            if self.accept("with", "ordinality"):
                what = Node("ordinality", children=(what,))
            return self._aliased("function", what, lateral=False)
        self.accept("*")
        return self._aliased("table", name_node(parts, start), lateral)

    def _is_query_ahead(self) -> bool:
        offset = 0
        while self.peek(offset).word == "(":
            offset += 1
        return self.peek(offset).word in ("select", "with", "values") and (offset == 1 or self._is_nested_query())

    def _aliased(self, kind: str, what: Node, lateral: bool) -> Node:
        alias = self._alias()
        columns: tuple[str, ...] = ()
        if alias and self.at("("):
            columns = self.names()
        if self.at("tablesample"):
            raise self.unexpected()
        children = (what, *(Node("column", column) for column in columns))
        return Node(kind, alias, (*children, Node("lateral")) if lateral else children)
