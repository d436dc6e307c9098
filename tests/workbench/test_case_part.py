"""A part of an investigation, handed over."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from builders import decided, observed
from clew.errors import FileFault
from clew.model.change import Mark
from clew.model.journal import CaseCreated
from clew.model.marking import TLP
from clew.schema.registry import catalogue
from clew.store.check import check
from clew.store.store import Store
from clew.workbench import Workbench

SECRET = "secret.example"


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    """A case of which one entity is marked red."""
    environment = {"CLEW_HOME": str(tmp_path / "home"), "CLEW_KEYRING": "no"}
    with Workbench.create(tmp_path / "a.clew", environment) as made:
        made.case.append([observed("a.example -resolves-to-> 192.0.2.1", SECRET)])
        secret = catalogue().kind("domain-name").value(SECRET).id
        made.case.append([decided(Mark(int(TLP.RED), entities=secret))])
        yield made


@pytest.mark.assurance("marks")
def test_a_part_is_a_whole_file_under_its_ceiling(bench: Workbench, tmp_path: Path) -> None:
    """Claims keep their providers; what is marked stricter is in no byte; the source is named."""
    to = tmp_path / "part.clew"
    bench.write_part("main", to, ceiling=TLP.AMBER)
    report = check(to)
    assert report.good
    with closing(Store.open(to, readonly=True)) as store:
        first = next(store.entries()).change.what
    assert isinstance(first, CaseCreated)
    assert first.source == bench.case.store.tail[1].hex()
    with Workbench.open(to, {"CLEW_HOME": str(tmp_path / "h")}) as part:
        assert {one.value for one in part.view("main").entity_records()} == {
            "a.example", "192.0.2.1"
        }  # fmt: skip
        made = {one.provider for one in part.state.provenances.records}
        assert made == {one.provider for one in bench.state.provenances.records}
    assert SECRET.encode() not in to.read_bytes()


def test_a_part_overwrites_nothing(bench: Workbench, tmp_path: Path) -> None:
    """A file that is there stays, and what was not finished is not left behind."""
    with pytest.raises(FileFault, match="already"):
        bench.write_part("main", tmp_path / "a.clew", ceiling=TLP.RED)
    with pytest.raises(FileFault):
        bench.write_part("main", tmp_path / "no" / "b.clew", ceiling=TLP.RED)
    assert not list(tmp_path.glob("*.part*"))
