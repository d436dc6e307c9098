"""How providers are asked, by all that is set."""

from __future__ import annotations

from pathlib import Path

import pytest
import trustme

from clew.engine.readiness import readiness
from clew.engine.settings import Settings
from clew.engine.settings_file import NAME
from clew.errors import InvalidValue
from clew.model.marking import Marking
from clew.store.ledger import SpendingCeiling
from clew.transform.provider import Contact
from clew.transform.registry import load_registry
from engine.proxies import bundle

pytestmark = pytest.mark.assurance("network")
REGISTRY = load_registry()
GRID, TIP = REGISTRY.provider("threatgrid"), REGISTRY.provider("threatconnect")
KEYS = {"CLEW_THREATGRID_API_KEY": "k", "CLEW_THREATCONNECT_TOKEN": "t"}


def settings(folder: Path, text: str = "", **environment: str) -> Settings:
    folder.mkdir(exist_ok=True)
    (folder / NAME).write_text(text, "utf-8")
    return Settings.of_environment(
        {"CLEW_HOME": str(folder), "CLEW_KEYRING": "no", **KEYS, **environment}
    )


def test_a_provider_goes_its_own_way(tmp_path: Path) -> None:
    """Its proxy and its authorities before those of all; none is none."""
    file = bundle(trustme.CA(), tmp_path)
    made = settings(
        tmp_path / "h",
        f'[network]\nproxy = "http://p.example.org:1"\nca_bundle = "{file}"\n'
        '[providers.threatconnect]\nproxy = "none"\nown_ranges = ["10.0.0.0/8"]\n',
    )
    assert made.route("threatgrid").proxy == "http://p.example.org:1"
    assert made.route("threatconnect").proxy == ""
    assert made.route("threatgrid").ca_bundle == made.route("threatconnect").ca_bundle == file
    assert made.contact(GRID) is Contact.THIRD_PARTY
    assert made.contact(TIP) is Contact.OWN_SERVER
    assert "by the proxy http://p.example.org:1" in made.route_words(GRID)
    assert made.route_words(TIP) == "to an own server in 10.0.0.0/8"
    assert made.config_of(TIP).reach.contact is Contact.OWN_SERVER
    assert made.route_words(REGISTRY.provider("local")) == ""


def test_all_that_is_set_is_there(tmp_path: Path) -> None:
    """Times, markings, limits."""
    made = settings(
        tmp_path / "h",
        "contact_limit = 1\n[network]\nconnect_s = 3\ntotal_s = 30\n"
        '[marking]\ndefault = "TLP:RED"\n'
        "[providers.threatgrid]\ncalls_per_day = 5\ncredits_per_month = 2.5\n",
    )
    assert made.contact_limit is Contact.OWN_SERVER
    assert (made.bounds().connect_s, made.bounds().total_s) == (3, 30)
    assert made.marking("default") == Marking.parse("TLP:RED")
    assert made.marking("ceiling") == Marking.parse("TLP:AMBER")
    assert made.spending_ceilings(GRID) == (
        SpendingCeiling("calls", "day", 5), SpendingCeiling("credits", "month", 2.5),
    )  # fmt: skip
    assert made.spending_ceilings(TIP) == ()


@pytest.mark.assurance("class-gate")
@pytest.mark.parametrize(
    "text",
    ["[network\n", "contact_limit = 9\n", 'contact_limit = "all"\n'],
)
def test_with_a_faulty_limit_nobody_is_asked(text: str, tmp_path: Path) -> None:
    """The settings open, so that they can be mended; each provider says what is in its way."""
    made = settings(tmp_path / "h", text)
    assert made.contact_limit is Contact.LOCAL
    for provider in (GRID, TIP):
        state = readiness(made, provider)
        assert (state.ready, "settings" in f"{state.refused} {state.helps}") == (False, True)
        with pytest.raises(InvalidValue):
            made.config_of(provider)
        with pytest.raises(InvalidValue):
            made.route_words(provider)
    assert readiness(made, REGISTRY.provider("local")).ready


@pytest.mark.parametrize(
    "text",
    [
        '[network]\nproxy = "proxy.example.org"\n',
        '[network]\nca_bundle = "/none/ca.pem"\n',
        "[network]\ntotal_s = 0\n",
        '[providers.threatgrid]\nown_ranges = ["0.0.0.0/0"]\n',
        '[providers.threatgrid]\nurl = "threatgrid"\n',
        '[providers.threatgrid]\nceiling = "TLP:PURPLE"\n',
        "[providers.threatgrid]\ncalls_per_day = -1\n",
    ],
)
def test_a_faulty_setting_stands_in_the_way_of_whom_it_is_for(text: str, tmp_path: Path) -> None:
    """It is a state of the provider with its place, never a default instead."""
    state = readiness(settings(tmp_path / "h", text), GRID)
    assert not state.ready
    assert "settings.toml, line 2" in state.helps
    other = readiness(settings(tmp_path / "h", text), TIP)
    assert other.ready is text.startswith("[providers")
