"""Keys: where they are found, and that they are never shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from clew.engine.secrets import Secrets
from clew.engine.settings import Settings
from clew.errors import InvalidValue, KeyMissing
from clew.transform.provider import Key, Provider

VENDOR = Provider("big-vendor", "Big Vendor", "For tests.", keys=(Key("key", "API key"),))


def test_the_environment_comes_first(tmp_path: Path) -> None:
    """A variable named for provider and key is used, and told as its place."""
    secrets = Secrets({"CLEW_BIG_VENDOR_KEY": "s3cret"}, tmp_path / "keys", keyring=False)
    assert secrets.keys(VENDOR) == {"key": "s3cret"}
    assert secrets.where(VENDOR) == {"key": "environment"}


def test_the_file_is_encrypted(tmp_path: Path) -> None:
    """A kept key comes back with the passphrase, is not readable, and can be forgotten."""
    file = tmp_path / "home" / "keys"
    secrets = Secrets({"CLEW_PASSPHRASE": "pass"}, file, keyring=False)
    assert secrets.set(VENDOR, "key", "s3cret") == "file"
    assert secrets.keys(VENDOR) == {"key": "s3cret"}
    assert b"s3cret" not in file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0
    wrong = Secrets({"CLEW_PASSPHRASE": "other"}, file, keyring=False)
    with pytest.raises(InvalidValue, match="does not open"):
        wrong.keys(VENDOR)
    assert secrets.delete(VENDOR, "key")
    with pytest.raises(KeyMissing, match="clew keys set big-vendor key"):
        secrets.keys(VENDOR)


def test_nothing_shows_a_key(tmp_path: Path) -> None:
    """No text of the settings holds a key."""
    environment = {"CLEW_BIG_VENDOR_KEY": "s3cret", "CLEW_BIG_VENDOR_URL": "http://127.0.0.1:1"}
    settings = Settings(environment, Secrets(environment, tmp_path / "keys", keyring=False))
    assert "s3cret" not in repr(settings.config_of(VENDOR))
    assert "s3cret" not in repr(settings.secrets)


def test_unknown_names_are_refused(tmp_path: Path) -> None:
    """Only keys that the provider declares are kept."""
    with pytest.raises(InvalidValue):
        Secrets({}, tmp_path / "keys", keyring=False).set(VENDOR, "colour", "x")
