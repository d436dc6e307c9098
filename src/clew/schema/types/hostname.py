"""The canonical form of a DNS name."""

from __future__ import annotations

import re

from clew.errors import InvalidValue

NAME_LENGTH_MAX = 253
"""Longest DNS name without its trailing dot, in characters (RFC 1035, section 3.1)."""

LABEL_LENGTH_MAX = 63
"""Longest label of a DNS name, in characters (RFC 1035, section 2.3.4)."""

FIXED_NAME = r"(?:[a-z0-9_](?:[a-z0-9_-]{0,28}[a-z0-9_])?\.){1,7}[a-z](?:[a-z0-9-]{0,28}[a-z0-9])?"
"""Regular expression (RE2) of plain names that are canonical already; not of all such names."""

_FIXED = re.compile(FIXED_NAME)
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?")


def to_a_label(text: str, *, kind: str = "domain name") -> str:
    """
    The name in lower-case A-labels, without a trailing dot.

    Non-ASCII labels follow IDNA 2008 after the mapping of UTS 46 (not transitional).
    ASCII labels are taken as the DNS has them: letters, digits, hyphens inside, and the
    underscore, which service names use (RFC 8552).

    Raises:
        InvalidValue: Its reason says which rule is broken.
    """
    if _FIXED.fullmatch(text):
        return text
    name = text.lower() if text.isascii() else _mapped(text, kind)
    name = name.removesuffix(".")
    if not name:
        raise InvalidValue(kind, text, "it is empty")
    labels = [_label(label, text, kind) for label in name.split(".")]
    name = ".".join(labels)
    if len(name) > NAME_LENGTH_MAX:
        raise InvalidValue(kind, text, f"longer than {NAME_LENGTH_MAX} characters")
    if labels[-1].isdigit():
        raise InvalidValue(kind, text, "its last label is a number")
    return name


def to_unicode(name: str) -> str:
    """*name* with its A-labels decoded where they decode; for reading only."""
    if "xn--" not in name:
        return name
    import idna

    labels = []
    for label in name.split("."):
        try:
            labels.append(idna.ulabel(label) if label.startswith("xn--") else label)
        except (idna.IDNAError, UnicodeError):
            labels.append(label)
    return ".".join(labels)


def _mapped(text: str, kind: str) -> str:
    import idna

    try:
        return idna.uts46_remap(text, std3_rules=False, transitional=False).lower()
    except (idna.IDNAError, UnicodeError, ValueError, IndexError) as error:
        raise InvalidValue(kind, text, _reason(error)) from error


def _label(label: str, text: str, kind: str) -> str:
    if not label:
        raise InvalidValue(kind, text, "it has an empty label")
    if not label.isascii():
        import idna

        try:
            label = idna.alabel(label).decode("ascii").lower()
        except (idna.IDNAError, UnicodeError, ValueError) as error:
            raise InvalidValue(kind, text, _reason(error)) from error
    if len(label) > LABEL_LENGTH_MAX:
        raise InvalidValue(kind, text, f"a label is longer than {LABEL_LENGTH_MAX} characters")
    if label.startswith("-") or label.endswith("-"):
        raise InvalidValue(kind, text, "a label starts or ends with a hyphen")
    if not _LABEL.fullmatch(label):
        raise InvalidValue(kind, text, "a label holds a character that host names don't have")
    return label


def _reason(error: Exception) -> str:
    reason = str(error).rstrip(".") or "it can't be encoded"
    return f"IDNA refuses it ({reason[:120]})"
