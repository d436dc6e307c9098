"""Other tools' files over the wire: a preview keeps nothing, one undo takes an import back."""

from __future__ import annotations

import json
import random
import socket
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from clew.service.gate import UPLOAD_BYTES_MAX
from clew.service.passes import Pass
from clew.service.uploads import FILES_MAX, UPLOADS_BYTES_MAX, Upload, Uploads
from service.page import Page, served
from service.sent_files import CSV, bundle, sent, shown
from service.test_gate import ORIGIN, Clock, ask, entered


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Page]:
    environment = {"CLEW_HOME": str(tmp_path), "CLEW_KEYRING": "no"}
    with served(tmp_path / "a.clew", environment) as found:
        yield found


def test_a_preview_tells_what_a_file_holds_and_keeps_nothing(page: Page) -> None:
    """Format, counts, defanged samples and problems with their place; the log stays as it was."""
    before = page.get("/case")["seq"]
    told = shown(page, bundle(), "b.json")
    assert (told["format"], told["label"]) == ("stix", "STIX 2.1")
    assert told["counts"]["entities"] == 2
    assert {one["value"] for one in told["entities"]} == {"a.example[.]org", "192.0.2[.]7"}
    (link,) = told["links"]
    assert (link["source"]["value"], link["type"]) == ("a.example[.]org", "resolves-to")
    assert told["counts"]["problems"] == len(told["problems"]) > 0
    assert "no address" in json.dumps(told["problems"])
    assert page.get("/case")["seq"] == before


def test_an_import_is_one_action_and_one_undo_takes_it_back(page: Page) -> None:
    """What was previewed enters as one line of the history; after an undo nothing is left."""
    told = shown(page, bundle(), "b.json")
    done = page.post("/import", token=told["token"], graph="fresh")
    assert (done["new_entities"], done["new_links"]) == (2, 1)
    assert done["seq"] == page.get("/case")["seq"]
    assert page.get("/case")["undo"] == "Import b.json"
    assert len(page.ids("fresh")) == 2
    page.post("/undo")
    assert sum(one["entities"] for one in page.get("/case")["graphs"]) == 0
    assert page.tried("/import", token=told["token"], graph="fresh")[0] == 404


def test_what_is_there_keeps_its_place(page: Page) -> None:
    """Entities that were on the canvas do not move, even where the file has places for them."""
    page.post("/text", graph="main", text="a.example.org\nz.example.org")
    before = page.table("/graph/entities?graph=main").select("id", "x", "y")
    ids = page.ids("main")
    page.post("/copy", source="main", entities=ids, target="other")
    page.post("/move", graph="other", entities=ids, positions=[500, 500, 900, 900])
    _, _, body = page.raw("GET", "/api/graph/file?graph=other&format=jsonl")
    told = shown(page, body + bundle()[:0], "other.jsonl")
    page.post("/import", token=told["token"], graph="main")
    after = page.table("/graph/entities?graph=main").select("id", "x", "y")
    assert after.sort("id").equals(before.sort("id"))
    token = shown(page, body, "other.jsonl")["token"]
    page.post("/import", token=token, graph="third")
    placed = page.table("/graph/entities?graph=third")
    assert sorted(placed["x"].to_list()) == [500, 900]


def test_a_table_comes_with_a_mapping_that_can_be_changed(page: Page) -> None:
    """Columns with cells and a proposal; what is changed shows at once, and is what enters."""
    told = shown(page, CSV)
    (table,) = told["tables"]
    roles = [one["role"] for one in table["mapping"]["columns"]]
    assert roles == ["entity", "entity", "first", "property"]
    assert table["samples"][0] == ["a.example.org", "b.example.org", "c.example.org"]
    assert told["counts"] | {"problems": 0} == {
        "entities": 5, "links": 2, "observations": 2, "properties": 3, "notes": 0, "problems": 0,
    }  # fmt: skip
    assert told["problems"][0]["where"] == "row 4, column ip"
    mapping = table["mapping"]
    mapping["columns"][3] = {"title": "campaign", "role": "tags", "of": 0}
    mapping["links"] = []
    again = page.post("/import/remap", token=told["token"], mapping=mapping)
    assert (again["counts"]["links"], again["counts"]["properties"]) == (0, 0)
    assert again["more"] == ["2 tags"]
    done = page.post("/import", token=told["token"], graph="main", mapping=mapping)
    assert (done["new_entities"], done["new_links"]) == (5, 0)


