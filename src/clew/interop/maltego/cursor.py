"""Lucene's ways to pack numbers and texts into bytes, read within bounds."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping

from clew.errors import InvalidValue

_CODEC_MAGIC = 0x3FD76C17
_FOOTER_BYTES = 16
_UNITS_MS = {0x00: 1, 0x40: 1_000, 0x80: 3_600_000, 0xC0: 86_400_000}
"""Unit of a packed time by its two high bits, in milliseconds."""


class Cursor:
    """
    A place in bytes that moves on with each read and never past the end.

    Every method raises InvalidValue where the bytes end or hold no such value.

    Source:
        Apache Lucene 5.5, DataInput and CompressingStoredFieldsReader.
    """

    __slots__ = ("at", "data", "end")

    def __init__(self, data: bytes, at: int = 0, end: int | None = None) -> None:
        """
        Args:
            data: What is read.
            at: Index of the first byte to read.
            end: Index after the last byte that may be read; the end of *data* if None.
        """
        self.data = data
        self.at = at
        self.end = len(data) if end is None else end

    def skip(self, count: int) -> int:
        """Index of the next byte, after moving on over *count* bytes."""
        start = self.at
        if not 0 <= count <= self.end - start:
            raise damage_error(f"byte {start}", f"{count} bytes wanted, {self.end - start} left")
        self.at = start + count
        return start

    def take(self, count: int) -> bytes:
        """The next *count* bytes."""
        start = self.skip(count)
        return self.data[start : start + count]

    def byte(self) -> int:
        """An unsigned byte."""
        return self.data[self.skip(1)]

    def int32(self) -> int:
        """A signed 32-bit number, big-endian."""
        return int.from_bytes(self.take(4), "big", signed=True)

    def int64(self) -> int:
        """A signed 64-bit number, big-endian."""
        return int.from_bytes(self.take(8), "big", signed=True)

    def vint(self) -> int:
        """An unsigned 32-bit number in groups of 7 bits, the lowest first."""
        return self._groups(32)

    def vlong(self) -> int:
        """An unsigned 64-bit number in groups of 7 bits, the lowest first."""
        return self._groups(64)

    def count(self, most: int, what: str) -> int:
        """A variable number that is at most *most*."""
        count = self.vint()
        if count > most:
            raise damage_error(what, f"{count} claimed, at most {most} are read")
        return count

    def text(self) -> str:
        """A text in UTF-8 after its length in bytes."""
        start = self.at
        try:
            return self.take(self.vint()).decode()
        except UnicodeDecodeError as error:
            raise damage_error(f"byte {start}", "the text is not UTF-8") from error

    def zigzag(self) -> int:
        """A signed 32-bit number with its sign in the lowest bit."""
        return _signed(self.vint())

    def time(self) -> int:
        """A signed 64-bit number, shorter where it is a whole second, hour or day."""
        start = self.at
        head = self.byte()
        bits = head & 0x1F
        if head & 0x20:
            bits |= self.vlong() << 5
        number = _signed(bits) * _UNITS_MS[head & 0xC0]
        if not -(1 << 63) <= number < 1 << 63:
            raise damage_error(f"byte {start}", "the number is over 64 bits")
        return number

    def float32(self) -> float:
        """A 32-bit float, in one byte where it is a small whole number."""
        return self._float(">f", 4)

    def float64(self) -> float:
        """A 64-bit float, in one byte where it is a small whole number."""
        return self._float(">d", 8)

    def _float(self, form: str, width: int) -> float:
        head = self.byte()
        if head == 0xFF:
            raw = self.take(width)
        elif head & 0x80:
            return float((head & 0x7F) - 1)
        else:
            raw = bytes((head,)) + self.take(width - 1)
        return float(struct.unpack(form, raw)[0])

    def numbers(self, count: int) -> list[int]:
        """
        As many unsigned numbers as *count* says, packed in equally many bits each.

        The caller bounds *count*: equal numbers take the same few bytes however many they are.
        """
        if count == 1:
            return [self.vint()]
        bits = self.count(31, "width of numbers in bits")
        if not bits:
            return [self.vint()] * count
        size = (count * bits + 7) // 8
        start = self.skip(size)
        mask = (1 << bits) - 1
        numbers = []
        for index in range(count):
            low = index * bits
            piece = self.data[start + low // 8 : start + (low + bits + 7) // 8]
            spare = -(low + bits) % 8
            numbers.append(int.from_bytes(piece, "big") >> spare & mask)
        return numbers

    def _groups(self, bits: int) -> int:
        data, at, end = self.data, self.at, self.end
        number = 0
        for shift in range(0, bits, 7):
            if at >= end:
                break
            byte = data[at]
            at += 1
            number |= (byte & 0x7F) << shift
            if byte < 0x80:
                if number >> bits:
                    break
                self.at = at
                return number
        raise damage_error(f"byte {self.at}", f"no number of {bits} bits")


def cursor_at(
    files: Mapping[str, bytes], name: str, codec: str, *, version: int, id: bytes | None = None
) -> Cursor:
    """
    A cursor over the content of one file of an index, after all around it was checked.

    Args:
        files: The files of the index by name.
        name: The file to open.
        codec: Kind of file that its header must name.
        version: Version of that kind that the header must tell.
        id: The id in the header of every file of its segment; None to take any.

    Raises:
        InvalidValue: The file is missing, of another kind or segment, cut or altered.

    Source:
        Apache Lucene 5.5, CodecUtil.
    """
    data = files.get(name)
    if data is None:
        raise damage_error(name, "the file is missing")
    footer = Cursor(data, max(0, len(data) - _FOOTER_BYTES))
    cursor = Cursor(data, 0, footer.at)
    if (cursor.int32(), cursor.text()) != (_CODEC_MAGIC, codec):
        raise damage_error(name, f"it is no {codec}")
    if (found := cursor.int32()) != version:
        raise damage_error(name, f"{codec} of version {found}, only {version} is read")
    if cursor.take(16) != id and id is not None:
        raise damage_error(name, "it belongs to another segment")
    cursor.skip(cursor.byte())
    if (footer.int32(), footer.int32()) != (~_CODEC_MAGIC, 0):
        raise damage_error(name, "it is cut short")
    if footer.int64() != zlib.crc32(memoryview(data)[:-8]):
        raise damage_error(name, "the checksum differs")
    return cursor


def damage_error(what: str, reason: str) -> InvalidValue:
    """The error for a place in an index that can't be read."""
    return InvalidValue("Lucene index", what, reason)


def _signed(number: int) -> int:
    return (number >> 1) ^ -(number & 1)
