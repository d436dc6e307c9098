"""All settings as data, and their change."""

from __future__ import annotations

from pathlib import Path

import pytest

from clew.engine.setting import OF_PROVIDER
from clew.engine.setting_list import change_setting, declared_row, setting_problems, setting_rows
from clew.engine.setting_sources import SettingSources
from clew.engine.settings_file import NAME
from clew.errors import InvalidValue, UnknownName

KNOWN = ("threatgrid", "domaintools")


def sources(folder: Path, **environment: str) -> SettingSources:
    return SettingSources.of_environment({"CLEW_HOME": str(folder), **environment}, folder)


@pytest.mark.assurance("secrets")
def test_a_login_is_in_no_row(tmp_path: Path) -> None:
    """Of a proxy and of an address; what is wrong with one tells none either."""
    file = tmp_path / NAME
    file.write_text(
        '[network]\nproxy = "http://a:s3cret@p.example.org:1"\n[providers.threatgrid]\n'
        'url = "https://a:s3cret@t.example.org"\nproxy = "http://a:s3cret@p.example.org"\n'
    )
    made = sources(tmp_path)
    rows = {one.name: one for one in setting_rows(made, KNOWN)}
    assert rows["network.proxy"].value == "http://…@p.example.org:1"
    assert "no port" in rows["providers.threatgrid.proxy"].problem
    assert "s3cret" not in str(rows)
    assert "s3cret" not in str(setting_problems(made, KNOWN))


def test_all_that_is_wrong_is_told_with_its_place(tmp_path: Path) -> None:
    """Names that are none, values that can't be, providers that are not there."""
    (tmp_path / NAME).write_text(
        "contact_limit = 7\nhue = 1\n[providers.other]\nproxy = 'none'\n", "utf-8"
    )
    told = setting_problems(sources(tmp_path), KNOWN)
    assert [one.split(":")[0] for one in told] == [
        "settings.toml, line 2", "settings.toml, line 1", "settings.toml, line 4",
    ]  # fmt: skip
    assert "'other'" in told[2]
    (tmp_path / NAME).write_text("[\n")
    assert len(setting_problems(sources(tmp_path), KNOWN)) == 1


def test_a_change_is_checked_before_it_is_written(tmp_path: Path) -> None:
    """What can't be, and whose provider is not there, leaves no file."""
    made = sources(tmp_path)
    for name, text in (("contact_limit", "7"), ("contact_limit", " "), ("keyring", "maybe")):
        with pytest.raises(InvalidValue):
            change_setting(made, name, text, KNOWN)
    for name in ("providers.other.proxy", "hue"):
        with pytest.raises(UnknownName):
            change_setting(made, name, "none", KNOWN)
    assert not (tmp_path / NAME).exists()


def test_a_change_says_what_holds(tmp_path: Path) -> None:
    """What the environment says stays before it, and that is told."""
    said = change_setting(sources(tmp_path), "contact_limit", "1", KNOWN)
    assert said == f"contact_limit is set in {tmp_path / NAME}."
    said = change_setting(sources(tmp_path, CLEW_CONTACT_LIMIT="2"), "contact_limit", None, KNOWN)
    assert said.endswith("CLEW_CONTACT_LIMIT of the environment goes before it.")
    assert sources(tmp_path).find("contact_limit").source == "default"


def test_a_declared_setting_is_a_row() -> None:
    """Of one provider, or of any."""
    assert declared_row(OF_PROVIDER[0], "defender-ti").variable == "CLEW_DEFENDER_TI_URL"
    assert declared_row(OF_PROVIDER[0]).name == "providers.NAME.url"
