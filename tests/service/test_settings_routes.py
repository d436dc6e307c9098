"""The settings in the page: shown with their sources, changed, and refused in place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from service.page import Page, served

QUIET = {"CLEW_KEYRING": "no", "CLEW_THREATGRID_API_KEY": "k"}


def put(page: Page, name: str, value: str | None, **headers: str) -> tuple[int, Any]:
    body = msgspec.json.encode({"name": name, "value": value})
    status, _, answer = page.raw("PUT", "/api/settings", body, **headers)
    return status, msgspec.json.decode(answer)


def test_a_setting_that_is_changed_holds_at_once(tmp_path: Path) -> None:
    """For the start page, for the open investigation, and for who opens it next."""
    with served(tmp_path / "a.clew", QUIET) as page:
        assert page.get("/case")["contact_limit"] == 2
        status, answer = put(page, "contact_limit", "1")
        assert (status, "contact_limit is set in" in answer["label"]) == (200, True)
        assert page.get("/case")["contact_limit"] == 1
        library = page.get("/library")
        assert library["contact_limit"] == 1
        grid = next(one for one in library["providers"] if one["name"] == "threatgrid")
        assert (grid["ready"], "contact_limit" in grid["helps"]) == (False, True)
        rows = {one["name"]: one for one in page.get("/settings")["settings"]}
        assert rows["contact_limit"]["place"] == "settings.toml, line 1"
        assert put(page, "contact_limit", None)[0] == 200
        assert page.get("/case")["contact_limit"] == 2
    with served(tmp_path / "a.clew", QUIET) as page:
        assert page.get("/library")["contact_limit"] == 2


@pytest.mark.assurance("secrets")
def test_a_login_goes_in_and_does_not_come_out(tmp_path: Path) -> None:
    """A proxy is shown without; the file is its owner's alone."""
    with served(None, QUIET, folder=tmp_path) as page:
        assert put(page, "network.proxy", "http://anna:s3cret@proxy.example.org:3128")[0] == 200
        status, _, body = page.raw("GET", "/api/settings")
        assert status == 200
        assert b"http://\xe2\x80\xa6@proxy.example.org:3128" in body
        assert b"s3cret" not in body
        assert (tmp_path / "home" / "settings.toml").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("name", "value", "status"),
    [
        ("network.proxy", "proxy.example.org", 422),
        ("network.ca_bundle", "ca.pem", 422),
        ("contact_limit", "9", 422),
        ("providers.threatgrid.own_ranges", "0.0.0.0/0", 422),
        ("providers.nobody.proxy", "none", 404),
        ("network.prxy", "none", 404),
        ("network.proxy", "", 422),
    ],
)
def test_what_can_t_be_set_is_refused_in_words(
    name: str, value: str, status: int, tmp_path: Path
) -> None:
    """Nothing is written."""
    with served(None, QUIET, folder=tmp_path) as page:
        found, answer = put(page, name, value)
        assert (found, answer["what"] != "") == (status, True)
        assert not (tmp_path / "home" / "settings.toml").exists()


@pytest.mark.assurance("csrf")
def test_only_the_page_changes_settings(tmp_path: Path) -> None:
    """Without its key, or from another page, nothing is set."""
    with served(None, QUIET, folder=tmp_path) as page:
        assert put(page, "network.proxy", "none", **{"clew-key": ""})[0] == 401
        assert put(page, "network.proxy", "none", Origin="https://a.example.org")[0] == 403
        assert put(page, "network.proxy", "none", **{"Content-Type": "text/plain"})[0] == 415
        assert not (tmp_path / "home" / "settings.toml").exists()


def test_a_broken_file_leaves_the_page_there(tmp_path: Path) -> None:
    """It opens, nobody is asked, and it says where the file is not understood."""
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "settings.toml").write_text("[network\n")
    with served(tmp_path / "a.clew", QUIET) as page:
        info = page.get("/settings")
        assert "line 1" in info["problems"][0]
        library = page.get("/library")
        assert library["contact_limit"] == 0
        asked = [one for one in library["providers"] if one["contact"]]
        assert not any(one["ready"] for one in asked)
        assert all("line 1" in one["refused"] for one in asked)
        assert put(page, "contact_limit", "1")[0] == 422


def test_a_locked_key_file_is_a_state_of_each_provider(tmp_path: Path) -> None:
    """The start page comes, and says what opens it."""
    with served(None, {**QUIET, "CLEW_PASSPHRASE": "a passphrase"}, folder=tmp_path) as page:
        page.post("/keys", provider="passivetotal", name="key", value="k")
    with served(None, QUIET, folder=tmp_path) as page:
        providers = {one["name"]: one for one in page.get("/library")["providers"]}
        locked = providers["passivetotal"]
        assert (locked["ready"], locked["locked"]) == (False, True)
        assert "CLEW_PASSPHRASE" in locked["helps"]
        assert providers["threatgrid"]["ready"], "its key is in the environment"
        status, answer = page.tried("/keys", provider="passivetotal", name="key", value="k")
        assert (status, "CLEW_PASSPHRASE" in answer["helps"]) == (422, True)
