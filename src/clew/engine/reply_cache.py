"""What the engine needs of the investigation's file."""

from __future__ import annotations

from typing import Protocol

from clew.model.journal import Exchange
from clew.store.purchases import Purchase
from clew.store.replies import StoredReply


class ReplyCache(Protocol):
    """Kept replies and purchases; engine/case_replies.py satisfies it."""

    def latest_exchange(self, provider: str, fingerprint: str, since_s: int) -> Exchange | None:
        """The latest reply to the same question."""
        ...

    def reply(self, digest: str) -> StoredReply | None:
        """A kept reply."""
        ...

    def intend_purchase(self, provider: str, fingerprint: str, now_s: int) -> None:
        """Note a purchase before it is sent."""
        ...

    def settle_purchase(
        self, provider: str, fingerprint: str, reply: StoredReply, now_s: int
    ) -> None:
        """Keep what was bought."""
        ...

    def forget_purchase(self, provider: str, fingerprint: str, now_s: int) -> None:
        """Take the note of a purchase back."""
        ...

    def purchase(self, provider: str, fingerprint: str) -> Purchase | None:
        """The note of a purchase."""
        ...
