"""
Indexes of Apache Lucene 5.5 with stored documents alone, written as the format says.

Source:
    Apache Lucene 5.5: SegmentInfos, Lucene50CompoundFormat, Lucene50StoredFieldsFormat,
    Lucene50FieldInfosFormat, Lucene50LiveDocsFormat, CodecUtil; LZ4 block format description.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from clew.interop.maltego.lucene import Document

ID = bytes(range(16))
CHUNK_BYTES = 16384
"""A group of documents is closed when it has so many bytes; one of twice as many is sliced."""


@dataclass(frozen=True)
class Segment:
    """Documents that were written together, and which of them were deleted since."""

    name: str
    documents: Sequence[Document]
    dead: Sequence[int] = ()


def vint(number: int) -> bytes:
    """A number in groups of 7 bits."""
    groups = []
    while number > 0x7F:
        groups.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*groups, number])


def text(value: str) -> bytes:
    """A text after its length."""
    return vint(len(value.encode())) + value.encode()


def sealed(codec: str, version: int, body: bytes) -> bytes:
    """A file with header and footer around a body."""
    head = struct.pack(">I", 0x3FD76C17) + text(codec) + struct.pack(">i", version) + ID + b"\0"
    return resealed(head + body + bytes(16))


def resealed(data: bytes) -> bytes:
    """A file with a right footer in place of its last bytes."""
    data = data[:-16] + struct.pack(">II", 0x3FD76C17 ^ 0xFFFFFFFF, 0)
    return data + struct.pack(">Q", zlib.crc32(data))


def literal_block(content: bytes) -> bytes:
    """An LZ4 block of literals alone."""
    return _run(content, 0) + content


def block(content: bytes) -> bytes:
    """An LZ4 block with each repeat of 4 bytes and more that lies within 64 KiB."""
    made, start, at = b"", 0, 0
    last: dict[bytes, int] = {}
    # The last 5 bytes of a block are always literals.
    while at + 12 < len(content):
        key = content[at : at + 4]
        seen, last[key] = last.get(key), at
        if seen is None or at - seen > 0xFFFF:
            at += 1
            continue
        length = 4
        while at + length + 5 < len(content) and content[seen + length] == content[at + length]:
            length += 1
        made += _run(content[start:at], length - 4) + content[start:at]
        made += struct.pack("<H", at - seen) + _more(length - 4)
        at += length
        start = at
    return made + literal_block(content[start:])


def packed(numbers: Sequence[int]) -> bytes:
    """One number alone, or numbers in as many bits each as the largest takes."""
    if len(numbers) == 1:
        return vint(numbers[0])
    if len(set(numbers)) == 1:
        return b"\0" + vint(numbers[0])
    width = max(numbers).bit_length()
    bits = "".join(f"{number:0{width}b}" for number in numbers)
    bits += "0" * (-len(bits) % 8)
    return vint(width) + int(bits, 2).to_bytes(len(bits) // 8, "big")


def value(number: int, name: str, value: object) -> bytes:
    """A stored field; a whole number is one of 32 bits where its name ends so."""
    match value:
        case str():
            return vint(number << 3) + text(value)
        case bytes():
            return vint(number << 3 | 1) + vint(len(value)) + value
        case int() if name.endswith("[int]"):
            return vint(number << 3 | 2) + vint((value << 1 ^ value >> 31) & 0xFFFFFFFF)
        case int():
            return vint(number << 3 | 4) + _time(value)
        case float():
            return vint(number << 3 | 5) + b"\xff" + struct.pack(">d", value)
    raise AssertionError(value)


def fdt(body: bytes) -> bytes:
    """A file of stored fields with this body after its settings."""
    return sealed("Lucene50StoredFieldsFastData", 1, vint(CHUNK_BYTES) + vint(2) + body)


def index(
    documents: Sequence[Document],
    *,
    dead: Sequence[int] = (),
    loose: bool = False,
    stored: bytes | None = None,
    count: int | None = None,
) -> dict[str, bytes]:
    """The files of an index of one segment; *stored* and *count* tell something else."""
    one = Segment("_0", documents, dead)
    return {**_written(one, loose=loose, stored=stored, count=count), **commit([one])}


def index_of(segments: Sequence[Segment]) -> dict[str, bytes]:
    """The files of an index of several compound segments."""
    files: dict[str, bytes] = {}
    for one in segments:
        files |= _written(one)
    return files | commit(segments)


def commit(segments: Sequence[Segment]) -> dict[str, bytes]:
    """The list of segments, as its first commit writes it."""
    body = b"\5\5\0" + bytes(12) + struct.pack(">i", len(segments)) + b"\5\5\0" * bool(segments)
    for one in segments:
        body += text(one.name) + b"\1" + ID + text("Lucene54")
        body += struct.pack(">qiqq", 1 if one.dead else -1, len(one.dead), -1, -1)
        body += b"\0" + bytes(4)
    return {"segments_1": sealed("segments", 6, body)}


def _written(
    one: Segment, *, loose: bool = False, stored: bytes | None = None, count: int | None = None
) -> dict[str, bytes]:
    names = sorted({name for document in one.documents for name, _ in document})
    numbers = {name: number for number, name in enumerate(names)}
    fields = (text(name) + vint(number) + bytes(11) + vint(0) for name, number in numbers.items())
    parts = {
        ".fnm": sealed("Lucene50FieldInfos", 1, vint(len(names)) + b"".join(fields)),
        ".fdt": fdt(b"".join(_chunks(one.documents, numbers))) if stored is None else stored,
    }
    total = len(one.documents) if count is None else count
    info = struct.pack(">3iib", 5, 5, 0, total, -1 if loose else 1)
    files = {f"{one.name}.si": sealed("Lucene50SegmentInfo", 1, info)}
    if one.dead:
        live = sum(1 << at for at in range(len(one.documents)) if at not in one.dead)
        words = (len(one.documents) + 63) // 64
        bits = b"".join(
            struct.pack(">Q", live >> 64 * at & 0xFFFFFFFFFFFFFFFF) for at in range(words)
        )
        files[f"{one.name}_1.liv"] = sealed("Lucene50LiveDocs", 0, bits)
    if loose:
        return files | {f"{one.name}{suffix}": part for suffix, part in parts.items()}
    table, whole = vint(len(parts)), b""
    for suffix, part in parts.items():
        table += text(suffix) + struct.pack(">qq", len(whole), len(part))
        whole += part
    entries = sealed("Lucene50CompoundEntries", 0, table)
    return files | {f"{one.name}.cfe": entries, f"{one.name}.cfs": whole}


def _chunks(documents: Sequence[Document], numbers: Mapping[str, int]) -> Iterator[bytes]:
    """Groups of documents that are compressed together."""
    first, group, size = 0, list[bytes](), 0
    for at, document in enumerate(documents):
        group.append(b"".join(value(numbers[name], name, one) for name, one in document))
        size += len(group[-1])
        if size < CHUNK_BYTES and at + 1 < len(documents):
            continue
        sliced = size >= 2 * CHUNK_BYTES
        step = CHUNK_BYTES if sliced else max(size, 1)
        content = b"".join(group)
        yield vint(first) + vint(len(group) << 1 | sliced)
        yield packed([len(one) for one in documents[first : at + 1]])
        yield packed([len(one) for one in group])
        yield b"".join(block(content[at : at + step]) for at in range(0, max(size, 1), step))
        first, group, size = at + 1, [], 0


def _run(literals: bytes, repeat: int) -> bytes:
    """The token before literals, and their count where it does not fit into it."""
    return bytes([min(len(literals), 15) << 4 | min(repeat, 15)]) + _more(len(literals))


def _more(count: int) -> bytes:
    """What is left of a count from 15 on."""
    if count < 15:
        return b""
    full, last = divmod(count - 15, 255)
    return b"\xff" * full + bytes([last])


def _time(number: int) -> bytes:
    """A number of 64 bits, in whole seconds, hours or days where it is that."""
    for head, unit in ((0xC0, 86_400_000), (0x80, 3_600_000), (0x40, 1_000), (0, 1)):
        if number % unit == 0:
            whole = number // unit
            zigzag = (whole << 1 ^ whole >> 63) & (1 << 64) - 1
            first = head | zigzag & 0x1F | (0x20 if zigzag > 0x1F else 0)
            return bytes([first]) + (vint(zigzag >> 5) if zigzag > 0x1F else b"")
    raise AssertionError(number)
