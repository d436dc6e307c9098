"""Files that tests send to a page's preview, and what it shows of them."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import msgspec

from service.page import Page

CSV = b"""domain,ip,first_seen,campaign
a.example.org,192.0.2.7,2013-05-20,one
b.example.org,192.0.2.8,2013-06-01,two
c.example.org,no address,2013-06-02,two
"""


def sent(page: Page, data: bytes, name: str = "table.csv", **more: str) -> tuple[int, Any]:
    query = "".join(f"&{key}={quote(value)}" for key, value in more.items())
    kind = {"Content-Type": "application/octet-stream"}
    path = f"/api/import/preview?name={quote(name)}{query}"
    status, _, body = page.raw("POST", path, data, **kind)
    return status, msgspec.json.decode(body)


def shown(page: Page, data: bytes, name: str = "table.csv", **more: str) -> Any:
    status, answer = sent(page, data, name, **more)
    assert status == 200, answer
    return answer


def bundle() -> bytes:
    number = "00000000-0000-4000-8000-00000000000"
    objects = [
        {"type": "domain-name", "id": f"domain-name--{number}1", "value": "a.example.org",
         "spec_version": "2.1", "resolves_to_refs": [f"ipv4-addr--{number}2"]},
        {"type": "ipv4-addr", "id": f"ipv4-addr--{number}2", "value": "192.0.2.7",
         "spec_version": "2.1"},
        {"type": "ipv4-addr", "id": f"ipv4-addr--{number}3", "value": "no address",
         "spec_version": "2.1"},
    ]  # fmt: skip
    return json.dumps({"type": "bundle", "id": f"bundle--{number}9", "objects": objects}).encode()
