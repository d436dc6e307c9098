"""The Lucene reader: what a small index holds, and that a hostile one stays harmless."""

from __future__ import annotations

import contextlib
import random
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.errors import InvalidValue
from clew.interop.maltego.lucene import (
    CHUNK_BYTES_MAX,
    DOCUMENTS_MAX,
    Allowance,
    Document,
    read_commit,
    read_index,
)
from clew.interop.maltego.lz4 import decode_block
from clew.interop.maltego.packed import Cursor

SAMPLES = Path(__file__).parents[3].parent / "shared" / "maltego" / "samples" / "graphs"
needs_samples = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples are not here")
ID = bytes(range(16))
DOCUMENTS: list[Document] = [
    [("a[string]", "one"), ("b[long]", -7)],
    [],
    [("a[string]", "two"), ("a[string]", "ü" * 40), ("c", b"\x00\xff"), ("d[double]", 0.1)],
]


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


def block(content: bytes) -> bytes:
    """An LZ4 block of literals alone."""
    if len(content) < 15:
        return bytes([len(content) << 4]) + content
    more, last = divmod(len(content) - 15, 255)
    return b"\xf0" + b"\xff" * more + bytes([last]) + content


def packed(numbers: Sequence[int]) -> bytes:
    """Numbers packed in 31 bits each, or one alone."""
    if len(numbers) == 1:
        return vint(numbers[0])
    bits = "".join(f"{number:031b}" for number in numbers)
    bits += "0" * (-len(bits) % 8)
    return vint(31) + int(bits, 2).to_bytes(len(bits) // 8, "big")


def value(number: int, value: object) -> bytes:
    """A stored field."""
    match value:
        case str():
            return vint(number << 3) + text(value)
        case bytes():
            return vint(number << 3 | 1) + vint(len(value)) + value
        case int():
            zigzag = (value << 1 ^ value >> 63) & (1 << 64) - 1
            head = zigzag & 0x1F | (0x20 if zigzag > 0x1F else 0)
            return (
                vint(number << 3 | 4) + bytes([head]) + (vint(zigzag >> 5) if head > 0x1F else b"")
            )
        case float():
            return vint(number << 3 | 5) + b"\xff" + struct.pack(">d", value)
    raise AssertionError(value)


def fdt(body: bytes) -> bytes:
    """A file of stored fields with this body after its settings."""
    return sealed("Lucene50StoredFieldsFastData", 1, vint(16384) + vint(2) + body)


def index(
    documents: Sequence[Document],
    *,
    dead: Sequence[int] = (),
    loose: bool = False,
    stored: bytes | None = None,
    count: int | None = None,
) -> dict[str, bytes]:
    """The files of an index of one segment; *stored* and *count* tell something else."""
    names = sorted({name for document in documents for name, _ in document})
    contents = [
        b"".join(value(names.index(name), one) for name, one in document) for document in documents
    ]
    head = vint(0) + vint(len(documents) << 1)
    body = head + packed([len(document) for document in documents])
    body += packed([len(content) for content in contents]) + block(b"".join(contents))
    fields = (text(name) + vint(number) + bytes(11) + vint(0) for number, name in enumerate(names))
    parts = {
        ".fnm": sealed("Lucene50FieldInfos", 1, vint(len(names)) + b"".join(fields)),
        ".fdt": fdt(body) if stored is None else stored,
    }
    live = sum(1 << place for place in range(len(documents)) if place not in dead)
    total = len(documents) if count is None else count
    info = struct.pack(">3iib", 5, 5, 0, total, -1 if loose else 1)
    segment = text("_0") + b"\1" + ID + text("Lucene54")
    segment += struct.pack(">qiqq", 1 if dead else -1, len(dead), -1, -1) + b"\0" + bytes(4)
    files = {
        "_0.si": sealed("Lucene50SegmentInfo", 1, info),
        "segments_1": sealed(
            "segments", 6, b"\5\5\0" + bytes(12) + struct.pack(">i", 1) + b"\5\5\0" + segment
        ),
        "_0_1.liv": sealed("Lucene50LiveDocs", 0, struct.pack(">Q", live)),
    }
    if loose:
        return files | {f"_0{suffix}": part for suffix, part in parts.items()}
    table, whole = vint(len(parts)), b""
    for suffix, part in parts.items():
        table += text(suffix) + struct.pack(">qq", len(whole), len(part))
        whole += part
    entries = sealed("Lucene50CompoundEntries", 0, table)
    return files | {"_0.cfe": entries, "_0.cfs": whole}


def documents_of(files: Mapping[str, bytes]) -> list[Document]:
    """All that an index holds."""
    return list(read_index(files, allowance=Allowance()))


def tried(files: Mapping[str, bytes]) -> list[Document] | None:
    """What an index holds, or None where it was refused; no other way out."""
    try:
        return documents_of(files)
    except InvalidValue:
        return None


def sample_folder(sample: str, folder: str) -> dict[str, bytes]:
    """The files of an index of a sample."""
    start = f"Graphs/Graph1/{folder}/"
    with zipfile.ZipFile(SAMPLES / sample) as archive:
        names = [name for name in archive.namelist() if name.startswith(start)]
        return {name.removeprefix(start): archive.read(name) for name in names}


def changed(files: Mapping[str, bytes], name: str, data: bytes) -> dict[str, bytes]:
    return {**files, name: data}


@pytest.mark.parametrize("loose", [False, True])
def test_documents_are_read_as_stored(loose: bool) -> None:
    """Compound and loose segments give every document with all its values in order."""
    assert documents_of(index(DOCUMENTS, loose=loose)) == DOCUMENTS


def test_deleted_documents_are_left_out() -> None:
    """A document that the segment's deletions name is not given."""
    assert documents_of(index(DOCUMENTS, dead=(0, 1))) == DOCUMENTS[2:]


def test_unlisted_segments_are_refuse() -> None:
    """Only the newest list of segments counts, by its number in base 36."""
    empty = sealed("segments", 6, b"\5\5\1" + bytes(16))
    files = index(DOCUMENTS) | {"segments_10": empty, "segments_z": b"", "pending_segments_zz": b""}
    assert documents_of(files) == []
    assert read_commit(files).version == (5, 5, 1)


@given(
    st.lists(
        st.lists(
            st.tuples(
                st.sampled_from(["a[string]", "b[long]", "c|d"]),
                st.text(max_size=30)
                | st.integers(-(1 << 63), (1 << 63) - 1)
                | st.floats(allow_nan=False)
                | st.binary(max_size=300),
            ),
            max_size=5,
        ),
        min_size=1,
        max_size=8,
    )
)
def test_any_documents_come_back(documents: list[Document]) -> None:
    """What is written to an index is what is read from it."""
    assert documents_of(index(documents)) == documents


@pytest.mark.parametrize(
    ("data", "want"),
    [
        (b"\x02", 1), (b"\x45", -3_000), (b"\x82", 3_600_000), (b"\xc2", 86_400_000),
        (b"\x20\x01", 16),
    ],
)  # fmt: skip
def test_times_have_units(data: bytes, want: int) -> None:
    """A packed time counts milliseconds, seconds, hours or days."""
    assert Cursor(data).time() == want


@pytest.mark.parametrize(
    ("data", "want"),
    [
        (b"\x80", -1.0), (b"\x81", 0.0), (b"\xfe", 125.0),
        (b"\x3f\xc0\0\0", 1.5), (b"\xff\xbf\xc0\0\0", -1.5),
    ],
)  # fmt: skip
def test_small_floats_take_one_byte(data: bytes, want: float) -> None:
    """A 32-bit float is one byte, four, or five with a sign."""
    assert Cursor(data).float32() == want


def test_numbers_of_one_value_take_one_number() -> None:
    """A width of no bits means that all packed numbers are equal."""
    assert Cursor(b"\0\7").numbers(4) == [7, 7, 7, 7]
    assert Cursor(b"\x03\x29\xc8").numbers(4) == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("data", "length", "want"),
    [
        (b"\0", 0, b""), (b"\x10a", 1, b"a"), (b"\x16a\1\0\x10b", 12, b"a" * 11 + b"b"),
        (b"\x20ab\2\0\x10c", 7, b"ababab" + b"c"), (b"\xf0\0" + b"x" * 15, 15, b"x" * 15),
    ],
)  # fmt: skip
def test_blocks_are_decoded(data: bytes, length: int, want: bytes) -> None:
    """Literals are copied and repeats may run into what they write."""
    cursor = Cursor(data)
    assert decode_block(cursor, length) == want
    assert cursor.at == len(data)


