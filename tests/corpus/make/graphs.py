"""The two `.mtgl` graphs of the corpus: addresses of wallets, and relationships as entities."""

from __future__ import annotations

from itertools import count

from corpus.make.mtgl import Graph, Record, number, text

KEY = -8197615569194399760
"""The first key of a graph; the next ones follow."""
ADDED_MS = 1_638_293_788_485
OWNER = {"OwnerType": text("", displayName="Owner Type"),
         "OwnerTypeIcon": text("", displayName="Owner Type Icon")}  # fmt: skip
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def wallets() -> Graph:
    """Ten addresses of wallets with their counts, and a link that is drawn against its run."""
    keys = count(KEY)
    names = [*(f"1Heron{letter}MadeUpWallet" for letter in "abcd"), "0x" + "1a" * 20,
             "0x" + "2b" * 20, "0x" + "3c" * 20, "MHeronMadeUpWallet", "t1HeronMadeUpWallet",
             "qheronmadeupwallet"]  # fmt: skip
    types = ["BTC"] * 4 + ["ETH"] * 3 + ["LTC", "ZEC", "BCH"]
    entities = [
        _record(
            next(keys), name, f"maltego.{type_}Address", ADDED_MS,
            **{"bookmark[int]": at % 2, "weight[int]": 100 * at},
            properties={
                "properties.cryptocurrencyaddress": text(
                    name, displayName="Cryptocurrency Address"
                ),
                "num_transactions": number(17 * at, displayName="Number of  Transactions"),
                **OWNER,
            },
            x=-9813 + 300 * at, y=99 if at % 2 else -1627, pinned="ft"[at % 2],
        )
        for at, (name, type_) in enumerate(zip(names, types, strict=True))
    ]  # fmt: skip
    del entities[3]["bookmark[int]"]
    entities[3]["displayInfo"] = [
        {"name": "Tags", "value": "<table></table>"},
        {"name": "Info", "value": '<a style="text-align:center" href="https://example.org/'
         f'wallet/{names[3]}"><h4>View</h4></a>'},
    ]  # fmt: skip
    link = _record(
        next(keys), "To Input Addresses [Acme]", "transform", ADDED_MS + 12,
        **{"displayValueStr[string]": "6.41716591 BTC", "reversed[bool]": "t"},
        properties={
            "transform.name": text("acme.address_to_inputs", displayName="Transform", hidden="t",
                                   readonly="t"),
            "transform.display-name": text("To Input Addresses [Acme]", readonly="t",
                                           displayName="Transform name"),
            "transform.run-date": number(1_637_333_789_036, type_="datetime", storage="long",
                                         displayName="Date run", readonly="t"),
            "thickness": number(2, displayName="Thickness"),
            "style": number(0, displayName="Style"),
            "label": text("6.41716591 BTC", displayName="Label"),
        },
        source=entities[4]["__key[long]"], target=entities[3]["__key[long]"],
    )  # fmt: skip
    one = [("_0", 1)]
    return Graph(
        entities, [_linked(link)],
        {"DataEntities": [("_0", 10)], "StructureEntities": [("_1", 10)], "DataLinks": one,
         "LayoutEntities": [("_0", 10)], "StructureLinks": one, "LayoutLinks": one},
    )  # fmt: skip


def report() -> Graph:
    """A report's objects of STIX: relationships are entities, some were deleted since."""
    keys = count(KEY + 1_000)
    objects = {
        name: _stix(next(keys), type_, name, at)
        for at, (name, type_) in enumerate(
            {
                "Operation Grey Heron": "incident", "Grey Heron": "intrusion-set",
                "HeronRat": "malware", "NestLoader": "malware", "netcat": "tool",
                "Spearphishing Link": "attack-pattern", "Web Protocols": "attack-pattern",
                "Example Ministry": "identity", "Heron report": "report",
            }.items()
        )
    }  # fmt: skip
    objects["Web Protocols"]["properties"]["description"] = text(
        "Made up, and said again. " * 1_500
    )
    objects["HeronRat"]["properties"] |= {
        "first_seen": text("1970-01-01T00:00:00.000Z"),
        "last_seen": text("5138-11-16T09:46:40.000Z"),
    }
    objects["Grey Heron"]["notes"] = {"value": "Named by us.\nA second line.", "show": "t"}
    relations = [
        ("Operation Grey Heron", "attributed-to", "Grey Heron", "2016-03-31", "2016-06-13"),
        ("Grey Heron", "uses", "HeronRat", "2015-05-31", "5138-11-16"),
        ("Grey Heron", "uses", "NestLoader", "", ""),
        ("Grey Heron", "uses", "netcat", "2016-05-01", "2016-04-01"),
        ("HeronRat", "uses", "Web Protocols", "2016-03-31", ""),
        ("Grey Heron", "targets", "Example Ministry", "1970-01-01", "2016-06-13"),
    ]
    between, links = [], []
    for at, (source, type_, target, first, last) in enumerate(relations):
        one = _stix(next(keys), "relationship", type_, 20 + at)
        one["properties"] |= {
            "relationship_type": text(type_),
            "source_ref": text(objects[source]["properties"]["id"]["value"][0]),
            "target_ref": text(objects[target]["properties"]["id"]["value"][0]),
            "start_time": text(f"{first}T22:00:00.000Z" if first else ""),
            "stop_time": text(f"{last}T22:00:00.000Z" if last else ""),
        }
        between.append(one)
        links.append(_drawn(next(keys), objects[source], one, reverse=True))
        links.append(_drawn(next(keys), one, objects[target], reverse=False))
    for target in ("Spearphishing Link", "Grey Heron"):
        links.append(_drawn(next(keys), objects["Heron report"], objects[target], reverse=False))
    links[0]["path"] = [[0, 52], [-71, -57]]
    entities = [*objects.values(), *between]
    gone = [_stix(next(keys), "malware", f"Gone{at}", 50 + at) for at in range(2)]
    return Graph(
        entities, links,
        {"DataEntities": [("_j", 6), ("_k", 8), ("_n", 1)], "DataLinks": [("_7", 9), ("_8", 5)],
         "StructureEntities": [("_d", 10), ("_j", 5)], "StructureLinks": [("_8", 14)],
         "LayoutEntities": [("_0", 15)], "LayoutLinks": [("_0", 14)]},
        deleted=gone,
    )  # fmt: skip


