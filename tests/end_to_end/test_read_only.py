"""A case on a medium that can only be read: opened, asked, exported, and told as such."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from builders import observed
from clew.store.investigation import Investigation
from cli.command import Clew
from service.page import served
from store.media import read_only, with_rights_of_a_user

pytestmark = [
    pytest.mark.assurance("read-only"),
    pytest.mark.skipif(sys.platform != "linux", reason="rights are given up as Linux does it"),
]
QUIET = {"CLEW_KEYRING": "no"}


@pytest.fixture(params=["new here", "seen before"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """A user's folder, with a case on a medium below it that was seen here, or never."""
    medium = tmp_path / "medium"
    medium.mkdir()
    with Investigation.create(medium / "a.clew") as case:
        case.append([observed("a.example.org -resolves-to-> 192.0.2.1")])
    if request.param == "seen before":
        Clew(tmp_path, QUIET)("show", "medium/a.clew")
    with read_only(medium):
        yield tmp_path


def test_the_medium_can_not_be_written(place: Path) -> None:
    """Not even by the user that tests often are."""

    def write() -> None:
        with pytest.raises(PermissionError):
            (place / "medium" / "b").touch()
        with pytest.raises(PermissionError):
            (place / "medium" / "a.clew").open("ab")

    with_rights_of_a_user(write)


def test_the_command_line_reads_and_exports(place: Path) -> None:
    """Every verb that reads answers; one that writes says that the file can only be read."""
    clew, file = Clew(place, QUIET), "medium/a.clew"

    def use() -> None:
        assert "a.example[.]org" in clew("show", file).stdout
        assert clew("check", file, "--json").json["good_entries"] == 2
        assert clew("about", file, "a.example.org", "--json").json["links_total"] == 1
        clew("export", file, "out.stix.json")
        clew("report", file, "out.html")
        clew("backup", file, "copy.clew")
        assert clew("check", "copy.clew", "--json").json["good_entries"] == 2
        ended = clew("do", "note", file, "x", code=5)
        assert "can only be read" in ended.stderr
        assert "elsewhere" in ended.stderr

    with_rights_of_a_user(use)
    assert [one.name for one in (place / "medium").iterdir()] == ["a.clew"]


def test_the_page_reads_and_exports(place: Path) -> None:
    """It is opened as what can only be read; questions are answered, changes refused in words."""
    folder, settings = place / "medium", {**QUIET, "CLEW_HOME": str(place / "home")}

    def use() -> None:
        with served(None, settings, folder=folder) as page:
            (one,) = page.get("/library")["recent"]
            page.post("/library/open", id=one["id"])
            assert len(page.ids("main")) == 2
            assert page.post("/questions/about", entity="a.example.org")["links_total"] == 1
            status, _, body = page.raw("GET", "/api/graph/file?format=stix&graph=main&ceiling=5")
            assert (status, b"a.example.org" in body) == (200, True)
            status, answer = page.tried("/commands/note", text="x")
            assert (status, "reading only" in str(answer)) == (409, True)
            assert len(page.ids("main")) == 2

    with_rights_of_a_user(use)
    assert [one.name for one in folder.iterdir()] == ["a.clew"]
