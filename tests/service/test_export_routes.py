"""Graphs as files over the wire: every format, within a ceiling, by a name that is safe."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from clew.interop.formats import formats
from service.page import Page, served
from service.sent_files import CSV, shown


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Page]:
    environment = {"CLEW_HOME": str(tmp_path), "CLEW_KEYRING": "no"}
    with served(tmp_path / "a.clew", environment) as found:
        yield found


def test_a_graph_leaves_in_every_format_and_comes_back(page: Page) -> None:
    """Each writable format is a file with a name; what it has no room for is told before."""
    token = shown(page, CSV)["token"]
    page.post("/import", token=token, graph="main")
    told = {one["name"]: one for one in page.get("/formats")}
    assert [one for one in told if told[one]["writes"]] == list(formats().writable)
    assert [one for one in told if told[one]["reads"]] == list(formats().readable)
    for form in formats().of_graphs:
        if not form.write:
            assert page.raw("GET", f"/api/graph/lost?graph=main&format={form.name}")[0] == 404
            continue
        left = page.get(f"/graph/lost?graph=main&format={form.name}")
        assert left["entities"] == 5
        status, headers, body = page.raw("GET", f"/api/graph/file?graph=main&format={form.name}")
        assert status == 200
        assert f'filename="main{form.extension}"' in headers["Content-Disposition"]
        again = shown(page, body, format={"tsv": "csv"}.get(form.name, form.name))
        lonely = 1 if "entities without links" in left["lost"] else 0
        assert again["counts"]["entities"] >= 5 - lonely, form.name
        assert again["counts"]["links"] == 2, form.name


def test_a_ceiling_keeps_back_what_is_marked_stricter(page: Page) -> None:
    """What is marked stricter than the ceiling is counted, and not in the file."""
    page.post("/text", graph="main", text="a.example.org\nb.example.org")
    page.post("/mark", tlp=5, entities=page.ids("main")[:1])
    assert page.get("/graph/lost?graph=main&format=stix&ceiling=2")["kept_back"] == 1
    _, _, body = page.raw("GET", "/api/graph/file?graph=main&format=stix&ceiling=2")
    assert shown(page, body)["counts"]["entities"] == 1
    _, _, body = page.raw("GET", "/api/graph/file?graph=main&format=stix&ceiling=5")
    assert shown(page, body)["counts"]["entities"] == 2


def test_a_strange_name_of_a_graph_is_a_file_name(page: Page) -> None:
    """Quotes, slashes, line ends and letters of any script are safe in the header."""
    page.post("/text", graph='a"/../\r\nx: y ключ', text="a.example.org")
    name = quote('a"/../\r\nx: y ключ', safe="")
    status, headers, _ = page.raw("GET", f"/api/graph/file?graph={name}&format=stix")
    assert status == 200
    told = headers["Content-Disposition"]
    assert told.isascii()
    assert "x" not in headers
    assert "a--..---x: y" in told
