"""Files that hold no graph of their own are known and refused in words."""

from __future__ import annotations

import pytest

from clew.errors import InvalidValue
from clew.interop.importing import read_file
from clew.schema.registry import catalogue
from interop.archives import zipped


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"SQLite format 3\0", "open it, or convert it"),
        (zipped("a.txt"), "unpack it first"),
        (zipped("a.txt")[:-30], "can't be read"),
    ],
    ids=("an investigation", "an archive", "a damaged archive"),
)
def test_a_container_is_refused_with_what_helps(data: bytes, reason: str) -> None:
    """An investigation, an archive and a damaged archive are told apart."""
    with pytest.raises(InvalidValue, match=reason):
        read_file(data, catalogue(), run="", learnt=0)
