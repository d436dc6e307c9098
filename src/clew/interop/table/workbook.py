"""Workbooks (XLSX; ECMA-376, part 1, section 18): their sheets as texts, nothing fetched or run."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from posixpath import join, normpath

from lxml import etree

from clew.errors import InvalidValue
from clew.interop.archive import read_archive
from clew.interop.exchange_graph import ImportProblem
from clew.interop.table.cells import Cells, RowCollector
from clew.interop.table.sheet import DateStyles, SharedStrings, SheetParser, feed
from clew.interop.table.titles import with_header
from clew.interop.xml import Element, child, children, local, parse_xml

SHEETS_MAX = 100
"""Most sheets of one workbook that are read."""
PART_BYTES_MAX = 8 * 1024 * 1024
"""Largest part that is read as a whole: the list of sheets, the styles."""
_BUILT_IN_DAYS = frozenset((14, 15, 16, 17, *range(27, 32), 34, 35, 36, *range(50, 59)))
_BUILT_IN_TIMES = frozenset((22,))
_PLAIN_FORMAT = re.compile(r"\"[^\"]*\"|\[[^\]]*\]|\\.|_.")
_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30, tzinfo=UTC), datetime(1904, 1, 1, tzinfo=UTC)


def read_workbook(data: bytes, collector: RowCollector) -> list[Cells]:
    """
    The sheets that have cells, in the workbook's order; formulas give their last result.

    Raises:
        InvalidValue: It is no XLSX workbook, or over a bound of archives.
    """
    members, problems = read_archive(data)
    collector.problems.extend(problems)
    if "[Content_Types].xml" not in members or "xl/workbook.xml" not in members:
        raise InvalidValue("table", "", "it is an archive, but no XLSX workbook")
    book = _part(members, "xl/workbook.xml")
    targets = _targets(members)
    strings = SharedStrings()
    if shared := members.get(targets.get("sharedStrings", ""), members.get("xl/sharedStrings.xml")):
        _fed(shared, strings, "sharedStrings", collector)
    styled = _styles(members, targets, book, collector)
    found: list[tuple[str, list[Cells]]] = []
    for name, path in _sheets(book, targets, collector):
        if path not in members:
            collector.tell(f"sheet {name}", path, "the sheet is not in the file")
            continue
        _fed(
            members[path], SheetParser(collector, strings.texts, styled), f"sheet {name}", collector
        )
        if rows := collector.take():
            table, of_header = with_header(rows, sheet=name)
            collector.problems.extend(of_header)
            found.append((name, [table]))
    names = tuple(name for name, _ in found)
    return [replace(one, sheet=name, sheets=names) for name, tables in found for one in tables]


def _fed(
    data: bytes, target: SheetParser | SharedStrings, where: str, collector: RowCollector
) -> None:
    """Read one part as far as it holds; what is damaged is told."""
    try:
        feed(data, target)
    except (InvalidValue, etree.XMLSyntaxError) as error:
        reason = error.reason if isinstance(error, InvalidValue) else str(error)
        collector.tell(where, "", f"it is read up to a fault: {reason}")


def _part(members: Mapping[str, bytes], name: str) -> Element:
    data = members[name]
    if len(data) > PART_BYTES_MAX:
        raise InvalidValue("table", name, f"the part is over {PART_BYTES_MAX} bytes")
    return parse_xml(data)


def _targets(members: Mapping[str, bytes]) -> dict[str, str]:
    """Member by id of its relation, and by the last word of the relation's type."""
    targets: dict[str, str] = {}
    name = "xl/_rels/workbook.xml.rels"
    for one in children(_part(members, name), "Relationship") if name in members else ():
        target = one.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
        if one.get("TargetMode") != "External":
            targets[one.get("Id", "")] = path
            targets.setdefault(one.get("Type", "").rpartition("/")[2], path)
    return targets


def _sheets(
    book: Element, targets: Mapping[str, str], collector: RowCollector
) -> list[tuple[str, str]]:
    listed = child(book, "sheets")
    sheets: list[tuple[str, str]] = []
    for at, one in enumerate(children(listed, "sheet") if listed is not None else (), start=1):
        id_ = next((value for key, value in one.items() if key.endswith("}id")), "")
        name = (one.get("name") or f"sheet {at}")[:200]
        sheets.append((name, targets.get(id_, f"xl/worksheets/sheet{at}.xml")))
    if len(sheets) > SHEETS_MAX:
        reason = f"it has {len(sheets)} sheets; the first {SHEETS_MAX} are read"
        collector.problems.append(ImportProblem("file", "", reason))
    return sheets[:SHEETS_MAX]


def _styles(
    members: Mapping[str, bytes], targets: Mapping[str, str], book: Element, collector: RowCollector
) -> DateStyles:
    """How numbers are shown as dates, by the number of the style."""
    name = targets.get("styles", "xl/styles.xml")
    formats: list[str] = []
    try:
        root = _part(members, name) if name in members else None
    except InvalidValue as error:
        collector.tell(name, "", f"dates can't be told from numbers: {error.reason}")
        root = None
    if root is not None:
        own = {
            one.get("numFmtId", ""): one.get("formatCode", "")
            for one in root.iter()
            if local(one) == "numFmt"
        }
        cells = child(root, "cellXfs")
        for one in children(cells, "xf") if cells is not None else ():
            formats.append(_shown_as(one.get("numFmtId", ""), own))
    settings = child(book, "workbookPr")
    since_1904 = settings is not None and settings.get("date1904") in ("1", "true")
    return DateStyles(tuple(formats), _EPOCH_1904 if since_1904 else _EPOCH)


def _shown_as(number: str, own: Mapping[str, str]) -> str:
    """``day``, ``time`` (a day with its time), or nothing where it is no date."""
    if number in own:
        plain = _PLAIN_FORMAT.sub("", own[number][:200]).lower()
        if not ("y" in plain or "d" in plain) or "general" in plain:
            return ""
        return "time" if "h" in plain else "day"
    if not number.isdecimal():
        return ""
    kind = int(number[:6])
    return "time" if kind in _BUILT_IN_TIMES else "day" if kind in _BUILT_IN_DAYS else ""
