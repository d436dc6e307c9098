"""Cyber-observable objects as entities (STIX 2.1, section 6; 2.0, part 4)."""

from __future__ import annotations

import msgspec

from clew.interop.address_range import address_or_netblock
from clew.interop.stix.bundle_reader import BundleReader, Thing, strings, text
from clew.interop.stix.words import HASHES, SIMPLE


def observable(bundle: BundleReader, thing: Thing) -> tuple[int, ...]:
    """The entities that an observable is; none, with a problem, where it says too little."""
    builder, id_, by = bundle.builder, text(thing, "id"), bundle.by(thing)
    type_ = text(thing, "type")
    if type_ in SIMPLE:
        kind, name = SIMPLE[type_]
        value = thing.get(name)
        if kind == "ip-address" and isinstance(value, str):
            kind, value = address_or_netblock(value)
        return _one(builder.entity(kind, value, id_, by))
    match type_:
        case "autonomous-system":
            row = builder.entity("autonomous-system", f"AS{thing.get('number')}", id_, by)
            if row is not None:
                bundle.say(thing, row, "as_name", thing.get("name"))
            return _one(row)
        case "file" | "artifact":
            return _file(bundle, thing)
        case "x509-certificate":
            return _certificate(bundle, thing)
        case "user-account":
            name = next(
                (text(thing, key) for key in ("account_login", "user_id", "display_name")
                 if text(thing, key)), "",
            )  # fmt: skip
            row = builder.entity("alias", name, id_, by)
            if row is not None:
                bundle.say(thing, row, "platform", thing.get("account_type"))
            return _one(row)
        case "software":
            name = " ".join(one for one in (text(thing, "name"), text(thing, "version")) if one)
            return _one(builder.entity("component", name, id_, by))
        case "process":
            return _one(builder.entity("process", text(thing, "command_line") or id_, id_, by))
        case "email-message":
            name = text(thing, "message_id") or text(thing, "subject") or id_
            row = builder.entity("email-message", name, id_, by)
            if row is not None:
                bundle.say(thing, row, "subject", thing.get("subject"))
                bundle.say(thing, row, "date", thing.get("date"))
            return _one(row)
        case _:
            return _one(builder.entity("network-traffic", id_, id_, by))


def _file(bundle: BundleReader, thing: Thing) -> tuple[int, ...]:
    """A file by each of its hashes, which are said to be the same; by its name where none."""
    builder, id_, by = bundle.builder, text(thing, "id"), bundle.by(thing)
    hashes = thing.get("hashes")
    rows = []
    for algorithm, digest in hashes.items() if isinstance(hashes, dict) else ():
        if isinstance(digest, str) and HASHES.get(str(algorithm).upper()) == len(digest.strip()):
            row = builder.entity("file", digest, id_, by)
            if row is not None:
                rows.append(row)
    for other in rows[1:]:
        builder.link(rows[0], "same-as", other, by=by, collectors=bundle.who(thing), where=id_)
    if not rows:
        name = text(thing, "name") or text(thing, "url")
        row = builder.entity(
            "url" if not text(thing, "name") and name else "file-path", name, id_, by
        )
        rows = [] if row is None else [row]
    for row in rows[:1]:
        bundle.say(thing, row, "file_name", thing.get("name"))
        bundle.say(thing, row, "size_bytes", thing.get("size"))
        bundle.say(thing, row, "file_type", thing.get("mime_type"))
    return tuple(rows)


def _certificate(bundle: BundleReader, thing: Thing) -> tuple[int, ...]:
    builder, id_, by = bundle.builder, text(thing, "id"), bundle.by(thing)
    hashes = thing.get("hashes")
    by_name = hashes if isinstance(hashes, dict) else {}
    for name in ("SHA-1", "SHA-256"):
        row = builder.entity("certificate", by_name[name], id_, by) if name in by_name else None
        if row is not None:
            for key, ours in (("subject", "subject"), ("issuer", "issuer"),
                              ("serial_number", "serial_number"),
                              ("validity_not_before", "issued"),
                              ("validity_not_after", "expires")):  # fmt: skip
                bundle.say(thing, row, ours, thing.get(key))
            return (row,)
    named = text(thing, "serial_number") or text(thing, "subject") or id_
    return _one(builder.entity("x509-certificate", named, id_, by))


def traffic(bundle: BundleReader, thing: Thing) -> None:
    """The connection that network traffic is, between the entities at both its ends."""
    builder, id_ = bundle.builder, text(thing, "id")
    seen = bundle.interval(thing, "start", "end")
    protocols, port = ",".join(strings(thing.get("protocols"))), thing.get("dst_port")
    fields = {"protocols": protocols, "port": port} if type(port) is int else {}
    detail = msgspec.json.encode(fields).decode() if fields else ""
    for source in bundle.rows.get(text(thing, "src_ref"), ()):
        for target in bundle.rows.get(text(thing, "dst_ref"), ()):
            builder.link(
                source, "connects-to", target, seen=seen, by=bundle.by(thing), where=id_,
                collectors=bundle.who(thing), detail=detail,
            )  # fmt: skip


def _one(row: int | None) -> tuple[int, ...]:
    return () if row is None else (row,)
