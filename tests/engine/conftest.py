"""Each kind of source, for tests that hold of all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.sources import KINDS as SOURCES
from engine.sources import Source, source_of


@pytest.fixture(params=SOURCES)
def source(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Source]:
    """Each kind of source in turn: what holds of one holds of all."""
    with source_of(request.param, tmp_path) as found:
        yield found
