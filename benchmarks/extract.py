"""The ten texts with answers, read by our extractor and by its peers: time, and what is right.

``python benchmarks/extract.py [--peers PYTHON]``; *PYTHON* belongs to an environment that has
``iocsearcher`` and ``ioc-finder``, and ``CLEW_PEERS`` may name it too. Without it, ours stands
alone. Values are only compared.
"""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from time import process_time
from typing import Any

from clew.errors import InvalidValue
from clew.interop.text.extract import extract
from clew.interop.text.file_text import text_of
from clew.schema.registry import catalogue
from figure import Row, figure

ROOT = Path(__file__).parents[1]
ANSWERS = ROOT / "tests" / "interop" / "text" / "answers"
TEXTS = ROOT.parent / "shared" / "data" / "ioc-texts"
KINDS = catalogue()
ROUNDS = 3
Pair = tuple[str, str]
MAPPED = {
    "iocsearcher": {
        "url": "url", "fqdn": "domain-name", "onionAddress": "domain-name", "ip4": "ip-address",
        "ip6": "ip-address", "ip4Net": "netblock", "email": "email-address", "md5": "file",
        "sha1": "file", "sha256": "file", "cve": "vulnerability", "registry": "registry-key",
    },
    "ioc-finder": {
        "urls": "url", "domains": "domain-name", "ipv4s": "ip-address", "ipv6s": "ip-address",
        "ipv4_cidrs": "netblock", "email_addresses": "email-address", "md5s": "file",
        "sha1s": "file", "sha256s": "file", "sha512s": "file", "cves": "vulnerability",
        "registry_key_paths": "registry-key", "file_paths": "file-path",
        "asns": "autonomous-system",
    },
}  # fmt: skip
"""Their types and ours; what they find besides (accounts, coins, phones) is not counted."""
_PEER = """
import json, sys
from time import process_time

def searched(name, types):
    if name == "iocsearcher":
        from iocsearcher.searcher import Searcher
        searcher = Searcher()
        return lambda text: [(one.name, one.value) for one in
                             searcher.search_data(text, targets=set(types), no_overlaps=True)]
    from ioc_finder import find_iocs
    return lambda text: [
        (type_, value) for type_, values in find_iocs(
            text, parse_domain_from_url=False, parse_from_url_path=False,
            parse_domain_from_email_address=False, parse_address_from_cidr=False,
            parse_urls_without_scheme=False, included_ioc_types=list(types),
        ).items() for value in values]

asked = json.load(sys.stdin)
search = searched(asked["name"], asked["types"])
search("evil.example.org")
seconds = []
for _ in range(asked["rounds"]):
    begun = process_time()
    found = [search(text) for text in asked["texts"]]
    seconds.append(process_time() - begun)
json.dump({"seconds": min(seconds), "found": found}, sys.stdout)
"""


@dataclass(frozen=True, slots=True)
class Score:
    """What one tool found over all texts."""

    name: str
    seconds: float
    right: int
    wrong: int
    there: int
    known: int
    """Of what is there, what is of a type that the tool has."""

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / self.there

    @property
    def recall_of_known(self) -> float:
        return self.right / self.known


def run(quick: bool = False, peers: str | None = None) -> list[Row]:
    """The rows: name with the size, ours, peer, ratio, unit, goal, peer_name."""
    del quick
    if not TEXTS.is_dir():
        sys.stderr.write("bench: the texts are not there, so nothing is measured\n")
        return []
    scores, letters = scored(peers or os.environ.get("CLEW_PEERS"))
    ours = scores[0]
    size = f"10 texts, {letters:,} letters"
    rows = [figure(f"extract, {size}", ours.seconds * 1e3, None, "ms", "-")] * (len(scores) == 1)
    for peer in scores[1:]:
        took = ours.seconds * 1e3, peer.seconds * 1e3
        rows.append(figure(f"extract, {size}", *took, "ms", "-", peer.name))
    for what in ("precision", "recall"):
        mine = getattr(ours, what)
        rows.append(figure(f"extract, {what}, {size}", mine, None, "", ">= 0.99"))
        for peer in scores[1:]:
            rows.append(
                figure(f"extract, {what}, {size}", mine, getattr(peer, what), "", "-", peer.name)
            )
    return rows


