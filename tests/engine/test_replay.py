"""The log derived anew from kept replies."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from clew.engine.maltego.declarations import (
    Declarations,
    declarations_path,
    load_declarations,
    save_declarations,
)
from clew.errors import UnknownName
from clew.graph.digest import state_digest
from engine.answered import MALTEGO
from engine.sources import Source, source_of

pytestmark = pytest.mark.assurance("replay")


def test_the_log_is_what_the_replies_say(source: Source) -> None:
    """Derived anew from the kept replies the state is the same, and nobody is asked."""
    with source.bench() as bench:
        source.run(bench)
        sent = source.heard()
        assert state_digest(bench.replay_state()) == state_digest(bench.state)
        assert source.heard() == sent


@pytest.mark.parametrize("kind", MALTEGO)
def test_replies_outlive_their_declaration(tmp_path: Path, kind: str) -> None:
    """What a user declared anew or removed is not asked; what it once said is read all the same."""
    with source_of(kind, tmp_path) as source, source.bench() as bench:
        source.run(bench)
        declared = load_declarations(declarations_path(source.settings))
        (one,) = declared.all().values()
        changed = {"parameters": "other.py"} if kind == "program" else {"url": "https://x.example"}
        for now in (declared.changed(one.name, replace(one, **changed)), Declarations()):  # type: ignore[arg-type]
            save_declarations(declarations_path(source.settings), now)
            assert state_digest(bench.replay_state()) == state_digest(bench.state)
        with pytest.raises(UnknownName):
            source.plan(bench)
