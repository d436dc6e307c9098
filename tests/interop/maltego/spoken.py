"""What the tests of Maltego's protocols share: recorded samples, and made-up messages."""

from __future__ import annotations

from hypothesis import strategies as st

from clew.interop.maltego.record import EntityField, Message, Thing
from corpus.files import corpus, corpus_files


def recorded(pattern: str) -> list[str]:
    """The samples that match, by their path below the samples; at least one."""
    return [name.removeprefix("maltego/") for name in corpus_files(f"maltego/{pattern}")]


def sample(name: str) -> bytes:
    """The bytes of a sample."""
    return corpus(f"maltego/{name}").read_bytes()


def body(name: str) -> bytes:
    """The body of a recorded HTTP message."""
    return sample(name).replace(b"\r\n", b"\n").partition(b"\n\n")[2]


def is_legal(text: str) -> bool:
    """Whether XML 1.0 can hold a text."""
    return all(
        c in "\t\n\r" or " " <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c > "\uffff"
        for c in text
    )


hostile = st.one_of(
    st.text(),
    st.text(alphabet="\\#=<>&\"'\r\n\t ]]>é漢😀;!-/%", max_size=30),
    st.sampled_from(("]]>", "<![CDATA[x]]>", "' a '", "<b>x</b>", "&amp;lt;", " x ", "\r\n")),
)
"""Any text, and what formats stumble over."""
unicode = hostile.filter(lambda text: text.isprintable() or "\ud800" not in repr(text))
legal = hostile.filter(is_legal)
"""Any text that XML can hold."""
types = st.sampled_from(
    ("maltego.Domain", "maltego.DNSName", "maltego.AS", "maltego.affiliation.Twitter", "clew.mutex",
     "maltego.Vulnerability", "yourorganization.Thing", "a b<c>", "maltego.IPv4Address")
)  # fmt: skip
names = legal.map(lambda text: f"n{text}")


def fields(
    values: st.SearchStrategy[str], *, typed: bool = False
) -> st.SearchStrategy[EntityField]:
    """Properties with values as given."""
    plain = st.builds(EntityField, names, values, values, st.booleans())
    if not typed:
        return plain
    more = st.sampled_from(
        (("int", "12"), ("int", "012"), ("int", ""), ("double", "0.5"), ("double", "x"),
         ("double", "1e5"), ("boolean", "true"), ("boolean", "True"), ("date", "2020-01-01"))
    )  # fmt: skip
    return st.one_of(
        plain, st.builds(lambda name, one: EntityField(name, one[1], type=one[0]), names, more)
    )


messages = st.builds(
    Message, st.sampled_from(("FatalError", "PartialError", "Inform", "Debug")), legal
)
decorations = st.one_of(
    st.just(()),
    st.builds(
        lambda url, value: (
            EntityField("icon-url", f"u{url}"), EntityField("overlay#N#colour", value),
            EntityField("overlay#SW#image", "DE"),
        ),
        legal, legal,
    ),
)  # fmt: skip
questions = st.builds(
    Thing, types, legal, st.integers(-1, 1000), st.lists(fields(legal), max_size=4).map(tuple),
    st.lists(types, max_size=2).map(tuple),
)  # fmt: skip
"""Entities as they are asked about."""
results = st.builds(
    lambda type_, value, weight, fields, more, labels, link, bookmark, note: Thing(
        type_, value, weight, (*fields, *more), (), tuple(labels), tuple(link), bookmark, note
    ),
    types, legal, st.integers(1, 1000), st.lists(fields(legal), max_size=4), decorations,
    st.lists(st.tuples(legal, legal), max_size=2), st.lists(fields(legal), max_size=3),
    st.integers(-1, 4), legal,
)  # fmt: skip
"""Entities as a transform answers them."""
