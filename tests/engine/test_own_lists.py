"""The user's own lists of states."""

from __future__ import annotations

from pathlib import Path

import pytest

from clew.engine.own_lists import LIST_BYTES_MAX, read_list, read_own_lists
from clew.engine.setting_sources import SettingSources
from clew.errors import InvalidValue
from clew.schema.lists import listed_states
from clew.schema.types import DomainName, IPAddress
from clew.workbench import Workbench


def sources(folder: Path, **environment: str) -> SettingSources:
    return SettingSources.of_environment({"CLEW_HOME": str(folder), **environment}, folder)


def test_own_lists_give_states(tmp_path: Path) -> None:
    """Zones and ranges of each file, beside the shipped ones."""
    holes, hosts = tmp_path / "holes.txt", tmp_path / "hosts.txt"
    holes.write_text("# ours\nhole.example.org  # since May\n\n192.0.2.0/28\n")
    hosts.write_text("198.51.100.7\n")
    lists = read_own_lists(
        sources(tmp_path, CLEW_SINKHOLES=str(holes), CLEW_SHARED_HOSTING=str(hosts))
    )
    assert listed_states(DomainName("a.hole.example.org"), extra=lists) == (
        ("sinkhole", "own holes.txt"),
    )
    assert listed_states(IPAddress("192.0.2.3"), extra=lists) == (("sinkhole", "own holes.txt"),)
    assert listed_states(IPAddress("198.51.100.7"), extra=lists) == (
        ("shared-hosting", "own hosts.txt"),
    )
    assert read_own_lists(sources(tmp_path)) is None


def test_a_run_takes_them(tmp_path: Path) -> None:
    """The state of an entity names the own list as its source."""
    holes = tmp_path / "holes.txt"
    holes.write_text("hole.example.org\n")
    environment = {"CLEW_HOME": str(tmp_path / "h"), "CLEW_KEYRING": "no",
                   "CLEW_SINKHOLES": str(holes)}  # fmt: skip
    with Workbench.create(tmp_path / "a.clew", environment) as bench:
        bench.add([DomainName("a.hole.example.org")], graph="main", label="given")
        bench.run("local.listed", bench.view("main").entities, graph="main", settings={})
        assert [state for _, state, _, _ in bench.view().states()] == ["sinkhole"]


def test_a_list_that_can_t_be_read_is_told(tmp_path: Path) -> None:
    """Not there, no text, too large."""
    with pytest.raises(InvalidValue, match="No such file"):
        read_list(tmp_path / "none", "sinkhole")
    (tmp_path / "b").write_bytes(b"\xff")
    with pytest.raises(InvalidValue, match="UTF-8"):
        read_list(tmp_path / "b", "sinkhole")
    with (tmp_path / "c").open("wb") as file:
        file.truncate(LIST_BYTES_MAX + 1)
    with pytest.raises(InvalidValue, match="larger than"):
        read_list(tmp_path / "c", "sinkhole")
    with pytest.raises(InvalidValue, match="CLEW_SINKHOLES"):
        read_own_lists(sources(tmp_path, CLEW_SINKHOLES=str(tmp_path / "none")))
