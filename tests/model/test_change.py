"""How changes are written to a file."""

from __future__ import annotations

import msgspec
import pytest

from clew.model.change import (
    AddToGraph,
    CreateGraph,
    EntityMerge,
    EntitySplit,
    GraphMerge,
    Hide,
    Label,
    Mark,
    Move,
    Note,
    Observe,
    PlaybookRun,
    Remove,
    Revert,
    SharingTerms,
    TimeWindow,
    What,
)

WRITTEN: tuple[tuple[What, str], ...] = (
    (Observe("main", ()), '{"type":"observe","graph":"main","provenance":[]}'),
    (CreateGraph("main"), '{"type":"create-graph","graph":"main"}'),
    (
        AddToGraph("main", b"i"),
        '{"type":"put","graph":"main","entities":"aQ==",'
        '"links":{"names":[],"types":"","sources":"","targets":""}}',
    ),
    (
        Remove("main", b"i", reason="r"),
        '{"type":"remove","graph":"main","entities":"aQ==",'
        '"links":{"names":[],"types":"","sources":"","targets":""},"reason":"r"}',
    ),
    (GraphMerge("both", ("a", "b")), '{"type":"merge","graph":"both","sources":["a","b"]}'),
    (EntityMerge(b"i", b"j", "r"), '{"type":"join","keep":"aQ==","others":"ag==","reason":"r"}'),
    (EntitySplit(b"i", "r"), '{"type":"split","entities":"aQ==","reason":"r"}'),
    (Hide("main", b"i"), '{"type":"hide","graph":"main","entities":"aQ==","hidden":true}'),
    (
        Label("tag", b"i", "t"),
        '{"type":"label","kind":"tag","entities":"aQ==","text":"t","on":true}',
    ),
    (Note("n", b"i"), '{"type":"note","text":"n","entity":"aQ=="}'),
    (Mark(2, 1, b"i"), '{"type":"mark","tlp":2,"pap":1,"entities":"aQ=="}'),
    (
        Move("main", b"i", b"p"),
        '{"type":"move","graph":"main","entities":"aQ==","positions":"cA=="}',
    ),
    (
        SharingTerms(2, 3, 0, "agreed"),
        '{"type":"sharing","ceiling":2,"default_tlp":3,"default_pap":0,"reason":"agreed"}',
    ),
    (TimeWindow("2013", "drop"), '{"type":"study","window":"2013","undated":"drop"}'),
    (
        PlaybookRun("triage", "{}", 3),
        '{"type":"played","playbook":"triage","settings":"{}","begun":3}',
    ),
    (Revert((4,)), '{"type":"revert","targets":[4]}'),
)


@pytest.mark.parametrize(("what", "text"), WRITTEN, ids=lambda one: type(one).__name__)
def test_a_change_keeps_its_written_form(what: What, text: str) -> None:
    """Files of version 0.1 hold these words; each is read as the change it always was."""
    assert msgspec.json.encode(what).decode() == text
    assert msgspec.json.decode(text, type=What) == what
