"""Many clients at once: each is answered rightly, and changes come in among them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from service.page import served

pytestmark = pytest.mark.assurance("load")
CLIENTS, READS, CHANGES = 8, 30, 20


def test_reads_and_changes_of_many_clients_are_all_answered(tmp_path: Path) -> None:
    """Reads, changes and whole tables beside each other: no error, and every change is there."""
    names = [f"h{number}.example.org" for number in range(50)]
    with served(tmp_path / "a.clew", {"CLEW_KEYRING": "no"}) as page:
        page.post("/text", graph="main", text="\n".join(names))
        seq = page.get("/case")["seq"]

        def read(number: int) -> bool:
            if number % 3 == 2:
                return bool(page.get("/case")["seq"] >= seq)
            name = names[number % len(names)]
            answer = page.post("/questions/about", entity=name)
            return bool(answer["value"] == name)

        def change(number: int) -> int:
            return int(page.post("/commands/note", text=f"note {number}")["seq"])

        def whole(_: int) -> int:
            return page.table("/graph/entities?graph=main").height

        with ThreadPoolExecutor(CLIENTS) as clients:
            reads = clients.map(read, range(CLIENTS * READS))
            changes = clients.map(change, range(CHANGES))
            tables = clients.map(whole, range(CLIENTS))
            assert all(reads)
            assert sorted(changes) == list(range(seq + 1, seq + 1 + CHANGES))
            assert set(tables) == {len(names)}
        assert page.get("/case")["seq"] == seq + CHANGES
