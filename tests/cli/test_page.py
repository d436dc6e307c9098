"""The commands that serve: what they print, and what they hand to the service."""

from __future__ import annotations

import webbrowser
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from cli.command import Clew

ADDRESS = "http://127.0.0.1:8600/enter?token=x"


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What each service was asked to serve; none is started."""
    calls: list[dict[str, Any]] = []

    def take(shelf: object, bench: object = None, *, ready: Any, **given: Any) -> None:
        calls.append({"bench": bench, **given})
        ready(ADDRESS)

    for module in ("clew.service.serve", "clew.service.trx.serve"):
        monkeypatch.setattr(import_module(module), "serve", take)
    return calls


def test_the_workbench_prints_its_address_alone_on_a_line(
    tmp_path: Path, served: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a file the start page is shown; a browser is opened unless it is not wanted."""
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    clew = Clew(tmp_path, {"CLEW_KEYRING": "no"})
    assert ADDRESS in clew("open", "--no-browser").stdout.splitlines()
    assert opened == []
    assert ADDRESS in clew("open", "a.clew", "--port", "8600").stdout.splitlines()
    assert opened == [ADDRESS]
    assert [one["bench"] is None for one in served] == [True, False]
    served[1]["bench"].case.close()
    assert (tmp_path / "a.clew").exists()


def test_the_service_for_maltego_prints_every_address(
    tmp_path: Path, served: list[dict[str, Any]]
) -> None:
    """One line each for hubs, servers, files and the newer framework; an open host is warned of."""
    clew = Clew(tmp_path, {"CLEW_KEYRING": "no"})
    words = ("trx", "serve", "a.clew", "--token", "a-token-for-the-command")
    lines = clew(*words).stdout.splitlines()
    assert [line for line in lines if line.startswith(ADDRESS)] == [
        f"{ADDRESS}{path}"
        for path in ("/seed", "/run/<provider-transform>", "/runner?Command=_CONFIG", "/api/v3")
    ]
    assert "not encrypted" in clew(*words, "--host", "192.0.2.1").stdout
    assert [one["token"] for one in served] == ["a-token-for-the-command"] * 2
    clew("trx", "serve", "a.clew", "--token", "short", code=2)
