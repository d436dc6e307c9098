"""The start page's routes: what can be opened, opening it, beginning anew."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.errors import InvalidValue
from clew.service.library import Library, make_way
from clew.service.recent_cases import RECENT_MAX, RecentCase, RecentCases
from service.page import served

QUIET = {"CLEW_KEYRING": "no"}


def test_another_investigation_takes_the_place_of_the_open_one(tmp_path: Path) -> None:
    """New, open and forget by ids alone; what was left is remembered with its looks."""
    with served(tmp_path / "a.clew", QUIET) as page:
        page.post("/text", graph="main", text="a.example.org\n192.0.2.7")
        page.ids("main")
        page.post("/shelf/new", name="b")
        assert page.get("/case")["title"] == "b"
        recent = {one["title"]: one for one in page.get("/library")["recent"]}
        assert recent["a"]["entities"] == 2
        assert {family for _, _, family in recent["a"]["dots"]} == {"name", "address"}
        page.post("/shelf/open", id=recent["a"]["id"])
        assert page.get("/case")["title"] == "a"
        page.post("/shelf/forget", id=recent["b"]["id"])
        # Its file is in the folder still, so it is listed, without looks.
        left = {one["title"]: one for one in page.get("/library")["recent"]}
        assert (left["b"]["there"], left["b"]["entities"]) == (True, 0)


@pytest.mark.assurance("traversal", "wrong-object")
def test_a_page_can_name_no_path(tmp_path: Path) -> None:
    """Names that are paths, hidden or taken are refused; unknown ids and cases too."""
    with served(tmp_path / "a.clew", QUIET) as page:
        for name in (
            "../b",
            "/b",
            "b/c",
            ".b",
            "a",
            "b\u0000",
            " ",
            "\u0000b",
            "\u009cb",
            "\U0001f480" * 99,
        ):
            status, answer = page.tried("/shelf/new", name=name)
            assert (status, answer["what"] != "") == (422, True), name
        assert page.tried("/shelf/open", id="0" * 32)[0] == 404
        assert page.tried("/shelf/case", name=str(tmp_path))[0] == 404
        assert page.get("/case")["title"] == "a"


def test_what_threads_remember_at_once_is_all_kept(tmp_path: Path) -> None:
    """Investigations that are put away at once are all in the list."""
    recent = RecentCases(tmp_path)
    cases = [RecentCase(path=f"/{at}", title="x", seen_s=0) for at in range(30)]
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(recent.put, cases))
    assert {one.path for one in recent.all()} == {one.path for one in cases}


@pytest.mark.assurance("traversal")
@given(st.text(max_size=120))
def test_any_name_is_refused_or_makes_a_file(name: str) -> None:
    """Whatever is typed: a clear refusal, or one file of that name in the folder and none else."""
    with TemporaryDirectory() as folder:
        library = Library(Path(folder), {**QUIET, "CLEW_HOME": folder})
        try:
            bench = library.create(name)
        except InvalidValue:
            assert list(Path(folder).iterdir()) == []
            return
        bench.case.close()
        assert [one.suffix for one in Path(folder).glob("*.clew")] == [".clew"]


def test_without_an_investigation_everything_says_so(tmp_path: Path) -> None:
    """Nothing open: the start page answers, all else tells what helps."""
    with served(None, QUIET, folder=tmp_path) as page:
        assert not page.get("/library")["is_open"]
        status, _, _ = page.raw("GET", "/api/case")
        assert status == 403
        assert page.post("/text/preview", graph="main", text="a.example.org")["count"] == 1
        bare = {one["name"]: one for one in page.get("/library")["providers"]}["threatconnect"]
        assert (bare["ready"], bare["missing"]) == (False, ["token"])
        assert bare["keys"] == ["token", "access_id", "secret_key"]
        assert "clew keys set threatconnect" in bare["helps"]
        page.post("/shelf/new", name="first")
        assert page.get("/library")["is_open"]


def test_a_shipped_case_opens_with_its_replicas(tmp_path: Path) -> None:
    """A case from the start: replicas are ready, the file is new; an earlier one is kept."""
    with served(None, QUIET, folder=tmp_path) as page:
        page.post("/shelf/case", name="tendrit", fresh=True)
        told = {one["name"]: one for one in page.get("/case")["providers"]}
        ready = told["threatconnect"]
        assert (ready["ready"], ready["local"]) == (True, True)
        assert page.get("/case")["graphs"] == []
        page.post("/shelf/case", name="tendrit", fresh=False)
        page.post("/shelf/new", name="other")
        page.post("/shelf/case", name="tendrit", fresh=True)
    assert (tmp_path / "tendrit.1.clew").exists()


def test_the_open_case_is_opened_again_without_harm(tmp_path: Path) -> None:
    """Open keeps its replicas answering; from the start gives an empty file, and keeps the old."""
    with served(None, QUIET, folder=tmp_path) as page:
        page.post("/shelf/case", name="tendrit", fresh=True)
        page.post("/shelf/case", name="tendrit")
        page.post("/text", graph="main", text="harborlights.example")
        ids = page.ids("main")
        transform = "domaintools.domain_to_registrants"
        page.post("/runs", graph="main", transform=transform, entities=ids, credits_max=9)
        (run,) = page.finished()
        assert (run["done"], run["failed"], run["fault"]) == (1, 0, "")
        assert len(page.ids("main")) > 1
        page.post("/shelf/case", name="tendrit", fresh=True)
        assert page.get("/case")["graphs"] == []
    assert (tmp_path / "tendrit.1.clew").exists()


def test_looking_at_the_start_page_writes_only_what_changed(tmp_path: Path) -> None:
    """The list of recent ones is written anew when what is open looks otherwise, and then only."""
    file = tmp_path / "home" / "recent.json"
    with served(tmp_path / "a.clew", {**QUIET, "CLEW_HOME": str(file.parent)}) as page:
        page.post("/text", graph="main", text="a.example.org")
        page.ids("main")
        page.get("/library")
        before = file.stat().st_ino, file.stat().st_mtime_ns
        for _ in range(3):
            page.get("/library")
        assert (file.stat().st_ino, file.stat().st_mtime_ns) == before
        page.post("/text", graph="main", text="b.example.org")
        page.get("/library")
        assert (file.stat().st_ino, file.stat().st_mtime_ns) != before
        assert page.get("/library")["recent"][0]["entities"] == 2


def test_memory_is_bounded_and_survives_damage(tmp_path: Path) -> None:
    """At most RECENT_MAX, each path once, latest first; a damaged file is an empty one."""
    memory = RecentCases(tmp_path)
    for number in range(RECENT_MAX + 5):
        memory.put(RecentCase(path=f"/x/{number}", title=str(number), seen_s=number))
    memory.put(RecentCase(path="/x/9", title="again", seen_s=99))
    assert len(memory.all()) == RECENT_MAX
    assert memory.all()[0].title == "again"
    assert sum(one.path == "/x/9" for one in memory.all()) == 1
    (tmp_path / "recent.json").write_text('[{"path": 7}]')
    assert memory.all() == []


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """An earlier file gets another name; a name that is taken is refused."""
    for text in "abc":
        (tmp_path / "x.clew").write_text(text)
        make_way(tmp_path / "x.clew")
    assert sorted(one.read_text() for one in tmp_path.glob("x.*.clew")) == ["a", "b", "c"]
    library = Library(tmp_path, {**QUIET, "CLEW_HOME": str(tmp_path)})
    library.create("y").case.close()
    with pytest.raises(InvalidValue):
        library.create("y.clew")


@pytest.mark.assurance("secrets")
def test_a_key_is_kept_and_never_told_again(tmp_path: Path) -> None:
    """A key goes in; no answer of any reading route holds it, nor does an error."""
    secret = "c0ffee-key-of-a-test"
    with served(tmp_path / "a.clew", QUIET) as page:
        status, answer = page.tried("/keys", provider="nobody", name="key", value=secret)
        assert status == 404
        assert secret not in str(answer)
        status, answer = page.tried("/keys", provider="passivetotal", name="key", value=secret)
        assert secret not in str(answer)
        for path in ("/library", "/case", "/history"):
            assert secret not in str(page.get(path))
        description = page.get("/openapi.json")
        assert not any(
            "keys" in path and "get" in ways for path, ways in description["paths"].items()
        )
