"""Objects of CybOX as entities."""

from __future__ import annotations

import pytest

from interop.graphs import link_of
from interop.stix.packages import indicator, named, observable, package, read


@pytest.mark.parametrize(
    ("type_", "fields", "attributes", "entity"),
    [
        ("Address", "<o:Address_Value>192.0.2.1</o:Address_Value>", "",
         ("ip-address", "192.0.2.1")),
        ("Address", "<o:Address_Value>192.0.2.0/24</o:Address_Value>", ' category="cidr"',
         ("netblock", "192.0.2.0/24")),
        ("Address", "<o:Address_Value>who@example.org</o:Address_Value>", ' category="e-mail"',
         ("email-address", "who@example.org")),
        ("DomainName", "<o:Value>A.example.org</o:Value>", "", ("domain-name", "a.example.org")),
        ("Hostname", "<o:Hostname_Value>a.example.org</o:Hostname_Value>", "",
         ("domain-name", "a.example.org")),
        ("URI", "<o:Value>http://a.example.org/x</o:Value>", ' type="URL"',
         ("url", "http://a.example.org/x")),
        ("URI", "<o:Value>a.example.org</o:Value>", ' type="Domain Name"',
         ("domain-name", "a.example.org")),
        ("Mutex", "<o:Name>Sand1</o:Name>", "", ("mutex", "Sand1")),
        ("WindowsRegistryKey", "<o:Key>Software\\X</o:Key><o:Hive>HKEY_CURRENT_USER</o:Hive>", "",
         ("registry-key", "HKEY_CURRENT_USER\\Software\\X")),
        ("HTTPSession", "<o:R><o:User_Agent>Mozilla/4.0</o:User_Agent></o:R>", "",
         ("user-agent", "Mozilla/4.0")),
        ("File", "<o:File_Name>a.exe</o:File_Name>", "", ("file-path", "a.exe")),
        ("EmailMessage", '<o:Header><o:From category="e-mail"><o:Address_Value>who@example.org'
         "</o:Address_Value></o:From></o:Header>", "", ("email-address", "who@example.org")),
    ],
)  # fmt: skip
def test_an_object_is_its_entity(
    type_: str, fields: str, attributes: str, entity: tuple[str, str]
) -> None:
    """Each kind of CybOX object becomes its entity, an indicator of the package's incident."""
    data = package(indicator(observable(type_, fields, attributes=attributes)))
    assert named(data) == [entity]


def test_hashes_of_one_file_are_the_same() -> None:
    """Several hashes of a file are linked, and its name and size are said of the first."""
    hashes = "".join(
        f"<c:Hash><c:Type>{name}</c:Type><c:Simple_Hash_Value>{digest}</c:Simple_Hash_Value></c:Hash>"
        for name, digest in (("MD5", "ab" * 16), ("SHA256", "CD" * 32), ("SHA1", "ab"))
    )
    file = f"<o:Hashes>{hashes}</o:Hashes><o:File_Name>a.exe</o:File_Name>"
    graph, problems = read(package(indicator(observable("File", file))))
    assert ("ab" * 16, "same-as", "cd" * 32) in [
        (
            link_of(observation).source.value,
            observation.subject.type,
            link_of(observation).target.value,
        )
        for _, _, observation in graph.links()
    ]
    assert ("file_name", "a.exe") in [
        (observation.name, observation.value) for _, observation in graph.properties()
    ]
    assert [one.text for one in problems] == ["ab"]


@pytest.mark.parametrize(
    ("attributes", "values"),
    [
        ("", ["a.example.org", "b.example.org"]),
        (' condition="Equals" apply_condition="ANY"', ["a.example.org", "b.example.org"]),
        (' condition="Equals" apply_condition="NONE"', []),
        (' condition="DoesNotEqual"', []),
        (' condition="FitsPattern"', []),
        (' condition="Contains"', []),
    ],
)
def test_lists_and_conditions_count(attributes: str, values: list[str]) -> None:
    """A list is several values; what is negated or a pattern is told and left out."""
    field = f"<o:Value{attributes}>a.example.org##comma##b.example.org</o:Value>"
    data = package(indicator(observable("DomainName", field)))
    assert [value for _, value in named(data)] == values
    assert len(read(data)[1]) == (0 if values else 1)


@pytest.mark.parametrize("place", ["indicator", "observable"])
def test_what_is_negated_is_told(place: str) -> None:
    """A negated indicator or observable says what must not be there, so it is left out."""
    field, more = "<o:Value>a.example.org</o:Value>", ' negate="true"'
    data = package(
        indicator(observable("DomainName", field, more=more if place == "observable" else ""),
                  more=more if place == "indicator" else "")
    )  # fmt: skip
    assert named(data) == []
    assert any("must not be there" in one.reason for one in read(data)[1])


def test_references_are_followed() -> None:
    """An indicator may refer to observables that stand elsewhere, composed ones among them."""
    observables = "".join(
        f'<cybox:Observable id="{name}"><cybox:Object><cybox:Properties '
        f'xsi:type="o:DomainNameObjectType"><o:Value>{name}.example.org</o:Value>'
        "</cybox:Properties></cybox:Object></cybox:Observable>"
        for name in ("a", "b", "loose")
    )
    both = (
        '<cybox:Observable id="both"><cybox:Observable_Composition operator="OR"><cybox:Observable '
        'idref="a"/><cybox:Observable idref="b"/><cybox:Observable idref="both"/>'
        "</cybox:Observable_Composition></cybox:Observable>"
    )
    data = package(
        f"<stix:Observables>{observables}{both}</stix:Observables>",
        indicator('<i:Observable idref="both"/>'), indicator('<i:Observable idref="zz"/>', id_="j"),
    )  # fmt: skip
    graph, problems = read(data)
    assert sorted(
        (observation.subject.type, link_of(observation).target.value)
        for _, _, observation in graph.links()
    ) == [
        ("has-indicator", "a.example.org"),
        ("has-indicator", "b.example.org"),
        ("mentions", "loose.example.org"),
    ]
    assert [(one.where, one.text) for one in problems] == [("j", "zz")]
