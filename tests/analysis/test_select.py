"""Selections that the walkthrough is made of."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.tendrit import DYNAMIC, expected, rows, walkthrough
from builders import graph_of, state_of
from clew.analysis import select
from clew.graph.view import View, view_of
from clew.model.block import BlockBuilder
from clew.model.change import Change, Observe
from clew.model.interval import UndatedPolicy, Window
from clew.model.moment import day
from clew.model.provenance import Provenance


def values(view: View, selection: select.Selection) -> list[str]:
    """The values of a selection, sorted."""
    return sorted(view.entity(row).value for row in selection.rows.tolist())


def test_the_walkthrough_selects_what_was_worked_out() -> None:
    """The steps that choose entities give the answers of the case."""
    state, facts = walkthrough(), expected()["walkthrough"]
    a, b = view_of(state, "a"), view_of(state, "b")
    files = select.of_type(a, "file")
    runs = select.with_links(a, link_type="communicates-with", direction="out") & files
    assert values(a, runs) == sorted(facts["2_samples_with_runs_since_2013"])
    shared = select.with_links(
        a, link_type="communicates-with", direction="in", to=files.rows, at_least=2
    )
    assert values(a, shared) == [facts["2_shared_host"]]
    incident = select.of_type(a, "incident")
    indicators = select.neighbours(a, incident.rows, link_type="has-indicator", direction="out")
    hosts = indicators & select.of_type(a, "domain-name")
    under = select.with_value(a, *DYNAMIC)
    dynamic = hosts & select.neighbours(a, under.rows, link_type="under-domain", direction="in")
    assert values(a, dynamic) == facts["3_dynamic_dns_hosts"]
    own = select.neighbours(a, (hosts - dynamic).rows, link_type="under-domain", direction="out")
    assert values(a, own) == facts["3_own_domains"]
    sinkholes = select.with_state(a, "sinkhole")
    assert values(a, sinkholes) == facts["4_sinkholes"]
    window = Window.parse("..".join(facts["5_window"]))
    addresses = select.of_type(a, "ip-address")
    near = select.seen_in_time(
        a, addresses.rows, window, UndatedPolicy.DROP, link_type="resolves-to"
    )
    near = near - sinkholes
    assert values(a, near) == facts["5_near_addresses"]
    missing = select.of_rows(b, select.with_value(b, *facts["7_missing_own_domains"]).rows)
    privacy = select.with_value(b, "privacy@protect.example")
    nearest = select.nearest_to(
        b, missing.rows, day("2013-05-20"), link_type="registered-by", leave_out=privacy.rows
    )
    assert values(b, nearest) == facts["7_nearest_registrant"]
    known = [*facts["6_historic_domains_of_registrant_one"], *facts["7_missing_own_domains"]]
    two_or_more = select.with_links(
        b,
        link_type="registered-by",
        direction="in",
        to=select.with_value(b, *known).rows,
        at_least=2,
    )
    assert values(b, two_or_more - privacy) == facts["8_overlapping_registrants"]
    assert len(list(rows("whois_history.csv"))) == 26


def test_same_property_needs_no_same_entity() -> None:
    """Registrants who share a name with one of the given, the given among them."""
    builder = BlockBuilder()
    for email, name in (("one", "Lin Shan"), ("two", "Lin Shan"), ("three", "Chen Ling")):
        entity = builder.entity("email-address", f"{email}@mail.example", 0)
        builder.property(entity, "registrant_name", name, 0)
    provenance = (Provenance("made", "made.test", "0" * 32, 0),)
    state = state_of(Change(Observe("main", provenance), 0, "made", "made", block=builder.build()))
    view = view_of(state, "main")
    one = select.with_value(view, "one@mail.example")
    same = select.same_property(view, "registrant_name", like=one.rows)
    assert values(view, same) == ["one@mail.example", "two@mail.example"]
    assert same.reason == "with registrant_name Lin Shan"


VIEW = view_of(
    graph_of(
        "a.example -resolves-to-> 192.0.2.1 @2013-01-01..2013-02-01",
        "b.example -resolves-to-> 192.0.2.1",
        "b.example -hosted-on-> 192.0.2.2",
        "192.0.2.2 is sinkhole @2014-01-01..open",
    ),
    "main",
)


B = select.with_value(VIEW, "b.example").rows


@pytest.mark.parametrize(
    ("selection", "want"),
    [
        (select.neighbours(VIEW, B), ["192.0.2.1", "192.0.2.2"]),
        (select.neighbours(VIEW, B, direction="in"), []),
        (select.with_links(VIEW, direction="in", at_least=2), ["192.0.2.1"]),
        (select.with_state(VIEW, "sinkhole", window=Window.parse("2013")), []),
        (
            select.in_time(VIEW, Window.parse("2013"), UndatedPolicy.DROP),
            ["192.0.2.1", "a.example"],
        ),
        (select.union([select.with_value(VIEW, "a.example"), select.of_type(VIEW)]), ["a.example"]),
        (select.union([]), []),
        (
            select.all_entities(VIEW) - select.of_type(VIEW, "ip-address"),
            ["a.example", "b.example"],
        ),
        (select.of_rows(VIEW, np.asarray([0, 99], np.int32)) & select.all_entities(VIEW), None),
    ],
)  # fmt: skip
def test_a_selection_has_the_rows_it_says(
    selection: select.Selection, want: list[str] | None
) -> None:
    """Each way to select gives its entities, ascending, and a reason."""
    assert selection.reason
    assert selection.rows.tolist() == sorted(set(selection.rows.tolist()))
    if want is not None:
        assert values(VIEW, selection) == want
