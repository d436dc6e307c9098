"""The Defender TI provider: keys are traded for a token, lists are followed."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import parse_qs

import pytest

from clew.errors import NotEntitled
from clew.providers.defender_ti import PROVIDER, SCOPE, pager, read, sign
from clew.transform.request import Reply, Request
from clew.transform.row import Row

ASKED = Request("GET", "https://api.example/v1.0/hosts/a.example/passiveDns")


def test_keys_are_traded_for_a_token() -> None:
    """The secret goes in the body only; the token lasts as long as the answer says."""
    assert PROVIDER.token is not None
    keys = {"tenant": "t", "client_id": "c", "client_secret": "s"}
    request = PROVIDER.token.request(keys, "https://login.example/")
    assert request.url == "https://login.example/t/oauth2/v2.0/token"
    assert parse_qs(request.body.decode()) == {
        "grant_type": ["client_credentials"], "client_id": ["c"], "client_secret": ["s"],
        "scope": [SCOPE],
    }  # fmt: skip
    answer = Row({"access_token": "x", "expires_in": 3599})
    assert PROVIDER.token.read(answer) == ("x", 3599)
    assert PROVIDER.token.read(Row({"access_token": "x"})) == ("x", 300)
    signed = sign(ASKED, {"token": "x"}, datetime(2020, 1, 1, tzinfo=UTC))
    assert signed.headers["Authorization"] == "Bearer x"


def test_a_missing_licence_is_told_apart() -> None:
    """403 is no wrong key: it says what the application and the tenant need."""
    with pytest.raises(NotEntitled, match="ThreatIntelligence"):
        read(Reply(ASKED, 403, {}, b"{}"))
    assert read(Reply(ASKED, 200, {}, b'{"value":[]}')).listed("value") == ()


def test_the_next_page_is_the_link() -> None:
    """Its address is taken as it is; without one the list ends."""
    page = pager(
        ASKED, Row({"value": [{"id": "1"}], "@odata.nextLink": "https://api.example/2"}), 0
    )
    assert page.next is not None
    assert (page.next.url, len(page.rows)) == ("https://api.example/2", 1)
    assert pager(ASKED, Row({"value": []}), 1).next is None
