"""What a report of a problem tells, and what it never does."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from clew import __version__
from clew.transform.registry import load_registry
from cli.command import Clew

PLANTED = "planted-0f3c"
"""In every key, value and name; the report has it nowhere."""


@pytest.fixture
def planted(clew: Clew, tmp_path: Path) -> Clew:
    """Keys, addresses, own types, servers and an investigation, each with the planted word."""
    variables = {
        f"CLEW_{name}_{part}".replace("-", "_").upper(): f"https://{PLANTED}.example.org"
        for name, provider in load_registry().providers.items()
        if provider.base_url
        for part in ("url", "token_url", "ceiling", *(key.name for key in provider.keys))
    }
    more = {
        "CLEW_PASSPHRASE": PLANTED, "CLEW_CONTACT_LIMIT": PLANTED, "CLEW_KEYRING": "no",
        f"CLEW_MALTEGO_{PLANTED.upper()}_KEY": PLANTED, "CLEW_UNKNOWN": PLANTED,
    }  # fmt: skip
    clew = replace(clew, folder=tmp_path)
    clew("new", f"{PLANTED}.clew")
    clew("add", f"{PLANTED}.clew", f"{PLANTED}.example.org", "--graph", PLANTED)
    types = clew.home / "types"
    types.mkdir(parents=True)
    (types / f"{PLANTED}.yaml").write_text(f"entity_types: [{{name: {PLANTED}, label: x}}]")
    (clew.home / "keys").write_text(PLANTED)
    return replace(clew, settings={**clew.settings, **variables, **more})


@pytest.mark.parametrize("words", [(), ("--json",)])
def test_no_value_name_or_key_is_told(planted: Clew, words: tuple[str, ...]) -> None:
    """What was planted is nowhere, in the words for people as in those for programs."""
    ended = planted("report-problem", f"{PLANTED}.clew", *words)
    assert not re.search(PLANTED, ended.stdout + ended.stderr, re.IGNORECASE)
    assert str(planted.folder) not in ended.stdout


def test_versions_settings_and_sizes_are_told(planted: Clew) -> None:
    """The version, which settings are set, and how much an investigation holds."""
    found = planted("report-problem", f"{PLANTED}.clew", "--json").json
    assert found["versions"]["clew"] == __version__
    assert re.match(r"\d+\.\d+", found["versions"]["polars"])
    assert found["settings"]["CLEW_DOMAINTOOLS_KEY"] == "set"
    assert found["settings"]["CLEW_CONTACT_LIMIT"] == "set to something else"
    assert found["settings"]["CLEW_KEYRING"] == "no"
    assert found["settings"]["key file"] == "there"
    assert found["settings"]["other variables of ours"] == "2"
    assert found["investigation"]["entities"] == "1"
    assert found["investigation"]["graphs"] == "1"


def test_without_a_file_and_settings(clew: Clew) -> None:
    """A new installation is described too; what is not set is not listed."""
    bare = replace(clew, settings={"CLEW_HOME": str(clew.folder / "none")})
    found = bare("report-problem", "--json").json
    assert "CLEW_DOMAINTOOLS_KEY" not in found["settings"]
    assert "investigation" not in found
    assert found["plug-ins"]["clew.providers"] == "0 of 0 packages"
