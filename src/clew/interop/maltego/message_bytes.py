"""The message in what a program wrote: junk before it, and whatever encoding."""

from __future__ import annotations

import codecs
import re

from clew.errors import InvalidValue
from clew.interop.maltego.markup import plain
from clew.interop.maltego.thing_xml import tell

NEAR_BYTES = 10_000
"""How far before a message its declaration is looked for, in bytes."""

_MARK = b"\xef\xbb\xbf"
_START, _END = b"<MaltegoMessage", b"</MaltegoMessage>"
_DECLARED = re.compile(rb"<\?xml\b[^>]{0,200}?encoding\s{0,20}=\s{0,20}[\"']([A-Za-z0-9._-]{1,40})")
_DECLARATION = re.compile(rb"<\?xml\b[^>]{0,200}\?>")
_ENCODINGS = re.compile(
    r"utf-8|ascii|iso8859-\d{1,2}|cp\d{3,5}|koi8-[ru]|mac-roman|gb2312|gbk|gb18030|big5"
    r"|shift_jis|euc_jp|euc_kr"
)


def message_in(data: bytes, problems: list[str]) -> bytes:
    """
    The last message in *data*, in UTF-8.

    It is decoded as it declares, else as UTF-8, else as cp1252, which is told. So is text
    around it.

    Raises:
        InvalidValue: There is none; with the beginning of what is there instead.
    """
    data = _from_utf16(data)
    end = data.rfind(_END)
    start = data.rfind(_START, 0, max(end, 0))
    if end < 0 or start < 0:
        shown = plain(data[:2_000].decode("utf-8", "replace")).strip()
        raise InvalidValue("Maltego message", shown, "there is no message in it")
    before, after = data[:start], data[end + len(_END) :]
    far, near = before[:-NEAR_BYTES], before[-NEAR_BYTES:]
    junk = len(far.strip()) + len(_DECLARATION.sub(b"", near).removeprefix(_MARK).strip())
    junk += len(after.strip())
    if junk:
        tell(problems, f"{junk} bytes around the message were left out")
    return _decoded(data[start : end + len(_END)], before, problems).encode("utf-8", "replace")


def _decoded(block: bytes, before: bytes, problems: list[str]) -> str:
    declared = _DECLARED.findall(before[-NEAR_BYTES:])
    for name in (*((declared[-1].decode(),) if declared else ()), "utf-8"):
        try:
            known = codecs.lookup(name).name
            if _ENCODINGS.fullmatch(known):
                return block.decode(known)
        except (LookupError, UnicodeError):
            continue
    tell(problems, "the message is not in the encoding that it declares; it was read as cp1252")
    return block.decode("cp1252", "replace")


def _from_utf16(data: bytes) -> bytes:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace").encode("utf-8", "replace")
    return data
