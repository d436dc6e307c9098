"""Which entities of one row are probably linked, and how."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations

from clew.interop.table.mapping import RULES_MAX, ColumnMapping, LinkRule
from clew.interop.table.words import ANY, DETECT, LINK_TITLES, link_between

_STRONGEST = ("sha256", "sha512", "sha1", "md5")


def likely_links(
    titles: Sequence[str], columns: Sequence[ColumnMapping], found: Mapping[int, Counter[str]]
) -> list[LinkRule]:
    """
    Links between the columns of entities.

    Hashes of one row are one file: the strongest is linked to all else, the others to it.

    Args:
        titles: Names of the columns, as words are looked up.
        columns: All columns.
        found: How often which type is in each column of entities.
    """
    types = {at: one.most_common(1)[0][0] for at, one in found.items() if one}
    hashes = sorted((at for at in types if types[at] == "file"), key=lambda at: _rank(titles[at]))
    rules = [
        LinkRule(hashes[0], "same-as", at, dated=False)
        for at in hashes[1:]
        if _rank(titles[at]) != _rank(titles[hashes[0]]) and _rank(titles[at]) < len(_STRONGEST)
    ]
    one_file = {rule.target for rule in rules}
    rest = [at for at in types if at not in one_file]
    for source, target in combinations(rest, 2):
        if len(rules) >= RULES_MAX:
            break
        rule = _rule(source, target, titles, columns, types)
        if rule is not None:
            rules.append(rule)
    linked = {end for rule in rules for end in (rule.source, rule.target)}
    for at in rest[1:]:
        if at not in linked and len(rules) < RULES_MAX:
            rules.append(LinkRule(rest[0], "related-to", at))
    return rules


def _rule(
    source: int,
    target: int,
    titles: Sequence[str],
    columns: Sequence[ColumnMapping],
    types: Mapping[int, str],
) -> LinkRule | None:
    for one, other in ((source, target), (target, source)):
        if titles[other] in LINK_TITLES:
            if types[one] == types[other] == "domain-name" and titles[one] not in LINK_TITLES:
                return LinkRule(one, LINK_TITLES[titles[other]], other)
            return None
    type_, turned = link_between(types[source], types[target])
    if type_ == "related-to":
        return None
    if turned:
        source, target = target, source
    open_ = {DETECT, ANY} & {columns[source].type, columns[target].type}
    return LinkRule(source, DETECT if open_ else type_, target)


def _rank(title: str) -> int:
    """Where a kind of hash stands; behind all where the column does not say it."""
    plain = title.replace("_", "")
    return next((at for at, name in enumerate(_STRONGEST) if name in plain), len(_STRONGEST))
