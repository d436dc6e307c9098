"""Where an address, a path or a registry key ends in a line: names in paths may have spaces."""

from __future__ import annotations

import re

from clew.interop.text.names import FILE_ENDINGS

TRAILING = ".,;:!?)]}>*_\\"
"""What ends the sentence around a value, not the value."""
WORDS_MAX = 10
"""Most words of one folder's name."""
FOLDERS = (
    "Program Files (x86)", "Program Files", "Documents and Settings", "Application Data",
    "Local Settings", "Start Menu", "Internet Explorer", "Internet Settings", "Windows NT",
    "Control Panel", "Session Manager", "Image File Execution Options", "User Shell Folders",
    "Shell Folders",
)  # fmt: skip
"""Names with spaces that may end a path in the middle of a sentence."""
_MARKUP = re.compile(r"(?<!//)\[(?!(?:\.|:|:/{0,2}|dot|@|at|/|//)\])(?!\.)", re.IGNORECASE)
"""A bracket that ends an address: a link's text in AsciiDoc; one that defangs does not."""
_IN_QUERY = re.compile(r"\[[^\]]{0,60}\][\w&=%-]")
_DRIVE = re.compile(r"(?<=[a-z0-9]{3})[A-Z]:\\")
"""A path whose cell was glued to the address before it."""
_PAIRS = {"[": "]", '"': '"', "'": "'", "`": "`", "\u201c": "\u201d", "\u2018": "\u2019"}
_CELL = frozenset("|,;:\t(")
_BULLETS = " \t-*\u2022\ufeff"
_HIVE = re.compile(r"HK(?:LM|CU|CR|U|CC)\b|HKEY_", re.IGNORECASE)


def address_of(word: str) -> str:
    """The address at the head of what has no white space: no link's text, no glued path."""
    for bracket in _MARKUP.finditer(word):
        start = bracket.start()
        if "?" not in word[:start] or not _IN_QUERY.match(word, start):
            word = word[:start]
            break
    drive = _DRIVE.search(word)
    return trim_word(word[: drive.start()] if drive else word)


def path_of(rest: str, sign: str, *, before: str, after: str) -> str:
    """
    The path or key at the head of *rest*.

    A folder's name may have spaces, for a separator follows it; a last name may where the path
    fills its quotes or its cell. A path with slashes has spaces between quotes only.

    Args:
        rest: From its first letter to the end of its line, its quotes or its cell.
        sign: What separates folders.
        before: The letters before it in its line.
        after: The letter that ended *rest*; empty at the end of a line.
    """
    rest = _balanced(rest)
    closing = _PAIRS.get(before[-1:])
    quoted = closing is not None and (after if closing != "]" else "]") == closing
    spaced = quoted or sign == "\\"
    folders = rest.split(sign)
    names: list[str] = []
    for folder in folders[:-1]:
        if not (_is_name(folder) if spaced else " " not in folder):
            return trim_word(sign.join([*names, _last(folder)]))
        names.append(folder)
    last = folders[-1].rstrip()
    begun = before.rstrip(_BULLETS)[-1:]
    if not (quoted or (sign == "\\" and (begun in _CELL or not begun) and _fills(last))) or (
        not _is_name(last)
    ):
        last = _last(last)
    return trim_word(sign.join([*names, last]))


def trim_word(word: str) -> str:
    """Without what ends the sentence around it; a bracket that was opened inside stays."""
    while word and word[-1] in TRAILING:
        last = word[-1]
        opening = {")": "(", "]": "[", "}": "{"}.get(last)
        if opening and word.count(opening) >= word.count(last):
            break
        word = word[:-1]
    return word


def _balanced(rest: str) -> str:
    """Up to a bracket that closes one opened before."""
    depth = 0
    for place, letter in enumerate(rest):
        if letter == "[":
            depth += 1
        elif letter == "]":
            depth -= 1
            if depth < 0:
                return rest[:place]
    return rest


def _is_name(name: str) -> bool:
    """Whether it reads as one name, and not as the end of a path and the words after it."""
    words = name.split(" ")
    if len(words) == 1:
        return "\t" not in name
    if len(words) > WORDS_MAX or not all(words) or any(letter in name for letter in "\t%="):
        return False
    if any(word.rpartition(".")[2].lower() in FILE_ENDINGS for word in words[:-1] if "." in word):
        return False
    return not any(_HIVE.match(word) for word in words[1:])


def _fills(last: str) -> bool:
    """Whether a last name with spaces ends like a file, or is written like a title."""
    if last.rpartition(".")[2].lower() in FILE_ENDINGS and "." in last:
        return True
    return all(word[:1].isupper() or word[:1].isdigit() for word in last.split(" "))


def _last(name: str) -> str:
    """The last name of a path in prose: its first word, or a folder that is known by more."""
    for folder in FOLDERS:
        if name.lower().startswith(folder.lower()) and not name[len(folder) :][:1].isalnum():
            return name[: len(folder)]
    return name.partition("\t")[0].partition(" ")[0]
