"""Whether a dotted word of prose is a host's name, or a file, a version, or code."""

from __future__ import annotations

import re

from clew.schema.registered_domain import is_known_tld, is_public_suffix

_ENDINGS = """
7z ace aes apk app arj asp aspx bak bat bin bmp cab cfg chm class cmd conf cpl css csv dat data db
dll dmg doc docm docx dot dotm drv dylib elf eml enc eps exe gif gz hta htm html ico img inf ini
iso jar jpeg jpg js jse json jsp key ko lib lnk locked log lua lzh mp3 mp4 mdb mof msc msi msu
mui mov nls ocx odt old out pack pcap pdb pdf pem php php3 php5 phtml pif pkg pl plist pm png
ppt pptm pptx ps ps1 psd psm1 pub py pyc pyd rar rb reg rpm rs rtf sav scf scr sct sh shtml so
sql svg swf sys tar tgz tif tmp ttf txt url vb vba vbe vbs vhd war wav wim wmf wsc wsf xhtml xla
xlam xll xls xlsb xlsm xlsx xml xsl xz yar yml yaml zip
"""
FILE_ENDINGS = frozenset(_ENDINGS.split())
"""Endings of files. Some are top-level names as well (zip, sh, py): in prose they are files."""
HOST_HEADS = ("www.", "ftp.", "mail.", "ns1.", "ns2.", "cdn.", "api.")
PLATFORMS = frozenset({"asp.net", "vb.net", "ado.net", "node.js", "socket.io"})
"""Names of software that look like hosts."""
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)", re.IGNORECASE)


def is_host_name(word: str, *, defanged: bool, before: str) -> bool:
    """
    Whether a dotted word is the name of a host.

    Args:
        word: As it is read, defanging undone.
        defanged: Whether it was written defanged; whoever did so says that it is an indicator.
        before: The letters before it in the text.
    """
    labels = word.split(".")
    last = labels[-1]
    if not all(_LABEL.fullmatch(one) or not one.isascii() for one in labels) or last.isdigit():
        return False
    if not is_known_tld(word) or is_public_suffix(word):
        return False
    if defanged:
        return True
    # Part of a path, an attribute, a name in code, a detection's name such as Win32/Agent.AD.
    if before.endswith(("/", "\\", "$", "#", "::", "->", "(.", "%", "'.")):
        return False
    if word.lower() in PLATFORMS or _is_code(labels):
        return False
    return last.lower() not in FILE_ENDINGS or word.lower().startswith(HOST_HEADS)


def _is_code(labels: list[str]) -> bool:
    """Capitals where names of hosts have none: System.Net, Filecoder.AD, end.The."""
    word = "".join(labels)
    if word.isupper() and len(labels) > 1:
        return False
    if len(labels) == 2 and len(labels[0]) > 1 and labels[0].isupper():
        # README.md
        return True
    return labels[-1] != labels[-1].lower() or all(one[:1].isupper() for one in labels)
