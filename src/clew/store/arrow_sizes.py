"""What a piece of Arrow IPC says of its size, read before anything is unpacked."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

MAGIC = b"ARROW1"
HEAD_BYTES = 8
RECORD_BATCH = 3
"""Number of that kind in the union MessageHeader."""
CONTINUATION = 0xFFFF_FFFF
NOT_COMPRESSED = -1
"""What stands for a buffer's length where it is as it is."""


@dataclass(frozen=True, slots=True)
class ArrowSize:
    """A piece as it will be once it is read."""

    rows: int
    unpacked_bytes: int


def arrow_size(data: bytes) -> ArrowSize:
    """
    The rows and the unpacked bytes that a file of Arrow IPC tells.

    Each batch has its own part of the file, and each of its columns is as long as the batch: what
    is told is then what a reader has to make room for.

    Raises:
        ValueError: It is no such file, or it tells what no writer does.

    Source:
        Arrow columnar format 1.4, "IPC File Format"; its flatbuffers File.fbs and Message.fbs.
    """
    try:
        return _size(data)
    except struct.error as error:
        raise ValueError("its parts lie outside of it") from error


def _size(data: bytes) -> ArrowSize:
    end = len(data) - len(MAGIC) - 4
    if end < HEAD_BYTES or not data.startswith(MAGIC) or not data.endswith(MAGIC):
        raise ValueError("it is no Arrow file")
    (length,) = struct.unpack_from("<i", data, end)
    if not 0 < length <= end - HEAD_BYTES:
        raise ValueError("its footer lies outside of it")
    footer = _Table.root(data, end - length)
    if footer.vector(2, 24)[1]:
        raise ValueError("it has dictionaries")
    rows = unpacked = 0
    free = HEAD_BYTES
    for at in footer.items(3, 24):
        offset, meta, body = struct.unpack_from("<qi4xq", data, at)
        if offset < free or meta <= 0 or body < 0 or offset + meta + body > end - length:
            raise ValueError("its batches lie over one another")
        free = offset + meta + body
        batch_rows, batch_bytes = _batch(data, offset, offset + meta, body)
        rows, unpacked = rows + batch_rows, unpacked + batch_bytes
    return ArrowSize(rows, unpacked)


def _batch(data: bytes, at: int, start: int, body: int) -> tuple[int, int]:
    """Rows and unpacked bytes of the batch whose message is *at* and whose body is at *start*."""
    (mark,) = struct.unpack_from("<I", data, at)
    message = _Table.root(data, at + (8 if mark == CONTINUATION else 4))
    if message.number(1, "<B") != RECORD_BATCH:
        raise ValueError("it has a batch that is none")
    batch = message.table(2)
    rows = batch.number(0, "<q")
    if rows < 0:
        raise ValueError("a batch has less than no rows")
    columns, missing = batch.items(1, 16), -1
    for number, column in enumerate(columns):
        length, missing_values = struct.unpack_from("<qq", data, column)
        if length != rows or not 0 <= missing_values <= rows:
            raise ValueError("columns of a batch have other lengths")
        if missing >= 0:
            raise ValueError("another column than the last lacks values")
        missing = number if missing_values else -1
    compressed, unpacked = batch.has(3), 0
    for number, buffer in enumerate(batch.items(2, 16)):
        offset, length = struct.unpack_from("<qq", data, buffer)
        if offset < 0 or length < 0 or offset + length > body:
            raise ValueError("a column lies outside of its batch")
        if compressed and length:
            (plain_bytes,) = struct.unpack_from("<q", data, start + offset)
            if plain_bytes < NOT_COMPRESSED:
                raise ValueError("a column has less than no bytes")
            length = length if plain_bytes == NOT_COMPRESSED else plain_bytes
        # A column of numbers has two buffers, and the first says which of its values are missing.
        if number == 2 * missing and length * 8 < rows:
            raise ValueError("it does not say which values a column lacks")
        unpacked += length
    return rows, unpacked


class _Table:
    """A table of flatbuffers: its fields are found by number."""

    def __init__(self, data: bytes, at: int) -> None:
        self._data = data
        self._at = at
        (back,) = self._read("<i", at)
        self._fields = at - back
        (self._size,) = self._read("<H", self._fields)

    @classmethod
    def root(cls, data: bytes, at: int) -> _Table:
        return cls(data, at + struct.unpack_from("<I", data, at)[0])

    def has(self, field: int) -> bool:
        return bool(self._offset(field))

    def number(self, field: int, form: str) -> int:
        offset = self._offset(field)
        return int(self._read(form, self._at + offset)[0]) if offset else 0

    def table(self, field: int) -> _Table:
        at = self._at + self._offset(field)
        return _Table(self._data, at + self._read("<I", at)[0])

    def vector(self, field: int, item_bytes: int) -> tuple[int, int]:
        """Where the first item is, and how many there are; all of them lie in the data."""
        offset = self._offset(field)
        if not offset:
            return 0, 0
        at = self._at + offset
        at += self._read("<I", at)[0]
        (count,) = self._read("<I", at)
        if at + 4 + count * item_bytes > len(self._data):
            raise ValueError("its parts lie outside of it")
        return at + 4, count

    def items(self, field: int, item_bytes: int) -> Iterator[int]:
        """Where each item of a vector is."""
        at, count = self.vector(field, item_bytes)
        return iter(range(at, at + count * item_bytes, item_bytes))

    def _offset(self, field: int) -> int:
        place = 4 + 2 * field
        return self._read("<H", self._fields + place)[0] if place < self._size else 0

    def _read(self, form: str, at: int) -> tuple[int, ...]:
        if at < 0:
            raise ValueError("its parts lie outside of it")
        return struct.unpack_from(form, self._data, at)
