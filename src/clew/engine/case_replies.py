"""Stored replies and purchases of an investigation, as the engine asks for them."""

from __future__ import annotations

from dataclasses import dataclass

from clew.model.change import Change
from clew.model.journal import (
    Exchange,
    PurchaseForgotten,
    PurchaseIntended,
    PurchaseSettled,
)
from clew.store.investigation import Investigation
from clew.store.purchases import Purchase
from clew.store.replies import StoredReply, record_of

US = 1_000_000


@dataclass(frozen=True, slots=True)
class CaseReplies:
    """A ReplyCache (engine/reply_cache.py) over an open investigation."""

    case: Investigation
    actor: str

    def latest_exchange(self, provider: str, fingerprint: str, since_s: int) -> Exchange | None:
        """The latest reply to the same question."""
        return self.case.store.latest_exchange(provider, fingerprint, since_s)

    def reply(self, digest: str) -> StoredReply | None:
        """A kept reply."""
        return self.case.store.reply(digest)

    def purchase(self, provider: str, fingerprint: str) -> Purchase | None:
        """The note of a purchase."""
        return self.case.store.purchase(provider, fingerprint)

    def intend_purchase(self, provider: str, fingerprint: str, now_s: int) -> None:
        """Note a purchase before it is sent; on disk when this returns."""
        what = PurchaseIntended(provider, fingerprint, now_s)
        self.case.append([Change(what, now_s * US, "", f"buys from {provider}", self.actor)])

    def settle_purchase(
        self, provider: str, fingerprint: str, reply: StoredReply, now_s: int
    ) -> None:
        """Keep what was bought."""
        what = PurchaseSettled(provider, fingerprint, record_of(reply))
        change = Change(what, now_s * US, "", f"bought from {provider}", self.actor)
        self.case.append([change], replies=[reply])

    def forget_purchase(self, provider: str, fingerprint: str, now_s: int) -> None:
        """Take the note of a purchase back."""
        what = PurchaseForgotten(provider, fingerprint)
        self.case.append([Change(what, now_s * US, "", f"{provider} sold nothing", self.actor)])
