"""Claims that hold for every entity type."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from clew.errors import InvalidValue
from clew.schema.entity_type import EntityType
from clew.schema.types import (
    ENTITY_TYPES,
    Certificate,
    EmailAddress,
    File,
    Incident,
    Location,
    Person,
    Phone,
    RegistryKey,
    Sample,
    Tracker,
    UserAgent,
    Vulnerability,
)
from clew.schema.value import VALUE_LENGTH_MAX, Value

HOSTILE = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="[](){}.:@/\\-%_ #?=xXhtpsdoat0123456789ABCDEFabcdef\t\n", max_size=60),
    st.text(alphabet="ßİıſKÅﬁŉéé١²\u200d\u202e.a@:/", max_size=20),
    st.builds(
        lambda scheme, host, rest: f"{scheme}://{host}{rest}",
        st.sampled_from(["http", "HXXP", "https", "ftp", "tcp", "meow"]),
        st.text(alphabet="[](){}.:@ab1é", max_size=20),
        st.text(alphabet="[](){}.:@/?#ab1é \t", max_size=20),
    ),
    st.builds(
        lambda local, domain: f"{local}@{domain}",
        st.text(alphabet="{}()[].dotaDOT+@", max_size=12),
        st.sampled_from(["Mail.example", "mail[.]example", "é.example"]),
    ),
)


def _tried(kind: EntityType, text: str) -> tuple[Value | None, str]:
    try:
        return kind.value(text), ""
    except InvalidValue as error:
        return None, error.reason


FIXED = [kind for kind in ENTITY_TYPES if kind.fixed]


@pytest.mark.parametrize("kind", ENTITY_TYPES, ids=lambda kind: kind.name)
def test_any_text_is_canonical_once_or_refused(kind: EntityType) -> None:
    """Any text gives a value that is its own canonical form, or InvalidValue with a reason."""

    @settings(max_examples=60)
    @given(HOSTILE)
    @example("\ud800")
    @example("\0")
    @example("x" * (VALUE_LENGTH_MAX + 1))
    @example("ŉ" * VALUE_LENGTH_MAX)
    @example("")
    def check(text: str) -> None:
        value, refused = _tried(kind, text)
        if value is None:
            assert refused
            return
        assert kind.value(str(value)) == value
        assert value == value.strip()
        assert len(value) <= VALUE_LENGTH_MAX

    check()


@pytest.mark.parametrize("kind", FIXED, ids=lambda kind: kind.name)
def test_what_the_bulk_expression_matches_is_canonical(kind: EntityType) -> None:
    """A text that the ``fixed`` expression matches is its own canonical form."""
    assert kind.fixed is not None
    assert kind.fixed.startswith("^")
    assert kind.fixed.endswith("$")

    @settings(max_examples=60)
    @given(st.from_regex(kind.fixed[1:-1], fullmatch=True))
    def check(text: str) -> None:
        assert kind.value(text) == text

    check()


@pytest.mark.parametrize("kind", FIXED, ids=lambda kind: kind.name)
def test_bulk_expressions_are_of_the_linear_dialect(kind: EntityType) -> None:
    """The column engine takes every ``fixed`` expression."""
    import polars

    assert polars.Series(["?"]).str.contains(kind.fixed or "").item() is False


@pytest.mark.parametrize("value", [None, 5, b"a.example", ["a"]])
def test_what_is_no_text_is_refused(value: object) -> None:
    """A value of another Python type is refused by each entity type."""
    for kind in ENTITY_TYPES:
        with pytest.raises(InvalidValue):
            kind.value(value)


def test_declarations_are_complete_and_unique() -> None:
    """Every type has its own name, a family, an icon and a sentence of its own."""
    families = {"case", "code", "name", "address", "identity", "web", "trust", "note"}
    assert len({kind.name for kind in ENTITY_TYPES}) == len(ENTITY_TYPES)
    for kind in ENTITY_TYPES:
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", kind.name)
        assert kind.family in families
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", kind.icon)
        assert kind.description
        assert kind.value.__doc__ != Value.__doc__
        names = [each.name for each in kind.properties]
        assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("kind", "written", "canonical"),
    [
        (File, "D41D8CD98F00B204E9800998ECF8427E", "d41d8cd98f00b204e9800998ecf8427e"),
        (File, "MD5: D41D8CD98F00B204E9800998ECF8427E", "d41d8cd98f00b204e9800998ecf8427e"),
        (Certificate, ":".join(["AB"] * 20), "ab" * 20),
        (EmailAddress, "mailto:John.Doe@Mail.Example", "john.doe@mail.example"),
        (EmailAddress, "<john[at]bücher[.]example>", "john@xn--bcher-kva.example"),
        (Vulnerability, "cve-2012-0158", "CVE-2012-0158"),
        (Vulnerability, "ms12-027", "MS12-027"),
        (RegistryKey, r"hklm\Software\\A", r"HKEY_LOCAL_MACHINE\Software\A"),
        (RegistryKey, r"HKCU:\Software", r"HKEY_CURRENT_USER\Software"),
        (RegistryKey, r"Computer\HKEY_USERS\X", r"HKEY_USERS\X"),
        (RegistryKey, r"\REGISTRY\MACHINE\SOFTWARE", r"HKEY_LOCAL_MACHINE\SOFTWARE"),
        (Phone, "+1.480 505-8800", "+14805058800"),
        (Phone, "0049 (30) 1234", "+49301234"),
        (Phone, "+44 (0)20 7946 0000", "+442079460000"),
        (Phone, "tel:+1 202 555 0100 ext. 12", "+12025550100x12"),
        (Tracker, "GoogleAnalyticsId: UA-1", "googleanalyticsid:UA-1"),
        (Person, "Chen \t Ling", "Chen Ling"),
        (Person, "Rene\u0301", "René"),
        (Location, "cn", "CN"),
        (UserAgent, " Mozilla/4.0  (compatible;) ", "Mozilla/4.0  (compatible;)"),
        (Incident, "20130520A:  Tendrit APT", "20130520A: Tendrit APT"),
    ],
)
def test_equal_things_have_one_form(kind: type[Value], written: str, canonical: str) -> None:
    """Ways to write one thing are one value with one id."""
    assert kind(written) == canonical
    assert kind(written).id == kind(canonical).id


@pytest.mark.parametrize(
    ("kind", "written", "reason"),
    [
        (File, "d41d8", "5 digits"),
        (File, "g" * 32, "hexadecimal"),
        (File, "d41d8cd98f00b204e9800998ecf8427", "31 digits"),
        (Certificate, "ab" * 16, "40 or 64"),
        (EmailAddress, "REDACTED FOR PRIVACY", "no @"),
        (EmailAddress, "Select Request Email Form at a@b", "malformed"),
        (EmailAddress, "john@localhost", "no dot"),
        (EmailAddress, ".john@mail.example", "malformed"),
        (EmailAddress, "@mail.example", "malformed"),
        (EmailAddress, "a" * 65 + "@mail.example", "too long"),
        (EmailAddress, "{(dot)}@mail.example", "malformed"),
        (Vulnerability, "CVE-12-1", "CVE-YYYY-NNNN"),
        (Vulnerability, "heartbleed", "no id"),
        (RegistryKey, "Software", "neither"),
        (RegistryKey, r"\REGISTRY\NOWHERE\A", "no root"),
        (Phone, "call me", "digits"),
        (Phone, "+0 123", "country code"),
        (Tracker, "UA-1", "kind:value"),
        (Sample, "a b", "white space"),
        (UserAgent, "a\nb", "control"),
        (Incident, "\x1b[31mred", "control"),
    ],
)
def test_invalid_value_is_refused_with_its_reason(
    kind: type[Value], written: str, reason: str
) -> None:
    """The error says which rule is broken."""
    with pytest.raises(InvalidValue) as caught:
        kind(written)
    assert reason in caught.value.reason


@given(
    st.sampled_from([32, 40, 64, 128]).flatmap(
        lambda n: st.text("0123456789abcdef", min_size=n, max_size=n)
    )
)
def test_hash_case_changes_nothing(digest: str) -> None:
    """A hash in upper case is the same file."""
    assert File(digest.upper()).id == File(digest).id
