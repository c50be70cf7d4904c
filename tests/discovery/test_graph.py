"""What is reached, with circles, is what a plain search would find."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from driftcheck.discovery.graph import Reachable

NODES = "abcdefgh"
GRAPHS = st.dictionaries(st.sampled_from(NODES), st.frozensets(st.sampled_from(NODES)))


def plain(graph: dict[str, frozenset[str]], start: str) -> frozenset[str]:
    seen, waiting = {start}, [start]
    while waiting:
        new = graph.get(waiting.pop(), frozenset()) - seen
        seen |= new
        waiting += new
    return frozenset(seen)


@given(GRAPHS, st.permutations(NODES))
def test_reached(graph: dict[str, frozenset[str]], order: list[str]) -> None:
    reachable = Reachable(lambda node: graph.get(node, frozenset()))
    assert {node: reachable.of(node) for node in order} == {node: plain(graph, node) for node in order}


def test_no_chain_is_too_long() -> None:
    reachable = Reachable(lambda node: [str(int(node) + 1)] if int(node) < 5000 else [])
    assert len(reachable.of("0")) == 5001
