"""What the cells of a piece say, each distinct one read once; and which rows are odd."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import numpy as np
import polars as pl
from numpy.typing import NDArray

from clew.interop.table.cell_reader import CellReader
from clew.interop.table.piece import Piece

MEMO_MAX = 20_000
"""How many answers of a column are kept from piece to piece."""
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class SomeCells:
    """Those cells of a row that one answer needs."""

    texts: dict[int, str]
    number: int = 0

    def cell(self, column: int) -> str:
        """The text of a column."""
        return self.texts[column]


@dataclass(frozen=True, slots=True)
class CellAnswers(Generic[Answer]):
    """What some columns say, row by row."""

    answers: Sequence[Answer | None]
    """The distinct answers; None where cells are odd, and their rows are read one by one."""
    codes: NDArray[np.int64]
    """For each row the index of its answer."""

    @property
    def odd(self) -> NDArray[np.bool_]:
        """Which rows are odd."""
        return np.asarray([one is None for one in self.answers], bool)[self.codes]

    def each(self, number: Callable[[Answer], Any], kind: Any) -> NDArray[Any]:
        """A number of each row's answer; 0 for odd ones."""
        return np.asarray([0 if one is None else number(one) for one in self.answers], kind)[
            self.codes
        ]


class Doubt(CellReader):
    """Reads cells as the reader of rows would, and tells nobody: what would be told is odd."""

    def __init__(self, reader: CellReader) -> None:
        super().__init__(*reader.table, self._doubt)
        self._reader = reader
        self._memos: dict[object, dict[tuple[str, ...], Any]] = {}
        self._odd = self._told = False

    def tell_once(self, key: tuple[str, object], *_: str) -> None:
        """Doubt what is told once in a table and was not told yet."""
        self._odd = self._odd or key not in self._reader.told

    def wait(self) -> None:
        """Doubt what is asked for now, and ask anew next time."""
        self._odd = True

    def answered(
        self, piece: Piece, columns: Sequence[int], answer: Callable[[SomeCells], Answer | None],
        name: object,
    ) -> CellAnswers[Answer]:  # fmt: skip
        """
        What columns of a piece say together.

        Args:
            piece: The rows.
            columns: Which columns the answer needs.
            answer: Of some cells; None where they are odd.
            name: Of the question, under which answers are kept.
        """
        keys, codes = _together(piece, columns)
        return CellAnswers(self.answers(keys, columns, answer, name), codes)

    def answers(
        self, keys: Sequence[tuple[str, ...]], columns: Sequence[int],
        answer: Callable[[SomeCells], Answer | None], name: object,
    ) -> list[Answer | None]:  # fmt: skip
        """The answer for each of some texts of those columns; as answered."""
        memo = self._memos.setdefault(name, {})
        answers: list[Answer | None] = []
        for key in keys:
            if key in memo:
                answers.append(memo[key])
                continue
            self._odd = self._told = False
            found = answer(SomeCells(dict(zip(columns, key, strict=True))))
            answers.append(None if self._odd or self._told else found)
            # What is told once is odd once only, so it is asked for anew.
            if not self._odd:
                if len(memo) >= MEMO_MAX:
                    memo.clear()
                memo[key] = answers[-1]
        return answers

    def was_told(self, key: tuple[str, object]) -> bool:
        """Whether something that is told once in a table was told."""
        return key in self._reader.told

    def _doubt(self, *_: object) -> None:
        self._told = True


def rows_with_markings(piece: Piece) -> NDArray[np.bool_]:
    """Which rows may hold a marking; those are looked at one by one."""
    texts = piece.texts
    ascii_only = texts.str.len_bytes() == texts.str.len_chars()
    quick = texts.str.contains("(?i)TLP|PAP|traffic")
    if not ascii_only.all():
        wide = texts.filter(~ascii_only)
        # As marking_text reads them: other widths are the same letter, invisible signs are none.
        plain = wide.str.normalize("NFKC").str.replace_all(r"[\p{Cf}*`]", "")
        found = pl.Series(wide.str.contains(_SPEAKS) | plain.str.contains(_SPEAKS))
        quick = quick.set(~ascii_only, False)
        marked = quick.to_numpy().copy()
        marked[(~ascii_only).to_numpy()] = found.to_numpy()
    else:
        marked = quick.to_numpy()
    if not marked.any():
        return np.zeros(len(piece), bool)
    return piece.having(marked)


_SPEAKS = (
    "(?i)TLP|PAP|traff[iıİ]c|marking|handling|sharing|CONFIDENTIAL|SECRET|RESTRICTED|INTERNAL"
    "|NOT FOR|DO NOT|Sensitivity"
)
"""Without one of these a text that is not ASCII holds no marking (model/marking_text.py)."""


def _together(
    piece: Piece, columns: Sequence[int]
) -> tuple[list[tuple[str, ...]], NDArray[np.int64]]:
    """The distinct texts of some columns side by side, and for each row the index of its own."""
    if not columns:
        return [()], np.zeros(len(piece), np.int64)
    texts, codes = piece.column(columns[0])
    keys: list[tuple[str, ...]] = [(text,) for text in texts]
    for at in columns[1:]:
        texts, more = piece.column(at)
        pairs, codes = np.unique(codes * len(texts) + more, return_inverse=True)
        heads, tails = np.divmod(pairs, len(texts))
        keys = [
            (*keys[head], texts[tail])
            for head, tail in zip(heads.tolist(), tails.tolist(), strict=True)
        ]
    return keys, codes
