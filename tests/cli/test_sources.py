"""The lists of providers and transforms, as people and programs read them."""

from __future__ import annotations

import pytest

from clew.transform.registry import load_registry
from cli.command import Clew

WIDTH = 80
IDS = sorted(load_registry().transforms)


@pytest.fixture
def bare(clew: Clew, monkeypatch: pytest.MonkeyPatch) -> Clew:
    """A user without a key, at a terminal of 80 columns."""
    monkeypatch.setenv("COLUMNS", str(WIDTH))
    settings = {"CLEW_HOME": str(clew.folder / "bare"), "CLEW_KEYRING": "no"}
    return Clew(clew.folder, settings)


def test_transforms_are_readable_at_80_columns(bare: Clew) -> None:
    """Each is named whole at the start of a line, below its provider, with what it gives."""
    lines = bare("transforms").stdout.splitlines()
    assert max(map(len, lines)) <= WIDTH
    named = [line.split(maxsplit=1) for line in lines if line.partition(".")[0] in PROVIDERS]
    assert [words[0] for words in named] == IDS
    assert all(len(words[1]) > 10 for words in named)
    assert "DomainTools" in lines
    assert sum("takes " in line for line in lines) >= len(IDS)
    assert "; 1 report each" in " ".join(lines)


PROVIDERS = frozenset(load_registry().providers)


def test_transforms_of_a_type(bare: Clew) -> None:
    """With a type only what takes it is listed; as JSON each says all of itself."""
    files = bare("transforms", "--type", "file").stdout
    assert "threatgrid.file_to_runs" in files
    assert "defender-ti" not in files
    (one,) = (
        each
        for each in bare("transforms", "--type", "url", "--json").json
        if each["id"] == "local.url_to_host"
    )
    assert one == {
        "id": "local.url_to_host", "title": "The host that a URL names", "takes": ["url"],
        "finds": ["domain-name", "ip-address"], "parameters": {}, "credits": 0, "unit": "",
        "per": "call",
    }  # fmt: skip


def test_providers_without_keys_say_what_they_lack(bare: Clew) -> None:
    """Not ready, why, and what helps, within 80 columns; only what runs here needs no key."""
    text = bare("providers").stdout
    lines = text.splitlines()
    assert max(map(len, lines)) <= WIDTH
    assert [line.split()[0] for line in lines[1:] if line[0] != " "] == sorted(PROVIDERS)
    words = " ".join(text.split())
    assert "ThreatConnect has no API token, and no access id and secret key. Set token, or" in words
    assert "local This machine: ready" in words
    assert words.count("not ready") == len(PROVIDERS) - 1
    found = {one["name"]: one for one in bare("providers", "--json").json["providers"]}
    assert [name for name, one in found.items() if one["ready"]] == ["local"]
    assert found["defender-ti"]["missing"] == ["tenant", "client_id", "client_secret"]
    assert found["domaintools"]["keys"] == {"username": "", "key": "", "signing": ""}


def test_providers_with_keys_say_where_they_are(clew: Clew) -> None:
    """Ready, and for each key where it is kept; a retired one names its successor."""
    words = " ".join(clew("providers").stdout.split())
    assert "not ready" not in words
    assert "access_id (environment)" in words
    assert "retired, use defender-ti" in words