@pytest.mark.parametrize(
    ("data", "length"),
    [
        (b"", 0), (b"\x10", 1), (b"\x20ab", 1), (b"\x10a\0\0", 9), (b"\x10a\2\0", 9),
        (b"\x1fa\1\0" + b"\xff" * 1_000, 99), (b"\xf0" + b"\xff" * 1_000, 99), (b"\x10a\1", 9),
    ],
)  # fmt: skip
def test_hostile_blocks_are_refused(data: bytes, length: int) -> None:
    """A block that ends early, reaches back too far or holds too much is no block."""
    with pytest.raises(InvalidValue):
        decode_block(Cursor(data), length)


@given(st.binary(max_size=200), st.integers(0, 5_000))
def test_any_block_is_bounded(data: bytes, length: int) -> None:
    """Random bytes give just as many bytes as asked for, or are refused."""
    with contextlib.suppress(InvalidValue):
        assert len(decode_block(Cursor(data), length)) == length


def cut_and_resealed(files: Mapping[str, bytes]) -> Iterator[dict[str, bytes]]:
    """An index with each of its files cut at every place, plainly and with a right footer."""
    for name, data in files.items():
        for size in range(len(data)):
            yield changed(files, name, data[:size])
            yield changed(files, name, resealed(data[:size] + bytes(16)))


