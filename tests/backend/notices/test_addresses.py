"""Addresses that subscribers name: none leads inside, however it is written."""

import pytest

from backend.notices.addresses import check_url, is_public
from backend.notices.refusals import AddressRefusedError

INSIDE = (
    "127.0.0.1",
    "127.1",
    "2130706433",
    "0x7f000001",
    "0x7f.1",
    "017700000001",
    "0177.0.0.1",
    "0",
    "0.0.0.0",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "2852039166",
    "100.64.0.1",
    "192.0.2.1",
    "224.0.0.1",
    "255.255.255.255",
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:a9fe:a9fe]",
    "[::127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[64:ff9b:1::a9fe:a9fe]",
    "[2002:7f00:1::]",
    "[2001:0:7f00:1::]",
    "[fe80::1]",
    "[fc00::1]",
    "[ff02::1]",
    "192.0.0.192",
    "[fec0::1]",
    "[::ffff:0:7f00:1]",
    "[::ffff:0:808:808]",
    "[64:ff9b:1:a00:0:100:808:808]",
    "[2606:4700::5efe:a00:1]",
    "[2606:4700::200:5efe:a00:1]",
    "[fec0::5efe:808:808]",
    "[3fff::1]",
    "[5f00::1]",
    "[4000::1]",
)


@pytest.mark.parametrize("host", INSIDE)
def test_attack_no_notation_of_a_private_address_is_subscribed_with(host):
    with pytest.raises(AddressRefusedError, match="not a public address"):
        check_url(f"https://{host}/hook")


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/",
        "ftp://example.org/",
        "file:///etc/passwd",
        "gopher://example.org/",
        "https://localhost/",
        "https://localhost./",
        "https://metadata/",
        "https://user@example.org/",
        "https://user:secret@example.org/",
        "https://example.org/#part",
        "https://example.org:22/",
        "https://example.org:80/",
        "https://example.org:0/",
        "https://example.org:99999/",
        "https://example.org/\r\nX-Header: 1",
        "https://exa mple.org/",
        "https://exämple.org/",
        "https://ⓛocalhost/",
        "https://[::1/",
        "https://example.org/" + "a" * 2_000,
        "https://example.org../",
        "https://example.org.../hook",
        "https://[v1.example.org]/",
        "https://[::ffff:8.8.8.8%25lo]/",
        "https:///hook",
        "//example.org/",
        "",
    ],
)
def test_attack_what_is_no_plain_public_https_address_is_refused(url):
    with pytest.raises(AddressRefusedError):
        check_url(url)


@pytest.mark.parametrize(
    "url",
    ["https://example.org/hook?a=1", "https://example.org:8443/", "https://1.1.1.1/", "https://[2606:4700::1111]/"],
)
def test_public_addresses_are_taken(url):
    check_url(url)


def test_only_listed_hosts_may_be_called_otherwise():
    check_url("http://127.0.0.1:9000/", ("127.0.0.1:9000",))
    check_url("http://inside/", ("inside",))
    for url in ("http://127.0.0.1:9001/", "http://127.0.0.1/", "http://inside.example.org/"):
        with pytest.raises(AddressRefusedError):
            check_url(url, ("127.0.0.1:9000", "inside"))


@pytest.mark.parametrize("url", ["ftp://inside/", "//inside/", "inside", "file://inside/etc/passwd"])
def test_attack_a_listed_host_is_called_by_http_alone(url):
    with pytest.raises(AddressRefusedError):
        check_url(url, ("inside",))


def test_public_addresses_hidden_in_others_are_public():
    assert is_public("64:ff9b::101:101")
    assert is_public("::ffff:1.1.1.1")
    assert not is_public("::ffff:10.0.0.1")
