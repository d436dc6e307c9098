"""What a page is told when the disk gives out, and what is there afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest

from clew.store.check import check
from clew.store.investigation import Investigation
from service.page import served
from store.faulty_disk import Fault, Way, faulty_disk

TRIED_MAX = 20
"""Most calls of the disk that fail one after the other, each under a change of its own."""


@pytest.mark.assurance("disk-full", "nth-fault")
@pytest.mark.parametrize(("way", "status"), [("full", 507), ("fail", 409)])
def test_a_change_that_found_no_room_is_not_acknowledged(
    tmp_path: Path, way: Way, status: int
) -> None:
    """507 where the disk is full, with words; what was answered 200 is there, and nothing else."""
    fault, file = Fault(way=way), tmp_path / "a.clew"
    acknowledged: list[int] = []
    refused: list[int] = []
    with faulty_disk(fault), served(file, {"CLEW_KEYRING": "no"}) as page:
        page.post("/text", graph="main", text="a.example.org")
        for number in range(TRIED_MAX):
            # The next calls are those of this change, and of the home that looks at its file.
            fault.calls, fault.at = 0, number % 10 + 1
            code, answer = page.tried("/commands/note", text=f"note {number}")
            fault.at = 0
            (acknowledged if code == 200 else refused).append(number)
            assert code in (200, status), answer
            if code != 200:
                assert answer["what"], answer
        assert page.get("/case")["seq"] == 2 + len(acknowledged)
        page.post("/commands/note", text="at last")
    assert acknowledged
    assert refused
    assert check(file).good
    with Investigation.open(file, readonly=True) as case:
        notes = [one.text for one in case.state.decisions.notes]
    assert notes == [*(f"note {number}" for number in acknowledged), "at last"]
