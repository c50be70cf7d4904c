"""What can be reached from a node of a directed graph, for many nodes at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable


class Reachable:
    """Answers for the graph whose edges `following` gives; each node's edges are asked for once.

    The nodes of a circle reach the same, so circles are found first (Tarjan's algorithm, without recursion).
    """

    def __init__(self, following: Callable[[str], Iterable[str]]) -> None:
        self._following = following
        self._found: dict[str, frozenset[str]] = {}

    def of(self, start: str) -> frozenset[str]:
        """Everything that can be reached from `start`, itself included."""
        if start not in self._found:
            self._search(start)
        return self._found[start]

    def _search(self, start: str) -> None:
        order, lowest = {start: 0}, {start: 0}
        path, work = [start], [(start, iter(self._following(start)))]
        while work:
            node, edges = work[-1]
            for other in edges:
                if other in self._found:
                    continue
                if other in order:
                    lowest[node] = min(lowest[node], order[other])
                    continue
                order[other] = lowest[other] = len(order)
                path.append(other)
                work.append((other, iter(self._following(other))))
                break
            else:
                work.pop()
                if work:
                    lowest[work[-1][0]] = min(lowest[work[-1][0]], lowest[node])
                if lowest[node] == order[node]:
                    self._close(path, node)

    def _close(self, path: list[str], node: str) -> None:
        """The circle that `node` is the first of is complete: with what its members lead to."""
        at = path.index(node)
        circle = path[at:]
        del path[at:]
        members = frozenset(circle)
        outside = {other for one in circle for other in self._following(one) if other not in members}
        reached = members.union(*(self._found[other] for other in outside))
        self._found.update(dict.fromkeys(circle, reached))
