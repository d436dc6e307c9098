"""STIX's words and ours: types of objects, relationships and hashes. Data."""

from __future__ import annotations

from uuid import UUID

NAMED = {
    "intrusion-set": "threat-actor",
    "threat-actor": "threat-actor",
    "campaign": "incident",
    "incident": "incident",
    "malware": "malware-family",
    "report": "document",
}
"""Domain objects that are known by their name (STIX 2.1, section 4), and the types they are."""

SIMPLE = {
    "domain-name": ("domain-name", "value"),
    "ipv4-addr": ("ip-address", "value"),
    "ipv6-addr": ("ip-address", "value"),
    "url": ("url", "value"),
    "email-addr": ("email-address", "value"),
    "mutex": ("mutex", "name"),
    "windows-registry-key": ("registry-key", "key"),
    "directory": ("file-path", "path"),
    "mac-addr": ("mac-address", "value"),
}
"""Cyber-observables that one property says all of (section 6): our type, and that property."""

OBSERVABLES = frozenset(
    {*SIMPLE, "file", "autonomous-system", "x509-certificate", "user-account", "software",
     "artifact", "process", "network-traffic", "email-message"}
)  # fmt: skip

LINKS = {
    "belongs-to": "announced-by",
    "located-at": "located-in",
    "downloads": "downloads",
    "connects-to": "connects-to",
}
"""Relationship types that have another name here; the rest keep theirs."""
RELATIONSHIPS = {"announced-by": "belongs-to", "located-in": "located-at"}
"""The way back."""

EMBEDDED = {
    "resolves_to_refs": "resolves-to",
    "belongs_to_refs": "announced-by",
    "belongs_to_ref": "related-to",
    "contains_refs": "contains",
    "parent_directory_ref": "under-directory",
    "sender_ref": "sent-by",
    "from_ref": "sent-by",
    "to_refs": "sent-to",
    "cc_refs": "sent-to",
    "bcc_refs": "sent-to",
    "raw_email_ref": "contains",
    "image_ref": "contains",
    "child_refs": "contains",
    "opened_connection_refs": "connects-to",
    "sample_refs": "same-as",
    "object_refs": "mentions",
    "operating_system_refs": "uses",
}
"""Properties of objects that refer to others, and the links they are (section 3.8)."""

HASHES = {
    "MD5": 32,
    "SHA-1": 40,
    "SHA1": 40,
    "SHA-256": 64,
    "SHA256": 64,
    "SHA-512": 128,
    "SHA512": 128,
}
"""Hash algorithms that know a file (section 10.9), and their length in hexadecimal digits."""
HASH_NAMES = {32: "MD5", 40: "SHA-1", 64: "SHA-256", 128: "SHA-512"}

SCO_NAMESPACE = UUID("00abedb4-aa42-466c-9c01-fed23315a9b7")
"""Namespace of deterministic ids of observables (section 2.9)."""
OWN_NAMESPACE = UUID("5a6e3a52-3b4a-5f0e-9a38-6d2f3f1c7e11")
"""Namespace of ids that Clew gives to all else."""
EXTENSION_ID = "extension-definition--9f1c1f0e-6f2b-5d0a-8a53-1c7b1c0c1e0d"
"""The extension that carries what Clew knows beyond STIX (section 7.3)."""
PRODUCER_ID = "identity--0d4f6f3e-7a53-5d5c-9f57-0a2c5f7a4c11"

TLP_REFS = {
    "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9": 1,
    "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da": 2,
    "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82": 3,
    "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed": 5,
    "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487": 1,
    "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb": 2,
    "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421": 3,
    "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003": 4,
    "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1": 5,
}
"""TLP markings of STIX 2.1 (section 7.2.1.4), then of TLP 2.0 (OASIS, CTI TC), as our numbers."""
TLP_MARKS = {
    1: "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9",
    2: "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da",
    3: "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82",
    4: "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82",
    5: "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed",
}
"""The marking written for each of our levels; AMBER+STRICT is exact in the extension."""
TLP_COLOURS = {1: "white", 2: "green", 3: "amber", 4: "amber", 5: "red"}
