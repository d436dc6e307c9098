"""The built-in states: conditions of an entity that change what its links are worth."""

from __future__ import annotations

from clew.schema.entity_type import State

_HOST = frozenset({"domain-name", "ip-address"})
_PLACE = frozenset({"ip-address", "netblock", "domain-name"})

STATES: tuple[State, ...] = (
    # What resolves to a sinkhole tells of the sinkhole's owner, hardly of the actor.
    State("sinkhole", "Sinkhole", "droplet-off", True, 0.05, _HOST),
    # The host's own links are as good as any; only its zone belongs to everybody.
    State("dynamic-dns", "Dynamic DNS", "refresh-cw", False, 0.9, frozenset({"domain-name"})),
    State("parked", "Parked", "circle-parking", True, 0.1, _HOST),
    State("shared-hosting", "Shared hosting", "layers", True, 0.25, _PLACE),
    State("cdn", "CDN", "layers", True, 0.1, _PLACE),
    # A rented machine is one tenant's for a while, so pivots go on and dates matter more.
    State("cloud-hosting", "Cloud hosting", "cloud", False, 0.8, _PLACE),
    State("public-resolver", "Public resolver", "signpost", True, 0.05, _HOST),
    State(
        "privacy-registrant",
        "Privacy service",
        "eye-off",
        True,
        0.05,
        frozenset({"email-address", "person", "organisation", "phone"}),
    ),
)
"""Every built-in declaration; weights are judgements, to be tuned against cases."""
