"""A report of two pages in PDF, written object by object."""

from __future__ import annotations

import zlib
from hashlib import sha256

PAGES = (
    (
        "BT /F1 14 Tf 72 720 Td (Grey Heron: a report) Tj 0 -24 Td "
        # Letters are moved closer in pieces, as a typesetter leaves them.
        "[(The server one.he) -20 (ron[.]exam) 15 (ple answ) 10 (ered at)] TJ "
        "0 -18 Td (192.0.2[.]95 and 2001:db8::95, port 8080.) Tj ET"
    ),
    (
        "BT /F1 11 Tf 72 720 Td (Samples) Tj 0 -18 Td "
        f"({sha256(b'egg').hexdigest()}) Tj "
        "0 -18 Td (hxxps://heron-files[.]example/egg.doc?id=\\(1\\)) Tj "
        "0 -18 Td (Kontakt: news@heron.example, M\\374nchen) Tj ET"
    ),
)


def pdf() -> bytes:
    """The file: catalogue, pages, a font, and the pages' contents."""
    # Nothing is squeezed, so that the bytes are the same whatever library does it.
    contents = [zlib.compress(page.encode("latin-1"), 0) for page in PAGES]
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(PAGES)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/Lang(en)>>",
        f"<</Type/Pages/Count {len(PAGES)}/Kids[{kids}]>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    for at, content in enumerate(contents):
        objects += [
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents {5 + 2 * at} 0 R"
            "/Resources<</Font<</F1 3 0 R>>>>>>".encode(),
            f"<</Length {len(content)}/Filter/FlateDecode>>stream\n".encode()
            + content + b"\nendstream",
        ]  # fmt: skip
    made, places = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(made))
        made += f"{number} 0 obj\n".encode() + one + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    tail = (
        f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<</Size {size}/Root 1 0 R>>\n"
        f"startxref\n{len(made)}\n%%EOF\n"
    )
    return made + tail.encode()
