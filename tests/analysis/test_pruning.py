"""The rules of pruning, one by one."""

from __future__ import annotations

import numpy as np

from builders import graph_of
from clew.analysis.pruning import PruneState
from clew.graph.view import View, view_of
from clew.model.entity import Entity
from clew.schema.registry import catalogue

SEEN = "@2013-01-01..2013-02-01"


def pruning(*lines: str, keep: str = "") -> tuple[View, PruneState]:
    """A graph and the rules on it, with one name kept."""
    view = view_of(graph_of(*lines), "main")
    flags = np.zeros(len(view.entities), np.bool_)
    if keep:
        flags[view.entity_places[view.row_of(Entity("domain-name", keep))]] = True
    return view, PruneState(view, flags)


def fallen(view: View, rules: PruneState) -> dict[str, str]:
    """Reason by value of what has fallen."""
    return {
        view.entity(int(row)).value: rules.reasons[code]
        for row, code in zip(view.entities, rules.entities.tolist(), strict=True)
        if code
    }


def test_an_earlier_reason_stands() -> None:
    """What has fallen by one rule is not told again by the next."""
    view, rules = pruning(f"a.example -resolves-to-> 192.0.2.1 {SEEN}", "192.0.2.1 is sinkhole")
    rules.by_state(("sinkhole",), None)
    rules.by_leaf()
    assert fallen(view, rules) == {
        "192.0.2.1": "in state sinkhole",
        "a.example": "a leaf: one link or none",
    }


def test_what_is_kept_falls_by_no_rule() -> None:
    """Only its links may."""
    view, rules = pruning(f"a.example -resolves-to-> 192.0.2.1 {SEEN}", keep="a.example")
    rules.by_score(catalogue(), None, 0.9, 0)
    assert set(fallen(view, rules)) == {"192.0.2.1"}
    assert rules.links.tolist() == [1]


def test_links_need_enough_lineages() -> None:
    """A link that one lineage speaks for falls, its ends with it unless something else holds."""
    view, rules = pruning(
        f"a.example -resolves-to-> 192.0.2.1 {SEEN} by circl",
        f"a.example -resolves-to-> 192.0.2.1 {SEEN} by mnemonic",
        f"a.example -resolves-to-> 192.0.2.2 {SEEN} by circl",
    )
    rules.by_score(catalogue(), None, 0.0, 2)
    assert fallen(view, rules) == {"192.0.2.2": "no link is left"}


def test_leaves_go_round_by_round() -> None:
    """A chain is eaten from its end, one entity a round, until nothing is a leaf."""
    view, rules = pruning(
        f"a.example -resolves-to-> 192.0.2.1 {SEEN}",
        f"b.example -resolves-to-> 192.0.2.1 {SEEN}",
        keep="a.example",
    )
    assert rules.by_leaf()
    assert set(fallen(view, rules)) == {"b.example"}
    assert rules.by_leaf()
    assert set(fallen(view, rules)) == {"b.example", "192.0.2.1"}
    assert not rules.by_leaf()
