"""Values that look alike stay apart, unless a rule that is told makes them one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

import pytest

from clew.errors import InvalidValue
from clew.schema.entity_type import EntityType
from clew.schema.look_alikes import UNSEEN, mixed_scripts, unicode_form
from clew.schema.types import ENTITY_TYPES
from clew.schema.user_value import declare_type
from clew.schema.value import Value

pytestmark = pytest.mark.assurance("look-alikes")

ALIKE = {
    "a": "аａɑ", "c": "сϲ", "d": "ⅾ", "e": "еｅ", "i": "ıіİ", "k": "\u212aк", "l": "ⅼ", "m": "ⅿ",
    "o": "оο０", "p": "р", "s": "ſѕ", "x": "х", "A": "АＡ", "C": "СϹ", "E": "Е", "I": "ıІİ",
    "K": "К", "S": "ſЅ", "0": "０O", "1": "１١", "2": "２", ".": "․。．", ":": "：∶", "/": "⁄／",
    "\\": "＼∖", "-": "‐−", "@": "＠",
}  # fmt: skip
"""Signs that look like an ASCII one; the Kelvin sign is a K by Unicode's own rule (form C)."""
HIDDEN = "\u200b\u200d\u00ad\u2060\ufeff\u202e\u034f\ufe0f\u3164"
SAMPLES = (
    "www.kisspal1.example", "192.0.2.1", "192.0.2.0/24", "192.0.2.1:443/tcp", "AS64500",
    "https://kiss.example/Kis/s?a=1", "kisspal1@example.org", "+12025550123",
    "d41d8cd98f00b204e9800998ecf8427e", "da39a3ee5e6b4b0d3255bfef95601890afd80709",
    "CVE-2014-1761", "HKEY_LOCAL_MACHINE\\Software\\Kiss", "REGISTRY\\MACHINE\\Kiss",
    "HKEY_CLASSES_ROOT\\Kiss", "COMPUTER\\HKEY_USERS\\a", "kiss:x1", "Kiss alpha 1", "IS",
)  # fmt: skip


def changed(text: str) -> Iterator[str]:
    """The text with one sign that looks like it, or one more that nobody sees."""
    for at, sign in enumerate(text):
        yield from (text[:at] + other + text[at + 1 :] for other in ALIKE.get(sign, ""))
    for at in range(len(text) + 1):
        yield from (text[:at] + other + text[at:] for other in HIDDEN)


def tried(kind: EntityType, text: str) -> Value | None:
    try:
        return kind.value(text)
    except InvalidValue:
        return None


OWN = [
    declare_type(
        f"own-{case}", label="Own", plural="Own", family="note", icon="tag", solid=True,
        description="", pattern="[A-Za-z:0-9 ]+", case=case, detected=False, properties=(),
    )
    for case in ("lower", "upper", "keep")
]  # fmt: skip


@pytest.mark.parametrize("kind", [*ENTITY_TYPES, *OWN], ids=lambda kind: kind.name)
def test_what_looks_alike_is_another_value_or_none(kind: EntityType) -> None:
    """Of every type: only names of the DNS follow its own rule (IDNA), which maps such signs."""
    samples = [text for text in SAMPLES if tried(kind, text)]
    assert samples
    for text in samples:
        value = kind.value(text)
        for other in changed(text):
            found = tried(kind, other)
            if found == value:
                assert mapped(host_of(kind, other)) == mapped(host_of(kind, text)), (
                    kind.name,
                    other,
                )
                assert rest_of(kind, other) == rest_of(kind, text), (kind.name, ascii(other))


def host_of(kind: EntityType, text: str) -> str:
    """The part that is a name of the DNS; empty where it has none."""
    if kind.name == "domain-name":
        return text
    host = re.search(r"(?<=://)[^/\\]*|(?<=@).*|^[^:/ \\]*[.․。．][^:/ \\]*$", text)
    return host[0] if host else ""


def rest_of(kind: EntityType, text: str) -> str:
    return text.replace(host_of(kind, text), "", 1) if host_of(kind, text) else text


def mapped(host: str) -> str:
    """As IDNA maps a name (UTS 46): case, width, marks that nobody sees."""
    import idna

    try:
        return idna.uts46_remap(host, std3_rules=False, transitional=False)
    except idna.IDNAError:
        return host


@pytest.mark.parametrize(
    ("value", "read", "scripts"),
    [
        ("xn--pypal-4ve.com", "pаypal.com", ("Cyrillic", "Latin")),
        ("xn--80ak6aa92e.com", "аррӏе.com", ("Cyrillic",)),
        ("a@xn--pypal-4ve.com", "a@pаypal.com", ("Cyrillic", "Latin")),
        ("https://xn--pypal-4ve.com/x", "https://pаypal.com/x", ("Cyrillic", "Latin")),
        ("xn--bcher-kva.example", "bücher.example", ()),
        ("xn--zzzz.com", "", ()),
        ("paypal.com", "", ()),
        ("Іvan Petrov", "", ("Cyrillic", "Latin")),
        ("Иван Petrov", "", ()),
        ("αβγ rays", "", ()),
    ],
)
def test_both_forms_of_a_name_are_told(value: str, read: str, scripts: tuple[str, ...]) -> None:
    """How A-labels read, and the scripts of a word that could be taken for another."""
    assert (unicode_form(value), mixed_scripts(value)) == (read, scripts)


@pytest.mark.parametrize("kind", ENTITY_TYPES, ids=lambda kind: kind.name)
def test_two_codings_of_a_text_are_one_by_rule_or_two(kind: EntityType) -> None:
    """Names are in form C, whatever they came in; what is kept to the letter stays as it came."""
    whole, parts = "José Åa", unicodedata.normalize("NFD", "José Åa")
    if (found := tried(kind, whole)) is not None:
        other = tried(kind, parts)
        assert found == whole
        assert other in (whole, parts)


def test_signs_that_nobody_sees_are_known() -> None:
    """Fillers, joiners and variants after a letter; an emoji keeps its own."""
    for sign in "\u034f\u115f\u3164\u2800\U000e0100":
        assert UNSEEN.search(f"a{sign}b")
    assert UNSEEN.search("a\ufe0f")
    assert not UNSEEN.search("\u26a0\ufe0f é ü")
