"""Who counts as one voice."""

from __future__ import annotations

import pytest

from clew.analysis.lineage import lineages

A = tuple[str, str, tuple[str, ...]]


def pdns(provider: str, *collectors: str) -> A:
    """What an observation of a resolution says of its source."""
    return provider, "resolves-to", collectors


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        # A row that names its source is that source's word.
        (pdns("passivetotal", "virustotal"), pdns("virustotal"), True),
        (pdns("passivetotal"), pdns("defender-ti"), True),
        (pdns("passivetotal", "riskiq"), pdns("passivetotal", "kaspersky"), False),
        (pdns("passivetotal", "emerging_threats"), pdns("x", "emergingthreats"), True),
        # Every registration record comes from the registry.
        (("domaintools", "registered-by", ()), ("defender-ti", "registered-by", ()), True),
        # The same company's hosting history and sensors are different kinds of evidence.
        (("domaintools", "hosted-on", ()), pdns("domaintools"), False),
        (("threatgrid", "communicates-with", ()), ("threatconnect", "has-indicator", ()), False),
        (("local", "has-host", ()), ("local", "under-domain", ()), True),
        (("analyst", "registered-by", ()), ("domaintools", "registered-by", ()), False),
        (("crtsh", "names", ()), ("censys", "names", ()), True),
    ],
)  # fmt: skip
def test_equal_argumentscount_once(one: A, other: A, same: bool) -> None:
    """Resellers and copies share their lineage; independent sensors do not."""
    assert (lineages(*one) == lineages(*other)) is same


@pytest.mark.parametrize(
    "arguments",
    [("import", "resolves-to", ()), pdns("domaintools"), pdns("otx")],
)
def test_a_hidden_source_is_unknown(arguments: A) -> None:
    """Carriers and aggregators that name nobody may share their source with another."""
    assert not lineages(*arguments)[0].known


def test_each_named_source_is_a_lineage() -> None:
    """A row with two sources speaks for both, each once."""
    found = lineages("passivetotal", "resolves-to", ("riskiq", "kaspersky", "RiskIQ"))
    assert [lineage.collector for lineage in found] == ["kaspersky", "riskiq"]
