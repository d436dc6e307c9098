"""Registrants over time from snapshots."""

from __future__ import annotations

from typing import Any

import pytest

from clew.errors import BadReply
from clew.providers.domaintools.whois_history import domain_to_registrants
from clew.schema.types import DomainName
from clew.transform.claim import LinkClaim, PropertyClaim
from clew.transform.testing import SavedReply, play, play_quote

DOMAIN = DomainName("example.org")


def snapshot(date: str, record: str, private: int = 0) -> dict[str, Any]:
    return {"date": date, "is_private": private, "whois": {"record": record, "name_servers": []}}


def history(*rows: dict[str, Any]) -> dict[str, Any]:
    return {"whois/history": {"response": {"record_count": len(rows), "history": list(rows)}}}


def periods(*rows: dict[str, Any]) -> list[tuple[str, str]]:
    found = play(domain_to_registrants, DOMAIN, history(*rows))
    return [(str(one.target), str(one.seen)) for one in found if isinstance(one, LinkClaim)]


def test_a_snapshot_holds_until_the_next() -> None:
    """Newest first on the wire; the newest goes on, one without a registrant ends a period."""
    assert periods(
        snapshot("2014-01-02", "Registrant Email: b@mail.example\n"),
        snapshot("2013-01-02", "No match.\n"),
        snapshot("2012-01-02", "Registrant Email: A@mail.example\n"),
    ) == [
        ("a@mail.example", "2012-01-02 to 2013-01-02"),
        ("b@mail.example", "2014-01-02 to open"),
    ]


def test_sentences_are_no_addresses() -> None:
    """What does not parse as an e-mail makes no entity."""
    record = "Registrant Email: Select Request Email Form at https://x.example/\n"
    assert periods(snapshot("2014-01-02", record)) == []


def test_privacy_services_are_marked() -> None:
    """A private record's e-mail is found, and in the state that bounds pivots."""
    record = "Registrant Name: Privacy\nRegistrant Email: p@protect.example\n"
    found = play(domain_to_registrants, DOMAIN, history(snapshot("2014-01-02", record, 1)))
    facts = {(one.name, one.value) for one in found if isinstance(one, PropertyClaim)}
    assert facts == {("registrant_name", "Privacy"), ("state", "privacy-registrant")}


def test_records_are_counted_for_free() -> None:
    """The vendor's count is the price, as each record is paid for; no count is no price."""
    told = {"mode=count": {"response": {"record_count": 624}}}
    quote = play_quote(domain_to_registrants, DOMAIN, told)
    assert (quote.credits, quote.expected, quote.unit) == (624, 624, "whois records")
    nothing = {"mode=count": SavedReply({"error": {"code": 404, "message": "none"}}, 404)}
    assert play_quote(domain_to_registrants, DOMAIN, nothing).credits == 0
    with pytest.raises(BadReply, match="counted no records"):
        play_quote(domain_to_registrants, DOMAIN, {"mode=count": {"response": {"history": []}}})
