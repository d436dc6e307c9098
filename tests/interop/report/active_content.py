"""What a PDF file can do by itself: found by walking its objects, not by searching its bytes."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject

ACTIVE = frozenset({
    # ISO 32000-1, 12.5 and 12.6: annotations, actions, and what starts them.
    "/A", "/AA", "/Action", "/Annot", "/Annots", "/OpenAction", "/JS", "/JavaScript", "/Launch",
    "/URI", "/GoToR", "/GoToE", "/SubmitForm", "/ImportData", "/Rendition", "/Movie", "/Sound",
    "/RichMedia", "/3D", "/Named", "/SetOCGState",
    # 7.7.4, 7.11.4 and 12.7: names, files inside the file, forms.
    "/Names", "/EmbeddedFile", "/EmbeddedFiles", "/EF", "/AF", "/Filespec", "/AcroForm", "/XFA",
})  # fmt: skip
"""Names, as keys or values, of which a file that only shows pages has none."""
OBJECTS_MAX = 100_000


def active_content(data: bytes) -> frozenset[str]:
    """The active names in all objects of a PDF, referenced or not."""
    return ACTIVE.intersection(_names(PdfReader(io.BytesIO(data), strict=True)))


def _names(reader: PdfReader) -> Iterator[str]:
    """Every name in every object of the cross-reference tables, and in the trailer."""
    numbers = {
        (number, generation)
        for generation, entries in reader.xref.items()
        for number in entries
        if number
    }
    numbers |= {(number, 0) for number in reader.xref_objStm}
    assert 0 < len(numbers) < OBJECTS_MAX
    waiting: list[Any] = [reader.trailer]
    waiting += [reader.get_object(IndirectObject(*number, reader)) for number in sorted(numbers)]
    while waiting:
        part = waiting.pop()
        if isinstance(part, DictionaryObject):
            yield from map(str, part)
            # An object that is only referred to has a number of its own and is walked there.
            waiting += part.values()
        elif isinstance(part, ArrayObject):
            waiting += part
        elif isinstance(part, NameObject):
            yield str(part)
