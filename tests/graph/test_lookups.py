"""Look-ups by provenance: what was asked again, by whom, about what."""

from __future__ import annotations

from clew.graph.lookups import Lookups
from clew.model.provenance import Provenance


def record(
    run: str, *, transform: str = "dnsdb.names", about: str = "a", reply: str = ""
) -> Provenance:
    """One provenance of a provider."""
    return Provenance("dnsdb", transform, run, 0, about.encode(), reply=reply)


def test_one_look_up_has_one_number_in_all_runs() -> None:
    """Transform and entity make a look-up, or the file; a person's word is none."""
    lookups = Lookups()
    lookups.add([record("1"), record("1", reply="x"), record("2", reply="y")])
    lookups.add([record("2", about="b"), record("2", transform="dnsdb.addresses")])
    lookups.add([record("3", about="", reply="x"), record("3", about="")])
    codes = lookups.codes.tolist()
    assert codes[0] == codes[1] == codes[2]
    assert len(set(codes)) == 5
    assert codes[-1] == -1
    assert [codes[at] >= 0 for at in range(6)] == [True] * 6
    runs = lookups.runs.tolist()
    assert [runs.index(run) for run in runs] == [0, 0, 2, 2, 2, 5, 5]


def test_repeated_is_what_several_runs_asked() -> None:
    """Pages of one run are no repetition; the same in another run is, for both."""
    lookups = Lookups()
    lookups.add([record("1"), record("1"), record("1", about="b")])
    before = lookups.repeated
    lookups.add([record("2")])
    after = lookups.repeated
    assert before is None
    assert after is not None
    assert after.tolist() == [True, True, False, True]
