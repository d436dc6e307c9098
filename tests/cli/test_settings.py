"""Settings on the command line: shown with their sources, set, and taken out."""

from __future__ import annotations

from pathlib import Path

from cli.command import Clew

QUIET = {"CLEW_KEYRING": "no"}


def test_all_are_shown_with_where_they_come_from(tmp_path: Path) -> None:
    """A line of the file, a variable, or nothing for what is declared."""
    clew = Clew(tmp_path, {**QUIET, "CLEW_TOTAL_S": "30"})
    clew("settings", "set", "network.proxy", "http://anna:s3cret@proxy.example.org:3128")
    clew("settings", "set", "providers.threatconnect.own_ranges", "10.0.0.0/8, 10.1.0.0/16")
    shown = clew("settings").stdout
    lines = {line.split()[0]: line for line in shown.splitlines()[1:]}
    assert "http://…@proxy.example.org:3128  (settings.toml, line 2)" in lines["network.proxy"]
    assert lines["network.total_s"].endswith("30  (CLEW_TOTAL_S)")
    assert lines["contact_limit"].endswith(" 2")
    assert lines["network.ca_bundle"].endswith("not set")
    assert "10.0.0.0/8, 10.1.0.0/16" in lines["providers.threatconnect.own_ranges"]
    assert "s3cret" not in shown
    found = clew("settings", "--json").json
    assert found["problems"] == []
    sources = {one["name"]: one["source"] for one in found["settings"]}
    assert sources["network.proxy"] == "file"
    assert sources["network.total_s"] == "environment"


def test_one_is_taken_out_again(tmp_path: Path) -> None:
    """The file's remarks stay; what is said names the file."""
    clew = Clew(tmp_path, QUIET)
    clew("settings", "set", "contact_limit", "1")
    file = clew.home / "settings.toml"
    file.write_text(f"# the desk\n{file.read_text()}")
    said = clew("settings", "unset", "contact_limit").stdout
    assert f"contact_limit is no longer set in {file}." in " ".join(said.split())
    assert file.read_text() == "# the desk\n"


def test_what_can_t_be_set_is_refused_with_words(tmp_path: Path) -> None:
    """Names with those that are near, values with their reason; the file stays as it is."""
    clew = Clew(tmp_path, QUIET)
    assert "network.proxy" in clew("settings", "set", "network.prxy", "none", code=2).stderr
    assert "0 to 4" in clew("settings", "set", "contact_limit", "7", code=2).stderr
    assert "no provider" in clew("settings", "set", "providers.x.proxy", "none", code=2).stderr
    assert not (clew.home / "settings.toml").exists()


def test_a_file_with_slips_is_told_with_lines(tmp_path: Path) -> None:
    """And providers that depend on it say what is in their way."""
    clew = Clew(tmp_path, {**QUIET, "CLEW_THREATGRID_API_KEY": "k"})
    clew.home.mkdir()
    (clew.home / "settings.toml").write_text('hue = 1\n[network]\nproxy = "proxy.example.org"\n')
    shown = " ".join(clew("settings").stdout.split())
    assert "settings.toml, line 1: There is no setting named 'hue'." in shown
    assert "settings.toml, line 3: 'proxy.example.org' is not a valid proxy" in shown
    told = " ".join(clew("providers").stdout.split())
    assert "It is set by settings.toml, line 3." in told
    (clew.home / "settings.toml").write_text("[network\n")
    assert "line 1" in clew("settings").stdout
    assert "line 1" in clew("providers").stdout


def test_a_locked_key_file_is_a_state_of_a_provider(tmp_path: Path) -> None:
    """Listing providers goes on; it is said that the file is locked and what opens it."""
    opened = Clew(tmp_path, {**QUIET, "CLEW_PASSPHRASE": "a passphrase"})
    opened("keys", "set", "threatgrid", "api_key", text="k\n")
    locked = Clew(tmp_path, QUIET)("providers").stdout
    assert "The key file is locked" in " ".join(locked.split())
    assert "CLEW_PASSPHRASE" in locked
    rows = Clew(tmp_path, QUIET)("providers", "--json").json["providers"]
    assert {one["name"]: one["ready"] for one in rows}["threatgrid"] is False
