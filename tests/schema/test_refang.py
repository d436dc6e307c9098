"""Refanging undoes what defanging and reports do."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clew.schema.refang import defang, defang_words, refang, refang_dots, refang_words
from clew.schema.types import URL, DomainName, EmailAddress, IPAddress, Mutex, Netblock, Port
from clew.schema.value import Value

PLAIN = (
    "a", "see", "", "C:\\Temp\\b.exe", "nginx", "1.2", "evil.example", "192.0.2.1:443",
    "x@b.example", "http://a.example/x.y", "ftp://b.example", "t.me/channel", "End.",
)  # fmt: skip
SIGNS = st.text(alphabet="[](){}.:@/\\ dotahxp%é", max_size=60)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("hxxp://evil[.]example/x", "http://evil.example/x"),
        ("hXXps[:]//evil[.]example", "https://evil.example"),
        ("http[://]evil(.)example", "http://evil.example"),
        ("h**p://evil{.}example", "http://evil.example"),
        ("meow://evil[dot]example", "http://evil.example"),
        ("fxp://evil(DOT)example", "ftp://evil.example"),
        ("evil [dot] example", "evil.example"),
        ("evil[.example", "evil.example"),
        ("evil.]example", "evil.example"),
        ("evil\\.example", "evil.example"),
        ("[[.]]", "."),
        ("john[@]evil[.]example", "john@evil.example"),
        ("john (at) evil (dot) example", "john@evil.example"),
        ("192[.]0[.]2[.]1[:]443", "192.0.2.1:443"),
        ("2001[:]db8::1", "2001:db8::1"),
        ("[2001:db8::1]", "[2001:db8::1]"),
        ("plain.example", "plain.example"),
    ],
)
def test_known_signs_are_undone(written: str, meant: str) -> None:
    """Each usual way to defang a value reads as the value."""
    assert refang(written) == meant


@given(SIGNS)
def test_refang_is_idempotent(text: str) -> None:
    """Refanging what was refanged changes nothing but a scheme that appears by it."""
    once = refang(refang(text))
    assert refang(once) == once
    assert refang_dots(refang_dots(text)) == refang_dots(text)


@given(st.lists(st.sampled_from(PLAIN), max_size=6))
def test_words_that_were_defanged_are_undone(words: list[str]) -> None:
    """A sentence in which whatever a program would open was defanged is read as it was."""
    text = " ".join(words)
    assert refang_words(defang_words(text)) == text


@pytest.mark.assurance("defang")
@given(st.text(max_size=80))
def test_any_text_is_refanged_and_defanged(text: str) -> None:
    """No text makes either function fail."""
    refang(text)
    defang(text)


@pytest.mark.assurance("defang")
@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (DomainName("www.evil.example"), "www.evil[.]example"),
        (IPAddress("192.0.2.1"), "192.0.2[.]1"),
        (Netblock("192.0.2.0/24"), "192.0.2[.]0/24"),
        (EmailAddress("a.b@evil.example"), "a.b[@]evil[.]example"),
        (URL("https://evil.example/a.b?c=d.e"), "hxxps://evil[.]example/a.b?c=d.e"),
        (URL("ftp://evil.example/"), "fxp://evil[.]example/"),
        (URL("http://[2001:db8::1]/"), "hxxp://[2001:db8::1]/"),
        (Port("192.0.2.1:443/tcp"), "192.0.2[.]1:443/tcp"),
        (Mutex("a.b@c/d"), "a.b@c/d"),
    ],
)
def test_defanged_value_gives_the_value_back(value: Value, shown: str) -> None:
    """What is shown defanged is read again as the same value."""
    assert defang(value) == shown
    assert type(value)(shown) == value


@pytest.mark.assurance("regex-time")
@settings(deadline=2000, max_examples=10)
@given(st.sampled_from(["[", "(.", "[[.]]", "[.", "\\", " [ ", "[dot"]))
def test_hostile_repetition_is_quick(piece: str) -> None:
    """Thousands of half signs are read in bounded time."""
    refang(piece * (8_000 // len(piece)))
