"""Who can be asked, and what is missing where somebody can't."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from clew.engine.lookup_forecast import forecast_lookup
from clew.engine.readiness import Readiness, readiness
from clew.engine.secrets import Secrets
from clew.engine.settings import Settings
from clew.errors import KeyMissing
from clew.transform.provider import Contact, Key, Provider
from clew.transform.registry import load_registry

REGISTRY = load_registry()
ALL = {
    "threatconnect": ["CLEW_THREATCONNECT_TOKEN"],
    "threatgrid": ["CLEW_THREATGRID_API_KEY"],
    "domaintools": ["CLEW_DOMAINTOOLS_USERNAME", "CLEW_DOMAINTOOLS_KEY"],
    "defender-ti": [
        "CLEW_DEFENDER_TI_TENANT", "CLEW_DEFENDER_TI_CLIENT_ID", "CLEW_DEFENDER_TI_CLIENT_SECRET",
    ],
    "passivetotal": [
        "CLEW_PASSIVETOTAL_USER", "CLEW_PASSIVETOTAL_KEY", "CLEW_PASSIVETOTAL_URL",
    ],
}  # fmt: skip


def known(name: str, folder: Path, *variables: str, **more: str) -> Readiness:
    """A provider's readiness where those variables are set."""
    environment = dict.fromkeys(variables, "https://gateway.example.org") | more
    environment |= {"CLEW_HOME": str(folder), "CLEW_KEYRING": "no"}
    return readiness(Settings.of_environment(environment), REGISTRY.provider(name))


@pytest.mark.parametrize("name", sorted(REGISTRY.providers))
def test_without_its_keys_no_provider_is_ready(name: str, tmp_path: Path) -> None:
    """Only what runs here needs none; with all that is said to be missing, it is ready."""
    bare = known(name, tmp_path)
    if name == "local":
        assert bare == Readiness({})
        return
    assert not bare.ready
    assert bare.helps
    settings = Settings.of_environment({"CLEW_HOME": str(tmp_path), "CLEW_KEYRING": "no"})
    for one in REGISTRY.transforms.values():
        if one.provider.name == name:
            assert forecast_lookup(one, settings).refused == f"{bare.refused} {bare.helps}"
    for left_out in ALL[name]:
        assert not known(name, tmp_path, *(one for one in ALL[name] if one != left_out)).ready
    assert known(name, tmp_path, *ALL[name]).ready
    assert known(name, tmp_path, *ALL[name], CLEW_CONTACT_LIMIT="1").helps.startswith(
        "Set contact_limit to"
    )


@pytest.mark.parametrize(
    ("variables", "missing", "refused"),
    [
        ((), ("token",), "ThreatConnect has no API token, and no access id and secret key."),
        (("CLEW_THREATCONNECT_ACCESS_ID",), ("secret_key",), "ThreatConnect has no secret key."),
        (("CLEW_THREATCONNECT_ACCESS_ID", "CLEW_THREATCONNECT_SECRET_KEY"), (), ""),
        (("CLEW_THREATCONNECT_TOKEN",), (), ""),
        (("CLEW_THREATCONNECT_TOKEN", "CLEW_THREATCONNECT_ACCESS_ID"), (), ""),
    ],
)
def test_any_one_set_of_keys_is_enough(
    variables: tuple[str, ...], missing: tuple[str, ...], refused: str, tmp_path: Path
) -> None:
    """A token, or an id with its secret: what was begun is what lacks something."""
    found = known("threatconnect", tmp_path, *variables)
    assert (found.missing, found.refused, found.ready) == (missing, refused, not refused)


def test_every_key_of_a_set_is_declared() -> None:
    """Sets name keys that the provider has."""
    for provider in REGISTRY.providers.values():
        names = {key.name for key in provider.keys}
        assert names.issuperset({name for one in provider.sufficient_keys for name in one})


def test_all_missing_keys_are_told_at_once(tmp_path: Path) -> None:
    """The error carries their names, and says how each is set."""
    provider = Provider(
        "v", "V", "For tests.", keys=(Key("user", "user name"), Key("key", "API key"))
    )
    secrets = Secrets({}, tmp_path / "keys", keyring=False)
    with pytest.raises(KeyMissing, match="V has no user name and API key") as caught:
        secrets.keys(provider)
    assert caught.value.missing == ("user", "key")
    assert "Set user and key: clew keys set v NAME, or CLEW_V_NAME in the environment." in str(
        caught.value
    )
    assert secrets.keys(replace(provider, keys=())) == {}


def test_a_locked_key_file_is_a_state(tmp_path: Path) -> None:
    """Without its passphrase nothing is known of the keys, and that is said."""
    environment = {"CLEW_HOME": str(tmp_path), "CLEW_KEYRING": "no", "CLEW_PASSPHRASE": "pass"}
    provider = REGISTRY.provider("threatgrid")
    Settings.of_environment(environment).secrets.set(provider, "api_key", "s3cret")
    assert readiness(Settings.of_environment(environment), provider).ready
    del environment["CLEW_PASSPHRASE"]
    locked = readiness(Settings.of_environment(environment), provider)
    assert (locked.ready, locked.where) == (False, {"api_key": ""})
    assert locked.locked
    assert "is locked" in locked.refused
    assert "CLEW_PASSPHRASE" in locked.helps
    assert provider.contact is Contact.THIRD_PARTY
