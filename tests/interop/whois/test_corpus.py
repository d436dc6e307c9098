"""Real whois answers, read as a whole and compared with what a plain search finds in them."""

import re
from typing import TypedDict

import pytest

from clew.interop.whois.text import read_whois
from clew.schema.registry import catalogue
from corpus.files import corpus, corpus_files
from shared import shared_files

CORPUS = "data/whois-corpus"
HOST = r"((?:[a-z0-9-]+\.)+[a-z]{2,})\.?(?=[\s,|(\[]|$)"


class Held(TypedDict):
    """What a file holds of each kind."""

    domain: list[str]
    registrar: list[str]
    servers: set[str]
    created: list[str]


def _hosts(text: str) -> set[str]:
    """Host names behind labels of name servers, and alone on lines, found without the reader."""
    label = r"(?:[a-z]\. )?\[?(?:name ?servers?|nservers?|dns\d?|hostname)[ .]*(?:[\]:]|\.\.)"
    found = re.findall(rf"(?im)^[ \t]*{label}[ \t]*{HOST}", text)
    for head, space in ((r"[^\n%#>]*servers?\b[^\n:]*:?[^\n:]*\n?", "*"), ("REDACTED", "+")):
        lists = rf"(?im)^{head}\n((?:[ \t]{space}{HOST}[^\n]*(?:\n|$))+)"
        for block in re.finditer(lists, text):
            found += re.findall(rf"(?im)^[ \t]*{HOST}", block[1])
    return {name.lower() for name in found}


def _named(text: str, label: str) -> list[str]:
    """Values on the line of a label or alone on the next, found without the reader."""
    pattern = rf"(?im)^[ \t]*\[?(?:{label})[ .]*[\]:][ \t]*(?:\n[ \t]+)?([^\s:][^\n]*)$"
    values = re.findall(pattern, text)
    return [value for value in values if "REDACTED" not in value and "efore" not in value]


def _expected(text: str, name: str) -> Held:
    """What a file of the corpus really holds: name, registrars, hosts and years of creation."""
    first = r"creat|regist(?:ered|ration)|commenc|first regist|date regist|assigned"
    created = _named(text, rf"(?:domain |record )?(?:name )?(?:{first})[a-z -]*")
    return {
        "domain": re.findall(rf"(?im)(?:^|[\s:]){re.escape(name)}\.?(?:[\s(]|$)", text),
        "registrar": _named(text, "(?:sponsoring |domain )?registrar(?:[ -]name)?"),
        # The A-labels of the domain stand under DNS in this one.
        "servers": _hosts(text) - {"geko.dk"},
        "created": [
            year
            for text_of_date in created
            for year in re.findall(r"\b(?:19|20)\d\d", text_of_date)
        ],
    }


def test_corpus_is_read() -> None:
    """Of 148 real answers, 97 of 100 and more that hold a fact yield it, and yield no other."""
    files = shared_files(CORPUS, "*.txt")
    assert len(files) == 148
    missed: dict[str, list[str]] = {"domain": [], "registrar": [], "servers": [], "created": []}
    count = dict.fromkeys(missed, 0)
    for path in files:
        text, name = path.read_text(), path.name[2:-4].removeprefix("www.")
        facts, problems = read_whois(text)
        assert len(problems) < 4
        assert {one.subject for one in facts} <= {str(catalogue().value("domain-name", name))}
        expected = _expected(text, name)
        found = {
            "domain": bool(facts),
            "registrar": any(
                (one.registrar or "none")[:8] in " ".join(expected["registrar"]) for one in facts
            ),
            "servers": {host for one in facts for host in one.name_servers} == expected["servers"],
            "created": any(str(one.created)[:4] in expected["created"] for one in facts),
        }
        for kind, values in expected.items():
            count[kind] += bool(values)
            missed[kind] += [path.name] if values and not found[kind] else []
        # Nothing is told that the file does not hold.
        assert expected["servers"] or not facts or found["servers"], path.name
    assert min(count.values()) >= 90
    for kind, names in missed.items():
        assert len(names) <= 0.03 * count[kind], (kind, count[kind], names)


def test_the_name_asked_for_completes_the_corpus() -> None:
    """With the name that was asked for, each answer that tells name servers gives a record."""
    for path in shared_files(CORPUS, "[ab]-*.txt"):
        text, name = path.read_text(), path.name[2:-4]
        facts, _ = read_whois(text, asked=name)
        assert {host for one in facts for host in one.name_servers} >= _hosts(text) - {"geko.dk"}


@pytest.mark.parametrize("path", corpus_files("whois/*.txt"))
def test_cut_answers_are_read(path: str) -> None:
    """Answers cut anywhere, or with their lines turned round, are read without a crash."""
    is_read_when_cut(corpus(path).read_text("utf-8"))


def test_cut_published_answers_are_read() -> None:
    """So are real answers."""
    for path in shared_files(CORPUS, "[ab]-*.txt"):
        is_read_when_cut(path.read_text())


def is_read_when_cut(text: str) -> None:
    """Holds that no part of an answer ends in a crash."""
    for part in range(1, 8):
        read_whois(text[: len(text) * part // 8])
    read_whois("\n".join(reversed(text.split("\n"))))
    read_whois(text.replace("\n", "\n\n"))
    read_whois(text.replace("\n", " "))
