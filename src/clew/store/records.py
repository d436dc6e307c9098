"""Records of the log that the file itself makes: its first entry, and replies of no task."""

from __future__ import annotations

import time
import uuid
from collections.abc import Sequence

from clew.model.change import Change, What
from clew.model.journal import CaseCreated, LooseReplies, replies_of
from clew.store.replies import StoredReply, record_of


def founding_change(title: str, source: str) -> Change:
    """The first entry of a file."""
    return _own(CaseCreated(uuid.uuid4().hex, title, source), "created")


def loose_replies(changes: Sequence[Change], replies: Sequence[StoredReply]) -> list[Change]:
    """The record of replies that no change names, as part of the last one's action if any."""
    named = {one.digest for change in changes for one in replies_of(change.what)}
    loose = tuple(record_of(reply) for reply in replies if reply.digest not in named)
    if not loose:
        return []
    if not changes:
        return [_own(LooseReplies(loose), "replies of no look-up")]
    last = changes[-1]
    return [Change(LooseReplies(loose), last.at, last.action, last.label, last.actor)]


def _own(what: What, label: str) -> Change:
    return Change(what, time.time_ns() // 1_000, "", label, "clew")
