"""OpenIOC's terms and the entity types that they are here. Data."""

from __future__ import annotations

HOSTS = frozenset({"domain-name", "ip-address"})
"""Types of which a term may mean either: names stand where addresses belong, and the reverse."""
WHOLE_ONLY = frozenset({"mutex", "user-agent"})
"""Types of which a piece (``contains``) would be taken for a whole value."""

_BY_TYPE = {
    "domain-name": (
        "Network/DNS", "DnsEntryItem/Host", "DnsEntryItem/RecordName",
        "DnsEntryItem/RecordData/Host", "UrlHistoryItem/HostName", "CookieHistoryItem/HostName",
        "FileDownloadHistoryItem/SourceHostName",
    ),
    "ip-address": (
        "PortItem/remoteIP", "RouteEntryItem/Destination", "ArpEntryItem/IPv4Address",
        "ArpEntryItem/IPv6Address", "DnsEntryItem/RecordData/IPv4Address",
        "DnsEntryItem/RecordData/IPv6Address", "ProcessItem/PortList/PortItem/remoteIP",
        "Network/IP", "Email/ReceivedFromIP",
    ),
    "url": (
        "Network/URI", "UrlHistoryItem/URL", "FileDownloadHistoryItem/SourceURL",
        "FormHistoryItem/FormSubmitURL", "Network/HTTP_Referr",
    ),
    "user-agent": ("Network/UserAgent",),
    "email-address": (
        "Email/From", "Email/To", "Email/CC", "Email/BCC", "Email/ReplyTo", "Email/Sender",
    ),
    "phrase": ("Email/Subject",),
    "file": (
        "FileItem/Md5sum", "FileItem/Sha1sum", "FileItem/Sha256sum", "DriverItem/Md5sum",
        "DriverItem/Sha1sum", "DriverItem/Sha256sum", "ServiceItem/pathmd5sum",
        "ServiceItem/pathsha1sum", "ServiceItem/pathsha256sum", "ServiceItem/serviceDLLmd5sum",
        "ServiceItem/serviceDLLsha1sum", "ServiceItem/serviceDLLsha256sum", "TaskItem/md5sum",
        "TaskItem/sha1sum", "TaskItem/sha256sum", "ProcessItem/SectionList/MemorySection/Md5sum",
        "ProcessItem/SectionList/MemorySection/Sha1Sum",
        "ProcessItem/SectionList/MemorySection/Sha256Sum", "Email/Attachment/MD5",
    ),
    "file-path": (
        "FileItem/FileName", "FileItem/FullPath", "FileItem/FilePath", "ProcessItem/path",
        "ServiceItem/path", "ServiceItem/serviceDLL", "PrefetchItem/FullPath",
        "PrefetchItem/ApplicationFullPath", "DriverItem/DriverName", "Email/Attachment/Name",
    ),
    "registry-key": ("RegistryItem/KeyPath", "RegistryItem/Path"),
}  # fmt: skip

TERMS = {term.lower(): kind for kind, terms in _BY_TYPE.items() for term in terms}
"""Type of the entity by the term in lower case (``Context/@search``)."""
