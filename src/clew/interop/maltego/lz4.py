"""LZ4 blocks, decoded to a length that is known before."""

from __future__ import annotations

from clew.interop.maltego.cursor import Cursor, damage_error

MATCH_BYTES_MIN = 4
"""Shortest repeat in a block, in bytes."""


def decode_block(cursor: Cursor, length: int) -> bytes:
    """
    The content of the LZ4 block at a cursor, which is left after the block.

    Args:
        cursor: At the first byte of the block.
        length: Size of the content, in bytes; the caller bounds it.

    Raises:
        InvalidValue: The block ends early, or holds more than *length* bytes.

    Source:
        LZ4 block format description; Apache Lucene 5.5, LZ4.decompress.
    """
    made = bytearray()
    # Even an empty content has one token.
    while True:
        token = cursor.byte()
        literals = _extended(cursor, token >> 4, length)
        _fits(len(made) + literals, length)
        made += cursor.take(literals)
        if len(made) == length:
            return bytes(made)
        back = cursor.byte() | cursor.byte() << 8
        count = _extended(cursor, token & 0x0F, length) + MATCH_BYTES_MIN
        if not 0 < back <= len(made):
            raise damage_error("LZ4 block", f"a repeat starts {back} bytes back of {len(made)}")
        _fits(len(made) + count, length)
        _repeat(made, back, count)
        if len(made) == length:
            return bytes(made)


def _extended(cursor: Cursor, count: int, length: int) -> int:
    """A count whose 15 means that bytes to add follow, up to one below 255."""
    if count < 15:
        return count
    more = 255
    while more == 255:
        more = cursor.byte()
        count += more
        _fits(count, length)
    return count


def _fits(size: int, length: int) -> None:
    if size > length:
        raise damage_error("LZ4 block", f"{size} bytes in a block of {length}")


def _repeat(made: bytearray, back: int, count: int) -> None:
    """Copy from *back* bytes ago; what is copied may be repeated in the same copy."""
    start = len(made) - back
    piece = made[start : start + count]
    if count > back:
        piece = (piece * (count // back + 1))[:count]
    made += piece
