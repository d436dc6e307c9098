"""Markings in every format: what is marked stays under a ceiling, however it is written."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from builders import entries
from clew.graph.sharing import Ceiling, shareable
from clew.graph.view import view_of
from clew.graph.working_set import WorkingSet
from clew.interop.changes import import_changes
from clew.interop.export import exchange_graph_of
from clew.interop.importing import read_file
from clew.model.marking import TLP
from clew.schema.registry import catalogue
from interop.marked_files import (
    FORMS,
    HOST,
    READERS,
    UUID,
    misp,
    prose,
    stix,
    stix1,
    stix_defined,
)

pytestmark = pytest.mark.assurance("marks")

LEVELS: Mapping[str, tuple[TLP, bool]] = {
    "TLP:CLEAR": (TLP.CLEAR, True), "tlp:white": (TLP.CLEAR, True), "TLP:GREEN": (TLP.GREEN, True),
    "TLP:AMBER": (TLP.AMBER, True), "TLP: AMBER+STRICT": (TLP.AMBER_STRICT, True),
    "tlp:amber+strict": (TLP.AMBER_STRICT, True), "TLP:RED": (TLP.RED, True),
    "TLP:PINK": (TLP.RED, False), "TLP:RED+BLUE": (TLP.RED, True),
}  # fmt: skip
"""What is written, the level that it means, and whether it is understood."""


def brought(data: bytes) -> tuple[WorkingSet, list[str]]:
    """The state after an import into an empty investigation, and what the import told."""
    found = read_file(data, catalogue(), run="0" * 32, learnt=1_700_000_000)
    changes = import_changes(found.graph, "main", action="a", label="l", actor="x", at=1)
    return WorkingSet.fold(entries(changes)), [one.reason for one in found.problems]


def leaves(state: WorkingSet, ceiling: TLP) -> bool:
    """Whether the marked name is in what leaves under a ceiling."""
    part = shareable(view_of(state), Ceiling(ceiling))
    values = {one.value for one in exchange_graph_of(part).entities()}
    assert {one.value for one in part.view.entity_records()} == values
    return HOST in values


@pytest.mark.parametrize("mark", LEVELS)
@pytest.mark.parametrize("reader", READERS)
def test_what_is_marked_stays_under_a_ceiling(reader: str, mark: str) -> None:
    """Every way to write a marking in every format holds what it marks; the unknown is told."""
    level, understood = LEVELS[mark]
    state, problems = brought(READERS[reader](mark))
    assert {ceiling: leaves(state, ceiling) for ceiling in TLP if ceiling} == {
        ceiling: ceiling >= level for ceiling in TLP if ceiling
    }
    assert any("not understood" in one or "is marked TLP:RED" in one for one in problems) or (
        understood or f"marked {level}" in " ".join(problems)
    )


@pytest.mark.parametrize("reader", READERS)
def test_what_carries_no_marking_leaves(reader: str) -> None:
    """Nothing said is not the same as nothing understood: it counts as the default, GREEN."""
    state, problems = brought(READERS[reader](""))
    assert leaves(state, TLP.GREEN) == (reader not in NEEDED)
    assert not leaves(state, TLP.CLEAR)
    assert any("understood" in one for one in problems) == (reader in NEEDED)


NEEDED = frozenset(
    ("a name of a definition of STIX", "a definition of STIX", "a definition of TLP 2.0 in STIX",
     "a part of an object of STIX", "a colour of STIX 1")
)  # fmt: skip
"""Definitions of markings that say nothing at all."""


@pytest.mark.parametrize(
    ("data", "held"),
    [
        (stix({"object_marking_refs": [f"marking-definition--{UUID}9"]}), True),
        (stix_defined(definition_type="statement", definition={"statement": "(c) 2021 X"}), False),
        (stix_defined(definition_type="statement", definition={"statement": "Confidential"}), True),
        (stix_defined(definition_type="isa", definition={"x": "y"}), True),
        (
            stix1("<m:Marking_Structure><m:Statement>(c) X</m:Statement></m:Marking_Structure>"),
            False,
        ),
        (stix1('<m:Marking_Structure xsi:type="x:Other"/>'), True),
        (misp({"distribution": "0"}), True),
        (misp({"distribution": "0", "Tag": [{"name": "tlp:clear"}]}), False),
        (f"domain,Classification\n{HOST},Company confidential\n".encode(), True),
        (f"domain,classification\n{HOST},botnet\n".encode(), False),
        (f"domain,pap\n{HOST},RED\n".encode(), False),
        (b'{"type":"domain-name","value":"' + HOST.encode() + b'","tlp":99}', True),
        (b'{"type":"domain-name","value":"' + HOST.encode() + b'","tlp":true}', True),
        (b'{"type":"domain-name","value":"' + HOST.encode() + b'","tlp":null}', False),
        (f"The TLP: see our site. Not TLP specific. {HOST}".encode(), False),
    ],
)
def test_borders(data: bytes, held: bool) -> None:
    """Missing definitions, words that forbid sharing, other schemes, wrong types, and prose."""
    state, _ = brought(data)
    assert leaves(state, TLP.GREEN) != held


@pytest.mark.parametrize("form", FORMS)
def test_no_form_of_a_marking_is_passed_over(form: str) -> None:
    """However it is written and wherever it stands, what it marks stays under TLP:AMBER."""
    state, problems = brought(FORMS[form])
    assert HOST in {one.value for one in view_of(state).entity_records()}
    assert not leaves(state, TLP.AMBER)
    assert leaves(state, TLP.RED)
    assert any("marked" in one or "not understood" in one for one in problems) or (
        "column" in form or "node" in form
    )


@pytest.mark.parametrize(
    "line",
    [
        "The TLP of the reddish car",
        "see the TLP; redirect to us",
        "TLPs are bred",
        "We use the TLP: see our site",
        "restricted to administrators, no secret",
        "Sharing: described below",
        "amber alert",
        "marking the red door",
    ],
)
def test_words_that_only_look_like_a_marking(line: str) -> None:
    """Prose that names no level, or no scheme, marks nothing."""
    state, problems = brought(prose(line))
    assert leaves(state, TLP.GREEN), problems


@pytest.mark.parametrize(
    "name", ["TLP-RED report.csv", "apt_TLP_AMBER+STRICT.csv", "[tlp red].csv"]
)
def test_the_name_of_a_file_marks_it(name: str) -> None:
    """A marking in a file's name is one of the file."""
    data = f"domain,ip\n{HOST},192.0.2.7\n".encode()
    for told, held in ((name, True), ("report.csv", False)):
        found = read_file(data, catalogue(), run="0" * 32, learnt=1, name=told)
        changes = import_changes(found.graph, "main", action="a", label="l", actor="x", at=1)
        assert leaves(WorkingSet.fold(entries(changes)), TLP.AMBER) is not held
