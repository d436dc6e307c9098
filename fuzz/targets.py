"""What is fuzzed: every parser of foreign bytes, with seeds of its own form."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

from forged import open_forged, seed

from clew.errors import InvalidValue
from clew.interop.archive import read_archive
from clew.interop.formats import formats
from clew.interop.gzip_file import gunzip
from clew.interop.importing import read_file
from clew.interop.maltego.arguments import read_properties
from clew.interop.maltego.message import read_request, read_response
from clew.interop.maltego.mtz import read_mtz
from clew.interop.stix.pattern import read_pattern
from clew.model.provenance import Provenance
from clew.playbook.format import PlaybookFault, read_playbook
from clew.schema.declaration import DeclarationFault, compose
from clew.schema.registry import catalogue

CORPUS = Path(__file__).parents[1] / "tests" / "corpus"
ORIGIN = Provenance("import", "import.fuzz", "0" * 32, 1)
PLAYBOOKS = Path(__file__).parents[1] / "src" / "clew" / "playbook" / "library"
SEED_BYTES_MAX = 120_000
"""Largest file that seeds a parser."""
Target = Callable[[bytes], object]


def targets() -> dict[str, Target]:
    """Each parser by its name: from bytes to anything, or InvalidValue."""
    made: dict[str, Target] = {}
    for form in formats().of_graphs:
        if form.read:
            made[form.name] = lambda data, read=form.read: read(data, ORIGIN, catalogue())
    made["mtgx-graph"] = lambda data: made["mtgx"](_zipped("Graphs/Graph1.graphml", data))
    made["xlsx-sheet"] = lambda data: made["xlsx"](_sheet(data))
    made["anything"] = lambda data: read_file(data, catalogue(), run="0" * 32, learnt=1)
    made["sniff"] = lambda data: formats().recognise(gunzip(data))
    made["archive"] = read_archive
    made["mtz"] = read_mtz
    made["pattern"] = lambda data: read_pattern(data.decode("utf-8", "replace"))
    made["maltego-properties"] = lambda data: read_properties(data.decode("utf-8", "replace"))
    made["maltego-request"] = read_request
    made["maltego-response"] = read_response
    made["clew"] = open_forged
    made["playbook"] = _playbook
    made["declaration"] = _declaration
    return made


def _declaration(data: bytes) -> object:
    """A stranger's types or programs: they are read, or refused with their line."""
    try:
        return compose(data.decode("utf-8", "replace"))
    except DeclarationFault as error:
        raise InvalidValue("declaration", "", error.reason) from error


def _playbook(data: bytes) -> object:
    """A stranger's playbook: it is read, or refused with its place."""
    try:
        return read_playbook(data.decode("utf-8", "replace"), name="fuzz")
    except PlaybookFault as error:
        raise InvalidValue("playbook", "", error.what) from error


def seeds(name: str) -> list[bytes]:
    """Small inputs of a parser's form: what Clew writes, and files of the corpus."""
    made = [b"", *_written(name)]
    if name == "clew":
        made.append(seed())
    if name in ("playbook", "declaration"):
        made.extend(path.read_bytes() for path in sorted(PLAYBOOKS.glob("*.yaml")))
    for pattern in _FILES.get(name, (f"{name}/*",)):
        for path in sorted(CORPUS.glob(pattern)):
            if path.name.endswith((".expected.json", "README.md")):
                continue
            if path.stat().st_size <= SEED_BYTES_MAX:
                made.append(path.read_bytes())
    made.extend(_TEXTS.get(name, ()))
    return made


def _written(name: str) -> list[bytes]:
    """A graph in each form that is written."""
    text = (
        b'{"clew":"graph","version":1,"title":"t","tlp":2}\n'
        b'{"clew":"entity","type":"domain-name","value":"a.example","tags":["x"],"place":[1,2]}\n'
        b'{"clew":"link","source":{"type":"domain-name","value":"a.example"},"type":"resolves-to",'
        b'"target":{"type":"ip-address","value":"192.0.2.1"},"first":"2016","last":"2016-05-01",'
        b'"collectors":["x"],"detail":"{}"}\n'
        b'{"clew":"property","entity":{"type":"domain-name","value":"a.example"},"name":"state",'
        b'"value":"sinkhole"}\n{"clew":"note","text":"n"}\n'
    )
    exchange = read_file(text, catalogue(), run="0" * 32, learnt=1, kind="jsonl").graph
    known = {form.name: form.write for form in formats().of_graphs if form.write}
    if name == "mtgx-graph":
        whole = known["mtgx"](exchange)
        with zipfile.ZipFile(io.BytesIO(whole)) as held:
            return [held.read("Graphs/Graph1.graphml")]
    if name == "anything":
        return [write(exchange) for write in known.values()]
    return [known[name](exchange)] if name in known else []


def _zipped(name: str, data: bytes) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as made:
        made.writestr(name, data)
    return sink.getvalue()


def _sheet(data: bytes) -> bytes:
    sink = io.BytesIO()
    space = "http://schemas.openxmlformats.org"
    with zipfile.ZipFile(sink, "w") as made:
        made.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{space}/package/2006/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-'
            'officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/'
            'sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.'
            'spreadsheetml.worksheet+xml"/></Types>',
        )
        relation = f'<Relationships xmlns="{space}/package/2006/relationships"><Relationship '
        office = f"{space}/officeDocument/2006/relationships"
        made.writestr(
            "_rels/.rels",
            f'{relation}Id="r1" Type="{office}/officeDocument" Target="xl/workbook.xml"/>'
            "</Relationships>",
        )
        made.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{space}/spreadsheetml/2006/main" xmlns:r="{office}"><sheets>'
            '<sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
        )
        made.writestr(
            "xl/_rels/workbook.xml.rels",
            f'{relation}Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>'
            "</Relationships>",
        )
        made.writestr("xl/worksheets/sheet1.xml", data)
    return sink.getvalue()


_FILES = {
    "archive": ("mtg?/*", "mtz/*", "xlsx/*"),
    "maltego-graphml": ("mtgx/*.graphml",),
    "mtgx": ("mtgx/*.mtgx",),
    "maltego-request": ("maltego/messages/*request.xml",),
    "maltego-response": ("maltego/messages/*.xml", "maltego/trx-local/*.stdout.bin",
                         "maltego/trx-remote/*.response.xml"),
    "anything": ("stix/*", "mtg?/*", "openioc/*", "csv/*", "text/*", "whois/*", "xlsx/*"),
    "sniff": ("*/*.*",),
}  # fmt: skip
"""Where seeds are that are not in a folder of the parser's name."""
_TEXTS = {
    "pattern": (b"[file:hashes.MD5 = 'ab' AND NOT url:value IN ('a', 'b')] FOLLOWEDBY [a:b]",),
    "maltego-properties": (rb"a=b#c\=d=e\#f#g",),
    "rdap": (b'{"objectClassName":"domain","ldhName":"a.example","events":[{"eventAction":'
             b'"registration","eventDate":"2016-05-01T00:00:00Z"}],"entities":[{"roles":'
             b'["registrant"],"vcardArray":["vcard",[["fn",{},"text","x"]]]}]}',),
    "xlsx-sheet": (b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
                   b'<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>domain</t></is></c>'
                   b"</row></sheetData></worksheet>",),
}  # fmt: skip
