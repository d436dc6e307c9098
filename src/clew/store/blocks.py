"""Blocks as bounded pieces of Arrow IPC, zstd inside, and back."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

import polars as pl

from clew.model.block import ENTITY_COLUMNS, LINK_COLUMNS, PROPERTY_COLUMNS, Block

PIECE_ROWS_MAX = 500_000
"""Most rows of one piece."""
PIECE_BYTES_MAX = 512 * 1024 * 1024
"""Largest piece that is read, in bytes as stored."""

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


def from_pieces(
    names: tuple[str, ...], pieces: Sequence[tuple[str, bytes]], *, provenances: int
) -> Block:
    """
    The block of those pieces.

    Args:
        names: What its codes point into.
        pieces: Name of the table and bytes of each piece.
        provenances: How many provenances its change has.

    Raises:
        ValueError: A piece has other columns than its table, or codes and rows point outside.
    """
    frames: dict[str, list[pl.DataFrame]] = {name: [] for name in TABLES}
    for name, data in pieces:
        if len(data) > PIECE_BYTES_MAX:
            raise ValueError(f"a piece is over {PIECE_BYTES_MAX} bytes")
        try:
            frame = pl.read_ipc(io.BytesIO(data))
        except (pl.exceptions.PolarsError, OSError) as error:
            raise ValueError(f"a piece of {name} can't be read: {error}") from error
        if dict(frame.schema) != TABLES[name] or frame.height > PIECE_ROWS_MAX:
            raise ValueError(f"a piece of {name} has other columns")
        frames[name].append(frame)
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
