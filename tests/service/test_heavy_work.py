"""What is heavy is done in a worker: the answer is the same, and it is a job while it goes on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec
import numpy as np
import pytest

from clew.graph.sharing import Ceiling
from clew.service import export_routes, heavy_work, import_routes, places
from clew.service.uploads import Upload
from clew.service.worker_case import own_kinds
from clew.workbench import Workbench
from service.changed_tables import parts
from service.page import Page, served

TABLE = "ip,domain\n192.0.2.1,a.example\n192.0.2.2,b.example\n"
TYPE = 'entity_types:\n  - name: badge\n    label: Badge\n    pattern: "B-[0-9]{4}"\n'

CEILING = Ceiling()


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Page]:
    (tmp_path / "home" / "types").mkdir(parents=True)
    (tmp_path / "home" / "types" / "own.yaml").write_text(TYPE)
    environment = {"CLEW_HOME": str(tmp_path / "home"), "CLEW_KEYRING": "no"}
    with served(tmp_path / "a.clew", environment) as found:
        found.post("/text", graph="main", text="a.example.org\nb.example.org\n192.0.2.1")
        yield found


@pytest.fixture
def heavy(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on everything is large."""
    monkeypatch.setattr(heavy_work, "INLINE_ROWS_MAX", 0)
    monkeypatch.setattr(import_routes, "INLINE_BYTES_MAX", 0)


def body(page: Page, path: str) -> bytes:
    status, _, answer = page.raw("GET", f"/api{path}")
    assert status == 200, answer
    return answer


FILES = (
    "/graph/picture.svg?graph=main",
    "/graph/picture.png?graph=main&theme=dark",
    "/graph/table.csv?graph=main",
    "/graph/file?graph=main&format=jsonl",
    "/graph/lost?graph=main&format=csv",
    "/graph/entities?graph=main",
    "/graph/links?graph=main",
    "/graph/observations?graph=main",
    "/graph/entities?graph=main&seq=2",
)


