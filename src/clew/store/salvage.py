"""What is good of a damaged file, in a new one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

from clew.errors import ClewError, DamagedFile, FileFault
from clew.graph.working_set import WorkingSet
from clew.store.beside import file_beside
from clew.store.folding import fold_into
from clew.store.proof import Proof
from clew.store.replies import StoredReply, record_of
from clew.store.store import Store


def salvage(path: Path, into: Path) -> int:
    """
    Copy the good entries and replies into a new file; gives the number of entries.

    Entries keep numbers and digests. What version 1 of a file kept beside its log is carried over
    into one more entry.
    """
    if into.exists():
        raise FileFault(into, "there is a file already", helps="Choose another name.")
    with (
        closing(Store.open_for_salvage(path)) as store,
        file_beside(into) as part,
        closing(Store.create_empty(part)) as made,
    ):
        return _copy(store, made)


def _copy(store: Store, made: Store) -> int:
    copied, proof = 0, Proof()
    with suppress(DamagedFile):
        for entry in store.entries(until=_readable_seq(store)):
            made.append([entry.change], expect_seq=copied)
            proof.add(entry)
            copied += 1
    loose: list[StoredReply] = []
    for reply in _replies(store):
        if store.version > 1 and proof.unknown([record_of(reply)]):
            loose.append(reply)
        else:
            made.put_reply(reply)
    if store.version == 1:
        with suppress(ClewError):
            made.carry_over(store)
    elif loose:
        made.append((), expect_seq=copied, replies=loose)
    return copied


def _readable_seq(store: Store) -> int:
    """The last entry that can be read and follows what is before it."""
    state = WorkingSet()
    try:
        fold_into(state, store.entries(), store.path)
    except DamagedFile as error:
        return error.readable_seq or 0
    return state.seq


def _replies(store: Store) -> Iterator[StoredReply]:
    """The stored replies that can be read."""
    with suppress(DamagedFile):
        for digest in store.reply_digests():
            with suppress(DamagedFile):
                if (reply := store.reply(digest)) is not None:
                    yield reply
