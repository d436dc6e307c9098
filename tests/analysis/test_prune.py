"""What pruning proposes, and that it can be undone."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.tendrit import expected, walkthrough
from builders import append, decided, graph_of, records, undo
from clew.analysis.prune import PruneRules, as_change, propose
from clew.errors import Refusal
from clew.graph.view import view_of
from clew.model.change import GraphMerge, Label
from clew.model.entity import Entity
from clew.model.interval import UndatedPolicy, Window
from clew.schema.registry import catalogue
from clew.schema.value import entity_id
from strategies import lines

pytestmark = pytest.mark.assurance("judgement")

CATALOGUE = catalogue()
YEAR = Window.parse("2013")


def test_the_walkthrough_is_pruned_as_expected() -> None:
    """The merged graph of the case, pruned to 2013, keeps and drops what was worked out by hand."""
    state, facts = walkthrough(), expected()
    for graph in ("a", "b"):
        view = view_of(state, graph)
        counted = {"entities": len(view.entities), "links": len(view.links)}
        assert counted == facts[f"graph_{graph}"]
    append(state, decided(GraphMerge("merged", ("a", "b")), at=2))
    view = view_of(state, "merged")
    assert {"entities": len(view.entities), "links": len(view.links)} == facts["merged"]
    indicators = view.targets[view.link_type_flags("has-indicator")]
    proposal = propose(view, PruneRules(window=YEAR), CATALOGUE, keep=indicators)
    falls = [entity for entity, _ in proposal.falling_entities()]
    assert (proposal.entities_stay, proposal.links_stay) == (
        facts["prune"]["entities_stay"],
        facts["prune"]["links_stay"],
    )
    assert sorted(falls) == [Entity(**each) for each in facts["prune"]["entities_fall"]]
    append(state, decided(as_change(proposal), at=3))
    after = view_of(state, "merged")
    assert (len(after.entities), len(after.links)) == (94, 149)


rules = st.builds(
    PruneRules,
    window=st.sampled_from((None, YEAR, Window.parse("2011..2012"))),
    undated=st.sampled_from(UndatedPolicy),
    score_min=st.sampled_from((0.0, 0.5, 0.75)),
    lineages_min=st.integers(0, 2),
    leaf_rounds=st.integers(0, 2),
    distance_max=st.sampled_from((None, 1, 2)),
    sources=st.sampled_from(((), ("test",), ("circl", "dnsdb"))),
    hub_links_min=st.sampled_from((None, 2, 4)),
)


@given(st.lists(lines, min_size=1, max_size=12), rules, st.integers(0, 3))
def test_what_is_proposed_happens_and_can_be_undone(
    observed_lines: list[str], rule: PruneRules, keep_count: int
) -> None:
    """Applied, a graph has what was to stay; reverted, all of it again; what is kept stays."""
    state = graph_of(*observed_lines)
    before = records(state, "main")
    view = view_of(state, "main")
    keep = view.entities[:keep_count]
    proposal = propose(view, rule, CATALOGUE, keep=keep)
    append(state, decided(as_change(proposal), at=1))
    after = view_of(state, "main")
    assert (len(after.entities), len(after.links)) == (
        proposal.entities_stay,
        proposal.links_stay,
    )
    assert np.isin(keep, after.entities).all()
    undo(state)
    assert records(state, "main") == before


def test_each_policy_treats_an_undated_link_in_its_way() -> None:
    """Kept, dropped, or kept with both of its ends."""
    state = graph_of(
        "a.example -resolves-to-> 192.0.2.1 @2013-01-01..2013-02-01",
        "b.example -resolves-to-> 192.0.2.2 @2013-01-01..2013-02-01",
        "a.example -resolves-to-> 192.0.2.2",
        "a.example -resolves-to-> 192.0.2.3",
        "c.example -resolves-to-> 192.0.2.1 @2010-01-01..2011-01-01",
    )
    view = view_of(state, "main")
    stay = {
        policy: (proposal.entities_stay, proposal.links_stay)
        for policy in UndatedPolicy
        for proposal in [propose(view, PruneRules(window=YEAR, undated=policy), CATALOGUE)]
    }
    assert stay == {
        UndatedPolicy.KEEP: (5, 4),
        UndatedPolicy.DROP: (4, 2),
        UndatedPolicy.WITH_ENDS: (4, 3),
    }


def test_every_fall_has_its_reason() -> None:
    """Reasons are told and counted per rule."""
    state = graph_of(
        "a.example -resolves-to-> 192.0.2.1 @2010-01-01..2011-01-01",
        "b.example -resolves-to-> 192.0.2.2 @2013-01-01..2013-02-01",
        "192.0.2.2 is sinkhole",
    )
    view = view_of(state, "main")
    proposal = propose(view, PruneRules(window=YEAR, states=("sinkhole",)), CATALOGUE)
    assert proposal.counts() == {
        "no dated observation within 2013-01-01..2013-12-31": (0, 1),
        "end of no dated link within 2013-01-01..2013-12-31": (2, 0),
        "one of its ends falls": (0, 1),
        "in state sinkhole within 2013-01-01..2013-12-31, or undated": (1, 0),
    }


def test_what_an_analyst_starred_stays() -> None:
    """A star outweighs every rule."""
    state = graph_of("a.example -resolves-to-> 192.0.2.1 @2010-01-01..2011-01-01")
    append(state, decided(Label("star", entity_id("domain-name", "a.example")), at=1))
    proposal = propose(view_of(state, "main"), PruneRules(window=YEAR), CATALOGUE)
    assert [entity.value for entity, _ in proposal.falling_entities()] == ["192.0.2.1"]


def test_distance_counts_from_what_is_kept() -> None:
    """Beyond the steps allowed, and out of reach, entities fall."""
    state = graph_of(
        "a.example -resolves-to-> 192.0.2.1",
        "b.example -resolves-to-> 192.0.2.1",
        "b.example -resolves-to-> 192.0.2.2",
        "f.example -resolves-to-> 192.0.2.5",
    )
    view = view_of(state, "main")
    keep = np.asarray([view.row_of(Entity("domain-name", "a.example"))], np.int32)
    proposal = propose(view, PruneRules(distance_max=2), CATALOGUE, keep=keep)
    falls = [entity.value for entity, _ in proposal.falling_entities()]
    assert sorted(falls) == ["192.0.2.2", "192.0.2.5", "f.example"]


def test_the_whole_investigation_is_not_pruned() -> None:
    """Only a named graph can lose something."""
    proposal = propose(view_of(graph_of("a.example")), PruneRules(leaf_rounds=1), CATALOGUE)
    with pytest.raises(Refusal):
        as_change(proposal)


def test_a_hub_falls_and_what_only_one_source_says() -> None:
    """Rules by links and by source, each with its reason."""
    hub = [f"h{n}.example -resolves-to-> 192.0.2.1 by circl" for n in range(5)]
    view = view_of(graph_of(*hub, "h0.example -resolves-to-> 192.0.2.2 by pdns"), "main")
    by_hub = propose(view, PruneRules(hub_links_min=5), CATALOGUE)
    assert [(one.value, why) for one, why in by_hub.falling_entities()] == [
        ("192.0.2.1", "a hub: 5 links or more")
    ]
    by_source = propose(view, PruneRules(sources=("circl",)), CATALOGUE)
    assert by_source.links_stay == 1
    assert {one.value for one, _ in by_source.falling_entities()} == {
        "192.0.2.1", "h1.example", "h2.example", "h3.example", "h4.example"
    }  # fmt: skip
