"""Blocks as bounded pieces of Arrow IPC, zstd inside, and back."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

import polars as pl

from clew.model.block import ENTITY_COLUMNS, LINK_COLUMNS, PROPERTY_COLUMNS, Block
from clew.model.interval import SECOND_MAX, SECOND_MIN
from clew.model.moment import Precision
from clew.store.arrow_sizes import arrow_size

PIECE_ROWS_MAX = 500_000
"""Most rows of one piece."""
PIECE_BYTES_MAX = 512 * 1024 * 1024
"""Largest piece that is read, in bytes as stored."""
UNPACKED_BYTES_FREE = 32 * 1024 * 1024
"""Bytes that a log may unpack to whatever it has stored."""
UNPACKED_RATIO_MAX = 64
"""Bytes more that it may unpack to for each byte that it has stored; real ones have up to 25."""
SECOND_FIRST, SECOND_LAST = -62_135_596_800, 253_370_764_799
"""The calendar's first second, and the last of its year 9998, in seconds since 1970."""

TABLES = {
    "entities": ENTITY_COLUMNS,
    "links": LINK_COLUMNS,
    "properties": PROPERTY_COLUMNS,
}


def to_pieces(block: Block) -> Iterator[tuple[str, bytes]]:
    """Table name and bytes of each piece, in order; empty tables give none."""
    for name in TABLES:
        frame: pl.DataFrame = getattr(block, name)
        for start in range(0, frame.height, PIECE_ROWS_MAX):
            sink = io.BytesIO()
            frame.slice(start, PIECE_ROWS_MAX).write_ipc(sink, compression="zstd")
            yield name, sink.getvalue()


class UnpackedSize:
    """What the pieces of one log come to, so that few bytes do not become many."""

    def __init__(self) -> None:
        self._left = UNPACKED_BYTES_FREE

    def add(self, stored: int, unpacked: int) -> None:
        """Count a piece before it is unpacked; raises ValueError where it is too much."""
        self._left += UNPACKED_RATIO_MAX * stored - unpacked
        if self._left < 0:
            raise ValueError(
                f"it would unpack to {unpacked} bytes more, and a log of its size does not"
            )


def from_pieces(
    names: tuple[str, ...],
    pieces: Sequence[tuple[str, bytes]],
    *,
    provenances: int,
    unpacking: UnpackedSize,
) -> Block:
    """
    The block of those pieces.

    Args:
        names: What its codes point into.
        pieces: Name of the table and bytes of each piece.
        provenances: How many provenances its change has.
        unpacking: What the log's pieces came to before.

    Raises:
        ValueError: A piece has other columns than its table, or codes and rows point outside, or
            it would take more room than such a piece does.
    """
    frames: dict[str, list[pl.DataFrame]] = {name: [] for name in TABLES}
    for name, data in pieces:
        if name not in TABLES:
            raise ValueError("a piece belongs to no table")
        frames[name].append(_frame(name, data, unpacking))
    entities, links, properties = (
        pl.concat(frames[name], rechunk=True) if frames[name] else pl.DataFrame(schema=columns)
        for name, columns in TABLES.items()
    )
    for frame, column, most in (
        (entities, "type", len(names)),
        (links, "type", len(names)),
        (links, "collectors", len(names)),
        (links, "source", entities.height),
        (links, "target", entities.height),
        (properties, "entity", entities.height),
        (properties, "name", len(names)),
        (properties, "collectors", len(names)),
        (entities, "provenance", provenances),
        (links, "provenance", provenances),
        (properties, "provenance", provenances),
    ):
        top = frame[column].max()
        if isinstance(top, int) and top >= most:
            raise ValueError(f"{column} points outside of its table")
    return Block(names, entities, links, properties)


def check_dates(block: Block) -> None:
    """Dates lie within the calendar, and are as exact as there are words for; else ValueError."""
    for frame in (block.links, block.properties):
        _check_dates(frame)


def _frame(name: str, data: bytes, unpacking: UnpackedSize) -> pl.DataFrame:
    """One piece, looked at before it is unpacked."""
    if len(data) > PIECE_BYTES_MAX:
        raise ValueError(f"a piece is over {PIECE_BYTES_MAX} bytes")
    size = arrow_size(data)
    if size.rows > PIECE_ROWS_MAX:
        raise ValueError(f"a piece of {name} has over {PIECE_ROWS_MAX} rows")
    unpacking.add(len(data), size.unpacked_bytes)
    try:
        if dict(pl.read_ipc_schema(io.BytesIO(data))) != TABLES[name]:
            raise ValueError(f"a piece of {name} has other columns")
        frame = pl.read_ipc(io.BytesIO(data))
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError) as error:
        raise ValueError(f"a piece of {name} can't be read: {error}") from error
    if dict(frame.schema) != TABLES[name] or frame.height != size.rows:
        raise ValueError(f"a piece of {name} has other columns")
    _check_values(name, frame)
    unpacking.add(0, max(0, _text_bytes(frame) - size.unpacked_bytes))
    return frame


def _text_bytes(frame: pl.DataFrame) -> int:
    """Of all texts: rows may share one, which is there once only until it is copied."""
    texts = [frame[name] for name, kind in frame.schema.items() if kind == pl.String]
    return sum(int(text.str.len_bytes().sum() or 0) for text in texts)


def _check_values(name: str, frame: pl.DataFrame) -> None:
    """Only details may be missing."""
    for column in frame.columns:
        if column != "detail" and frame[column].null_count():
            raise ValueError(f"a piece of {name} lacks values of {column}")
    if "precision" in frame.columns:
        _check_dates(frame)


def _check_dates(frame: pl.DataFrame) -> None:
    if not frame.height:
        return
    precisions = frame["precision"]
    starts, ends = precisions & 15, precisions // 16
    for seconds, exact in ((frame["first"], starts), (frame["last"], ends)):
        if (exact > max(Precision)).any():
            raise ValueError("a date is exact in a way that there is not")
        known = exact > Precision.OPEN
        lowest = pl.select(pl.when(known).then(SECOND_FIRST).otherwise(SECOND_MIN)).to_series()
        highest = pl.select(pl.when(known).then(SECOND_LAST).otherwise(SECOND_MAX)).to_series()
        if (seconds < lowest).any() or (seconds > highest).any():
            raise ValueError("a date lies outside of the calendar")
