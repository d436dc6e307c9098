"""The command: it tells its address, answers, and ends by a signal."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from clew.errors import InvalidValue, Refusal
from clew.service.trx.serve import check_url, listen
from service.trx.client import Client, request


def test_the_command_serves_until_it_is_stopped(tmp_path: Path) -> None:
    """It tells the seed's address with the token; a signal ends it, and all is saved."""
    code = "from clew.cli.trx import trx_app; trx_app()"
    environment = {**os.environ, "CLEW_HOME": str(tmp_path), "CLEW_KEYRING": "no"}
    with subprocess.Popen(
        [sys.executable, "-c", code, "serve", "a.clew", "--token", "a-token-for-the-command"],
        cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        try:
            lines = iter(process.stdout.readline, "")
            seed = urlsplit(next(line.strip() for line in lines if line.startswith("http")))
            assert seed.path == "/t/a-token-for-the-command/seed"
            assert seed.port is not None
            client = Client(seed.port, "/t/a-token-for-the-command")
            assert "TransformApplication" in client.ask("GET", "/seed").text
            body = request("maltego.URL", "http://a.example.org/")
            assert "a.example.org" in client.ask("POST", "/run/local-url-to-host", body).text
        finally:
            process.send_signal(signal.SIGTERM)
            _, errors = process.communicate(timeout=60)
    assert "Traceback" not in errors
    assert (tmp_path / "a.clew").exists()


def test_it_does_not_listen_under_no_name() -> None:
    """All addresses of a machine need a name that clients know."""
    with pytest.raises(Refusal):
        listen("0.0.0.0", 0)
    with pytest.raises(InvalidValue):
        listen("example.org", 0)
    listen("0.0.0.0", 0, named=True).close()


@pytest.mark.parametrize(
    "url", ["x", "ftp://a.example.org", "https://", "https://a@b", "https://a?b"]
)
def test_a_wrong_address_is_refused(url: str) -> None:
    """The address of a proxy is one that clients can ask."""
    with pytest.raises(InvalidValue):
        check_url(url)
    check_url("https://clew.example.org/below")
    check_url("")