def definition(type_: str, shown: str, *, value: str, base: str = "") -> str:
    """The definition of a type, as a graph brings it along; one field stands there twice."""
    bases = f"<BaseEntities>\n      <BaseEntity>{base}</BaseEntity>\n   </BaseEntities>"
    field = (
        f'<Field name="{value}" type="string" nullable="true" hidden="false" readonly="false" '
        'description="" displayName="{0}">\n            <SampleValue>{1}</SampleValue>\n'
        "         </Field>"
    )
    return (
        f'<MaltegoEntity id="{type_}" displayName="{shown}" displayNamePlural="{shown}s" '
        'description="Made up" category="Heron" smallIconResource="Heron/Nest" '
        'largeIconResource="Heron/Nest" allowedRoot="true" conversionOrder="2147483647" '
        f'visible="true">\n   {bases if base else ""}\n   <Properties value="{value}" '
        f'displayValue="{value}">\n      <Groups/>\n      <Fields>\n         '
        f"{field.format('Old', 'first')}\n         {field.format(shown, 'second')}\n"
        "      </Fields>\n   </Properties>\n</MaltegoEntity>"
    )


def _record(key: int, value: str, type_: str, added_ms: int, **more: object) -> Record:
    return {
        "__key[long]": key, "__index-date[date]": added_ms, "__birth-date[date]": added_ms,
        "id[string]": _base36(key), "type[string]": type_, "valueStr[string]": value,
        "displayValueStr[string]": value, "labelReadOnly[bool]": "f", "hasAttachments[bool]": "f",
        **more,
    }  # fmt: skip


def _stix(key: int, type_: str, name: str, at: int) -> Record:
    id_ = f"{type_}--00000000-0000-4000-8000-{key & 0xFFFF:012}"
    return _record(
        key, id_, f"maltego.STIX2.{type_}", 1_616_490_457_481 + at,
        **{"displayValueStr[string]": name, "weight[int]": 100},
        properties={
            "id": text(id_), "name": text(name), "spec_version": text("2.1"),
            "type": text(type_, readonly="t"), "aliases": text(None, type_="string[]"),
            "lang": text(""), "confidence": text("75"),
            "external_references": text(
                ['[{"source_name": "A lab"', f'"url": "https://example.org/{at}"}}]'],
                type_="string[]",
            ),
            "x_maltego_marking_color": text("#ffffff"),
        },
        overlays=[{"propertyName": "x_maltego_marking_text", "position": "W", "type": "text"},
                  {"propertyName": "x_maltego_marking_color", "position": "NW", "type": "colour"}],
        displayInfo=[{"name": "STIX 2 Description", "value": f"<h2>{name}</h2><p>a &amp; b</p>"}],
        x=71 * at, y=383 - 52 * at, pinned="f",
    )  # fmt: skip


def _drawn(key: int, source: Record, target: Record, *, reverse: bool) -> Record:
    return _linked(
        _record(
            key, "Acme: Report to all", "transform", 1_616_490_457_565,
            **({"reversed[bool]": "t"} if reverse else {}),
            properties={
                "transform.display-name": text("Acme: Report to all", readonly="t",
                                               displayName="Transform name"),
                "transform.run-date": number(1_616_490_456_968, type_="datetime", storage="long",
                                             displayName="Date run", readonly="t"),
            },
            source=source["__key[long]"], target=target["__key[long]"],
        )
    )  # fmt: skip


def _linked(record: Record) -> Record:
    return {**record, "source": str(record["source"]), "target": str(record["target"])}


def _base36(key: int) -> str:
    left, made = key & (1 << 64) - 1, ""
    while left:
        left, digit = divmod(left, 36)
        made = _DIGITS[digit] + made
    return made
