"""Files that are marked in every way that a format has: who reads one must hold what it marks."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Mapping

HOST, ADDRESS = "marked.example.org", "192.0.2.7"
UUID = "6b616fc1-1505-48e3-8b2c-0d19337bff3"


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


def sheets(*parts: tuple[str, str], hidden: str = "", foot: str = "") -> bytes:
    """A workbook with two rows, further members, a hidden sheet's cell, and a foot."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rels = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    plain = xlsx(("Domain", "IP"), (HOST, ADDRESS))
    book = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as source, zipfile.ZipFile(book, "w") as target:
        for name in source.namelist():
            text = source.read(name).decode()
            if name == "xl/workbook.xml" and hidden:
                text = text.replace(
                    "</sheets>", '<sheet name="b" sheetId="2" state="hidden" r:id="rId2"/></sheets>'
                )
            if name.endswith("workbook.xml.rels") and hidden:
                more = (
                    f'<Relationship Id="rId2" Type="{rels}/worksheet" Target="worksheets/b.xml"/>'
                )
                text = text.replace("</Relationships>", f"{more}</Relationships>")
            if name.endswith("sheet1.xml") and foot:
                more = f"<headerFooter><oddFooter>&amp;C{foot}</oddFooter></headerFooter>"
                text = text.replace("</worksheet>", f"{more}</worksheet>")
            target.writestr(name, text)
        if hidden:
            cell = f'<c r="A1" t="inlineStr"><is><t>{hidden}</t></is></c>'
            target.writestr(
                "xl/worksheets/b.xml",
                f'<worksheet xmlns="{main}"><sheetData><row r="1">{cell}</row></sheetData>'
                "</worksheet>",
            )
        for name, text in parts:
            target.writestr(name, text)
    return book.getvalue()


def page(body: str = "", head: str = "") -> bytes:
    return f"<html><head>{head}</head><body><p>C2 is {HOST}</p>{body}</body></html>".encode()


def mail(head: str = "", foot: str = "") -> bytes:
    start = f"From: x@example.org\n{head}Subject: a\nMessage-ID: <1@example.org>\n\n"
    return f"{start}C2 is {HOST}\n{foot}".encode()


def prose(line: str) -> bytes:
    return f"{line}\n\nC2 is {HOST}\n".encode()


FORMS: Mapping[str, bytes] = {
    "a hidden sheet": sheets(hidden="TLP:RED"),
    "the foot of a sheet": sheets(foot="TLP:RED"),
    "properties of a workbook": sheets(
        ("docProps/core.xml", "<p><keywords>apt TLP:RED</keywords></p>")
    ),
    "a comment on a cell": sheets(("xl/comments1.xml", "<c><t>TLP:</t><t>RED</t></c>")),
    "the foot of a page": page("<footer>TLP:RED</footer>"),
    "a comment in a page": page("<!-- TLP:RED -->"),
    "what a page says of itself": page(head='<meta name="tlp" content="RED">'),
    "keywords of a page": page(head='<meta name="keywords" content="apt, TLP:RED">'),
    "the title of a page": page(head="<title>TLP:RED</title>"),
    "a picture of a marking": page('<img alt="TLP:RED" src="x.png">'),
    "a heading in parts": page("<h1>TLP:<b>RED</b></h1>"),
    "a head of a mail": mail("X-TLP: RED\n"),
    "the sensitivity of a mail": mail("Sensitivity: Company-Confidential\n"),
    "an encoded subject": mail("Subject: =?utf-8?b?W1RMUDpSRURdIG5ld3M=?=\n"),
    "the foot of a mail": mail(foot="-- \nTLP:RED\n"),
    "front matter": prose("---\ntitle: x\nmarking: RED\n---"),
    "a member of JSON": json.dumps({"tlp": "red", "iocs": [HOST]}).encode(),
    "a member of JSON in words": json.dumps({"traffic_light": "RED", "iocs": [HOST]}).encode(),
    "lines of JSON": (json.dumps({"domain": HOST, "tlp": "RED"}) + "\n").encode() * 2,
    "a column in one word": f"domain,tlpcolor\n{HOST},red\n".encode(),
    "a column with a number that is none": f"domain,tlp\n{HOST},9\n".encode(),
    "a row behind a table": f"domain,ip\n{HOST},{ADDRESS}\nTLP:RED,\n".encode(),
    "a comment behind a table": f"domain,ip\n{HOST},{ADDRESS}\n# TLP:RED\n".encode(),
    "a title of a column": f"domain (TLP:RED),ip\n{HOST},{ADDRESS}\n".encode(),
    "what a node says of itself": graphml("<desc>TLP:RED</desc>"),
    "a comment in a drawing": graphml("<!-- TLP:RED -->"),
    "what a graph says of itself": graphml("", "<desc>TLP:RED</desc>"),
    **{
        f"prose: {line!r}": prose(line)
        for line in (
            "\uff34\uff2c\uff30\uff1a\uff32\uff25\uff24", "T\u200bLP:RED", "TLP:\u200bRED",
            "TLP:R\u00adED", "TLP:\u00a0RED", "TLP : RED", "TLP:  RED", "TLP-RED", "TLP/RED",
            "TLP \u2013 RED", "TLP[RED]", "TLP (RED)", "TLP_RED", "**TLP:** **RED**", "TLP: `RED`",
            "TLP:\nRED", "Traffic Light Protocol: Red", "traffic light level: red", "TLP is RED",
            "TLP level: RED", "TLP 2.0: RED", "TLPv2:RED", "TLP v2.0 RED", "RED TLP", "tlp red",
            "TLP:EX:RED", "handling: RED", "CONFIDENTIAL - for our members",
            "DO NOT DISTRIBUTE", "TLP:AMBER+STRICT", "TLP: Amber Strict", "TLP:BLACK",
        )
    },
}  # fmt: skip
"""One file a form, each of which is stricter than TLP:AMBER, or is not understood."""


def marked_file(data: bytes, host: str) -> bytes:
    """The same file with another name in the place of HOST."""
    if not data.startswith(b"PK"):
        return data.replace(HOST.encode(), host.encode())
    book = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(book, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(HOST.encode(), host.encode()))
    return book.getvalue()
