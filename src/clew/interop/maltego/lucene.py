"""Stored documents of an Apache Lucene 5.5 index, from the bytes of its files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from clew.interop.maltego.cursor import Cursor, cursor_at, damage_error
from clew.interop.maltego.lz4 import decode_block

SEGMENTS_MAX = 1_000
"""Most segments of one index that are read."""

NAMES_MAX = 65_536
"""Most names (fields, files, pairs of a map) in one list of a segment."""

DOCUMENTS_MAX = 1_000_000
"""Most documents read with one allowance, deleted ones counted."""

VALUES_MAX = 4_000_000
"""Most values read with one allowance."""

CONTENT_BYTES_MAX = 128 * 1024 * 1024
"""Most decompressed content read with one allowance, in bytes."""

CHUNK_BYTES_MAX = 64 * 1024 * 1024
"""Largest group of documents that were compressed together, in bytes."""

Value = str | bytes | int | float
"""What a stored field holds."""

Document = list[tuple[str, Value]]
"""Stored fields in stored order: name and value; a name may be repeated."""

_COMMIT = re.compile(r"segments_([0-9a-z]{1,12})")
_READERS: Mapping[int, Callable[[Cursor], Value]] = {
    0: Cursor.text,
    1: lambda cursor: cursor.take(cursor.vint()),
    2: Cursor.zigzag,
    3: Cursor.float32,
    4: Cursor.time,
    5: Cursor.float64,
}


@dataclass(slots=True)
class Allowance:
    """What may still be read, from one index or several together."""

    documents: int = DOCUMENTS_MAX
    values: int = VALUES_MAX
    content_bytes: int = CONTENT_BYTES_MAX
    spent: bool = False
    """True once a reader has asked for more than was left."""

    def use(self, *, documents: int = 0, values: int = 0, content_bytes: int = 0) -> None:
        """Take off what is about to be read; raises InvalidValue where too little is left."""
        self.documents -= documents
        self.values -= values
        self.content_bytes -= content_bytes
        if min(self.documents, self.values, self.content_bytes) < 0:
            self.spent = True
            raise damage_error("size", "it holds more than is read")


@dataclass(frozen=True, slots=True)
class Segment:
    """One part of an index, as its commit lists it."""

    name: str
    id: bytes
    deletions: int
    """Generation of its file of deleted documents; 0 or less without one."""
    deleted: int
    """How many of its documents are deleted."""


@dataclass(frozen=True, slots=True)
class Commit:
    """The state of an index that its newest list of segments tells."""

    version: tuple[int, int, int]
    segments: tuple[Segment, ...]


def read_index(files: Mapping[str, bytes], *, allowance: Allowance) -> Iterator[Document]:
    """
    All live documents of an index, up to the first damage.

    Args:
        files: The files of the index folder by name, without the folder.
        allowance: What may be read; is used up.

    Raises:
        InvalidValue: A file is missing, damaged, of another version or too large.
    """
    for segment in read_commit(files).segments:
        yield from read_segment(files, segment, allowance=allowance)


def read_commit(files: Mapping[str, bytes]) -> Commit:
    """
    The newest list of segments of an index; what it does not list is refuse.

    Source:
        Apache Lucene 5.5, SegmentInfos, format 6.
    """
    found = [(int(match[1], 36), name) for name in files if (match := _COMMIT.fullmatch(name))]
    if not found:
        raise damage_error("segments_N", "the file is missing")
    cursor = cursor_at(files, max(found)[1], "segments", version=6)
    version = cursor.vint(), cursor.vint(), cursor.vint()
    cursor.skip(8 + 4)
    count = cursor.int32()
    if not 0 <= count <= SEGMENTS_MAX:
        raise damage_error("segments", f"{count} claimed, at most {SEGMENTS_MAX} are read")
    if count:
        for _ in version:
            cursor.vint()
    segments = tuple(_listed(cursor) for _ in range(count))
    if len({segment.name for segment in segments}) < count:
        raise damage_error("segments", "one is listed twice")
    return Commit(version, segments)


def read_segment(
    files: Mapping[str, bytes], segment: Segment, *, allowance: Allowance
) -> Iterator[Document]:
    """The live documents of one segment, in stored order; raises as `read_index` does."""
    name = segment.name
    info = cursor_at(files, f"{name}.si", "Lucene50SegmentInfo", version=1, id=segment.id)
    info.skip(3 * 4)
    count = info.int32()
    if count < 0:
        raise damage_error(f"{name}.si", f"{count} documents")
    compound = info.byte() == 1
    allowance.use(documents=count)
    live = _live(files, segment, count)
    parts = _unpacked(files, segment) if compound else files
    fields = _fields(parts, segment)
    stored = cursor_at(
        parts, f"{name}.fdt", "Lucene50StoredFieldsFastData", version=1, id=segment.id
    )
    chunk_bytes = stored.vint()
    if stored.vint() not in (1, 2):
        raise damage_error(f"{name}.fdt", "the version of packed numbers is unknown")
    first = 0
    while first < count:
        content, values, lengths = _chunk(stored, first, count - first, chunk_bytes, allowance)
        at = 0
        for fields_count, length in zip(values, lengths, strict=True):
            if live[first >> 6] >> (first & 63) & 1:
                allowance.use(values=fields_count)
                cursor = Cursor(content, at, at + length)
                yield [_field(cursor, fields) for _ in range(fields_count)]
            at += length
            first += 1


def _listed(cursor: Cursor) -> Segment:
    name = cursor.text()
    if cursor.byte() != 1:
        raise damage_error(name, "the segment has no id")
    id = cursor.take(16)
    cursor.text()
    deletions, deleted = cursor.int64(), cursor.int32()
    cursor.skip(8 + 8)
    _names(cursor)
    for _ in range(cursor.int32()):
        cursor.skip(4)
        _names(cursor)
    return Segment(name, id, deletions, deleted)


def _names(cursor: Cursor) -> list[str]:
    return [cursor.text() for _ in range(cursor.count(NAMES_MAX, "list of names"))]


def _live(files: Mapping[str, bytes], segment: Segment, count: int) -> list[int]:
    """A bit for each document, the lowest of 64 first, 1 where alive (Lucene50LiveDocsFormat)."""
    words = (count + 63) // 64
    if segment.deletions <= 0:
        return [-1] * words
    name = f"{segment.name}_{_base36(segment.deletions)}.liv"
    cursor = cursor_at(files, name, "Lucene50LiveDocs", version=0, id=segment.id)
    live = [cursor.int64() for _ in range(words)]
    dead = count - sum((word & (1 << 64) - 1).bit_count() for word in live)
    if dead != segment.deleted:
        raise damage_error(name, f"{dead} documents deleted, {segment.deleted} are listed")
    return live


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    return digits or "0"


def _unpacked(files: Mapping[str, bytes], segment: Segment) -> dict[str, bytes]:
    """The files of a compound file that are needed here (Lucene50CompoundFormat)."""
    name = segment.name
    table = cursor_at(files, f"{name}.cfe", "Lucene50CompoundEntries", version=0, id=segment.id)
    whole = files.get(f"{name}.cfs", b"")
    parts = {}
    for _ in range(table.count(NAMES_MAX, f"{name}.cfe")):
        suffix, start, length = table.text(), table.int64(), table.int64()
        if suffix in (".fnm", ".fdt"):
            if not (0 <= start <= len(whole) and 0 <= length <= len(whole) - start):
                raise damage_error(f"{name}.cfs", f"{suffix} is not inside of it")
            parts[name + suffix] = whole[start : start + length]
    return parts


def _fields(files: Mapping[str, bytes], segment: Segment) -> dict[int, str]:
    """Names of fields by number (Lucene50FieldInfosFormat)."""
    name = f"{segment.name}.fnm"
    cursor = cursor_at(files, name, "Lucene50FieldInfos", version=1, id=segment.id)
    fields = {}
    for _ in range(cursor.count(NAMES_MAX, name)):
        field, number = cursor.text(), cursor.vint()
        cursor.skip(1 + 1 + 1 + 8)
        for _ in range(cursor.count(NAMES_MAX, name)):
            cursor.text()
            cursor.text()
        fields[number] = field
    return fields


def _chunk(
    stored: Cursor, first: int, most: int, slice_bytes: int, allowance: Allowance
) -> tuple[bytes, list[int], list[int]]:
    """The content of the next documents, and the number of values and bytes of each."""
    start, token = stored.vint(), stored.vint()
    count, sliced = token >> 1, token & 1
    if start != first or not 0 < count <= most:
        raise damage_error(
            "group of documents", f"{count} from {start} on, {most} from {first} left"
        )
    values, lengths = stored.numbers(count), stored.numbers(count)
    total = sum(lengths)
    if total > CHUNK_BYTES_MAX:
        raise damage_error(
            "group of documents", f"{total} bytes, at most {CHUNK_BYTES_MAX} are read"
        )
    allowance.use(content_bytes=total)
    step = slice_bytes if sliced and slice_bytes else max(total, 1)
    # Even no content at all is one block.
    starts = range(0, max(total, 1), step)
    pieces = [decode_block(stored, min(step, total - at)) for at in starts]
    return b"".join(pieces), values, lengths


def _field(cursor: Cursor, fields: Mapping[int, str]) -> tuple[str, Value]:
    head = cursor.vlong()
    number, kind = head >> 3, head & 7
    read, name = _READERS.get(kind), fields.get(number)
    if read is None or name is None:
        raise damage_error("document", f"a value of field {number}, type {kind}")
    return name, read(cursor)
