"""Reports that are bought."""

from __future__ import annotations

import pytest

from clew.errors import KeyRefused, ProviderLimited, TooMuch
from clew.providers.domaintools.reverse_whois import email_to_domains
from clew.schema.types import EmailAddress
from clew.transform.claim import LinkClaim
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