def test_a_mapping_is_remembered_for_tables_with_these_columns(page: Page) -> None:
    """What was saved with an import is what the next such table comes with, until declined."""
    told = shown(page, CSV)
    (table,) = told["tables"]
    assert not table["saved"]
    mapping = table["mapping"] | {"links": []}
    mapping["columns"][3] = {"title": "campaign", "role": "tags", "of": 0}
    body = {"token": told["token"], "graph": "main", "mapping": mapping}
    assert page.post("/import", **body, remember=True)["remembered"]
    again = shown(page, CSV.replace(b"a.example", b"other.example"))
    (table,) = again["tables"]
    assert (table["saved"], again["more"], again["counts"]["links"]) == (True, ["2 tags"], 0)
    assert [one["role"] for one in table["mapping"]["columns"]][3] == "tags"
    plain = page.post("/import/remap", token=again["token"], saved=False)
    assert (plain["tables"][0]["saved"], plain["counts"]["links"]) == (False, 2)
    done = page.post("/import", token=again["token"], graph="main")
    assert (done["new_links"], done["remembered"]) == (0, False)
    (other,) = shown(page, CSV.replace(b"campaign", b"remark"))["tables"]
    assert not other["saved"]


def test_a_file_s_own_words_are_told_with_the_facts(page: Page) -> None:
    """What Clew has no word for is given as the file said it, by its format."""
    data = bundle().replace(b'"value": "192.0.2.7"', b'"value": "192.0.2.7", "x_made_up": "kept"')
    page.post("/import", token=shown(page, data)["token"], graph="main")
    told = [page.get(f"/entities/{one}")["originals"] for one in page.ids("main", "ip-address")]
    assert [(one["format"], "kept" in one["text"]) for one in told[0]] == [("stix", True)]


def test_a_bad_mapping_is_told_and_the_file_stays(page: Page) -> None:
    """A mapping that does not hold is refused in words; the file can be mapped again."""
    told = shown(page, CSV)
    mapping = told["tables"][0]["mapping"]
    for column in mapping["columns"]:
        column["role"] = "tags"
    status, answer = page.tried("/import/remap", token=told["token"], mapping=mapping)
    assert (status, "is not a valid mapping" in answer["what"]) == (422, True)
    wrong = {**mapping, "columns": [{"title": "x", "role": "no role"}]}
    assert page.tried("/import/remap", token=told["token"], mapping=wrong)[0] == 422
    assert page.post("/import/remap", token=told["token"])["counts"] == told["counts"]


def test_a_file_can_be_read_as_another_format(page: Page) -> None:
    """The page may know better: the same bytes are read as text."""
    token = shown(page, CSV)["token"]
    told = page.post("/import/remap", token=token, format="text")
    assert (told["format"], told["tables"]) == ("text", [])
    assert shown(page, CSV, format="text")["format"] == "text"
    assert sent(page, CSV, format="nothing")[0] == 404
    assert sent(page, CSV, format="mtz")[0] in (404, 422)


@pytest.mark.parametrize(
    "data",
    [
        b"", b" \n", b"\x1f\x8bno gzip", b'{"type": "bundle", "objects": [', b"PK\x03\x04broken",
        b"SQLite format 3\0", b"<?xml version='1.0'?><graphml><graph>", b"[" * 100_000,
        b'<!DOCTYPE x [<!ENTITY a "b">]><gexf>&a;</gexf>',
    ],
)  # fmt: skip
def test_a_broken_file_is_a_fault_in_one_shape(page: Page, data: bytes) -> None:
    """What can't be read is told with its name and what helps, or read as far as it goes."""
    status, answer = sent(page, data, "broken.json")
    assert status in (200, 422)
    if status == 422:
        assert set(answer) == {"what", "subject", "helps"}
        assert "broken.json" in answer["what"]
        assert answer["what"].endswith(".")


