"""Entities as questions are asked about them: by whatever the terminal shows."""

from __future__ import annotations

import pytest

from builders import state_of
from clew.cli.output import safe
from clew.graph.view import entity_record
from clew.model.block import BlockBuilder
from clew.model.change import Change, Observe
from clew.model.provenance import Provenance
from clew.questions.entities import row_named
from clew.schema.registry import Catalogue, catalogue
from clew.schema.user_types import read_user_types
from interop.graphs import VALUES

OWN = r"""
entity_types:
- {name: telegram-channel, label: Telegram channel, pattern: 't\.me/[a-z_]+'}
- {name: nickname, label: Nickname}
- {name: odd-one, label: Odd one, pattern: '.+'}
"""
OF_OWN_TYPES = (
    ("telegram-channel", "t.me/evil_channel"), ("nickname", "dot.com and http://x.example"),
    ("odd-one", "evil.example!"), ("file-path", "C:\\Temp\\evil.exe"),
)  # fmt: skip


def kinds() -> Catalogue:
    """The built-in types and those of a user."""
    declared, problems = read_user_types(OWN, catalogue())
    assert problems == ()
    return catalogue().with_kinds(declared)


@pytest.mark.parametrize(
    ("type_", "text"),
    [
        *((name, text) for name, texts in VALUES for text in texts if name in kinds().entity_types),
        *OF_OWN_TYPES,
    ],
)
def test_an_entity_is_named_by_what_is_shown_of_it(type_: str, text: str) -> None:
    """A value of any type, one's own too, leads to its entity as it stands and as it is shown."""
    known = kinds()
    value = known.value(type_, text)
    builder = BlockBuilder()
    builder.entity(type_, str(value), 0)
    origin = Provenance("import", "import.test", "0" * 32, 1)
    change = Change(Observe("main", (origin,)), 0, "a", "test", block=builder.build())
    state = state_of(change)
    for shown in (str(value), safe(value), safe(str(value))):
        record = entity_record(state, row_named(state, known, shown))
        assert (record.type, record.value) == (type_, str(value))
