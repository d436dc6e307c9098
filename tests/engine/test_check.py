"""Whether providers take the configured keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from clew.engine.check import check_keys
from clew.engine.quota import account_of
from clew.engine.settings import Settings
from clew.errors import KeyMissing, KeyRefused, ProviderFault
from clew.replicas.behaviour import Misbehaviour
from clew.replicas.scenario import load_scenario
from clew.replicas.server import ReplicaServer, serve_replicas
from clew.store.ledger import Ledger, VendorAllowance
from clew.transform.provider import Provider
from clew.transform.registry import load_registry

PROVIDERS = load_registry().providers
CHECKED = sorted(name for name, one in PROVIDERS.items() if one.check is not None)
TELLING = sorted(name for name in CHECKED if PROVIDERS[name].account is not None)


@pytest.fixture(scope="module")
def server() -> Iterator[ReplicaServer]:
    with serve_replicas(load_scenario("tendrit")) as found:
        yield found


def settings_of(server: ReplicaServer, folder: Path, **more: str) -> Settings:
    """Settings under which replicas are asked with good keys."""
    home = {"CLEW_KEYRING": "no", "CLEW_HOME": str(folder)}
    return Settings.of_environment({**server.settings(), **home, **more})


def allowances(settings: Settings, provider: Provider) -> list[VendorAllowance]:
    """What the ledger knows of the configured account."""
    with Ledger(settings.ledger_path) as ledger:
        return list(ledger.allowances(provider.name, account_of(settings.config_of(provider))))


def variable(provider: Provider, key: str) -> str:
    return f"CLEW_{provider.name}_{key}".upper().replace("-", "_")


@pytest.mark.parametrize("name", CHECKED)
def test_good_keys_are_taken(server: ReplicaServer, tmp_path: Path, name: str) -> None:
    """The vendor's word is told under its label, and no key is in it."""
    provider, settings = PROVIDERS[name], settings_of(server, tmp_path)
    before = len(server.requests(name))
    line = check_keys(settings, provider)
    assert line.startswith(f"{provider.label}: ")
    assert len(line) > len(f"{provider.label}: ")
    assert len(server.requests(name)) > before
    secret = {key.name for key in provider.keys if key.secret}
    keys = settings.config_of(provider).keys
    assert all(value not in line for key, value in keys.items() if key in secret)


@pytest.mark.parametrize("name", TELLING)
def test_what_is_left_is_kept(server: ReplicaServer, tmp_path: Path, name: str) -> None:
    """What the vendor tells of the account is in the line and in the ledger, once."""
    provider, settings = PROVIDERS[name], settings_of(server, tmp_path)
    lines = [check_keys(settings, provider) for _ in range(2)]
    found = allowances(settings, provider)
    assert found
    assert len({(one.unit, one.period) for one in found}) == len(found)
    for one in found:
        assert all(one.unit in line for line in lines)


@pytest.mark.parametrize("name", CHECKED)
def test_wrong_keys_are_refused(server: ReplicaServer, tmp_path: Path, name: str) -> None:
    """A key that the vendor refuses is not told, and nothing is kept of the account."""
    provider = PROVIDERS[name]
    wrong = {variable(provider, key.name): "wrong-but-secret" for key in provider.keys}
    settings = settings_of(server, tmp_path, **wrong)
    with pytest.raises(KeyRefused) as caught:
        check_keys(settings, provider)
    assert "refused the key" in str(caught.value)
    assert "wrong-but-secret" not in str(caught.value)
    assert allowances(settings, provider) == []


@pytest.mark.parametrize("name", CHECKED)
def test_a_vendor_that_does_not_answer_says_nothing_of_keys(
    server: ReplicaServer, tmp_path: Path, name: str
) -> None:
    """What is no answer is a fault of the vendor, and the keys are not called wrong."""
    server.behave(name, Misbehaviour("html"))
    try:
        with pytest.raises(ProviderFault) as caught:
            check_keys(settings_of(server, tmp_path), PROVIDERS[name])
        assert not isinstance(caught.value, KeyRefused)
    finally:
        server.behave(name)


def test_what_can_t_be_asked_is_told(server: ReplicaServer, tmp_path: Path) -> None:
    """A vendor without such a question has its keys configured; a missing key is named first."""
    provider = Provider("quiet", "Quiet", "For tests.", keys=PROVIDERS["domaintools"].keys)
    keys = {variable(provider, key.name): "x" for key in provider.keys}
    told = "Quiet: keys are configured; the vendor has no question to test them by"
    assert check_keys(settings_of(server, tmp_path, **keys), provider) == told
    with pytest.raises(KeyMissing, match="Quiet"):
        check_keys(settings_of(server, tmp_path), provider)
