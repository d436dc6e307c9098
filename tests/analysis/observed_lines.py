"""Hypothesis strategies: observations of a few links, as lines."""

from __future__ import annotations

from hypothesis import strategies as st

LINK = "a.example -resolves-to-> 192.0.2.1"
dates = st.sampled_from(
    ("", " @2013-01-01..2013-06-01", " @2012-06..2013-03", " @2010-01-01..2010-02-01",
     " @2013-05-01..open", " @?..2014-01-01", " @2014-01-01..?")
)  # fmt: skip
providers = st.sampled_from((
    "", " by passivetotal", " by defender-ti", " by virustotal", " by circl", " by import",
    " by passivetotal from riskiq", " by passivetotal from riskiq,kaspersky",
    " by domaintools from dnsdb", " by analyst",
))  # fmt: skip
links = st.sampled_from((
    LINK, "b.example -resolves-to-> 192.0.2.1", "a.example -registered-by-> x@mail.example",
))  # fmt: skip
observed_lines = st.builds("{}{}{}".format, links, dates, providers)
