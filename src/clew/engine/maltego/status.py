"""What the status of a transform server's reply means."""

from __future__ import annotations

from clew.errors import BadReply, KeyRefused, ProviderDown, ProviderLimited, RequestRejected
from clew.interop.maltego.markup import plain
from clew.transform.answer import asked_wait_s
from clew.transform.request import Reply

SHOWN_LENGTH_MAX = 500
"""Most of a transform's own words that are repeated, in code points."""


def check_status(label: str, reply: Reply) -> None:
    """Raises the ProviderFault that a status means; none where it is an answer."""
    status = reply.status
    if 200 <= status < 300:
        return
    words = words_of(reply)
    match status:
        case 401 | 403 | 407:
            raise KeyRefused(label, f"refused the key{words}", status=status)
        case 404:
            raise RequestRejected(
                label, f"knows no such transform{words}", status=status,
                helps="See what it has: clew maltego discover NAME.",
            )  # fmt: skip
        case 429:
            raise ProviderLimited(
                label, f"was asked too often{words}", status=status,
                retry_after_s=asked_wait_s(reply), helps="Wait, then ask again.",
            )  # fmt: skip
        case _ if status >= 500:
            raise ProviderDown(
                label, f"failed{words}", status=status, helps="Try again later, or tell its owner."
            )
        case _ if 300 <= status < 400:
            raise BadReply(
                label, "sends on to another address, which is not followed", status=status,
                helps="Declare the address where it answers.",
            )  # fmt: skip
        case _:
            raise RequestRejected(label, f"refused the request{words}", status=status)


def words_of(reply: Reply) -> str:
    """What a reply says in words, for the end of a sentence; empty where it says nothing."""
    text = reply.text[: 100 * SHOWN_LENGTH_MAX]
    words = " ".join(plain(text).split())
    return f": {words[:SHOWN_LENGTH_MAX]}" if words else ""
