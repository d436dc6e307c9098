"""Keys on the command line: kept, tried and forgotten, and never shown."""

from __future__ import annotations

import getpass
from pathlib import Path

import pytest

from cli.command import Clew

KEY = "k3y-of-a-test"


@pytest.fixture
def clew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clew:
    """A person without a keyring, who types the key, or the passphrase of the key file."""
    monkeypatch.setattr(
        getpass, "getpass", lambda prompt: KEY if prompt == "Key: " else "a passphrase"
    )
    return Clew(tmp_path, {"CLEW_KEYRING": "no"})


def test_a_key_is_kept_in_the_file_and_forgotten(clew: Clew) -> None:
    """Where it is kept is said, the key is in no output and in no file as it is."""
    ended = clew("keys", "set", "passivetotal", "key", terminal=True)
    assert ended.stdout == "Kept in the file.\n"
    assert KEY not in ended.stdout + ended.stderr
    kept = [path for path in clew.home.rglob("*") if path.is_file()]
    assert kept
    assert all(KEY.encode() not in path.read_bytes() for path in kept)
    assert clew("keys", "delete", "passivetotal", "key", terminal=True).stdout == "Forgotten.\n"
    assert clew("keys", "delete", "passivetotal", "key", terminal=True).stdout == (
        "There was none.\n"
    )


def test_without_a_terminal_the_file_can_not_be_opened(clew: Clew) -> None:
    """There is nobody to ask for the passphrase: refused, with what helps, and nothing kept."""
    ended = clew("keys", "set", "passivetotal", "key", text=f"{KEY}\n", code=2)
    assert "CLEW_PASSPHRASE" in ended.stderr
    assert KEY not in ended.stderr
    assert not (clew.home / "keys").exists()


@pytest.mark.parametrize("verb", [("set", "nobody", "key"), ("delete", "nobody", "key"),
                                  ("test", "nobody")])  # fmt: skip
def test_a_provider_that_is_not_there_is_named(clew: Clew, verb: tuple[str, ...]) -> None:
    """The name is quoted, with those that are known."""
    ended = clew("keys", *verb, code=2)
    assert "'nobody'" in ended.stderr
    assert "passivetotal" in ended.stderr


def test_what_can_not_be_asked_is_told(clew: Clew) -> None:
    """A retired provider, and one without a key, are not asked, with what helps."""
    assert "defender-ti" in clew("keys", "test", "passivetotal", code=4).stderr
    assert "CLEW_DOMAINTOOLS_" in clew("keys", "test", "domaintools", code=1).stderr
