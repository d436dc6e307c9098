"""The canonical form of URLs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.errors import InvalidValue
from clew.schema.types import URL
from clew.schema.types.locator import SCHEMES

PATH = st.text(alphabet="abcXYZ0189-._~/?#&=%+,;:@!*'()[]{} é", max_size=40)


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("HTTP://Evil.Example", "http://evil.example/"),
        ("http://evil.example:80/a", "http://evil.example/a"),
        ("https://evil.example:0443/a", "https://evil.example/a"),
        ("http://evil.example:443/", "http://evil.example:443/"),
        ("http://evil.example:/", "http://evil.example/"),
        ("http://evil.example./a", "http://evil.example/a"),
        ("http://evil.example?q=1", "http://evil.example/?q=1"),
        ("http://evil.example#top", "http://evil.example/#top"),
        ("http://Bücher.example/Ü", "http://xn--bcher-kva.example/Ü"),
        ("http://User:Pass@evil.example/", "http://User:Pass@evil.example/"),
        ("http://a@b@evil.example/", "http://a@b@evil.example/"),
        ("http://evil.example/%7Ea/%2f", "http://evil.example/%7Ea/%2f"),
        ("http://evil.example/a b", "http://evil.example/a%20b"),
        ("http://evil.example/A//b/../c", "http://evil.example/A//b/../c"),
        ("http://[2001:DB8::1]:8080/", "http://[2001:db8::1]:8080/"),
        ("http://[::ffff:192.0.2.1]/", "http://192.0.2.1/"),
        ("hxxps[:]//evil[.]example/x[.]php", "https://evil.example/x.php"),
        ("hxxp://evil[.]example[:]8080/", "http://evil.example:8080/"),
        ("hxxp://evil[.]example[/]x", "http://evil.example/x"),
        ("http://evil.example/?re=a[.]b", "http://evil.example/?re=a[.]b"),
        ("ftp://evil.example:21/f", "ftp://evil.example/f"),
        ("tcp://192.0.2.1:4444", "tcp://192.0.2.1:4444/"),
    ],
)
def test_equal_urls_have_one_form(written: str, canonical: str) -> None:
    """Scheme and host are folded, the rest is kept to the letter."""
    assert URL(written) == canonical
    assert URL(written).id == URL(canonical).id


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("evil.example/a", "no scheme"),
        ("//evil.example/a", "no scheme"),
        ("evil.example:443/a", "no scheme"),
        ("javascript:alert(1)", "no scheme of"),
        ("file:///etc/passwd", "no scheme of"),
        ("http:evil.example", "no //"),
        ("http://", "no host"),
        ("http:///a", "no host"),
        ("http://user@/", "no host"),
        ("http://evil.example:x/", "port"),
        ("http://evil.example:0/", "port"),
        ("http://evil.example:65536/", "port"),
        ("http://[2001:db8::1/", "not closed"),
        ("http://[fe80::1%25eth0]/", "zone"),
        ("http://192.0.2.01/", "leading zero"),
        ("http://3221225985/", "number"),
        ("http://evil.example\\@good.example/a\nb", "control"),
        ("http://-evil.example/", "hyphen"),
        ("http://" + "a" * 2_000 + ".example/", "longer"),
        ("http://evil.example/" + " " * 8_000 + "a", "longer"),
    ],
)
def test_invalid_url_is_refused_with_its_reason(written: str, reason: str) -> None:
    """The error says which rule is broken."""
    with pytest.raises(InvalidValue) as caught:
        URL(written)
    assert reason in caught.value.reason


@given(st.sampled_from(sorted(SCHEMES)), PATH)
def test_default_port_and_case_change_nothing(scheme: str, path: str) -> None:
    """A URL with its scheme's port and an upper-case host is the one without."""
    if not SCHEMES[scheme]:
        return
    rest = f"/{path}".rstrip()
    written = f"{scheme.upper()}://EVIL.example:{SCHEMES[scheme]}{rest}"
    assert URL(written) == URL(f"{scheme}://evil.example{rest}")


@given(PATH)
def test_path_is_kept_to_the_letter(path: str) -> None:
    """Nothing after the host changes but spaces, in a URL that was not defanged."""
    rest = f"/{path}".rstrip()
    assert URL(f"http://evil.example{rest}") == f"http://evil.example{rest.replace(' ', '%20')}"


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("http://u:p@evil.example:81/a@b", "evil.example"),
        ("http://[2001:db8::1]:81/", "2001:db8::1"),
        ("http://192.0.2.1/?a", "192.0.2.1"),
    ],
)
def test_host_is_the_host_alone(url: str, host: str) -> None:
    """The host comes without user, port and brackets."""
    assert URL(url).host == host