def test_only_files_are_bytes_and_only_here(page: Page) -> None:
    """The preview takes bytes only, other routes JSON only; a huge file is refused in words."""
    assert page.raw("POST", "/api/import/preview", b"{}")[0] == 415
    bytes_ = {"Content-Type": "application/octet-stream"}
    assert page.raw("POST", "/api/import", b"{}", **bytes_)[0] == 415
    assert page.raw("POST", "/api/text", b"{}", **bytes_)[0] == 415
    passes = Pass(Clock())
    told = {"method": "POST", "origin": ORIGIN, "cookie": entered(passes), "clew_key": passes.key}
    told |= {"content_type": "application/octet-stream"}
    length = str(UPLOAD_BYTES_MAX + 1)
    assert ask(passes, "/api/import/preview", content_length=length, **told)[0] == 413
    assert ask(passes, "/api/import/preview", content_length="9999999", **told)[0] == 200


def test_few_files_are_kept() -> None:
    """The oldest leave when there are too many of them, or too many bytes."""
    uploads = Uploads()
    tokens = [uploads.keep(Upload(str(at), b"x")) for at in range(FILES_MAX + 1)]
    assert [one for one in tokens if _there(uploads, one)] == tokens[1:]
    large = uploads.keep(Upload("large", bytes(UPLOADS_BYTES_MAX)))
    assert [one for one in (*tokens, large) if _there(uploads, one)] == [large]
    uploads.drop(large)
    uploads.drop(large)
    assert not _there(uploads, large)


def test_random_changes_to_a_file_never_bring_it_down(page: Page) -> None:
    """A bundle with bytes exchanged, cut and repeated: an answer or a fault, never a crash."""
    chance = random.Random(7)
    for _ in range(60):
        data = bytearray(chance.choice((bundle(), CSV)))
        for _ in range(chance.randint(1, 20)):
            at = chance.randrange(len(data))
            match chance.randrange(3):
                case 0:
                    data[at] = chance.randrange(256)
                case 1:
                    del data[at : at + chance.randint(1, 40)]
                case _:
                    data[at:at] = data[at : at + chance.randint(1, 40)] * 3
            data = data or bytearray(b"x")
        assert sent(page, bytes(data))[0] in (200, 422)


def test_a_preview_works_before_anything_is_open(tmp_path: Path) -> None:
    """The start page previews too; bringing it in needs an investigation, and keeps the file."""
    environment = {"CLEW_HOME": str(tmp_path), "CLEW_KEYRING": "no"}
    with served(None, environment, folder=tmp_path) as page:
        token = shown(page, CSV)["token"]
        assert page.tried("/import", token=token, graph="main")[0] == 403
        page.post("/shelf/new", name="new one")
        assert page.post("/import", token=token, graph="main")["new_entities"] == 5
        assert page.post("/import/drop", token=token)["label"] == ""


def test_a_body_without_a_length_is_read_in_pieces_up_to_the_bound(page: Page) -> None:
    """A body that comes in pieces is read whole; one without an end is not."""

    kind = {"Content-Type": "application/octet-stream"}
    path = "/api/import/preview?name=x&format=text"
    status, _, body = page.raw("POST", path, iter([CSV * 10_000] * 2), **kind)
    assert status == 200
    assert msgspec.json.decode(body)["bytes"] == 20_000 * len(CSV)
    head = (
        f"POST {path} HTTP/1.1\r\nHost: {page.origin.removeprefix('http://')}\r\n"
        f"Origin: {page.origin}\r\nCookie: {page.cookie}\r\nclew-key: {page.key}\r\n"
        "Transfer-Encoding: chunked\r\n"
        "Content-Type: application/octet-stream\r\n\r\n"
    )
    piece = b"100000\r\n" + b"x" * 0x100000 + b"\r\n"
    answer = b""
    address = page.origin.rpartition(":")[2]
    with socket.create_connection(("127.0.0.1", int(address)), timeout=30) as client:
        client.sendall(head.encode())
        try:
            for _ in range(2 * UPLOAD_BYTES_MAX // 0x100000):
                client.sendall(piece)
            answer = client.recv(1_000)
        except ConnectionError:
            # The service may hang up while the client still sends.
            pass
    assert not answer or answer.startswith(b"HTTP/1.1 413")
    assert page.get("/case")["seq"] == 1


def _there(uploads: Uploads, token: str) -> bool:
    return token in uploads._uploads
