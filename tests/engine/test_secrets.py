"""Keys: where they are found, and that they are never shown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from hypothesis import given
from hypothesis import strategies as st
from keyring.backend import KeyringBackend
from keyring.errors import KeyringError, PasswordDeleteError

from clew.engine.secrets import Secrets, require_keys
from clew.engine.settings import Settings
from clew.errors import InvalidValue, KeyMissing
from clew.transform.provider import Key, Provider

VENDOR = Provider("big-vendor", "Big Vendor", "For tests.", keys=(Key("key", "API key"),))


def test_the_environment_comes_first(tmp_path: Path) -> None:
    """A variable named for provider and key is used, and told as its place."""
    secrets = Secrets({"CLEW_BIG_VENDOR_KEY": "s3cret"}, tmp_path / "keys", keyring=False)
    assert secrets.keys(VENDOR) == {"key": "s3cret"}
    assert secrets.where(VENDOR) == {"key": "environment"}


@pytest.mark.assurance("secrets")
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


@pytest.mark.assurance("secrets")
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


class MemoryKeyring(KeyringBackend):
    """A system keyring that holds what it is given, or is out of order."""

    priority = 1

    def __init__(self, *, broken: bool = False) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # keyring is untyped there
        self.stored: dict[tuple[str, str], str] = {}
        self.broken = broken

    def _require(self) -> None:
        if self.broken:
            raise KeyringError("locked")

    def get_password(self, service: str, username: str) -> str | None:
        self._require()
        return self.stored.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._require()
        self.stored[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._require()
        if self.stored.pop((service, username), None) is None:
            raise PasswordDeleteError("not there")


@pytest.fixture(params=[False, True], ids=["keyring", "broken-keyring"])
def ring(request: pytest.FixtureRequest) -> Iterator[MemoryKeyring]:
    """A system keyring in memory, in order or not."""
    before, found = keyring.get_keyring(), MemoryKeyring(broken=request.param)
    keyring.set_keyring(found)
    yield found
    keyring.set_keyring(before)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A passphrase costs little to try."""
    monkeypatch.setattr("clew.engine.secrets.SCRYPT_COST", 2)


@pytest.mark.usefixtures("quick")
def test_a_key_goes_to_the_keyring_or_else_to_the_file(ring: MemoryKeyring, tmp_path: Path) -> None:
    """Where a key is kept is told; it comes back from there, a later one takes its place."""
    secrets = Secrets({"CLEW_PASSPHRASE": "pass"}, tmp_path / "keys")
    place = "file" if ring.broken else "keyring"
    for value in ("one", "two"):
        assert secrets.set(VENDOR, "key", value) == place
        assert (secrets.keys(VENDOR), secrets.where(VENDOR)) == ({"key": value}, {"key": place})
    assert (tmp_path / "keys").exists() is ring.broken
    assert [secrets.delete(VENDOR, "key"), secrets.delete(VENDOR, "key")] == [True, False]
    assert secrets.where(VENDOR) == {"key": ""}


@pytest.mark.usefixtures("quick")
def test_a_key_is_forgotten_wherever_it_is(ring: MemoryKeyring, tmp_path: Path) -> None:
    """One that is in the file and in the keyring is in neither afterwards."""
    settings = {"CLEW_PASSPHRASE": "pass"}
    Secrets(settings, tmp_path / "keys", keyring=False).set(VENDOR, "key", "old")
    secrets = Secrets(settings, tmp_path / "keys")
    secrets.set(VENDOR, "key", "new")
    assert secrets.delete(VENDOR, "key")
    assert secrets.where(VENDOR) == {"key": ""}
    assert not ring.stored


@pytest.mark.usefixtures("quick")
def test_a_cut_file_is_refused_as_a_wrong_passphrase_is(tmp_path: Path) -> None:
    """However much of the key file is left, what is not whole does not open, and stays."""
    file = tmp_path / "keys"
    secrets = Secrets({"CLEW_PASSPHRASE": "pass"}, file, keyring=False)
    secrets.set(VENDOR, "key", "s3cret")
    whole = file.read_bytes()
    for length in range(len(whole)):
        file.write_bytes(whole[:length])
        with pytest.raises(InvalidValue, match="does not open the key file"):
            secrets.keys(VENDOR)
        with pytest.raises(InvalidValue, match="does not open the key file"):
            secrets.set(VENDOR, "key", "other")
        assert file.read_bytes() == whole[:length]


@pytest.mark.usefixtures("quick")
def test_a_passphrase_is_asked_for_or_missed(tmp_path: Path) -> None:
    """Without one in the environment a person is asked; where nobody is, it says what to set."""
    asked = Secrets({}, tmp_path / "keys", passphrase=lambda: "pass", keyring=False)
    asked.set(VENDOR, "key", "s3cret")
    given = Secrets({"CLEW_PASSPHRASE": "pass"}, tmp_path / "keys", keyring=False)
    assert given.keys(VENDOR) == {"key": "s3cret"}
    with pytest.raises(InvalidValue, match="CLEW_PASSPHRASE"):
        Secrets({}, tmp_path / "keys", keyring=False).keys(VENDOR)


CHOICE = Provider(
    "two-ways", "Two Ways", "For tests.",
    keys=tuple(Key(name, name.upper()) for name in ("user", "password", "token")),
    key_sets=(("user", "password"), ("token",)),
)  # fmt: skip
PARTS = st.sets(st.sampled_from(("user", "password", "token")))


@given(PARTS)
def test_one_whole_set_of_keys_is_enough(found: set[str]) -> None:
    """Any set is enough; else what is missing of one that was begun is named, or of each."""
    if found >= {"user", "password"} or "token" in found:
        require_keys(CHOICE, found)
        return
    with pytest.raises(KeyMissing) as caught:
        require_keys(CHOICE, found)
    missing = caught.value.missing
    assert set(missing).isdisjoint(found)
    if found:
        assert set(missing) == {"user", "password"} - found
        assert "TOKEN" not in str(caught.value)
    else:
        assert all(f"no {one}" in str(caught.value) for one in ("USER and PASSWORD", "TOKEN"))
    assert f"clew keys set {CHOICE.name}" in str(caught.value)
