"""Settings files of the client."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from clew.interop.maltego.java_properties import read_properties, write_properties


@given(st.dictionaries(st.text(min_size=1, max_size=8), st.text(max_size=20), max_size=4))
def test_java_properties_come_back(texts: dict[str, str]) -> None:
    """Names and texts of a properties file are read as they were written."""
    texts = {name: text for name, text in texts.items() if text.isprintable() and name.isalnum()}
    assert read_properties(write_properties(texts)) == texts


def test_java_properties_of_the_client_are_read() -> None:
    """Comments, escaped colons and continued lines are understood; noise is passed over."""
    data = b"#\n#Tue\nmodified=2024-01-02 03\\:04\\:05.678\na = b\\\n  c\n\nnoise\n=\nx:y"
    assert read_properties(data) == {"modified": "2024-01-02 03:04:05.678", "a": "bc", "x": "y"}
