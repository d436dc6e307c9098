"""How surely tables are known, and read by a mapping."""

from __future__ import annotations

import pytest

from clew.interop.format import Confidence
from clew.interop.importing import read_file
from clew.interop.sample import FileSample
from clew.interop.table.formats import sniff_csv, sniff_xlsx
from clew.interop.table.guess import guess
from clew.interop.table.mapping import to_json
from clew.interop.table.sheet_files import read_cells
from clew.schema.registry import catalogue
from interop.archives import zipped


@pytest.mark.parametrize(
    ("text", "confidence"),
    [
        ("source_type,source,link,target_type\n", Confidence.CERTAIN),
        ("domain,ip\na.example,192.0.2.1\n", Confidence.POSSIBLE),
        ("a.example\t192.0.2.1\nb.example\t192.0.2.2\n", Confidence.POSSIBLE),
        ('"a, b";x\n"c";y\n', Confidence.POSSIBLE),
        (
            "#####\n# a feed\n# id,added,url\n1,2016,http://a.example/\n# the end",
            Confidence.POSSIBLE,
        ),
        ('# feed\n# "id","seen"\n"1", "2016"\n"2", "2017"\n', Confidence.POSSIBLE),
        ("#separator \\x09\n#fields\tts\tid.h\n1\ta\n2\tb\n", Confidence.POSSIBLE),
        ("# A report\n\nFirst, it began.\nThen, it went on.\n", None),
        ("# only\n# comments, here\n", None),
        ("| Type | Indicator |\n|---|---|\n| Domain | a[.]example |\n", None),
        ("|===\n|Type |Indicator\n|Domain |a[.]example\n|===\n", None),
        ("First, it began.\nThen, it went on.\nThere, it ended.\n", None),
        ('[\n{"a": 1, "b": 2},\n{"a": 1, "b": 2}\n]', None),
        ("%PDF-1.4\na,b\nc,d\n", None),
        ("<a>,b\n<c>,d\n", None),
        ("one,line", None),
    ],
)
def test_tables_are_known_by_their_header_or_their_separator(
    text: str, confidence: Confidence | None
) -> None:
    """Prose, JSON, markup and the tables of Markdown and AsciiDoc are texts."""
    assert sniff_csv(FileSample.of(text.encode())) == confidence


def test_workbooks_are_known_by_their_parts() -> None:
    """The workbook or its sheets are in the archive."""
    assert sniff_xlsx(FileSample.of(zipped("xl/workbook.xml"))) == Confidence.CERTAIN
    assert sniff_xlsx(FileSample.of(zipped("word/document.xml"))) is None


def test_a_mapping_makes_a_table_of_any_text() -> None:
    """Who gives a mapping says that it is a table, whatever it looks like."""
    text = b"seen, name\n2016, a.example\n2016, b.example\n"
    mapping = to_json(guess(read_cells(text)[0], catalogue()))
    found = read_file(text, catalogue(), run="", learnt=0, mapping=mapping, kind="text")
    assert (found.format, found.counts()["entities"]) == ("csv", 2)


LOG = b"""timestamp,user,message
2021-02-03 10:00:01,bob,visited http://panel.example.net/a.php twice
2021-02-03 10:00:02,eve,dns query for update.example.org ok
2021-02-03 10:00:03,eve,"conn 198.51.100.7:443, retried"
"""


def test_a_log_is_read_as_text() -> None:
    """Where no column holds values the cells are read as text; their places are cells."""
    found = read_file(LOG, catalogue(), run="", learnt=0)
    values = {one.value for one in found.graph.entities()}
    assert {"http://panel.example.net/a.php", "update.example.org", "198.51.100.7"} <= values
    assert "read as text" in found.problems[0].reason
    places = [observation.value for _, observation in found.graph.properties()]
    assert "row 3, column message: update.example.org" in places


FEED = b"""##########
# Feed of port users
#
# "first_seen_utc","ioc_id","ioc_value","ioc_type","malware","last_seen_utc","reference","tags"
"2021-02-05 08:00:00", "2", "192.0.2.1:4782", "ip:port", "A,B", "", "None", "x"
"2021-02-05 07:00:00", "1", "a.example.org", "domain", "C", "2021-02-05", "https://b.example/", "y"
# Number of entries: 2
"""


def test_a_feed_with_its_header_in_a_comment() -> None:
    """The last line of a comment is the header; blanks after commas break no quotes."""
    found = read_file(FEED, catalogue(), run="", learnt=0)
    assert (found.format, len(found.problems)) == ("csv", 1)
    assert [str(one.value) for one in found.graph.entities()] == [
        "192.0.2.1:4782/tcp", "a.example.org"
    ]  # fmt: skip
    facts = [
        (row, observation.name, observation.value) for row, observation in found.graph.properties()
    ]
    assert facts[:3] == [
        (0, "first_seen", "2021-02-05 08:00:00"), (0, "ioc_id", "2"), (0, "family", "A,B")
    ]  # fmt: skip
    assert (1, "reference", "https://b.example/") in facts
    assert found.graph.tags == {0: ("x",), 1: ("y",)}


def test_the_first_line_of_a_log_is_read_too() -> None:
    """A log has no header; what stands in its first line is found as well."""
    times, names = (
        ("2021-02-03 10:00:01", "2021-02-03 10:00:02"),
        ("a.example.org", "b.example.org"),
    )
    lines = [f"{time},host1,dns {name}" for time, name in zip(times, names, strict=True)]
    log = "\n".join(lines).encode()
    found = read_file(log, catalogue(), run="", learnt=0)
    assert {one.value for one in found.graph.entities()} == {*names}


def test_a_table_without_anything_is_told() -> None:
    """Where nothing is known in the cells either, the rows are told as left out."""
    found = read_file(b"user,message\nbob,went home\neve,stayed\n", catalogue(), run="", learnt=0,
                      kind="csv")  # fmt: skip
    assert found.counts()["entities"] == 0
    assert "2 rows are left out" in found.problems[0].reason