@pytest.mark.parametrize("loose", [False, True])
def test_a_cut_index_is_refused(loose: bool) -> None:
    """Cut at any byte, an index is refused or gives documents that it really holds."""
    files = index(DOCUMENTS, dead=(1,), loose=loose)
    whole = documents_of(files)
    for cut in cut_and_resealed(files):
        assert tried(cut) in (None, whole, [])


@needs_samples
def test_a_cut_sample_is_refused() -> None:
    """A sample cut at any byte is refused, unless only what is not read was lost."""
    files = sample_folder("graphsense-blank-demo.mtgl", "StructureLinks")
    whole = documents_of(files)
    assert len(whole) == 1
    for cut in cut_and_resealed(files):
        assert tried(cut) in (None, whole, [])


@pytest.mark.parametrize("loose", [False, True])
def test_flipped_bits_do_no_harm(loose: bool) -> None:
    """Random changes under a right checksum end in a refusal or in documents."""
    chance = random.Random(20)
    files = index(DOCUMENTS, dead=(1,), loose=loose)
    for _ in range(5_000):
        name = chance.choice(list(files))
        data = bytearray(files[name])
        for _ in range(chance.randint(1, 4)):
            data[chance.randrange(len(data))] = chance.choice((0, 1, 0x7F, 0x80, 0xFF, 0x55))
        tried(changed(files, name, resealed(bytes(data))))


def test_a_flipped_bit_breaks_the_checksum() -> None:
    """Any changed bit of a loose segment's files is noticed."""
    files = index(DOCUMENTS, dead=(1,), loose=True)
    for name, data in files.items():
        for place in range(len(data)):
            flipped = data[:place] + bytes([data[place] ^ 4]) + data[place + 1 :]
            assert tried(changed(files, name, flipped)) is None


HUGE = vint(0xFFFFFFFF)


@pytest.mark.parametrize(
    "stored",
    [
        fdt(vint(0) + vint(0)),
        fdt(vint(0) + HUGE),
        fdt(vint(1) + vint(6)),
        fdt(vint(0) + vint(6) + vint(0) + HUGE + vint(0) + vint(0) + b"\0"),
        fdt(vint(0) + vint(6) + vint(0) + vint(1) + vint(0) + HUGE + b"\0"),
        fdt(vint(0) + vint(6) + vint(0) + vint(1) + vint(0) + vint(CHUNK_BYTES_MAX // 3) + b"\0"),
        fdt(vint(0) + vint(6) + vint(32) + bytes(40)),
        fdt(vint(0) + vint(7) + vint(0) + vint(1) + vint(0) + vint(9_000_000) + b"\x10a" * 99),
        sealed("Lucene50StoredFieldsHighData", 1, bytes(99)),
    ],
)
def test_huge_claims_are_refused(stored: bytes) -> None:
    """No count or length is believed that the bytes behind it do not bear out."""
    assert tried(index(DOCUMENTS, stored=stored)) is None


def test_more_documents_than_allowed_are_refused() -> None:
    """A segment that claims more documents than are read is refused and spends the allowance."""
    allowance = Allowance()
    with pytest.raises(InvalidValue):
        list(read_index(index(DOCUMENTS, count=DOCUMENTS_MAX + 1), allowance=allowance))
    assert allowance.spent


@pytest.mark.parametrize(
    "allowance", [Allowance(documents=2), Allowance(values=5), Allowance(content_bytes=99)]
)
def test_an_allowance_bounds_the_documents(allowance: Allowance) -> None:
    """Too many documents, values or bytes for an allowance are refused."""
    with pytest.raises(InvalidValue):
        list(read_index(index(DOCUMENTS), allowance=allowance))


def test_files_of_another_segment_are_refused() -> None:
    """A file whose id is not that of its segment is not read."""
    files = index(DOCUMENTS, loose=True)
    other = resealed(files["_0.fnm"].replace(ID, bytes(16)))
    assert tried(changed(files, "_0.fnm", other)) is None
    assert tried({}) is None
