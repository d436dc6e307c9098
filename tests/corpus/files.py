"""Where the corpus is: files made for this project in the shapes of real ones."""

from __future__ import annotations

from pathlib import Path

CORPUS = Path(__file__).parent
ENDING = ".expected.json"
"""Of what a file is to give, after its whole name."""


def corpus(path: str) -> Path:
    """A file or folder of the corpus, by its path in it; raises FileNotFoundError."""
    found = CORPUS / path
    if not found.exists():
        raise FileNotFoundError(path)
    return found


def corpus_files(pattern: str) -> list[str]:
    """The files that match and are no expectation, by their path here, in order; at least one."""
    found = sorted(
        path.relative_to(CORPUS).as_posix()
        for path in CORPUS.glob(pattern)
        if not path.name.endswith((ENDING, "README.md"))
    )
    if not found:
        raise FileNotFoundError(pattern)
    return found
