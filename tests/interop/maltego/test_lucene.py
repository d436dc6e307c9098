"""The Lucene reader: what a small index holds, and that a hostile one stays harmless."""

from __future__ import annotations

import contextlib
import random
import zipfile
from collections.abc import Iterator, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.errors import InvalidValue
from clew.interop.maltego.cursor import Cursor
from clew.interop.maltego.lucene import (
    CHUNK_BYTES_MAX,
    DOCUMENTS_MAX,
    Allowance,
    Document,
    read_commit,
    read_index,
)
from clew.interop.maltego.lz4 import decode_block
from corpus.files import corpus
from corpus.make.lucene import (
    ID,
    Segment,
    fdt,
    index,
    index_of,
    resealed,
    sealed,
    vint,
)

DOCUMENTS: list[Document] = [
    [("a[string]", "one"), ("b[long]", -7)],
    [],
    [("a[string]", "two"), ("a[string]", "ü" * 40), ("c", b"\x00\xff"), ("d[double]", 0.1)],
]


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
    with zipfile.ZipFile(corpus(f"mtgl/{sample}")) as archive:
        names = [name for name in archive.namelist() if name.startswith(start)]
        return {name.removeprefix(start): archive.read(name) for name in names}


def changed(files: Mapping[str, bytes], name: str, data: bytes) -> dict[str, bytes]:
    return {**files, name: data}


@pytest.mark.parametrize("loose", [False, True])
def test_documents_are_read_as_stored(loose: bool) -> None:
    """Compound and loose segments give every document with all its values in order."""
    assert documents_of(index(DOCUMENTS, loose=loose)) == DOCUMENTS


def test_segments_groups_and_repeats_are_joined() -> None:
    """Several segments, groups cut in slices, deletions and repeats give the documents alive."""
    long = "The heron stands. " * 2_500
    many: list[Document] = [[("n[int]", at - 70), ("t[date]", at * 1_000)] for at in range(130)]
    segments = [
        Segment("_a", many, (0, 64, 129)),
        Segment("_b", [[("text[string]", long)], [("text[string]", "short")]]),
        Segment("_c", [[("x", long.encode())] * 2], (0,)),
    ]
    alive = [document for at, document in enumerate(many) if at not in (0, 64, 129)]
    assert documents_of(index_of(segments)) == [*alive, *segments[1].documents]


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


def test_a_cut_sample_is_refused() -> None:
    """A sample cut at any byte is refused, unless only what is not read was lost."""
    files = sample_folder("wallets.mtgl", "StructureLinks")
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
