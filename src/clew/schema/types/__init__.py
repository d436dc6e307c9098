"""All entity types, and the order in which the catalogue lists them."""

from clew.schema.types.case import Alias, Incident, ThreatActor
from clew.schema.types.code import Behaviour, File, MalwareFamily, Sample
from clew.schema.types.identity import EmailAddress, Organisation, Person, Phone
from clew.schema.types.network import AutonomousSystem, DomainName, IPAddress, Netblock, Port
from clew.schema.types.note import Document, Location, Phrase, Tag
from clew.schema.types.trust import Certificate, Vulnerability
from clew.schema.types.web import (
    URL,
    Component,
    FilePath,
    Mutex,
    RegistryKey,
    Tracker,
    UserAgent,
)

__all__ = [
    "ENTITY_TYPES",
    "URL",
    "Alias",
    "AutonomousSystem",
    "Behaviour",
    "Certificate",
    "Component",
    "Document",
    "DomainName",
    "EmailAddress",
    "File",
    "FilePath",
    "IPAddress",
    "Incident",
    "Location",
    "MalwareFamily",
    "Mutex",
    "Netblock",
    "Organisation",
    "Person",
    "Phone",
    "Phrase",
    "Port",
    "RegistryKey",
    "Sample",
    "Tag",
    "ThreatActor",
    "Tracker",
    "UserAgent",
    "Vulnerability",
]

ENTITY_TYPES = tuple(
    value.type
    for value in (
        *(Incident, ThreatActor, Alias),
        *(MalwareFamily, File, Sample, Behaviour),
        *(DomainName, IPAddress, Netblock, AutonomousSystem, Port),
        *(EmailAddress, Phone, Person, Organisation),
        *(URL, UserAgent, Mutex, RegistryKey, FilePath, Tracker, Component),
        *(Certificate, Vulnerability),
        *(Tag, Phrase, Location, Document),
    )
)
"""Every built-in declaration, in the order of the legend."""
