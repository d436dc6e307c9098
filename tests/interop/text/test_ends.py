"""Where addresses, paths and keys end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.interop.text.ends import address_of, path_of, trim_word


@pytest.mark.parametrize(
    ("before", "rest", "after", "want"),
    [
        ("", r"C:\Users\a b\Studio 2008\x.pdb", ",", r"C:\Users\a b\Studio 2008\x.pdb"),
        ("", r"%STARTUP%\Control Panel.lnk", "", r"%STARTUP%\Control Panel.lnk"),
        ("- path: ", r"C:\a\My file.exe", "", r"C:\a\My file.exe"),
        ("saved to ", r"C:\a\x.dll later by b.exe", "", r"C:\a\x.dll"),
        ("", r"C:\a\x.exe drops %TEMP%\y.exe", "", r"C:\a\x.exe"),
        ("", r"C:\a\x.exe copies server\share", "", r"C:\a\x.exe"),
        ("in ", "C:\\Users\\Documents\\ instead", ".", r"C:\Users\Documents"),
        ("in ", r"C:\Program Files\x and", "", r"C:\Program Files\x"),
        ("in ", r"C:\Program Files and", "", r"C:\Program Files"),
        ('"', r"C:\drivers\NGEN Framework", '"', r"C:\drivers\NGEN Framework"),
        ('"', r"%SystemRoot%\svchost.exe -k DCom", '"', r"%SystemRoot%\svchost.exe"),
        ("", "C:\\[same folder]\\x.tmp", "", "C:\\[same folder]\\x.tmp"),
        ("[", r"HKLM\a\Control Panel] or [HKCU\b]", "", r"HKLM\a\Control Panel"),
        ("", "HKLM\\services\\Ghostery Server\\", "", r"HKLM\services\Ghostery Server"),
        ("", "HKCU\\Control Panel\\Start = ", "\u201c", r"HKCU\Control Panel\Start"),
        ("sets ", r"HKCU\a\Windows NT to 1", "", r"HKCU\a\Windows NT"),
        ("", r"HKCU\a and HKCU\b", "", r"HKCU\a"),
        ("the key ", r"HKCU\Software\Run is set", "", r"HKCU\Software\Run"),
    ],
)  # fmt: skip
def test_a_path_has_spaces_where_a_folder_or_its_cell_says_so(
    before: str, rest: str, after: str, want: str
) -> None:
    """Folders, quotes and whole cells keep their spaces; prose behind a path is let go."""
    assert path_of(rest, "\\", before=before, after=after) == want


@pytest.mark.parametrize(
    ("before", "rest", "after", "want"),
    [
        ("`", "/Library/File System/x.app", "`", "/Library/File System/x.app"),
        ("", "/tmp/x and b/c", "", "/tmp/x"),
        ("(", "~/.ssh/id", "", "~/.ssh/id"),
    ],
)
def test_a_path_with_slashes_has_spaces_between_quotes_only(
    before: str, rest: str, after: str, want: str
) -> None:
    """Slashes separate words of prose as well."""
    assert path_of(rest, "/", before=before, after=after) == want


@pytest.mark.parametrize(
    ("word", "want"),
    [
        ("http://a.example/x[page]", "http://a.example/x"),
        ("http://a.example/?q=[x]-1", "http://a.example/?q=[x]-1"),
        ("http://a.example/?q=1[page].", "http://a.example/?q=1"),
        ("http://a[.]example/x.pngC:\\y", "http://a[.]example/x.png"),
        ("http://[2001:db8::1]/x", "http://[2001:db8::1]/x"),
    ],
)
def test_an_address_ends_at_a_links_text_or_a_glued_path(word: str, want: str) -> None:
    """Brackets of a query, of a host and of defanging are its own."""
    assert address_of(word) == want


@given(st.text(alphabet="aB \\/[]%=.\t", max_size=60), st.sampled_from("\\/"), st.booleans())
def test_what_is_found_is_the_head_of_what_stood_there(rest: str, sign: str, quoted: bool) -> None:
    """Nothing is made up, whatever the line holds."""
    mark = '"' if quoted else ""
    assert rest.startswith(path_of(rest, sign, before=mark, after=mark))


def test_a_bracket_that_was_opened_stays() -> None:
    """Only the sentence's own signs are let go."""
    assert [trim_word(word) for word in ("a_(b)).", "a]", "a", "...")] == ["a_(b)", "a", "a", ""]
