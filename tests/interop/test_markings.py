"""Markings in every format: what is marked stays under a ceiling, however it is written."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Mapping

import pytest

from builders import entries
from clew.graph.view import view_of
from clew.graph.working_set import WorkingSet
from clew.interop.changes import import_changes
from clew.interop.export import exchange_graph_of
from clew.interop.importing import read_file
from clew.interop.report.ceiling import view_within
from clew.model.marking import TLP
from clew.schema.registry import catalogue

pytestmark = pytest.mark.assurance("marks")

HOST, ADDRESS = "marked.example.org", "192.0.2.7"
UUID = "6b616fc1-1505-48e3-8b2c-0d19337bff3"
LEVELS: Mapping[str, tuple[TLP, bool]] = {
    "TLP:CLEAR": (TLP.CLEAR, True), "tlp:white": (TLP.CLEAR, True), "TLP:GREEN": (TLP.GREEN, True),
    "TLP:AMBER": (TLP.AMBER, True), "TLP: AMBER+STRICT": (TLP.AMBER_STRICT, True),
    "tlp:amber+strict": (TLP.AMBER_STRICT, True), "TLP:RED": (TLP.RED, True),
    "TLP:PINK": (TLP.RED, False), "TLP:RED+BLUE": (TLP.RED, True),
}  # fmt: skip
"""What is written, the level that it means, and whether it is understood."""


def xlsx(*rows: tuple[str, ...]) -> bytes:
    cells = "".join(
        f'<row r="{number}">'
        + "".join(
            f'<c r="{chr(65 + at)}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
            for at, text in enumerate(row)
        )
        + "</row>"
        for number, row in enumerate(rows, 1)
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rels = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w") as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="{rels}"><sheets>'
            '<sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>',
        )
        file.writestr(
            "xl/_rels/workbook.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{rels}/worksheet" Target="worksheets/sheet1.xml"/>'
            "</Relationships>",
        )
        file.writestr(
            "xl/worksheets/sheet1.xml",
            f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>',
        )
    return book.getvalue()


def stix(host: Mapping[str, object] = {}, *more: object) -> bytes:
    name = {"type": "domain-name", "spec_version": "2.1", "id": f"domain-name--{UUID}1",
            "value": HOST, **host}  # fmt: skip
    return json.dumps(
        {"type": "bundle", "id": f"bundle--{UUID}0", "objects": [name, *more]}
    ).encode()


def stix_defined(**definition: object) -> bytes:
    id_ = f"marking-definition--{UUID}2"
    defined = {"type": "marking-definition", "spec_version": "2.1", "id": id_,
               "created": "2021-02-03T10:00:00Z", **definition}  # fmt: skip
    return stix({"object_marking_refs": [id_]}, defined)


def stix_part(mark: str) -> bytes:
    id_ = f"marking-definition--{UUID}2"
    defined = {"type": "marking-definition", "spec_version": "2.1", "id": id_, "name": mark,
               "definition_type": "tlp", "definition": {"tlp": mark}}  # fmt: skip
    return stix({"granular_markings": [{"marking_ref": id_, "selectors": ["value"]}]}, defined)


def stix1(structure: str) -> bytes:
    return f"""<stix:STIX_Package xmlns:stix="http://stix.mitre.org/stix-1"
 xmlns:m="http://data-marking.mitre.org/Marking-1"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xmlns:cybox="http://cybox.mitre.org/cybox-2" id="example:package-1" version="1.2">
 <stix:STIX_Header><stix:Title>t</stix:Title><stix:Handling><m:Marking>{structure}</m:Marking>
 </stix:Handling></stix:STIX_Header>
 <stix:Observables cybox_major_version="2" cybox_minor_version="1">
 <cybox:Observable id="example:o-1"><cybox:Object><cybox:Properties
 xmlns:d="http://cybox.mitre.org/objects#DomainNameObject-1" xsi:type="d:DomainNameObjectType">
 <d:Value>{HOST}</d:Value></cybox:Properties></cybox:Object></cybox:Observable>
 </stix:Observables></stix:STIX_Package>""".encode()


def misp(event: Mapping[str, object] = {}, attribute: Mapping[str, object] = {}) -> bytes:
    one = {"type": "domain", "value": HOST, "uuid": f"{UUID}1", **attribute}
    told = {"uuid": f"{UUID}0", "info": "an event", "date": "2021-02-03", "distribution": "3",
            "Attribute": [one], **event}  # fmt: skip
    return json.dumps({"Event": told}).encode()


def graphml(node: str, graph: str = "") -> bytes:
    return (
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
        '<key id="t" for="all" attr.name="TLP" attr.type="string"/>'
        f'<graph edgedefault="directed">{graph}<node id="{HOST}">{node}</node></graph></graphml>'
    ).encode()


def openioc(description: str, link: str = "") -> bytes:
    return f"""<ioc xmlns="http://schemas.mandiant.com/2010/ioc" id="{UUID}0">
 <short_description>t</short_description><description>{description}</description>
 <links>{link}</links><definition><Indicator operator="OR" id="{UUID}1">
 <IndicatorItem id="{UUID}2" condition="is"><Context document="Network"
 search="Network/DNS" type="mir"/><Content type="string">{HOST}</Content></IndicatorItem>
 </Indicator></definition></ioc>""".encode()


READERS: Mapping[str, Callable[[str], bytes]] = {
    "a column": lambda it: f"tlp,domain,ip\n{it},{HOST},{ADDRESS}\n".encode(),
    "a column in words": lambda it: f"domain;Traffic Light\n{HOST};{it}\n".encode(),
    "a column of an edge list": lambda it: f"source,target,TLP\n{HOST},{ADDRESS},{it}\n".encode(),
    "a comment of a table": lambda it: f"# {it}\ndomain,ip\n{HOST},{ADDRESS}\n".encode(),
    "a title above a table": lambda it: xlsx(
        (f"Case 7 ({it})",), ("Domain", "IP"), (HOST, ADDRESS)
    ),
    "a cell of a table": lambda it: f"domain,note\n{HOST},{it} please\n".encode(),
    "a tag in a table": lambda it: f"domain,tags\n{HOST},{it}\n".encode(),
    "an attribute of a node": lambda it: graphml(f'<data key="t">{it}</data>'),
    "an attribute of a graph": lambda it: graphml("", f'<data key="t">{it}</data>'),
    "keywords of a drawing": lambda it: (
        f'<gexf xmlns="http://gexf.net/1.3"><meta><keywords>{it}</keywords></meta><graph><nodes>'
        f'<node id="0" label="{HOST}"/></nodes></graph></gexf>'
    ).encode(),
    "a line of JSON": lambda it: json.dumps(
        {"type": "domain-name", "value": HOST, "tlp": it}
    ).encode(),
    "tags in a line of JSON": lambda it: json.dumps(
        {"type": "domain-name", "value": HOST, "tags": [it]}
    ).encode(),
    "a heading of a page": lambda it: (
        f"<html><body><h1>{it}</h1><p>C2 is {HOST}</p></body></html>".encode()
    ),
    "a line of a text": lambda it: f"{it} - do not share\n\nC2 is {HOST}\n".encode(),
    "the subject of a mail": lambda it: (
        f"From: x@example.org\nSubject: [{it}] a\nMessage-ID: <1@example.org>\n\n{HOST}\n".encode()
    ),
    "a label of STIX": lambda it: stix({"labels": [it]}),
    "a statement of STIX": lambda it: stix_defined(
        definition_type="statement", definition={"statement": f"{it} - recipients only"}
    ),
    "a name of a definition of STIX": lambda it: stix_defined(name=it),
    "a definition of STIX": lambda it: stix_defined(
        definition_type="tlp", definition={"tlp": it.lower()}
    ),
    "a definition of TLP 2.0 in STIX": lambda it: stix_defined(
        extensions={f"extension-definition--{UUID}7": {"tlp_2_0": it.partition(":")[2]}}
    ),
    "a part of an object of STIX": stix_part,
    "a colour of STIX 1": lambda it: stix1(
        f'<m:Marking_Structure color="{it.partition(":")[2].strip()}"/>'
    ),
    "a statement of STIX 1": lambda it: stix1(
        f"<m:Marking_Structure><m:Statement>{it} only</m:Statement></m:Marking_Structure>"
    ),
    "a tag of a MISP event": lambda it: misp({"Tag": [{"name": it}]}),
    "a tag of a MISP attribute": lambda it: misp({}, {"Tag": [{"name": it}]}),
    "the title of a MISP event": lambda it: misp({"info": f"[{it}] news"}),
    "the description of OpenIOC": lambda it: openioc(f"Marked {it}."),
    "a link of OpenIOC": lambda it: openioc(
        "d", f'<link rel="tlp">{it.partition(":")[2].strip().upper()}</link>'
    ),
}


def brought(data: bytes) -> tuple[WorkingSet, list[str]]:
    """The state after an import into an empty investigation, and what the import told."""
    found = read_file(data, catalogue(), run="0" * 32, learnt=1_700_000_000)
    changes = import_changes(found.graph, "main", action="a", label="l", actor="x", at=1)
    return WorkingSet.fold(entries(changes)), [one.reason for one in found.problems]


def leaves(state: WorkingSet, ceiling: TLP) -> bool:
    """Whether the marked name is in what leaves under a ceiling."""
    view, _ = view_within(view_of(state), ceiling)
    values = {one.value for one in exchange_graph_of(view, ceiling=ceiling).entities()}
    assert {one.value for one in view.entity_records()} == values
    return HOST in values


@pytest.mark.parametrize("mark", LEVELS)
@pytest.mark.parametrize("reader", READERS)
def test_what_is_marked_stays_under_a_ceiling(reader: str, mark: str) -> None:
    """Every way to write a marking in every format holds what it marks; the unknown is told."""
    level, understood = LEVELS[mark]
    state, problems = brought(READERS[reader](mark))
    assert {ceiling: leaves(state, ceiling) for ceiling in TLP if ceiling} == {
        ceiling: ceiling >= level for ceiling in TLP if ceiling
    }
    assert any("not understood" in one or "is marked TLP:RED" in one for one in problems) or (
        understood or f"marked {level}" in " ".join(problems)
    )


@pytest.mark.parametrize("reader", READERS)
def test_what_carries_no_marking_leaves(reader: str) -> None:
    """Nothing said is not the same as nothing understood."""
    state, problems = brought(READERS[reader](""))
    assert leaves(state, TLP.CLEAR) == (reader not in NEEDED)
    assert any("understood" in one for one in problems) == (reader in NEEDED)


NEEDED = frozenset(
    ("a name of a definition of STIX", "a definition of STIX", "a definition of TLP 2.0 in STIX",
     "a part of an object of STIX", "a colour of STIX 1")
)  # fmt: skip
"""Definitions of markings that say nothing at all."""


@pytest.mark.parametrize(
    ("data", "held"),
    [
        (stix({"object_marking_refs": [f"marking-definition--{UUID}9"]}), True),
        (stix_defined(definition_type="statement", definition={"statement": "(c) 2021 X"}), False),
        (stix_defined(definition_type="statement", definition={"statement": "Confidential"}), True),
        (stix_defined(definition_type="isa", definition={"x": "y"}), True),
        (
            stix1("<m:Marking_Structure><m:Statement>(c) X</m:Statement></m:Marking_Structure>"),
            False,
        ),
        (stix1('<m:Marking_Structure xsi:type="x:Other"/>'), True),
        (misp({"distribution": "0"}), True),
        (misp({"distribution": "0", "Tag": [{"name": "tlp:clear"}]}), False),
        (f"domain,Classification\n{HOST},Company confidential\n".encode(), True),
        (f"domain,classification\n{HOST},botnet\n".encode(), False),
        (f"domain,pap\n{HOST},RED\n".encode(), False),
        (b'{"type":"domain-name","value":"' + HOST.encode() + b'","tlp":99}', True),
        (b'{"type":"domain-name","value":"' + HOST.encode() + b'","tlp":true}', True),
        (b'{"type":"domain-name","value":"' + HOST.encode() + b'","tlp":null}', False),
        (f"The TLP: see our site. Not TLP specific. {HOST}".encode(), False),
    ],
)
def test_borders(data: bytes, held: bool) -> None:
    """Missing definitions, words that forbid sharing, other schemes, wrong types, and prose."""
    state, _ = brought(data)
    assert leaves(state, TLP.GREEN) != held
