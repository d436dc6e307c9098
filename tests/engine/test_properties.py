"""What of an entity is sent along: what is under the ceiling, and no word that only Clew has."""

from __future__ import annotations

import numpy as np

from builders import observed, state_of
from clew.engine.properties import PROPERTIES_MAX, properties_of_tasks, sendable_properties
from clew.graph.view import view_of
from clew.model.block import BlockBuilder
from clew.model.change import Change, Observe
from clew.model.marking import TLP, Marking
from clew.model.provenance import Provenance
from clew.schema.types import DomainName
from clew.store.runs import Task

ROWS = np.asarray([0], np.int32)


def up_to_green(marking: Marking) -> bool:
    return marking.allows(Marking(TLP.GREEN))


def all_of_it(_: Marking) -> bool:
    return True


def test_properties_under_the_ceiling_go_along() -> None:
    """Those of a stricter source stay here, and so does what only Clew understands."""
    builder = BlockBuilder()
    row = builder.entity("domain-name", "example.org", 0)
    for name, by in (("whois-info", 0), ("secret", 1), ("state", 0), ("original:misp", 0)):
        builder.property(row, name, f"of {name}", by)
    sources = tuple(Provenance("x", "x.y", "0" * 32, 0, tlp=tlp) for tlp in (TLP.GREEN, TLP.RED))
    change = Change(Observe("main", sources), 0, "a", "test", block=builder.build())
    view = view_of(state_of(change), "main")
    assert sendable_properties(view, ROWS, up_to_green) == {0: {"whois-info": "of whois-info"}}
    assert sendable_properties(view, ROWS, all_of_it)[0].keys() == {"whois-info", "secret"}
    name = DomainName("example.org")
    tasks = [Task("r", 0, "domain-name", name), Task("r", 1, "domain-name", "gone.example")]
    assert properties_of_tasks(view, tasks, up_to_green) == {
        name.id: {"whois-info": "of whois-info"}
    }


def test_properties_are_bounded() -> None:
    """Of an entity with very many the first are sent; one without any sends none."""
    builder = BlockBuilder()
    row = builder.entity("domain-name", "example.org", 0)
    for number in range(PROPERTIES_MAX + 50):
        builder.property(row, f"p{number}", "x", 0)
    sources = (Provenance("x", "x.y", "0" * 32, 0),)
    change = Change(Observe("main", sources), 0, "a", "test", block=builder.build())
    assert len(sendable_properties(view_of(state_of(change)), ROWS, all_of_it)[0]) == PROPERTIES_MAX
    view = view_of(state_of(observed("a.example -resolves-to-> 192.0.2.1")))
    assert sendable_properties(view, ROWS, all_of_it) == {0: {}}