def test_a_worker_gives_the_same_files(
    page: Page, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    """Pictures and exports are byte for byte what the service itself makes."""
    small = [body(page, path) for path in FILES]
    assert [one["kind"] for one in page.get("/jobs")] == ["layout"] * len(page.get("/jobs"))
    request.getfixturevalue("heavy")
    assert [body(page, path) for path in FILES] == small
    made = [(one["kind"], one["state"]) for one in page.get("/jobs")]
    # Tables and losses are asked for by looking, so they are no jobs that pages hear of.
    assert [one for one in made if one[0] != "layout"] == [("export", "done")] * 4


def test_a_worker_tells_what_changed_as_the_service_itself_does(
    page: Page, request: pytest.FixtureRequest
) -> None:
    """All rows where no edition is named or known, and then those that differ, at a moment too."""
    path = "/graph/changes?graph=main"
    _, whole = parts(body(page, path))
    request.getfixturevalue("heavy")
    head, tables = parts(body(page, path))
    assert (head.whole, tables) == (True, whole)
    page.post("/commands/label", entities=page.ids("main")[:1], kind="star")
    changed, (entities, *others) = parts(body(page, f"{path}&after={head.edition}"))
    assert (changed.whole, changed.seq) == (False, head.seq + 1)
    assert [(row["id"], row["star"]) for row in entities] == [(page.ids("main")[0], True)]
    assert others == [[], [], []]
    then, (entities, *_) = parts(body(page, f"{path}&after={changed.edition}&seq={head.seq}"))
    assert (then.whole, then.seq, [row["star"] for row in entities]) == (False, head.seq, [False])


@pytest.mark.usefixtures("heavy")
def test_a_worker_writes_reports(page: Page) -> None:
    """In all formats, with what the page shows now and a graph to compare with."""
    page.post("/copy", source="main", entities=page.ids("main"), target="other")
    text = body(page, "/graph/report.md?graph=main&beside=other").decode()
    assert "a.example" in text
    assert "other" in text
    assert body(page, "/graph/report.html?graph=main").startswith(b"<!")
    assert body(page, "/graph/report.pdf?graph=main").startswith(b"%PDF")
    assert [one["kind"] for one in page.get("/jobs")].count("report") == 3


@pytest.mark.usefixtures("heavy")
def test_a_worker_reads_files(page: Page) -> None:
    """A file is looked at and brought in, with the user's own types."""
    kind = {"Content-Type": "application/octet-stream"}
    path = f"/api/import/preview?name={quote('t.csv')}"
    status, _, answer = page.raw("POST", path, TABLE.encode(), **kind)
    preview: dict[str, Any] = msgspec.json.decode(answer)
    assert (status, preview["format"], preview["counts"]["entities"]) == (200, "csv", 4)
    entered = page.post("/import", token=preview["token"], graph="main")
    assert entered["new_links"] == 2
    own = b"type,value\nbadge,B-1234\nbadge,wrong\n"
    _, _, answer = page.raw("POST", "/api/import/preview?name=b.csv", own, **kind)
    told = msgspec.json.decode(answer)
    assert [(one["type"], one["value"]) for one in told["entities"]] == [("badge", "B-1234")]


@pytest.mark.usefixtures("heavy")
@pytest.mark.parametrize("layout", ["organic", "circular"])
def test_a_worker_lays_out(page: Page, layout: str) -> None:
    """Each entity gets a place, as one change that can be undone."""
    page.post("/layout", graph="main", layout=layout)
    points = page.table("/graph/entities?graph=main").select("x", "y")
    assert points.n_unique() == points.height == 3
    assert page.get("/history")[-1]["label"] == f"Lay out, {layout}"


def test_what_is_too_much_is_refused_with_a_number(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Graphs over a bound are not begun with, and the refusal says how many there are."""
    monkeypatch.setattr(export_routes, "REPORT_ROWS_MAX", 2)
    monkeypatch.setattr(export_routes, "EXPORT_ROWS_MAX", 1)
    monkeypatch.setattr(places, "LAYOUT_ROWS_MAX", 2)
    for path, most in (("/graph/report.html", 2), ("/graph/table.csv", 1)):
        status, _, answer = page.raw("GET", f"/api{path}?graph=main")
        assert status == 403
        told = msgspec.json.decode(answer)["what"]
        assert "3 entities and links" in told
        assert f"{most} at most" in told
    status, told = page.tried("/layout", graph="main", layout="circular")
    assert (status, "3 entities and links" in told["what"]) == (403, True)


@pytest.mark.usefixtures("heavy")
def test_a_job_that_takes_too_long_is_ended(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    """A report over its time is refused with the time, and its job says so."""
    monkeypatch.setattr(export_routes, "REPORT_S", 0.0001)
    status, _, answer = page.raw("GET", "/api/graph/report.html?graph=main")
    assert (status, "0.0001 s" in msgspec.json.decode(answer)["what"]) == (403, True)
    (job,) = (one for one in page.get("/jobs") if one["kind"] == "report")
    assert (job["state"], "0.0001 s" in job["fault"]) == ("failed", True)
    assert page.post(f"/jobs/{job['id']}/stop")["label"] == ""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file whose last entry brought a second entity."""
    with Workbench.create(tmp_path / "h.clew", {"CLEW_KEYRING": "no"}) as bench:
        for one in "ab":
            value = bench.catalogue.value("domain-name", f"{one}.example.org")
            bench.add([value], graph="main", label="Add")
    return tmp_path / "h.clew"


def test_a_file_is_seen_as_it_was_after_an_entry(file: Path) -> None:
    """Exports, pictures and reports are of the entry that the page shows, not of the latest."""
    places = np.zeros((1, 2))
    first, both = (heavy_work.export_file(str(file), seq, "main", "jsonl", CEILING)[0]
                   for seq in (2, 3))  # fmt: skip
    assert b"b.example.org" in both
    assert b"b.example.org" not in first
    assert b"a.example.org" in first
    svg, _ = heavy_work.picture_file(str(file), 2, "main", "svg", "light", places, CEILING)
    assert svg.startswith(b"<svg")
    png, _ = heavy_work.picture_file(str(file), 2, "main", "png", "dark", places, CEILING)
    assert png.startswith(b"\x89PNG")
    begins: dict[heavy_work.ReportKind, bytes] = {"html": b"<!", "md": b"**", "pdf": b"%PDF"}
    for kind, begin in begins.items():
        report, told = heavy_work.report_file(str(file), 2, "main", kind, places, CEILING, ())
        assert told == ""
        assert report.startswith(begin)


@pytest.mark.parametrize("size", [0, 1, 5])
def test_layouts_give_each_entity_a_place(size: int) -> None:
    """Finite places, one an entity, for graphs without links or entities too."""
    none = np.empty(0, np.int32)
    assert heavy_work.organic_layout(size, none, none).shape == (size, 2)
    for name in ("circular", "layered", "block"):
        points = heavy_work.named_layout(size, none, none, name, np.zeros(size, np.int32))
        assert points.shape == (size, 2)
        assert np.isfinite(points).all()


def test_an_upload_is_read_by_the_user_s_kinds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without kinds at hand the built-in ones and the user's own are read."""
    (tmp_path / "types").mkdir()
    (tmp_path / "types" / "own.yaml").write_text(TYPE)
    monkeypatch.setenv("CLEW_HOME", str(tmp_path))
    own_kinds.cache_clear()
    upload = Upload("b.csv", b"type,value\nbadge,B-1234\ndomain-name,a.example\n")
    read = heavy_work.read_upload(None, upload, "0" * 32, 1, "")
    assert read.counts()["entities"] == 2
    shown = heavy_work.preview_upload(None, upload, "0" * 32, 1, "", "token", False)
    assert {one.type for one in shown.entities} == {"badge", "domain-name"}
    own_kinds.cache_clear()
