"""How an investigation looks, small: what the start page keeps of it, as far as it may leave."""

from __future__ import annotations

import time

from clew.service.places import Places
from clew.service.recent_cases import RecentCase
from clew.workbench import Workbench


def case_looks(bench: Workbench, places: Places) -> RecentCase:
    """
    An investigation as it looks now.

    The list of the start page lies outside of the file: it gets what may leave, no more.
    """
    ceiling = bench.certain_ceiling()
    views = [bench.shareable(name, ceiling).view for name in bench.state.decisions.graphs]
    largest = max(views, key=lambda view: len(view.entities), default=None)
    return RecentCase(
        path=str(bench.case.store.path.absolute()),
        title=bench.title if ceiling.admits(bench.title) else "",
        seen_s=time.time(),
        seq=bench.state.seq,
        entities=len(bench.shareable(None, ceiling).view.entities),
        graphs=len(views),
        window=bench.state.decisions.time_window.window,
        dots=places.dots(largest, bench.catalogue) if largest is not None else (),
    )
