"""The grammar and the checks of EIP-4361, each way to break one of them by itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.people.refusals import SignInRefusedError
from backend.people.sign_in_message import check_message, read_message, write_message

ORIGIN = "https://governance.example:8443"
WALLET = "0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf"
NOW = 1_800_000_000
TEXT = write_message(ORIGIN, WALLET, 31337, "abcdefgh12345678", NOW, NOW + 600)


def changed(old, new):
    assert old in TEXT
    return TEXT.replace(old, new)


def test_what_is_written_is_read_and_holds():
    message = read_message(TEXT)

    assert (message.domain, message.address, message.chain_id) == ("governance.example:8443", WALLET, 31337)
    assert (message.uri, message.nonce) == (ORIGIN + "/v1/sign-in", "abcdefgh12345678")
    assert (message.issued_at, message.expires_at, message.not_before) == (NOW, NOW + 600, None)
    check_message(message, ORIGIN, 31337, NOW)


STATEMENT = TEXT.split("\n")[3]
ISSUED = "Issued At: 2027-01-15T08:00:00Z"
AFTER = "Expiration Time: 2027-01-15T08:10:00Z"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(changed(STATEMENT + "\n", ""), id="without a statement"),
        pytest.param("https://" + TEXT, id="with a scheme"),
        pytest.param(changed("\n" + AFTER, ""), id="without an expiry"),
        pytest.param(changed("08:00:00Z", "09:00:00.000+01:00"), id="in another time zone"),
        pytest.param(changed(AFTER, AFTER + "\nNot Before: 2027-01-15T08:00:00Z"), id="not before now"),
        pytest.param(changed(AFTER, AFTER + "\nRequest ID: a-1%20b"), id="with a request id"),
        pytest.param(changed(AFTER, AFTER + "\nRequest ID: "), id="with an empty request id"),
        pytest.param(
            changed(AFTER, AFTER + "\nResources:\n- ipfs://bafy/\n- https://a.b/c?d=e#f"), id="with resources"
        ),
        pytest.param(changed(AFTER, AFTER + "\nResources:"), id="with no resources"),
    ],
)
def test_what_the_standard_allows_is_read_and_holds(text):
    check_message(read_message(text), ORIGIN, 31337, NOW)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param(TEXT + "\n", id="a line break at the end"),
        pytest.param("\n" + TEXT, id="a line break at the beginning"),
        pytest.param(TEXT.replace("\n", "\r\n"), id="other line breaks"),
        pytest.param(changed(" wants you", " wants You"), id="other words"),
        pytest.param(changed("governance.example:8443 wants", " wants"), id="no domain"),
        pytest.param(changed("governance.example:8443 wants", "a/b wants"), id="a path in the domain"),
        pytest.param(changed("governance.example:8443 wants", "a?b wants"), id="a query in the domain"),
        pytest.param(changed("governance.example:8443 wants", "a#b wants"), id="a fragment in the domain"),
        pytest.param(changed("governance.example:8443 wants", "a b wants"), id="a blank in the domain"),
        pytest.param(changed("governance.example:8443 wants", "://x wants"), id="an empty scheme"),
        pytest.param(
            changed("governance.example:8443 wants", "governance.example:8443.x wants"), id="a port of letters"
        ),
        pytest.param(changed("governance.example:8443 wants", "a@b@c wants"), id="two users in the domain"),
        pytest.param(changed("governance.example:8443 wants", "[1::2::3] wants"), id="a domain of no IPv6"),
        pytest.param(changed(WALLET, WALLET[:-1]), id="a short address"),
        pytest.param(changed(WALLET, WALLET + "0"), id="a long address"),
        pytest.param(changed(WALLET, WALLET.lower()), id="an address without checksum"),
        pytest.param(changed(WALLET, WALLET.replace("0x", "")), id="an address without 0x"),
        pytest.param(changed(STATEMENT, STATEMENT + "\nURI: https://evil.example"), id="a statement of two lines"),
        pytest.param(changed(STATEMENT, "Prijava č"), id="a statement that is not ASCII"),
        pytest.param(changed(STATEMENT, "a\u2028b"), id="a hidden line break"),
        pytest.param(changed(STATEMENT, "a\0b"), id="a zero byte"),
        pytest.param(changed("URI: https://governance.example:8443/v1/sign-in", "URI: "), id="no URI"),
        pytest.param(changed("URI: https:", "URI: "), id="a URI without scheme"),
        pytest.param(changed("/v1/sign-in", "/v1/%zz"), id="a wrong escape in the URI"),
        pytest.param(changed("/v1/sign-in", "/v1/ sign-in"), id="a blank in the URI"),
        pytest.param(changed("Version: 1", "Version: 2"), id="another version"),
        pytest.param(changed("Chain ID: 31337", "Chain ID: 0x7a69"), id="a chain in hexadecimal"),
        pytest.param(changed("Chain ID: 31337", "Chain ID: -1"), id="a negative chain"),
        pytest.param(changed("Chain ID: 31337", "Chain ID: ٣"), id="a chain in other digits"),
        pytest.param(changed("Chain ID: 31337", "Chain ID: " + "9" * 21), id="too great a chain"),
        pytest.param(changed("Nonce: abcdefgh12345678", "Nonce: abcdefg"), id="a short nonce"),
        pytest.param(changed("Nonce: abcdefgh12345678", "Nonce: abcdefgh_1234567"), id="a nonce of other characters"),
        pytest.param(changed("Nonce: abcdefgh12345678\n", ""), id="no nonce"),
        pytest.param(changed(ISSUED, "Issued At: yesterday"), id="no time"),
        pytest.param(changed(ISSUED, "Issued At: 2027-01-15"), id="a day for a time"),
        pytest.param(changed(ISSUED, "Issued At: 2027-01-15T08:00:00"), id="a time without zone"),
        pytest.param(changed(ISSUED, "Issued At: 2027-02-30T08:00:00Z"), id="a day that is none"),
        pytest.param(changed(ISSUED, "Issued At: 2027-01-15T25:00:00Z"), id="an hour that is none"),
        pytest.param(changed(ISSUED, "Issued At: 0000-01-01T00:00:00Z"), id="the year nought"),
        pytest.param(changed(AFTER, "Not Before: 2027-01-15T08:00:00Z\n" + AFTER), id="lines in another order"),
        pytest.param(changed(AFTER, AFTER + "\n" + AFTER), id="a line twice"),
        pytest.param(changed(AFTER, AFTER + "\nResources:\n-ipfs://bafy"), id="a resource without blank"),
        pytest.param(changed(AFTER, AFTER + "\nResources:\n- not a URI"), id="a resource that is no URI"),
        pytest.param(changed(AFTER, AFTER + "\nColour: red"), id="a line of its own invention"),
        pytest.param(changed(STATEMENT, "a" * 5000), id="too long"),
    ],
)
def test_what_the_standard_does_not_allow_is_refused(text):
    with pytest.raises(SignInRefusedError):
        read_message(text)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        (changed("governance.example:8443 wants", "evil.example wants"), "domain"),
        (changed("governance.example:8443 wants", "governance.example wants"), "domain"),
        (changed("governance.example:8443 wants", "governance.example.evil.example:8443 wants"), "domain"),
        (changed("governance.example:8443 wants", "governance.example:8443@evil.example wants"), "domain"),
        ("http://" + TEXT, "scheme"),
        (changed("URI: https://governance.example:8443/", "URI: https://evil.example/"), "uri"),
        (changed("URI: https://governance.example:8443/", "URI: http://governance.example:8443/"), "uri"),
        (changed("URI: https://governance.example:8443/", "URI: https://governance.example:8443@evil.example/"), "uri"),
        (changed("Chain ID: 31337", "Chain ID: 1"), "chain_id"),
        (changed(ISSUED, "Issued At: 2027-01-15T08:01:01Z"), "issued_at"),
        (changed(ISSUED, "Issued At: 2027-01-15T07:50:00Z"), "issued_at"),
        (changed(AFTER, "Expiration Time: 2027-01-15T08:00:00Z"), "expiration_time"),
        (changed(AFTER, AFTER + "\nNot Before: 2027-01-15T08:00:01Z"), "not_before"),
    ],
)
def test_what_is_meant_for_elsewhere_or_another_time_is_refused(text, part):
    with pytest.raises(SignInRefusedError) as refused:
        check_message(read_message(text), ORIGIN, 31337, NOW)

    assert refused.value.part == part


WHOLE = changed(
    AFTER,
    f"{AFTER}\nNot Before: 2027-01-15T08:00:00Z\nRequest ID: first-of-two\nResources:\n- https://governance.example/statute",
)
LINES = WHOLE.split("\n")
NAMED = [index for index, line in enumerate(LINES) if ": " in line and not line.startswith(STATEMENT)]


def test_the_whole_message_is_read():
    assert read_message(WHOLE).not_before == NOW


@pytest.mark.parametrize("index", [0, 1, 2, *NAMED[:5]], ids=lambda index: LINES[index][:12] or "empty line")
def test_without_a_line_that_must_be_there_it_is_refused(index):
    for text in (LINES[:index] + LINES[index + 1 :], [*LINES[:index], "", *LINES[index + 1 :]]):
        if text != LINES:
            with pytest.raises(SignInRefusedError):
                read_message("\n".join(text))


@pytest.mark.parametrize("index", [0, *NAMED[:-1]], ids=lambda index: LINES[index][:12])
def test_lines_in_another_order_are_refused(index):
    following = min(each for each in [*NAMED, len(LINES) - 2] if each > index)
    lines = list(LINES)
    lines[index], lines[following] = lines[following], lines[index]
    with pytest.raises(SignInRefusedError):
        read_message("\n".join(lines))


def with_uri(uri):
    """As what is signed in to, and as a resource after another."""
    yield changed("https://governance.example:8443/v1/sign-in", uri)
    yield changed(AFTER, f"{AFTER}\nResources:\n- https://governance.example\n- {uri}")


@pytest.mark.parametrize(
    "uri",
    [
        "did:",
        "urn:isbn:0451450523",
        "mailto:ana@zbor.example",
        "file:///statute.pdf",
        "about:?",
        "x+y-z.1:/a//b/",
        "http://",
        "http://ana:%2F@zbor.example:/a;b=c/(d)/*?e=/?&f#/?g:@",
        "http://192.0.2.1:80",
        "http://999.1.1.1/is-a-name",
        "http://[::]",
        "http://[2001:db8::7]:8443/?#",
        "http://[1:2:3:4:5:6:7:8]",
        "http://[1:2:3:4:5:6:7::]",
        "http://[::ffff:192.0.2.255]/",
        "http://[v1F.a:b-c~(d)]/",
    ],
)
def test_any_uri_is_read(uri):
    for text in with_uri(uri):
        read_message(text)


@pytest.mark.parametrize(
    "uri",
    [
        "",
        "statute",
        "//zbor.example/statute",
        ":",
        "1http://zbor.example",
        "ht_tp://zbor.example",
        "http://zbor.example/a b",
        "http://zbor.example/č",
        "http://zbor.example/%",
        "http://zbor.example/%4",
        "http://zbor.example/%4g",
        "http://zbor.example:80a/",
        "http://a@b@zbor.example/",
        "http://zbor.example/[a]",
        "http://zbor.example/?[a]",
        "http://zbor.example/#a#b",
        "http://zbor.example/^",
        'http://zbor.example/`|{}<>"\\',
        "http://[]",
        "http://[::1",
        "http://::1]",
        "http://[::1]x/",
        "http://x[::1]/",
        "http://[1:2:3:4:5:6:7]",
        "http://[1:2:3:4:5:6:7:8:9]",
        "http://[1:2:3:4::5:6:7:8]",
        "http://[1::2::3]",
        "http://[12345::]",
        "http://[::192.0.2.256]",
        "http://[::192.0.2]",
        "http://[1:2:3:4:5:6:7:192.0.2.1]",
        "http://[fe80::1%25eth0]",
        "http://[v.a]",
        "http://[v1.]",
        "http://[v1.a/b]",
    ],
)
def test_what_is_no_uri_is_refused(uri):
    for text in with_uri(uri):
        with pytest.raises(SignInRefusedError):
            read_message(text)


@given(st.text(max_size=200), st.integers(0, len(TEXT)))
def test_any_text_is_read_or_refused(junk, at):
    try:
        read_message(TEXT[:at] + junk + TEXT[at:])
    except SignInRefusedError:
        return


@pytest.mark.parametrize(
    "part",
    [
        "http://[" + ":" * 3600,
        "a?" * 1800,
        "http://a@" + "a" * 3600,
        "a/" * 1800,
        "a:" * 1800,
        "1.1.1.1" * 500,
        "%" * 3600,
        "http://" + "a:" * 1700,
    ],
)
def test_long_texts_that_drive_a_backtracking_parser_mad_are_refused_as_any_other(part):
    for text in (
        changed("governance.example:8443 wants", part + " wants"),
        changed("https://governance.example", part),
    ):
        with pytest.raises(SignInRefusedError):
            check_message(read_message(text), ORIGIN, 31337, NOW)
