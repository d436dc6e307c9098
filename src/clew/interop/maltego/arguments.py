"""What a local transform is started with."""

from __future__ import annotations

import re
from collections.abc import Sequence

from clew.interop.maltego.record import EntityField

ARGUMENT_BYTES_MAX = 120 * 1024
"""Longest argument, in bytes of UTF-8; Linux takes up to 128 KiB for one."""
PROPERTIES_MAX = 10_000
"""Most properties of one string that are read."""

_ESCAPED = re.compile(r"[\\#=]")


def arguments(
    parameters: str, value: str, fields: Sequence[EntityField]
) -> tuple[list[str], list[str]]:
    """
    The arguments behind the command, and warnings of what was cut.

    Args:
        parameters: As a `.mtz` tells them; split like a shell does, nothing is expanded.
        value: Of the entity.
        fields: Properties that fit are sent, the others are left out and named.

    Returns:
        Parameters, value, and the properties where there are any; and sentences.
    """
    made, warnings = split(parameters)
    sent = _argument_text(value)
    if len(sent.encode()) > ARGUMENT_BYTES_MAX:
        sent = sent.encode()[:ARGUMENT_BYTES_MAX].decode("utf-8", "ignore")
        warnings.append(f"The value was cut to {ARGUMENT_BYTES_MAX} bytes.")
    if sent.startswith("-"):
        warnings.append("The value begins with a dash; the program may take it for an option.")
    made.append(sent)
    sendable: list[EntityField] = []
    size, dropped = 0, []
    for field in fields:
        length = len(write_properties([field]).encode()) + 1
        if size + length > ARGUMENT_BYTES_MAX:
            dropped.append(field.name[:80])
            continue
        sendable.append(field)
        size += length
    if dropped:
        named = ", ".join(dropped[:10])
        warnings.append(f"{len(dropped)} properties are too long to be sent: {named}.")
    properties = write_properties(sendable)
    if properties:
        made.append(properties)
    return made, warnings


def write_properties(fields: Sequence[EntityField]) -> str:
    """Properties as ``name=value#name=value`` with escapes; NUL can't travel and is removed."""
    return "#".join(
        f"{_escaped(field.name)}={_escaped(field.value)}"
        for field in fields
        if _argument_text(field.name)
    )


def read_properties(text: str) -> tuple[EntityField, ...]:
    """
    The properties of a string, also of senders that escape less than they should.

    A field without ``=`` is a name without a value; one without a name is left out.
    """
    fields: list[EntityField] = []
    name: str | None = None
    piece: list[str] = []
    at = 0
    while at <= len(text) and len(fields) < PROPERTIES_MAX:
        sign = text[at : at + 1]
        if sign == "\\" and _ESCAPED.match(text, at + 1):
            piece.append(text[at + 1])
            at += 1
        elif sign == "=" and name is None:
            name, piece = "".join(piece), []
        elif sign in ("#", ""):
            value = "".join(piece)
            if name is None:
                name, value = value, ""
            if name:
                fields.append(EntityField(name, value))
            name, piece = None, []
        else:
            piece.append(sign)
        at += 1
    return tuple(fields)


def split(parameters: str) -> tuple[list[str], list[str]]:
    """
    Parameters split at blanks; quotes keep together, and nothing is expanded.

    A backslash stands for itself unless a quote or a blank follows, so Windows paths stay whole.
    """
    made: list[str] = []
    piece: list[str] | None = None
    quote = ""
    signs = iter(range(len(parameters)))
    for at in signs:
        sign, following = parameters[at], parameters[at + 1 : at + 2]
        if sign == "\0":
            continue
        if quote and sign == quote:
            quote = ""
        elif sign == "\\" and quote != "'" and following and following in "\"' ":
            piece = _more(piece, following)
            next(signs)
        elif quote or not (sign in "\"'" or sign.isspace()):
            piece = _more(piece, sign)
        elif sign in "\"'":
            quote, piece = sign, _more(piece, "")
        elif piece is not None:
            made.append("".join(piece))
            piece = None
    if piece is not None:
        made.append("".join(piece))
    return made, ["A quote in the parameters is not closed."] if quote else []


def _more(piece: list[str] | None, sign: str) -> list[str]:
    piece = [] if piece is None else piece
    piece.append(sign)
    return piece


def _escaped(text: str) -> str:
    return _ESCAPED.sub(r"\\\g<0>", _argument_text(text))


def _argument_text(text: str) -> str:
    """A text that can be an argument: without NUL, and with marks for what is no Unicode text."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()
