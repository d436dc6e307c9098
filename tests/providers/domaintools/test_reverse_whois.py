"""Reports that are bought."""

from __future__ import annotations

import pytest

from clew.errors import KeyRefused, ProviderLimited, TooMuch
from clew.providers.domaintools.reverse_whois import email_to_domains
from clew.schema.types import EmailAddress
from clew.transform.claim import LinkClaim
from clew.transform.finding import Cut
from clew.transform.testing import SavedReply, play, play_quote

EMAIL = EmailAddress("a@mail.example")


def test_names_come_without_dates() -> None:
    """A report's bare names are undated links from the domain to the e-mail."""
    body = {"response": {"domains": ["b.example", "c.example"]}}
    found = play(email_to_domains, EMAIL, {"reverse-whois": body})
    assert all(isinstance(one, LinkClaim) and not one.seen.dated for one in found)
    assert [str(one.source) for one in found if isinstance(one, LinkClaim)] == [
        "b.example",
        "c.example",
    ]


def test_the_price_is_asked_first() -> None:
    """The quote tells credits and how many domains the report holds."""
    body = {
        "response": {
            "domain_count": {"historic": 6, "current": 0},
            "report_cost": {"historic": 1, "current": 0},
            "report_price": {},
        }
    }
    quote = play_quote(email_to_domains, EMAIL, {"mode=quote": body})
    assert (quote.credits, quote.expected) == (1, 6)


def test_a_cost_of_nothing_is_not_free() -> None:
    """A report whose cost is told as 0 for 109,828,369 domains counts for one report."""
    body = {
        "response": {
            "domain_count": {"current": 38287, "historic": 109828369},
            "report_price": {"current": 3828, "historic": 0},
            "report_cost": {"current": 0, "historic": 0},
        }
    }
    quote = play_quote(email_to_domains, EMAIL, {"mode=quote": body})
    assert (quote.credits, quote.expected) == (1, 109828369)
    assert quote.helps == "list price 0, cost not told"


def test_a_report_that_names_fewer_than_it_counts_is_cut() -> None:
    """The count of the scope that was bought is the one to hold it against."""
    counts = {"current": 7, "historic": 41}
    body = {"response": {"domain_count": counts, "domains": ["b.example", "c.example"]}}
    found = play(email_to_domains, EMAIL, {"reverse-whois": body}, scope="current")
    assert found[-1] == Cut("the report names fewer than it counts", 2, 7)


@pytest.mark.parametrize(
    ("status", "message", "fault"),
    [
        (503, "The size of this report exceeds the maximum allowed.", TooMuch),
        (503, "Rate limit exceeded.", ProviderLimited),
        (403, "The credentials you entered do not match an active account.", KeyRefused),
    ],
)
def test_one_code_has_several_meanings(status: int, message: str, fault: type[Exception]) -> None:
    """Too large, too fast and a wrong key are told apart by the words."""
    body = {"error": {"code": status, "message": message}}
    with pytest.raises(fault):
        play(email_to_domains, EMAIL, {"reverse-whois": SavedReply(body, status)})
