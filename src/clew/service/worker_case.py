"""The investigation as a worker has it open: for reading, kept from call to call."""

from __future__ import annotations

import os
from functools import cache

from clew.engine.user_kinds import user_kinds
from clew.schema.registry import Catalogue
from clew.workbench import Workbench

_open: dict[str, Workbench] = {}
"""By path; one at most."""


@cache
def own_kinds() -> Catalogue:
    """All kinds, those of the user's own files too."""
    return user_kinds(os.environ)[0]


def opened_at(path: str, seq: int) -> Workbench:
    """An investigation as it was after an entry; nobody is asked from it. It stays open."""
    bench = _open.pop(path, None)
    if bench is not None and bench.case.store.lost:
        bench.case.close()
        bench = None
    if bench is None:
        for other in _open.values():
            other.case.close()
        _open.clear()
        bench = Workbench.open(path, {"CLEW_KEYRING": "no"}, readonly=True, kinds=own_kinds())
    if bench.state.seq > seq:
        bench.case.go_back(seq)
    bench.case.catch_up(until=seq)
    _open[path] = bench
    return bench
