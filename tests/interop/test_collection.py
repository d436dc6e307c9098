"""The search for cycles rests while a file is read, and goes on after it."""

from __future__ import annotations

import gc

from clew.interop.collection import pause_collection


def test_it_goes_on_once_all_pauses_end() -> None:
    """Pauses within each other end with the last one, and a search that was off stays off."""
    assert gc.isenabled()
    with pause_collection():
        with pause_collection():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()
    gc.disable()
    try:
        with pause_collection(), pause_collection():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
