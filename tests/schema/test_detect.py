"""What pasted tokens and lines are taken for."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clew.schema.detect import LineProblem, detect, read_lines
from clew.schema.registry import catalogue
from clew.schema.types import (
    URL,
    AutonomousSystem,
    Certificate,
    DomainName,
    EmailAddress,
    File,
    FilePath,
    IPAddress,
    Mutex,
    Netblock,
    Phone,
    Phrase,
    Port,
    RegistryKey,
    UserAgent,
    Vulnerability,
)
from clew.schema.value import Value


@pytest.mark.parametrize(
    ("token", "value"),
    [
        ("evil.example", DomainName("evil.example")),
        ("evil[.]example,", DomainName("evil.example")),
        ('"Evil.Example"', DomainName("evil.example")),
        ("Bücher.example", DomainName("bücher.example")),
        ("evil.com.tw.", DomainName("evil.com.tw")),
        ("_dmarc.evil.example", DomainName("_dmarc.evil.example")),
        ("host[.]corp", DomainName("host.corp")),
        ("hxxps://evil[.]example/a", URL("https://evil.example/a")),
        ("192[.]0[.]2[.]1", IPAddress("192.0.2.1")),
        ("::ffff:192.0.2.1", IPAddress("192.0.2.1")),
        ("2001:db8::1", IPAddress("2001:db8::1")),
        ("192.0.2.0/24", Netblock("192.0.2.0/24")),
        ("192.0.2.0-192.0.2.9", Netblock("192.0.2.0-192.0.2.9")),
        ("192.0.2.1:443", Port("192.0.2.1:443")),
        ("evil.example:8080", Port("evil.example:8080")),
        ("AS64496", AutonomousSystem("AS64496")),
        ("john(at)evil(dot)example", EmailAddress("john@evil.example")),
        ("D" * 32, File("d" * 32)),
        (":".join(["AB"] * 20), Certificate("ab" * 20)),
        ("CVE-2012-0158", Vulnerability("CVE-2012-0158")),
        (r"HKLM\Software\Run", RegistryKey(r"HKLM\Software\Run")),
        (r"C:\Windows\evil.exe", FilePath(r"C:\Windows\evil.exe")),
        ("/tmp/x/evil", FilePath("/tmp/x/evil")),
        ("Mozilla/4.0 (compatible; MSIE 6.0)", UserAgent("Mozilla/4.0 (compatible; MSIE 6.0)")),
        ("+1 202 555 0100", Phone("+12025550100")),
    ],
)
def test_token_is_known(token: str, value: Value) -> None:
    """The best guess for a token is the value that it plainly is."""
    assert detect(token, catalogue())[0] == value


@pytest.mark.parametrize(
    "token",
    ["", "word", "report.pdf", "setup.exe", "1.2", "192.0.2.1.5", "v1.0.3", "...", "#", "-"],
)
def test_plain_words_are_nothing(token: str) -> None:
    """Words, file names and version numbers are not taken for indicators."""
    assert detect(token, catalogue()) == []


def test_forty_digits_are_a_file_first_and_a_certificate_second() -> None:
    """A token with two readings gives both, the usual one first."""
    assert detect("a" * 40, catalogue()) == [File("a" * 40), Certificate("a" * 40)]


def test_lines_are_read_with_their_numbers() -> None:
    """Lines, several values on one, prefixes, comments and faults come with their line."""
    text = (
        "\ufeffevil.example # seen in May\r\n"
        "# only a comment\n"
        "\n"
        "192.0.2.1, 192.0.2.2\n"
        "mutex: Global\\abc\n"
        "phrase\tissue # 5\n"
        "MD5: " + "A" * 32 + "\n"
        "hxxp://evil[.]example/#top\n"
        "url: evil.example\n"
        "what is this\n"
        "evil.example beacon"
    )
    values, problems = read_lines(text, catalogue())
    assert values == [
        (1, DomainName("evil.example")),
        (4, IPAddress("192.0.2.1")),
        (4, IPAddress("192.0.2.2")),
        (5, Mutex("Global\\abc")),
        (6, Phrase("issue # 5")),
        (7, File("a" * 32)),
        (8, URL("http://evil.example/#top")),
        (11, DomainName("evil.example")),
    ]
    assert problems == [
        LineProblem(9, "url: evil.example", "URL: it has no scheme. Write http:// before it"),
        LineProblem(10, "what is this", problems[1].reason),
        LineProblem(11, "beacon", "this part of the line was not understood"),
    ]


@settings(max_examples=60, deadline=2000)
@given(st.text(alphabet="[](){}.:@/\\-_ #?=hxtpdoa1٢é\t\n,;|\"'", max_size=120))
def test_any_paste_is_read(text: str) -> None:
    """No text makes detection or reading fail."""
    detect(text, catalogue())
    read_lines(text, catalogue())


@given(st.sampled_from([kind.name for kind in catalogue().entity_types.values()]), st.text())
def test_any_explicit_line_is_a_value_or_a_problem(kind: str, text: str) -> None:
    """A line with a type gives one value of it or one problem, never neither."""
    line = f"{kind}\t{text}".replace("\n", " ")
    values, problems = read_lines(line, catalogue())
    assert len(values) + len(problems) == 1
    # Whoever tells the reason ends the sentence.
    assert not any(one.reason.endswith(".") for one in problems)


@pytest.mark.parametrize("piece", ["a.", "[", "1", "::", "/a", "\\", "a@", "+1 ", "-", "0:"])
def test_hostile_repetition_is_quick(piece: str) -> None:
    """A long token of one repeated piece is read in bounded time."""
    detect(piece * (8_000 // len(piece)), catalogue())
