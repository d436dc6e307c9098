"""ThreatConnect's transforms read the forms that its bodies come in."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.errors import BadReply, KeyRefused, RequestRejected
from clew.model.interval import Interval
from clew.providers.threatconnect import PROVIDER, pager, sign
from clew.providers.threatconnect.incident import incident_to_indicators
from clew.providers.threatconnect.indicator import name_to_addresses
from clew.providers.threatconnect.owners import owner_to_incidents
from clew.providers.threatconnect.tql import quote_string
from clew.replicas.threatconnect.tql import parse
from clew.schema.types import DomainName, File, Incident, IPAddress, Organisation
from clew.transform.claim import LinkClaim, PropertyClaim
from clew.transform.finding import Problem
from clew.transform.request import Request
from clew.transform.row import Row
from clew.transform.testing import SavedReply, play

REPLIES = Path(__file__).parents[2] / "replies/threatconnect"
BODIES = {path.stem: path.read_bytes() for path in REPLIES.glob("*.json")}
OWNER, BAD = Organisation("Demo Community"), Incident("Bad Incident")
SIGNATURE = "qcQ78w1LcTYOSn2A4hYtkwvNsBnti4Ed+ZpIzM7oSjE="
"""openssl dgst -sha256 -hmac secret -binary | base64, over the vendor's example string."""
PAGES = {"v3/groups": BODIES["groups"],
         "v3/indicators": [BODIES["indicators_page1"], BODIES["indicators_page2"]]}  # fmt: skip


def test_an_incident_is_read_field_by_field() -> None:
    """A time with a zone is the event's day; one attribute may come without its list."""
    said = play(owner_to_incidents, OWNER, {"v3/groups": BODIES["groups"]})
    told = {(it.name, it.value) for it in said if isinstance(it, PropertyClaim)}
    assert told >= {
        ("event_date", "2017-03-21"), ("description", "What happened."), ("tag", "Phishing"),
        ("marking", "TLP:AMBER"), ("platform_id", "54321"), ("owner", "Demo Community"),
        ("date_added", "2017-07-13T17:50:17"), ("status", "New"),
    }  # fmt: skip
    # A label of the platform's own is a marking that is not understood: the strictest.
    assert ("marking", "Internal") in told


def test_pages_follow_the_offset_on_the_own_host() -> None:
    """``next`` may name another host; only that it is there counts."""
    asked: list[Request] = []
    play(incident_to_indicators, BAD, PAGES, asked=asked)
    assert [one.host for one in asked] == ["app.threatconnect.com"] * 3
    assert "resultStart=4" in asked[-1].url


def test_joined_hashes_are_one_file() -> None:
    """The strongest hash is the indicator, the others are the same file; all in lower case."""
    said = play(incident_to_indicators, BAD, PAGES)
    file = File("2f9bc5c64eeca8c0504fd852032be29442f11ace")
    files = [it for it in said if isinstance(it, LinkClaim) and file in (it.source, it.target)]
    assert [(it.link, it.target) for it in files] == [
        ("has-indicator", file), ("same-as", File("f5a2496cf66cb8cffe66cb1b27d7dede")),
    ]  # fmt: skip


def test_a_bad_row_costs_itself_only() -> None:
    """An unknown type and a wrong value are problems; the rest of the page is there."""
    said = play(incident_to_indicators, BAD, PAGES)
    assert len([it for it in said if isinstance(it, Problem)]) == 2
    assert len([it for it in said if isinstance(it, LinkClaim) and it.link == "has-indicator"]) == 3


def test_a_tag_is_a_state_and_an_attribute_is_none() -> None:
    """A platform's tag says sinkholed; an attribute that is called so can't pose as a state."""
    said = play(incident_to_indicators, BAD, PAGES)
    states = [it for it in said if isinstance(it, PropertyClaim) and it.name == "state"]
    assert [(it.entity, it.value, it.sources) for it in states] == [
        (DomainName("c2.badguy.example"), "sinkhole", ("Demo Community",))
    ]


def test_not_rated_is_not_zero() -> None:
    """A missing rating gives no property."""
    said = play(incident_to_indicators, BAD, PAGES)
    rated = [it.entity for it in said if isinstance(it, PropertyClaim) and it.name == "rating"]
    assert rated == ["c2.badguy.example"]


def test_dns_resolutions_are_dated() -> None:
    """Version 2's tracking dates each look."""
    said = play(name_to_addresses, DomainName("a.example"), {"v2": BODIES["dns_resolutions"]})
    seen = Interval.parse("2017-01-30T20:49:05Z", "2017-01-30T20:49:05Z")
    assert [(it.target, it.seen) for it in said if isinstance(it, LinkClaim)] == [
        (IPAddress("192.0.2.10"), seen), (IPAddress("192.0.2.11"), seen),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("reply", "fault"),
    [
        (SavedReply({"status": "Error", "message": "no"}, 401), KeyRefused),
        (SavedReply({"status": "Error", "message": "syntax of your TQL"}, 400), RequestRejected),
        (SavedReply("<html>", 200, "text/html"), BadReply),
    ],
)
def test_statuses_are_faults(reply: SavedReply, fault: type[Exception]) -> None:
    """What the platform refuses is told as what it is."""
    with pytest.raises(fault):
        play(owner_to_incidents, OWNER, {"v3/groups": reply})


def itself(record: str, name: str) -> list[str]:
    """Every field of a text is the text."""
    assert name
    return [record]


@given(st.text(max_size=60))
def test_no_value_breaks_out_of_its_quotes(text: str) -> None:
    """Whatever a name holds, the query has one clause, and it means that very name."""
    query = parse(f"summary = {quote_string(text)}")
    other = f"{text}x"
    assert query.names == {"summary"}
    assert query.holds(text, itself)
    assert not query.holds(other, itself)


def test_the_signature_is_the_documented_one() -> None:
    """HMAC-SHA256 over ``path?query:METHOD:timestamp``, byte for byte as it is sent."""
    path = "/api/v2/indicators/hosts/example.com?Owner=Common%20Community"
    url = f"https://api.threatconnect.example{path}"
    keys = {"access_id": "13371337", "secret_key": "secret"}
    signed = sign(Request("GET", url), keys, datetime.fromtimestamp(1513703787, UTC))
    assert signed.headers["Timestamp"] == "1513703787"
    assert signed.headers["Authorization"] == f"TC 13371337:{SIGNATURE}"


def test_a_token_is_enough() -> None:
    """Where a token is configured it goes instead of a signature."""
    token = sign(Request("GET", "https://a.example/"), {"token": "t"}, datetime.now(UTC))
    assert token.headers["Authorization"] == "TC-Token t"


def test_the_total_is_on_the_first_page_only() -> None:
    """A later page without a count does not take the total back."""
    request = Request("GET", "https://a.example/v3/groups?resultStart=0")
    page = pager(request, Row({"data": [{"id": 1}], "count": 5, "next": "https://b/"}), 0)
    assert (page.total, page.next is not None) == (5, True)
    last = pager(request, Row({"data": [{"id": 2}]}), 4)
    assert (last.total, last.next) == (None, None)
    assert PROVIDER.pager is pager