def scored(python: str | None) -> tuple[list[Score], int]:
    """Ours first, then the peers where there are any; and the letters that each has read."""
    answers = [json.loads(path.read_text("utf-8")) for path in sorted(ANSWERS.glob("*.json"))]
    texts = [_text(answer) for answer in answers]
    truth = [{(type_, sign) for type_, _, sign in answer["entities"]} for answer in answers]
    seconds, found = _ours(texts)
    scores = [_score("clew", seconds, found, truth, None)]
    for name, types in MAPPED.items() if python else ():
        asked = {"name": name, "types": [*types], "rounds": ROUNDS, "texts": texts}
        done = subprocess.run(
            [str(python), "-c", _PEER], input=json.dumps(asked), capture_output=True, text=True,
            check=True,
        )  # fmt: skip
        told = json.loads(done.stdout)
        theirs = [
            {(types[type_], _canonical(types[type_], value)) for type_, value in one
             if type_ in types}
            for one in told["found"]
        ]  # fmt: skip
        scores.append(_score(name, told["seconds"], theirs, truth, {*types.values()}))
    return scores, sum(map(len, texts))


def _text(answer: dict[str, Any]) -> str:
    """The lines that were read; all tools get the same."""
    data = (TEXTS / answer["file"]).read_bytes()
    text = text_of(gzip.decompress(data) if answer["file"].endswith(".gz") else data)
    every = answer["every"]
    return text if every == 1 else "\n".join(text.split("\n")[every - 1 :: every])


def _ours(texts: list[str]) -> tuple[float, list[set[Pair]]]:
    extract("evil.example.org", KINDS)
    best, found = float("inf"), []
    for _ in range(ROUNDS):
        begun = process_time()
        found = [extract(text, KINDS) for text in texts]
        best = min(best, process_time() - begun)
    return best, [{(one.type, one.value) for one in one_text} for one_text in found]


def _canonical(type_: str, value: str) -> str:
    """In our form, so that spelling counts against no one."""
    try:
        told = value.rstrip("\\") if type_ in ("file-path", "registry-key") else value
        return str(KINDS.entity_types[type_].value(told))
    except InvalidValue:
        return value


def _score(
    name: str,
    seconds: float,
    found: list[set[Pair]],
    truth: list[set[Pair]],
    types: set[str] | None,
) -> Score:
    right = wrong = there = known = 0
    for got, want in zip(found, truth, strict=True):
        signs = {(type_, _mark(value)) for type_, value in got}
        free = {(type_, _mark(value)) for type_, value in _implied(got)} if types else set()
        if types is not None:
            # A tool without certificates can but call their prints hashes.
            free |= {("file", sign) for type_, sign in want if type_ == "certificate"}
        right += len(signs & want)
        wrong += len(signs - want - free)
        there += len(want)
        known += len(want) if types is None else sum(type_ in types for type_, _ in want)
    return Score(name, seconds, right, wrong, there, known)


def _implied(got: set[Pair]) -> Iterator[Pair]:
    """What stands inside an address that was found: right where it is listed, never wrong."""
    around = " ".join(value.lower() for type_, value in got if type_ in ("url", "email-address"))
    return (pair for pair in got if pair[0] != "url" and pair[1].lower() in around)


def _mark(value: str) -> str:
    return blake2b(value.encode(), digest_size=8).hexdigest()


def main() -> None:
    """Measure, and print one line for each tool."""
    words = sys.argv[1:]
    python = words[words.index("--peers") + 1] if "--peers" in words else None
    scores, letters = scored(python or os.environ.get("CLEW_PEERS"))
    lines = [
        f"10 texts, {letters:,} letters, {scores[0].there:,} entities", "",
        "| tool | CPU time | ratio | precision | recall | recall of its types |",
        "|---|---|---|---|---|---|",
    ]  # fmt: skip
    for one in scores:
        lines.append(
            f"| {one.name} | {one.seconds * 1e3:.0f} ms | {one.seconds / scores[0].seconds:.2g}x | "
            f"{one.precision:.3f} | {one.recall:.3f} | {one.recall_of_known:.3f} |"
        )
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
