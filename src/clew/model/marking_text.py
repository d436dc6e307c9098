"""Markings as files, providers and people write them. What is not understood is the strictest."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from msgspec import UnsetType

from clew.model.marking import PAP, TLP, Marking, strictest

NOT_UNDERSTOOD = "this marking is not understood; it counts as the strictest"
MARKING_NAMES = frozenset(
    (
        "marking", "markings", "tlp", "pap", "tlp_level", "tlp_marking", "tlp_color", "tlp_colour",
        "traffic_light", "traffic_light_protocol", "trafficlight", "protective_marking",
        "handling_caveat", "tlpcolor", "tlpcolour", "tlplevel", "tlp_status",
    )
)  # fmt: skip
"""Names of properties, attributes and columns that hold markings; lower case, with underscores."""
_NOTHING = frozenset(("", "-", "--", "n/a", "na", "none", "null", "unmarked", "undefined"))
_IN_WORDS = r"TRAFFIC[\s_-]*LIGHT(?:[\s_-]*PROTOCOL)?(?:\s*\(TLP\))?"
_SPELLED = re.compile(_IN_WORDS, re.IGNORECASE)
_STRICT = re.compile(r"AMBER\s*[+_/-]?\s*STRICT", re.IGNORECASE)
_WORD = re.compile(r"(?:\b(TLP|PAP)(?:[\s:=_/.-]|2\.0|V2)*)?([^\W\d_][^\W\d]*)")
_LEVEL = r"AMBER\s*[+_/-]?\s*STRICT|AMBER|RED|GREEN"
_MENTION = re.compile(
    rf"\b(TLP|PAP|{_IN_WORDS})(?:\s?[:=]\s?|[-_ ])(AMBER\s*[+_/-]?\s*STRICT|[A-Z]+)",
    re.IGNORECASE,
)
_LOOSE = re.compile(
    # Between the scheme and its level: a version, a word such as "level", and up to eight signs.
    rf"(?:\b|_)(TLP|PAP|{_IN_WORDS})\s*(?:v?\.?\s?[12](?:\.0)?)?\s?"
    r"(?:level|colou?r|marking|status|rating|designation|is|EX|EXTENDED)?"
    rf"[\W_]{{1,8}}(?:level|colou?r|is|EX)?[\W_]{{0,8}}({_LEVEL})(?![A-Za-z])",
    re.IGNORECASE,
)
_TURNED = re.compile(rf"\b({_LEVEL})\s+(TLP|PAP)\b")
_FIELD = re.compile(
    r"^[^\w\n]{0,8}(?:protective[ _-]?)?(marking|markings|handling|handling[ _-]?caveat|sharing)"
    rf"[\"'*]{{0,3}}\s?[:=]\s?[\"'*]{{0,3}}({_LEVEL})\b",
    re.IGNORECASE | re.MULTILINE,
)
_FORBIDDEN_LINE = re.compile(
    r"^[^\w\n]{0,12}(?:(?:STRICTLY |COMPANY |COMMERCIAL(?:LY)? )?(?:CONFIDENTIAL|SECRET|RESTRICTED)"
    r"|INTERNAL(?: USE)? ONLY|NOT FOR (?:PUBLIC |EXTERNAL |FURTHER )?(?:RELEASE|DISTRIBUTION|"
    r"DISCLOSURE)|DO NOT (?:SHARE|DISTRIBUTE|FORWARD|DISCLOSE)"
    r"|Sensitivity: *(?:Company-Confidential|Private|Personal))\b[^\n]{0,60}$",
    re.MULTILINE,
)
_QUICK = re.compile("TLP|PAP|traffic", re.IGNORECASE)
_LINE_MAX = 4_096
"""How far from a marking its line is looked for, in code points."""
_SIGNS = {ord(sign): None for sign in "*`\u00ad"}
_TAG = re.compile(r"\s*(?:tlp|pap)\s*[:=_-]", re.IGNORECASE)
_SPEAKS = re.compile(r"marking|\btlp|\bpap\b|traffic.?light|\bcaveat", re.IGNORECASE)
_FORBIDS = re.compile(
    r"confidential|\bdo not (?:share|distribute|forward|disclose)|\bnot for (?:public|external|"
    r"distribution|release|disclosure|further)|\binternal(?: use)? only|\brestricted\b|"
    r"\bsecret\b|\bneed[- ]to[- ]know|\blimited distribution|\bnon-?disclosure",
    re.IGNORECASE,
)


def read_marking(written: object, *, scheme: str = "") -> tuple[Marking, str]:
    """
    The marking that the whole of a cell, label, attribute or tag means.

    Args:
        written: A text such as ``TLP:RED``, ``tlp:amber+strict``, ``RED`` or ``TLP:RED PAP:AMBER``.
        scheme: ``TLP`` or ``PAP`` where the field's name says it already.

    Returns:
        The marking, unmarked where nothing is said, and why where it is not understood: then it is
        the strictest.
    """
    if written is None or (isinstance(written, str) and written.strip().lower() in _NOTHING):
        return Marking(), ""
    if not isinstance(written, str):
        return _strictest(scheme), NOT_UNDERSTOOD
    tlp, pap, known, strange = TLP.UNMARKED, PAP.UNMARKED, False, ""
    plain = unicodedata.normalize("NFKC", written)
    plain = _STRICT.sub("AMBER_STRICT", _SPELLED.sub("TLP", plain)).upper()
    for prefix, word in _WORD.findall(plain):
        levels: type[TLP] | type[PAP] = PAP if (prefix or scheme) == "PAP" else TLP
        level = _level(levels, word)
        if level is None:
            strange = strange or (prefix and prefix != word and f"{prefix}:{word}")
        elif levels is PAP:
            pap, known = max(pap, PAP(level)), True
        else:
            tlp, known = max(tlp, TLP(level)), True
    if strange or not known:
        worst = _strictest(strange[:3] or scheme)
        return Marking(max(tlp, worst.tlp), max(pap, worst.pap)), NOT_UNDERSTOOD
    return Marking(tlp, pap), ""


def scheme_of(name: str) -> str:
    """The scheme that the name of a field says; empty for the name of both."""
    return "PAP" if name == "pap" else "TLP" if "marking" not in name or "tlp" in name else ""


def read_tlp(written: object) -> tuple[TLP, str]:
    """The TLP of a field of its own, a number of ours or a text; as read_marking."""
    number = _number(written)
    if number is not None and number in TLP._value2member_map_:
        return TLP(number), ""
    marking, reason = read_marking(written, scheme="TLP")
    return marking.tlp, reason


def read_pap(written: object) -> tuple[PAP, str]:
    """The PAP of a field of its own, a number of ours or a text; as read_marking."""
    number = _number(written)
    if number is not None and number in PAP._value2member_map_:
        return PAP(number), ""
    marking, reason = read_marking(written, scheme="PAP")
    return marking.pap, reason


@dataclass(frozen=True, slots=True)
class MarkingMention:
    """A marking that stands in prose."""

    marking: Marking
    words: str
    """As it is written."""
    fault: str = ""
    """Why it is not understood, and so the strictest; empty where it is."""


def mentioned_marking(text: str) -> tuple[Marking, str]:
    """The strictest marking that stands in prose, and why one of them is not understood."""
    found = list(marking_mentions(text))
    faults = [f"{one.words}: {one.fault}" for one in found if one.fault]
    return strictest(one.marking for one in found), faults[0] if faults else ""


def marking_mentions(text: str) -> Iterator[MarkingMention]:
    """
    The markings that stand in prose: a heading, a comment, a mail's subject, a page's foot.

    Letters of other widths, invisible ones and signs of emphasis do not hide one. AMBER, RED and
    GREEN are found however they are set off (``TLP (RED)``, ``"tlp": "red"``, ``Traffic light
    level: red``), looser levels only as they are usually written. Words behind ``TLP`` that name
    no level are passed over, but for capitals (``TLP:PINK``); a line that begins with such as
    CONFIDENTIAL and names no level is the strictest.
    """
    plain = _readable(text)
    named: set[int] = set()
    for found in _MENTION.finditer(plain):
        levels: type[TLP] | type[PAP] = PAP if found[1].upper() == "PAP" else TLP
        word = "AMBER_STRICT" if _STRICT.fullmatch(found[2]) else found[2].upper()
        level, fault = _level(levels, word), ""
        if level is None:
            if ":" not in found[0] or " " in found[0] or not found[0].isupper() or len(word) < 3:
                continue
            if word in ("EX", "EXTENDED"):
                continue
            level, fault = max(levels), NOT_UNDERSTOOD
        named.add(found.start())
        marking = Marking(pap=PAP(level)) if levels is PAP else Marking(TLP(level))
        yield MarkingMention(marking, found[0], fault)
    for pattern, scheme, written in ((_LOOSE, 1, 2), (_TURNED, 2, 1), (_FIELD, 1, 2)):
        for found in pattern.finditer(plain):
            if found.start() not in named:
                named.add(found.start())
                yield MarkingMention(_named_level(found[scheme], found[written]), found[0].strip())
    lines = {plain.rfind("\n", max(0, at - _LINE_MAX), at) + 1 for at in named}
    for found in _FORBIDDEN_LINE.finditer(plain):
        if not any(found.start() <= at <= found.end() for at in (*named, *lines)):
            yield MarkingMention(Marking(TLP.RED), found[0].strip(), NOT_UNDERSTOOD)


def may_mention(text: str) -> bool:
    """Whether it is worth to look for a marking in a text; quick."""
    return not text.isascii() or _QUICK.search(text) is not None


def _readable(text: str) -> str:
    """A text without what hides a marking from a reader and not from an eye."""
    if text.isascii():
        return text.translate(_SIGNS)
    plain = unicodedata.normalize("NFKC", text).translate(_SIGNS)
    hidden = {ord(one): None for one in set(plain) if unicodedata.category(one) == "Cf"}
    return plain.translate(hidden) if hidden else plain


def _named_level(scheme: str, written: str) -> Marking:
    word = "AMBER_STRICT" if _STRICT.fullmatch(written) else written.upper()
    if scheme.upper() == "PAP":
        return Marking(pap=PAP[word]) if word in PAP.__members__ else Marking(pap=PAP.RED)
    return Marking(TLP[word])


def is_marking_tag(text: str) -> bool:
    """Whether a tag or label is meant as a marking: ``tlp:red``, ``PAP:AMBER``."""
    return _TAG.match(text) is not None


def forbids_sharing(text: str) -> bool:
    """Whether words without a TLP say that something may not be shared."""
    return _FORBIDS.search(text) is not None


def is_silent(text: str) -> bool:
    """Whether a text that nobody takes apart has no word that could be, or name, a marking."""
    return _SPEAKS.search(text) is None and not forbids_sharing(text)


def tlp_of(number: int) -> TLP:
    """The level of a stored number; one that no Clew stores is the strictest."""
    return TLP(number) if number in TLP._value2member_map_ else TLP.RED


def pap_of(number: int) -> PAP:
    """The level of a stored number; one that no Clew stores is the strictest."""
    return PAP(number) if number in PAP._value2member_map_ else PAP.RED


class MarkingCarrier(Protocol):
    """What carries a marking as stored numbers: a provenance, a task."""

    @property
    def tlp(self) -> int:
        """TLP; 0 where it carries none."""
        ...

    @property
    def pap(self) -> int | UnsetType:
        """PAP; 0 or unset where it carries none."""
        ...


def marking_of(one: MarkingCarrier) -> Marking:
    """The marking that a record carries."""
    return Marking(tlp_of(one.tlp), pap_of(one.pap or 0))


def _level(levels: type[TLP] | type[PAP], word: str) -> int | None:
    name = "CLEAR" if word == "WHITE" else word
    return levels[name].value if name in levels.__members__ else None


def _number(written: object) -> int | None:
    if isinstance(written, bool):
        return None
    if isinstance(written, int) or (isinstance(written, float) and written.is_integer()):
        return int(written)
    return (
        int(written) if isinstance(written, str) and re.fullmatch(r"\s*[0-9]\s*", written) else None
    )


def _strictest(scheme: str) -> Marking:
    return Marking(pap=PAP.RED) if scheme == "PAP" else Marking(TLP.RED)
