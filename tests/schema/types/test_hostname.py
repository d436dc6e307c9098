"""The canonical form of DNS names."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.errors import InvalidValue
from clew.schema.types import DomainName
from clew.schema.types.hostname import FIXED_NAME

LABEL = st.from_regex(r"[a-z0-9_]([a-z0-9_-]{0,10}[a-z0-9_])?", fullmatch=True)
NAME = st.builds(lambda labels: ".".join([*labels, "example"]), st.lists(LABEL, max_size=5))


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("Bücher.example", "xn--bcher-kva.example"),
        ("BÜCHER.EXAMPLE", "xn--bcher-kva.example"),
        ("bu\u0308cher.example", "xn--bcher-kva.example"),
        ("XN--BCHER-KVA.example.", "xn--bcher-kva.example"),
        ("bücher。example", "xn--bcher-kva.example"),
        ("ｅｖｉｌ．example", "evil.example"),
        ("faß.example", "xn--fa-hia.example"),
        ("_dmarc.Example.ORG", "_dmarc.example.org"),
        ("r3---sn-abc.example", "r3---sn-abc.example"),
        ("xn--a.example", "xn--a.example"),
        ("evil[.]example", "evil.example"),
        ("example", "example"),
        ("com.tw", "com.tw"),
        ("1.example", "1.example"),
    ],
)
def test_equal_names_have_one_form(written: str, canonical: str) -> None:
    """Case, script, trailing dot and defanging are no part of a name's identity."""
    assert DomainName(written) == canonical
    assert DomainName(written).id == DomainName(canonical).id


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("", "empty"),
        (".", "empty"),
        ("a..example", "empty label"),
        ("a.example..", "empty label"),
        ("-a.example", "hyphen"),
        ("a-.example", "hyphen"),
        ("192.0.2.1", "number"),
        ("a.1", "number"),
        ("a" * 64 + ".example", "63"),
        (".".join(["a" * 60] * 5), "253"),
        ("*.example", "character"),
        ("a b.example", "character"),
        ("a/b.example", "character"),
        ("a@b.example", "character"),
        ("☃.example", "IDNA"),
        ("a\u202eb.example", "IDNA"),
        ("a\0.example", "character"),
        ("x" * 9_000, "longer"),
    ],
)
def test_invalid_name_is_refused_with_its_reason(written: str, reason: str) -> None:
    """The error says which rule is broken."""
    with pytest.raises(InvalidValue) as caught:
        DomainName(written)
    assert reason in caught.value.reason


@given(NAME)
def test_case_and_trailing_dot_change_nothing(name: str) -> None:
    """Every plain name equals its upper-case form with a trailing dot."""
    assert DomainName(name.upper() + ".") == DomainName(name) == name


@given(st.from_regex(FIXED_NAME, fullmatch=True))
def test_fixed_names_are_canonical(name: str) -> None:
    """What the bulk expression matches is canonical, by the slow way too."""
    assert DomainName(f"{name}.") == name


@given(st.text(alphabet="äßéŒ漢字عλ-a1.", min_size=1, max_size=30))
def test_unicode_view_reads_back(text: str) -> None:
    """A name shown in its own script is read as the same name."""
    try:
        name = DomainName(text)
    except InvalidValue:
        return
    assert re.fullmatch(r"[a-z0-9._-]+", name)
    assert DomainName(name.unicode) == name
