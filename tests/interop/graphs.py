"""Hypothesis strategies: whole graphs on their way to a file."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from clew.interop.exchange_graph import ExchangeGraph, ExchangeNote
from clew.model.block import BlockBuilder
from clew.model.entity import Entity, Link, Observation
from clew.model.interval import Interval
from clew.model.moment import OPEN, UNKNOWN, Moment, Precision
from clew.model.provenance import Completeness, Extent, Provenance
from clew.schema.registry import catalogue

WORDS = ("Sand Fox", "ÄÖ ünïcode 漢字", "a, b", "<b>&\"'", "=1+1", "tab\there", "Sphère", "x")
ORIGIN = Provenance("import", "import.test", "0" * 32, 1_700_000_000)
VALUES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("domain-name", ("a.example", "b.example", "xn--mnchen-3ya.example", "ns1.a.example")),
    ("ip-address", ("192.0.2.1", "192.0.2.2", "2001:db8::1")),
    ("netblock", ("192.0.2.0/24", "2001:db8::/32", "192.0.2.5-192.0.2.9")),
    ("autonomous-system", ("AS64496", "AS65551")),
    ("url", ("http://a.example/x?y=1", "https://192.0.2.1:8443/")),
    ("email-address", ("who@a.example",)),
    ("file", ("0123456789abcdef0123456789abcdef", "ab" * 20, "cd" * 32, "ef" * 64)),
    ("certificate", ("12" * 20, "34" * 32)),
    ("incident", ("Operation Sand", "2016 <Fox>")),
    ("threat-actor", ("Sand Fox",)),
    ("malware-family", ("PoisonRat",)),
    ("organisation", ("Example Ltd",)),
    ("person", ("Ada Müller",)),
    ("phone", ("+4930123456",)),
    ("vulnerability", ("CVE-2016-1234",)),
    ("location", ("DE", "Kapstadt")),
    ("document", ("A report",)),
    ("registry-key", ("HKEY_LOCAL_MACHINE\\Software\\X",)),
    ("mutex", ("Global\\m#1=2",)),
    ("user-agent", ("Mozilla/4.0 (compatible; MSIE 6.0)",)),
    ("file-path", ("C:\\Temp\\a b.exe",)),
    ("port", ("192.0.2.1:443/tcp",)),
    ("tag", ("apt",)),
    ("alias", ("sandy", "fox")),
    ("phrase", WORDS[:2]),
    ("component", ("nginx 1.2",)),
    ("sample", ("run-1",)),
    ("strange-thing", ("what", "a thing")),
)
"""Canonical values of every shape, and a type that Clew does not know."""


def _moment(seconds: int, precision: Precision) -> Moment:
    at = datetime(2010, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    match precision:
        case Precision.YEAR:
            return Moment(at.replace(month=1, day=1, hour=0, minute=0, second=0), precision)
        case Precision.MONTH:
            return Moment(at.replace(day=1, hour=0, minute=0, second=0), precision)
        case Precision.DAY:
            return Moment(at.replace(hour=0, minute=0, second=0), precision)
        case _:
            return Moment(at, Precision.SECOND)


precisions = st.sampled_from((Precision.YEAR, Precision.MONTH, Precision.DAY, Precision.SECOND))
moments = st.builds(_moment, st.integers(0, 300_000_000), precisions)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    """Dates of any precision, open and unknown ends, in order."""
    first = draw(st.one_of(st.just(UNKNOWN), moments))
    last = draw(st.one_of(st.just(UNKNOWN), st.just(OPEN), moments))
    start, end = first.earliest, last.latest
    return Interval(last, first) if start and end and start > end else Interval(first, last)


provenances = st.builds(
    Provenance,
    st.sampled_from(("dnsdb", "passivetotal", "import", "analyst")),
    st.sampled_from(("dnsdb.names", "import.stix")),
    st.sampled_from(("0" * 32, "ab" * 16)),
    st.integers(0, 2_000_000_000),
    st.sampled_from((b"", b"\x01" * 16)),
    st.sampled_from(("{}", '{"limit":5}')),
    st.sampled_from(("", "cd" * 32)),
    st.integers(0, 5),
    st.builds(
        Completeness, st.sampled_from(Extent), st.integers(0, 9),
        st.one_of(st.none(), st.integers(0, 99)), st.sampled_from(("", "the limit")),
    ),
)  # fmt: skip
collectors = st.lists(st.sampled_from(("dnsdb", "riskiq", "A Lab")), max_size=2, unique=True).map(
    sorted
)
link_types = st.sampled_from(
    ("resolves-to", "related-to", "registered-by", "same-as", "has-indicator", "odd-link",
     "alias-of", "served-by-name-server")
)  # fmt: skip
details = st.sampled_from(("", "", '{"count":3}', "not json", '{"type":"relationship"}'))
coordinates = st.floats(-1e5, 1e5, width=32).map(float)


@st.composite
def exchange_graphs(draw: st.DrawFn, *, plain: bool = False) -> ExchangeGraph:
    """
    A graph with anything that an investigation can hold.

    Args:
        draw: Of hypothesis.
        plain: Without types that Clew does not know.
    """
    pool = [one for one in VALUES if not plain or one[0] in catalogue().entity_types]
    builder = BlockBuilder()
    known = tuple(draw(st.lists(provenances, min_size=1, max_size=3, unique=True)))
    by = st.integers(0, len(known) - 1)
    rows: list[int] = []
    for type_, values in draw(st.lists(st.sampled_from(pool), max_size=6)):
        value = draw(st.sampled_from(values))
        kind = catalogue().entity_types.get(type_)
        rows.append(builder.entity(type_, str(kind.value(value)) if kind else value, draw(by)))
    rows = sorted(set(rows))
    graph = ExchangeGraph(provenance=known, title=draw(st.sampled_from(("", "A case", "<é>"))))
    if rows:
        row = st.sampled_from(rows)
        for _ in range(draw(st.integers(0, 6))):
            source, target = draw(row), draw(row)
            if source != target:
                builder.link(
                    source, draw(link_types), target, draw(by), seen=draw(intervals()),
                    collectors=draw(collectors), detail=draw(details) or None,
                )  # fmt: skip
        for _ in range(draw(st.integers(0, 4))):
            builder.property(
                draw(row), draw(st.sampled_from(("state", "description", "owner", "x_own"))),
                draw(st.sampled_from(("sinkhole", *WORDS))), draw(by), seen=draw(intervals()),
                collectors=draw(collectors),
            )  # fmt: skip
        some = st.frozensets(row, max_size=2)
        graph.stars, graph.pins, graph.seeds = draw(some), draw(some), draw(some)
        words = st.lists(st.sampled_from(("apt", "c2", WORDS[1])), min_size=1, max_size=2)
        graph.tags = {one: tuple(sorted(set(draw(words)))) for one in draw(some)}
        graph.places = {one: (draw(coordinates), draw(coordinates)) for one in draw(some)}
        graph.marks = {one: (draw(st.integers(0, 5)), draw(st.integers(0, 4)))
                         for one in draw(some)}  # fmt: skip
        if len(rows) > 1 and draw(st.booleans()):
            graph.merged_into = {rows[1]: rows[0]}
        graph.notes = tuple(
            ExchangeNote(draw(row), draw(st.sampled_from(WORDS)), draw(st.sampled_from(("", "me"))),
                  draw(st.integers(0, 1 << 50)))
            for _ in range(draw(st.integers(0, 2)))
        )  # fmt: skip
    if draw(st.booleans()):
        graph.marks = {**graph.marks, -1: (draw(st.integers(1, 5)), draw(st.integers(0, 4)))}
    if draw(st.booleans()):
        graph.notes = (*graph.notes, ExchangeNote(-1, "of all", "me", 5))
    graph.block = builder.build()
    return graph


def link_of(observation: Observation) -> Link:
    """The link that an observation is about."""
    assert isinstance(observation.subject, Link)
    return observation.subject


def entity_of(observation: Observation) -> Entity:
    """The entity that an observation is about."""
    assert isinstance(observation.subject, Entity)
    return observation.subject
