"""Asking a transform server on the command line what it offers."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from clew.interop.maltego.discovery import (
    Application,
    Seed,
    Setting,
    TransformOffer,
    write_seed,
    write_transforms,
)
from cli.command import Clew

OFFERED = (
    TransformOffer(
        "acme.to", "To phrases", input_type="maltego.Domain", output_types=("maltego.Phrase",),
        settings=(Setting("language"),),
    ),
    TransformOffer("acme.any", "Anything", input_type="", output_types=()),
)  # fmt: skip


@contextmanager
def listening(*, broken: bool = False) -> Iterator[str]:
    """The address of a transform server of two transforms on this machine."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seed = Seed((Application("acme", f"{address}/run", f"{address}/run"),))
            found = (
                write_transforms(OFFERED, protocol="v2")
                if "Command" in self.path
                else write_seed(seed, protocol="v2")
            )
            body = b"<html>" if broken else found if isinstance(found, bytes) else found.encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/xml")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET

        def log_message(self, format: str, *args: object) -> None:
            """Nothing is printed."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        address = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield address
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def clew(tmp_path: Path) -> Clew:
    """An empty folder."""
    return Clew(tmp_path, {"CLEW_KEYRING": "no", "CLEW_CONTACT_LIMIT": "2"})


def declare(clew: Clew, address: str) -> None:
    clew("maltego", "add-server", "acme", f"{address}/seed", "--protocol", "tds",
         "--contact", "own")  # fmt: skip
    clew("maltego", "enable", "acme")


def test_what_a_server_offers_is_shown_and_kept(clew: Clew) -> None:
    """Each transform with what it takes and its settings, by the name that asks it."""
    with listening() as address:
        declare(clew, address)
        shown = clew("maltego", "discover", "acme").stdout
        found = clew("maltego", "discover", "acme", "--json").json
    assert "acme/acme.to" in shown
    assert "language" in shown
    assert [one["name"] for one in found["offers"]] == ["acme.to", "acme.any"]
    (row,) = clew("maltego", "list", "--json").json["declared"]
    assert [one["name"] for one in row["transforms"]] == ["acme.to", "acme.any"]
    clew("new", "a.clew")
    clew("add", "a.clew", "a.example")
    plan = clew("maltego", "plan", "a.clew", "acme/acme.to", "a.example").stdout
    assert "asks      1 of 1 entities" in plan
    clew("maltego", "disable", "acme")
    plan = clew("maltego", "plan", "a.clew", "acme/acme.to", "a.example").stdout
    assert "is not enabled" in plan


def test_a_server_that_answers_nonsense_is_told(clew: Clew) -> None:
    """Failed, or shown with the problem, and nothing is kept of it."""
    with listening(broken=True) as address:
        declare(clew, address)
        ended = clew("maltego", "discover", "acme", code=1)
    assert "acme" in ended.stderr
    (row,) = clew("maltego", "list", "--json").json["declared"]
    assert row["transforms"] == []


def test_a_server_that_is_gone_or_unknown_is_told(clew: Clew) -> None:
    """Nobody listens: failed; no such server, or a program: wrong words."""
    with listening() as address:
        declare(clew, address)
    assert clew("maltego", "discover", "acme", code=1).stderr
    assert "acme" in clew("maltego", "discover", "acne", code=2).stderr
    clew("maltego", "add-local", "hi", "--command", "/bin/true")
    assert "'hi'" in clew("maltego", "discover", "hi", code=2).stderr


def test_what_is_declared_is_told_as_json(clew: Clew) -> None:
    """A declaration as a program reads it is the row that the list has."""
    words = ("--command", "/bin/true", "--label", "Hi", "--input", "maltego.Domain")
    row = clew("maltego", "add-local", "hi", *words, "--json").json
    assert (row["label"], row["takes"], row["enabled"]) == ("Hi", "maltego.Domain", False)
    assert clew("maltego", "list", "--json").json["declared"] == [row]
    wrong = ("maltego", "add-local", "ho", "--command", "/bin/true", "--contact", "everyone")
    assert "everyone" in clew(*wrong, code=2).stderr


def test_discovery_keeps_to_the_ceiling_of_its_server(clew: Clew) -> None:
    """Asking what a server has is counted like any request, and shown."""
    with listening() as address:
        declare(clew, address)
        clew("settings", "set", "providers.maltego-acme.calls_per_day", "3")
        clew("maltego", "discover", "acme")
        shown = clew("providers").stdout
        ended = clew("maltego", "discover", "acme", code=4)
    assert "of 3 this day (your ceiling)" in " ".join(shown.split())
    assert "may be asked for 3 calls a day, and that is used up" in ended.stderr
