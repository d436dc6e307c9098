"""The passphrase of the key file: asked for where a key is needed, once, and by nobody else."""

from __future__ import annotations

import getpass
import io
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from clew.cli.passphrase import PROMPT, environment_with_passphrase
from clew.engine.settings import Settings
from clew.replicas.scenario import load_scenario
from clew.replicas.server import serve_replicas
from clew.transform.provider import Provider
from clew.transform.registry import load_registry
from cli.command import Clew, Terminal
from cli.investigation import make_investigation

NAMES = "passivetotal.name_to_addresses"
PASSPHRASE = "correct horse"


@pytest.fixture(scope="module")
def settings() -> Iterator[dict[str, str]]:
    """A case's replicas; the keys are in no setting."""
    keys = {f"CLEW_PASSIVETOTAL_{key.name.upper()}" for key in provider().keys}
    with serve_replicas(load_scenario("tendrit")) as server:
        found = {**server.settings(), "CLEW_KEYRING": "no"}
        assert keys <= set(found)
        yield {name: text for name, text in found.items() if name not in keys} | {
            "KEYS": " ".join(f"{name}={found[name]}" for name in keys)
        }


def provider() -> Provider:
    """Whose keys they are."""
    return load_registry().provider("passivetotal")


@pytest.fixture
def clew(tmp_path: Path, settings: dict[str, str]) -> Clew:
    """A folder with an investigation; the keys are in the locked file."""
    make_investigation(tmp_path / "a.clew")
    made = Clew(tmp_path, {name: text for name, text in settings.items() if name != "KEYS"})
    environment = {"CLEW_HOME": str(made.home), "CLEW_KEYRING": "no", "CLEW_PASSPHRASE": PASSPHRASE}
    secrets = Settings.of_environment(environment).secrets
    for pair in settings["KEYS"].split():
        name, _, key = pair.partition("=")
        secrets.set(provider(), name.removeprefix("CLEW_PASSIVETOTAL_").lower(), key)
    return made


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a person was asked for, without an echo; the passphrase is typed."""
    prompts: list[str] = []

    def answer(prompt: str) -> str:
        prompts.append(prompt)
        return PASSPHRASE

    monkeypatch.setattr(getpass, "getpass", answer)
    return prompts


def test_a_run_asks_once_where_a_person_can_answer(clew: Clew, asked: list[str]) -> None:
    """The key is found, and the passphrase is in no output."""
    ended = clew("run", "a.clew", NAMES, "a.example", "--credits", "9", terminal=True)
    assert asked == [PROMPT]
    assert PASSPHRASE not in ended.stdout + ended.stderr


def test_without_a_person_it_says_what_to_set(clew: Clew, asked: list[str]) -> None:
    """A script is told of the variable, and nothing waits for an answer."""
    assert (
        "Set CLEW_PASSPHRASE"
        in clew("run", "a.clew", NAMES, "a.example", "--credits", "9", code=2).stderr
    )
    assert asked == []


def test_what_needs_no_key_asks_for_nothing(clew: Clew, asked: list[str]) -> None:
    """Looking, judging, and asking who needs none."""
    for words in (("show",), ("states",), ("next-pivots",), ("run", "local.listed", "a.example")):
        clew(words[0], "a.clew", *words[1:], terminal=True)
    assert asked == []


def test_a_service_is_given_it_at_its_start(
    clew: Clew, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is asked for where a file is locked and a person is there, and in no other case."""
    monkeypatch.setenv("CLEW_HOME", str(clew.home))
    monkeypatch.setenv("CLEW_KEYRING", "no")
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    assert "CLEW_PASSPHRASE" not in environment_with_passphrase()
    monkeypatch.setattr(sys, "stdin", Terminal(io.BytesIO()))
    opened = Settings.of_environment(environment_with_passphrase())
    assert asked == [PROMPT]
    assert opened.secrets.keys(provider())
    monkeypatch.setenv("CLEW_PASSPHRASE", PASSPHRASE)
    environment_with_passphrase()
    monkeypatch.delenv("CLEW_PASSPHRASE")
    monkeypatch.setenv("CLEW_HOME", str(clew.home / "none"))
    environment_with_passphrase()
    assert asked == [PROMPT]
