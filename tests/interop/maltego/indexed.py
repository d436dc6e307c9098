"""Entries of an indexed graph, as Maltego's client writes them."""

from __future__ import annotations

from clew.interop.maltego.lucene import Document
from clew.interop.maltego.mtgl import FOLDERS
from corpus.make import graphs
from corpus.make.lucene import index

GRAPHS = {"wallets": graphs.wallets, "report": graphs.report}


KEY = "__key[long]"


def file_of(graph: str = "Graph1", **documents: list[Document]) -> dict[str, bytes]:
    """The entries of a graph whose folders hold these documents."""
    return {
        f"Graphs/{graph}/{folder}/{name}": data
        for folder in FOLDERS
        for name, data in index(documents.get(folder, [[(KEY, 1)]])).items()
    }
