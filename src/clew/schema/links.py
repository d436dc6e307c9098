"""All built-in link types, from the case outwards to the notes."""

from __future__ import annotations

from clew.schema.link_type import LinkType

_NAME = ("domain-name",)
_ADDRESS = ("ip-address",)
_HOST = ("domain-name", "ip-address")
_WEB = ("domain-name", "ip-address", "url")
_RUN = ("file", "sample")
_OWNER = ("email-address", "person", "organisation")
_ACTING = ("incident", "threat-actor", "malware-family")


def _link(
    name: str,
    inverse: str,
    sources: tuple[str, ...] = (),
    targets: tuple[str, ...] = (),
    *,
    shared: bool = False,
    identity: bool = False,
) -> LinkType:
    label = name.replace("-", " ")
    return LinkType(name, label, inverse, sources, targets, shared=shared, identity=identity)


_CASE = (
    _link("has-indicator", "indicator of", ("incident",)),
    _link("related-to", "related to"),
    _link("attributed-to", "blamed for", (), ("threat-actor", "person", "organisation")),
    _link("uses", "used by", _ACTING),
    _link("targets", "targeted by", _ACTING),
    _link("exploits", "exploited by", (), ("vulnerability",)),
    _link("reported-in", "reports", (), ("document",)),
)
_NAMES = (
    _link("resolves-to", "resolved from", _NAME, _HOST, shared=True),
    _link("hosted-on", "hosts", _NAME, _ADDRESS, shared=True),
    _link("alias-of", "has alias name", _NAME, _NAME),
    _link("under-domain", "domain of", _NAME, _NAME),
    _link("served-by-name-server", "name server of", _NAME, _HOST, shared=True),
    _link("served-by-mail-server", "mail server of", _NAME, _HOST, shared=True),
    _link("registered-by", "registrant of", ("domain-name", "netblock"), _OWNER, shared=True),
    _link("registered-through", "registrar of", _NAME, ("organisation",), shared=True),
    _link("has-contact", "contact of", (), _OWNER, shared=True),
    _link("shares-registration", "shares registration with", _NAME, _NAME),
)
_ADDRESSES = (
    _link("in-netblock", "block of", ("ip-address", "netblock"), ("netblock",), shared=True),
    _link(
        "announced-by",
        "announces",
        ("ip-address", "netblock"),
        ("autonomous-system",),
        shared=True,
    ),
    _link(
        "operated-by",
        "operates",
        ("ip-address", "netblock", "autonomous-system", "domain-name"),
        ("organisation", "person"),
        shared=True,
    ),
    _link("exposes", "exposed by", _HOST, ("port",)),
)
_SITES = (
    _link("has-host", "host of", ("url",), _HOST),
    _link("embeds", "embedded by", _WEB, _WEB),
    _link("redirects-to", "redirected from", _WEB, _WEB),
    _link("has-tracker", "tracker of", _WEB, ("tracker",)),
    _link("runs-component", "component of", _WEB, ("component",), shared=True),
    _link("presents-certificate", "presented by", (*_HOST, "port"), ("certificate",)),
    _link("names", "named by", ("certificate",), _HOST),
    _link("issued-to", "subject of", ("certificate",), _OWNER),
    _link("issued-by", "issuer of", ("certificate",), ("certificate", "organisation"), shared=True),
)
_CODE = (
    _link("communicates-with", "contacted by", (*_RUN, "malware-family"), _NAME),
    _link("connects-to", "connected from", (*_RUN, "malware-family"), ("ip-address", "port")),
    _link("requests", "requested by", _RUN, ("url",)),
    _link("downloaded-from", "offers", ("file",), _WEB),
    _link("uses-user-agent", "user agent of", (*_RUN, "url"), ("user-agent",), shared=True),
    _link("creates-mutex", "mutex of", _RUN, ("mutex",)),
    _link("sets-registry-key", "registry key of", _RUN, ("registry-key",)),
    _link("drops", "dropped by", _RUN, ("file",)),
    _link("writes-path", "path written by", _RUN, ("file-path",)),
    _link("exhibits", "exhibited by", _RUN, ("malware-family", "behaviour"), shared=True),
    _link("signed-with", "signs", ("file",), ("certificate",)),
    _link("ran-as", "run of", ("file",), ("sample",)),
    _link("same-as", "same as", identity=True),
)
_NOTES = (
    _link("tagged", "tag of", (), ("tag",), shared=True),
    _link("has-alias", "alias of", (), ("alias",)),
    _link("has-name", "name of", (), ("person", "organisation")),
    _link("has-phone", "phone of", (), ("phone",)),
    _link("located-in", "location of", (), ("location",), shared=True),
    _link("mentions", "mentioned in", ("document", "phrase", "incident")),
    _link("contains-phrase", "phrase of", (), ("phrase",)),
)

LINK_TYPES: tuple[LinkType, ...] = (
    *_CASE,
    *_NAMES,
    *_ADDRESSES,
    *_SITES,
    *_CODE,
    *_NOTES,
)
"""Every built-in declaration, in the order of the legend."""
