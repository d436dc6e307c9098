"""Seeds and lists of servers: followed within the server's address, and never in circles."""

from __future__ import annotations

import pytest

from clew.engine.maltego.declarations import Protocol
from clew.engine.maltego.discover import SEEDS_MAX, discover
from clew.errors import BadReply, KeyRefused, ProviderFault
from clew.interop.maltego.discovery import (
    Application,
    Seed,
    Setting,
    TransformOffer,
    write_seed,
    write_transforms,
)
from corpus.files import corpus
from engine.maltego.loopback import Heard, answer, asked

SAMPLES = corpus("maltego")
OFFERED = (
    TransformOffer(
        "acme.to", "To", input_type="maltego.Domain", output_types=("maltego.Phrase",),
        settings=(Setting("global#key", auth=True), Setting("language")),
    ),
)  # fmt: skip


def seed(*urls: str, others: tuple[str, ...] = (), protocol: str = "v2") -> bytes:
    applications = tuple(Application(f"app {url}", url, url) for url in urls)
    return answer(write_seed(Seed(applications, others), protocol=protocol))


def transforms(protocol: str = "v2") -> bytes:
    return answer(write_transforms(OFFERED, protocol=protocol))


def test_a_seed_leads_to_its_applications() -> None:
    """Transforms come with the address of their application, its types and settings."""

    def answers(heard: Heard) -> bytes:
        return seed("runner") if heard.path == "/seed" else transforms()

    found, heard = asked(answers, discover, "tds", path="/seed")
    assert [one.path for one in heard] == ["/seed", "/seed/runner?Command=_TRANSFORMS"]
    (known,) = found.known
    assert (known.name, known.label, known.input_types) == ("acme.to", "To", ("maltego.Domain",))
    assert known.url.endswith("/seed/runner")
    assert known.settings == ("global#key", "language")


def test_a_loop_of_seeds_ends() -> None:
    """Each seed is asked once, however they name each other."""

    def answers(heard: Heard) -> bytes:
        if "Command" in heard.path:
            return transforms()
        host = heard.headers["host"]
        others = (f"http://{host}/a", f"http://{host}/b", f"http://{host}/")
        return seed(f"http://{host}/run", others=others)

    found, heard = asked(answers, discover, "tds", path="/")
    assert sorted(one.path for one in heard) == ["/", "/a", "/b", "/run?Command=_TRANSFORMS"]
    assert len(found.known) == 1


def test_ever_new_seeds_are_bounded() -> None:
    """A server that names a new seed each time is followed so far and no farther."""

    def answers(heard: Heard) -> bytes:
        if "Command" in heard.path:
            return transforms()
        host = heard.headers["host"]
        return seed(f"http://{host}/run", others=(f"http://{host}{heard.path}x",))

    found, heard = asked(answers, discover, "tds", path="/x")
    assert len(heard) <= SEEDS_MAX + 1
    assert any("not followed" in one for one in found.problems)


def test_other_servers_are_told_and_not_asked() -> None:
    """An application or seed at another address is for the user to declare."""

    def answers(heard: Heard) -> bytes:
        if "Command" in heard.path:
            return transforms()
        return seed("https://example.org/run", "/run", others=("https://seed.example.net/",))

    found, heard = asked(answers, discover, "tds", path="/seed")
    assert [one.path for one in heard] == ["/seed", "/run?Command=_TRANSFORMS"]
    assert sum("names another server" in one for one in found.problems) == 2


def test_an_application_can_be_named_itself() -> None:
    """An address that is no seed but has a list is an application."""

    def answers(heard: Heard) -> bytes:
        return transforms() if "Command" in heard.path else answer("<html>hello</html>")

    found, _ = asked(answers, discover, "tds", path="/runner")
    assert [one.name for one in found.known] == ["acme.to"]


@pytest.mark.parametrize("path", ["", "/", "/seed", "/seed/"])
def test_version_3_is_found_from_root_and_seed(path: str) -> None:
    """Both addresses that people write lead to the same list, with the key in a header."""

    def answers(heard: Heard) -> bytes:
        if heard.path == "/seed":
            return seed(f"http://{heard.headers['host']}", protocol="v3")
        return transforms("v3") if heard.path == "/transforms" else answer("", 404)

    found, heard = asked(answers, discover, "v3", path=path, key="k3y")
    assert [one.name for one in found.known] == ["acme.to"]
    assert found.known[0].secrets == ("global#key",)
    assert {one.headers["maltego-api-key"] for one in heard} == {"k3y"}


def test_a_trx_server_only_says_that_it_is_there() -> None:
    """Such a server has no list, which is told."""
    found, heard = asked(lambda _: answer("You have reached it."), discover)
    assert [one.path for one in heard] == ["/"]
    assert (found.known, len(found.problems)) == ([], 1)


@pytest.mark.parametrize("protocol", ["tds", "v3"])
@pytest.mark.parametrize(
    ("said", "error"),
    [(answer("<html>no</html>"), BadReply), (answer("{}"), BadReply),
     (answer("", 500), ProviderFault), (answer("", 401), KeyRefused), (answer("<"), BadReply),
     (answer(b"\xff\x00"), BadReply)],
)  # fmt: skip
def test_a_server_that_tells_nothing_is_a_fault(
    protocol: Protocol, said: bytes, error: type[ProviderFault]
) -> None:
    """Without any list discovery fails in words."""
    with pytest.raises(error):
        asked(lambda _: said, discover, protocol)


@pytest.mark.parametrize(
    ("protocol", "first", "second"),
    [("tds", "tds-discovery/seed.xml", "tds-discovery/transforms.xml"),
     ("v3", "v3/01-seed.response.json", "v3/04-transforms.response.json")],
)  # fmt: skip
def test_recorded_documents_are_understood(protocol: Protocol, first: str, second: str) -> None:
    """The lists of the samples give transforms, once their addresses are this server's."""
    list_, heads = (SAMPLES / second).read_bytes(), (SAMPLES / first).read_text("utf-8")

    def answers(heard: Heard) -> bytes:
        if "TRANSFORMS" in heard.path or heard.path.endswith("/transforms"):
            return answer(list_)
        host = heard.headers["host"]
        return answer(heads.replace("127.0.0.1:3000", host))

    found, _ = asked(answers, discover, protocol, path="/seed")
    if protocol == "v3":
        assert [one.name for one in found.known] == ["vec.vector_hello", "vec.vector_boom"]
    assert found.known or found.problems
