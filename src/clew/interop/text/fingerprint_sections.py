"""What a heading or the head of a table says of the hashes below it: prints of certificates."""

from __future__ import annotations

import re
from bisect import bisect_right

_PRINT = re.compile(r"thumbprint|certificate[^\n]{0,40}fingerprint", re.IGNORECASE)
_FILES = re.compile(r"\bsha-?(?:1|256|512)\b|\bmd5\b", re.IGNORECASE)
_NEXT = re.compile(r"^(?:=+ |#+ |\|={3,})", re.MULTILINE)
_LABEL = re.compile(r"thumbprints?[^\n\w]{0,6}(?:sha-?(?:1|256)[^\n\w]{0,6})?$", re.IGNORECASE)
_LABEL_LENGTH = 40
_HEAD_LENGTH = 300
"""How far before and behind a print's name its line is looked at, in code points."""


class FingerprintSections:
    """The parts of a text whose hashes are prints of certificates, and not of files."""

    __slots__ = ("_ends", "_starts", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts: list[int] = []
        self._ends: list[int] = []
        for seen in _PRINT.finditer(text):
            low = max(0, seen.start() - _HEAD_LENGTH)
            begin = text.rfind("\n", low, seen.start()) + 1
            if begin == 0 and low > 0:
                continue
            end = text.find("\n", seen.end(), seen.end() + _HEAD_LENGTH)
            head = text[begin : end if end >= 0 else seen.end() + _HEAD_LENGTH]
            # A table that has files' hashes beside a print is one of files.
            if head[:1] not in ("=", "#", "|") or (head[0] == "|" and _FILES.search(head)):
                continue
            after = _NEXT.search(text, begin + len(head))
            self._starts.append(begin)
            self._ends.append(after.start() if after else len(text))

    def is_print(self, begin: int) -> bool:
        """Whether the hash at *begin* is a certificate's print."""
        last = bisect_right(self._starts, begin) - 1
        if last >= 0 and begin < self._ends[last]:
            return True
        return bool(_LABEL.search(self._text[max(0, begin - _LABEL_LENGTH) : begin]))
