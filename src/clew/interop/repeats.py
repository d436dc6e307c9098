"""What a file says twice in the same words is one observation."""

from __future__ import annotations

import polars as pl

from clew.model.block import Block


def without_repeats(block: Block) -> Block:
    """The block with each observation once; a link that has a detail is told again on purpose."""
    detailed = pl.col("detail").is_not_null()
    return Block(
        block.names,
        block.entities,
        _once(block.links, detailed, [name for name in block.links.columns if name != "detail"]),
        _once(block.properties, pl.col("value").is_null(), block.properties.columns),
    )


def _once(rows: pl.DataFrame, again: pl.Expr, key: list[str]) -> pl.DataFrame:
    """The rows, the first of those that are alike in *key*, and all that are told *again*."""
    told_again = rows.select(again).to_series()
    # Rows that differ in a hash of 64 bits differ, so only the few others are compared.
    alike = rows.select(key).hash_rows().is_duplicated() & ~told_again
    if not alike.any():
        return rows
    places = alike.arg_true()
    compared = rows.select(key)[places].with_columns(row=places)
    first = compared.unique(key, keep="first").get_column("row")
    staying = ~alike
    staying[first] = True
    return rows.filter(staying)
