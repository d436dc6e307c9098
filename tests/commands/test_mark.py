"""Marking: stricter at once, looser only for a reason that is kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from clew.commands.label import LabelRequest
from clew.commands.mark import MarkRequest
from clew.commands.merge_entities import MergeEntitiesRequest
from clew.errors import InvalidValue
from clew.graph.lowering import present_marking
from clew.interop.importing import read_file
from clew.model.marking import PAP, TLP, Marking
from clew.workbench import Workbench

pytestmark = pytest.mark.assurance("marks")

A = ("a.example",)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    with Workbench.create(tmp_path / "a.clew", {}) as made:
        for name in ("a.example", "b.example"):
            value = made.catalogue.value("domain-name", name)
            made.add([value], graph="main", label="Add")
        yield made


def counts(bench: Workbench, row: int = 0) -> Marking:
    """What counts for an entity now."""
    rows = bench.view("main").entities[row : row + 1]
    return present_marking(bench.state, rows, bench.default_marking)


def test_stricter_needs_no_reason(bench: Workbench) -> None:
    """Each level up to TLP:RED, of an entity and of the whole; PAP stays as it was."""
    for tlp in range(2, 6):
        bench.do(MarkRequest(tlp=tlp, entities=A))
        assert counts(bench).tlp == tlp
    bench.do(MarkRequest(tlp=5, pap=3, entities=A))
    bench.do(MarkRequest(tlp=5, entities=A))
    assert counts(bench) == Marking(TLP.RED, PAP.AMBER)
    bench.do(MarkRequest(tlp=3))
    assert counts(bench, 1) == Marking(TLP.AMBER)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (MarkRequest(tlp=5, entities=A), MarkRequest(tlp=4, entities=A)),
        (MarkRequest(tlp=5, entities=A), MarkRequest(tlp=0, entities=A)),
        (MarkRequest(tlp=2, entities=A), MarkRequest(tlp=1, entities=A)),
        (MarkRequest(tlp=2, pap=4, entities=A), MarkRequest(tlp=2, pap=1, entities=A)),
        (MarkRequest(tlp=3), MarkRequest(tlp=2)),
        (MarkRequest(tlp=3), MarkRequest(tlp=0)),
        (MarkRequest(tlp=3), MarkRequest(tlp=2, entities=A)),
        (LabelRequest(kind="tag", entities=A, text="tlp:red"), MarkRequest(tlp=3, entities=A)),
    ],
)
def test_looser_needs_a_reason_that_is_kept(
    bench: Workbench, before: MarkRequest | LabelRequest, after: MarkRequest
) -> None:
    """Without one nothing changes; with one it does, the history says why, and undo restores."""
    bench.do(before)
    seq, marked = bench.state.seq, counts(bench)
    for reason in ("", "  "):
        with pytest.raises(InvalidValue, match="lowering a marking"):
            bench.do(replace(after, reason=reason))
    assert bench.state.seq == seq
    bench.do(replace(after, reason="the source agreed"))
    now = counts(bench)
    assert now.tlp < marked.tlp or now.pap < marked.pap
    labels = [step.label for step in bench.state.history.entries()]
    assert any(one.endswith("the source agreed") for one in labels)
    bench.undo()
    assert counts(bench) == marked


def test_a_tag_that_marks_is_not_taken_off_without_a_reason(bench: Workbench) -> None:
    """Other tags are; a reason is in the history."""
    for text in ("tlp:red", "apt"):
        bench.do(LabelRequest(kind="tag", entities=A, text=text))
    bench.do(LabelRequest(kind="tag", entities=A, text="apt", on=False))
    off = LabelRequest(kind="tag", entities=A, text="tlp:red", on=False)
    with pytest.raises(InvalidValue, match="needs one"):
        bench.do(off)
    assert counts(bench).tlp is TLP.RED
    done = bench.do(replace(off, reason="a typing error"))
    assert done.label.endswith("a typing error")
    assert counts(bench).tlp is TLP.GREEN


def test_lowering_overrules_files_and_sources_of_before(bench: Workbench) -> None:
    """What a file said is lowered for all that was merged; what a later file says counts again."""

    def told(tlp: str) -> None:
        data = f"domain,tlp\na.example,{tlp}\n".encode()
        file = read_file(data, bench.catalogue, run="0" * 32, learnt=1)
        bench.import_graph(file, data, graph="main", label="Import")

    told("TLP:RED")
    bench.do(MergeEntitiesRequest(keep="b.example", others=("a.example",)))
    assert counts(bench).tlp is TLP.RED
    name = bench.view("main").entity_records()[0].value
    bench.do(MarkRequest(tlp=2, entities=(name,), reason="published since"))
    assert counts(bench).tlp is TLP.GREEN
    told("TLP:AMBER")
    assert counts(bench).tlp is TLP.AMBER
