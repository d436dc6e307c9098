"""Texts that come again and again, as numbers; and such numbers as a column of Arrow."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import polars as pl
from numpy.typing import NDArray

Codes = NDArray[np.int32]


class Words:
    """A number for each text, given in order of appearance; it never changes."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self._codes: dict[str, int] = {}

    def code(self, word: str) -> int:
        """The number of a text, a new one where it is unknown."""
        code = self._codes.get(word)
        if code is None:
            code = self._codes[word] = len(self.words)
            self.words.append(word)
        return code

    def codes(self, words: Iterable[str]) -> Codes:
        """The numbers of texts."""
        return np.fromiter(map(self.code, words), np.int32)

    def column(self, codes: Codes) -> pl.Series:
        """Numbers as texts, of which each that occurs is told once."""
        return word_column(codes, self.words)


def word_column(codes: NDArray[np.integer], words: list[str]) -> pl.Series:
    """Numbers as the texts that they stand for, of which each that occurs is told once."""
    used, local = np.unique(codes, return_inverse=True)
    texts = pl.Series("", [words[code] for code in used.tolist()], pl.String)
    # Two numbers may stand for one text.
    kinds = pl.Enum(texts.unique(maintain_order=True))
    return texts.gather(local.astype(np.uint32)).cast(kinds)
