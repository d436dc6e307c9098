"""Types that users declare."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clew.errors import InvalidValue
from clew.schema.declaration import TEXT_BYTES_MAX
from clew.schema.detect import detect
from clew.schema.entity_type import Property
from clew.schema.registry import catalogue
from clew.schema.user_types import TypeProblem, read_user_types

GOOD = """\
entity_types:
  - name: coin-address
    label: Coin address
    plural: Coin addresses
    family: identity
    icon: bitcoin
    solid: true
    description: Where coins go.
    pattern: "c1[a-z0-9]{6,20}"
    case: lower
    properties:
      - {name: balance, kind: number}
  - name: desk
    label: Desk
link_types:
  - name: paid-to
    label: paid to
    inverse: paid by
    sources: [coin-address]
    targets: [coin-address, person]
    shared: true
"""


def test_declared_types_work_as_built_in_ones() -> None:
    """Declared types join the catalogue, fold case, refuse misfits and are detected."""
    kinds, problems = read_user_types(GOOD, catalogue())
    assert problems == ()
    more = catalogue().with_kinds(kinds)
    coin = more.entity_type("coin-address")
    assert (coin.plural, coin.family, coin.icon, coin.solid) == (
        "Coin addresses",
        "identity",
        "bitcoin",
        True,
    )
    assert coin.properties == (Property("balance", "Balance", "number"),)
    assert more.value("coin-address", "C1ABCDEF") == "c1abcdef"
    assert more.value("coin-address", "c1abcdef").type is coin
    assert detect("C1ABCDEF", more) == [more.value("coin-address", "c1abcdef")]
    with pytest.raises(InvalidValue, match="does not fit"):
        more.value("coin-address", "x c1abcdef")
    assert more.value("desk", "Any Text") == "Any Text"
    link = more.link_type("paid-to")
    assert (link.sources, link.targets) == (("coin-address",), ("coin-address", "person"))


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("- 1", 1, "mapping is expected"),
        ("a: [", 1, "expected"),
        ("other: 1", 1, "'other' is not one of"),
        ("entity_types: 5", 1, "list is expected"),
        ("entity_types:\n- 5", 2, "mapping is expected"),
        ("entity_types:\n- {label: X}", 2, "name is missing"),
        ("entity_types:\n- {name: x}", 2, "label is missing"),
        ("entity_types:\n- {name: X Y, label: X}", 2, "lower-case words"),
        ("entity_types:\n- {name: url, label: X}", 2, "taken"),
        ("entity_types:\n- name: x\n  label: X\n  label: Y", 4, "twice"),
        ("entity_types:\n- name: x\n  label: X\n  family: y", 4, "family is one of"),
        ("entity_types:\n- name: x\n  label: X\n  solid: maybe", 4, "true or false"),
        ("entity_types:\n- name: x\n  label: X\n  pattern: '('", 4, "regular expression"),
        ("entity_types:\n- name: x\n  label: X\n  pattern: 'a)|(b'", 4, "regular expression"),
        ("entity_types:\n- name: x\n  label: X\n  pattern: '(?=a)'", 4, "look-around"),
        ("entity_types:\n- name: x\n  label: X\n  pattern: '\\w{1000}{100}'", 4, "too large"),
        ("entity_types:\n- {name: x, label: X, properties: [{name: A-b}]}", 2, "property"),
        ("entity_types:\n- {name: x, label: " + "X" * 2_000 + "}", 2, "longer"),
        ("link_types:\n- {name: x, label: X}", 2, "inverse is missing"),
        ("link_types:\n- {name: x, label: X, inverse: Y, sources: [z]}", 2, "no entity type"),
        ("link_types:\n- {name: resolves-to, label: X, inverse: Y}", 2, "taken"),
        ("a: &x [1]\nb: *x", 1, "anchors"),
        ("[" * 5_000, 1, "deeper"),
        ("\0", 1, "not YAML"),
        ("\ud800", 1, "not YAML"),
        ("a: !!python/object/apply:os.system [ls]", 1, "'a' is not one of"),
        ("#" * (TEXT_BYTES_MAX + 1), 1, "bytes"),
    ],
)
def test_faults_come_with_their_line(text: str, line: int, reason: str) -> None:
    """What is wrong is told with its line, and no type is made of it."""
    kinds, problems = read_user_types(text, catalogue())
    assert kinds == ()
    assert [problem.line for problem in problems] == [line]
    assert reason in problems[0].reason


def test_one_fault_leaves_the_other_types() -> None:
    """A bad declaration is left out alone."""
    text = "entity_types:\n- {name: x}\n- {name: y, label: Y}"
    kinds, problems = read_user_types(text, catalogue())
    assert [kind.name for kind in kinds] == ["y"]
    assert problems == (TypeProblem(2, "label is missing"),)


def test_a_link_type_says_which_of_its_ends_was_left_out() -> None:
    """The line of the fault is told, not that there is no such type."""
    text = (
        "entity_types:\n- name: x\n  label: X\n  properties: [{name: a, kind: date}]\n"
        "- {label: unnamed}\n- 5\n- [name]\n"
        "link_types:\n- {name: y, label: Y, inverse: Z, sources: [x]}\n"
        "- {name: z, label: Z, inverse: Y, targets: ['']}"
    )
    problems = read_user_types(text, catalogue())[1]
    assert problems[0].line == 4
    reasons = {one.line: one.reason for one in problems}
    assert reasons[9] == "the entity type 'x' was left out, see line 4"
    assert reasons[10] == "there is no entity type named ''"


@pytest.mark.assurance("regex-time")
def test_hostile_pattern_is_quick() -> None:
    """A pattern that would take a backtracking engine for ever is answered at once."""
    text = "entity_types:\n- {name: x, label: X, pattern: '(a|a)*(a+)+$'}"
    kinds, _ = read_user_types(text, catalogue())
    with pytest.raises(InvalidValue):
        catalogue().with_kinds(kinds).value("x", "a" * 1_000 + "!")


@settings(max_examples=60)
@given(st.text(alphabet="[]{}:,-&*!|>'\"#%@ \nabentity_types", max_size=80))
def test_any_text_is_read_or_refused(text: str) -> None:
    """No text makes reading fail."""
    read_user_types(text, catalogue())


@settings(max_examples=60)
@given(st.sampled_from(["keep", "lower", "upper"]), st.text(max_size=40))
def test_values_of_declared_types_are_canonical_once(case: str, text: str) -> None:
    """A value of a declared type is its own canonical form."""
    kinds, _ = read_user_types(f"entity_types:\n- {{name: x, label: X, case: {case}}}", catalogue())
    more = catalogue().with_kinds(kinds)
    try:
        value = more.value("x", text)
    except InvalidValue:
        return
    assert more.value("x", str(value)) == value
