"""Who may ask: sessions and tokens against the application, each way around them tried."""

from dataclasses import replace

import pytest

from backend.people.callers import Role, Scope
from backend.people.sessions import LASTS, open_session
from backend.people.tokens import TokenOrder, make_token, revoke_token
from tests.backend import story as s

ORIGIN = "http://127.0.0.1:8000"
OURS = {"origin": ORIGIN}


@pytest.fixture
def mirror(fresh_mirror, story):
    return fresh_mirror(story.told)


@pytest.fixture
def ask(client_of, mirror):
    return client_of(mirror)


@pytest.fixture
def cookie_of(mirror):
    """Opens a session, and gives the header that carries it."""

    def make(wallet, now=s.NOW):
        with mirror.writing() as session:
            secret = open_session(session, mirror.consortium.id, wallet, None, now)
        return {"cookie": f"zbor={secret}"}

    return make


@pytest.fixture
def token_of(mirror):
    def make(*scopes, **more):
        order = TokenOrder(label="archive", scopes=scopes, lasts=more.pop("lasts", 3600), **more)
        with mirror.writing() as session:
            record, secret = make_token(session, mirror.consortium, order, s.NOW)
        return record.name, {"authorization": f"Bearer {secret}"}

    return make


def test_a_member_s_wallet_makes_a_representative(ask, cookie_of):
    answer = ask("GET", "/v1/session", headers=cookie_of(s.wallet_of(1)))

    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    told = answer.json()
    assert (told["role"], told["member"], told["wallet"]) == ("representative", 1, s.wallet_of(1))
    assert "as_of" in told


def test_nobody_is_told_to_sign_in(ask):
    answer = ask("GET", "/v1/session")

    assert (answer.status_code, answer.json()["code"]) == (401, "NOT_SIGNED_IN")
    assert answer.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize("secret", ["", "zbor_", "zbor_" + "a" * 43, "zbor_" + "a" * 90_0, "x", "zbor_\x7f"])
def test_a_made_up_secret_opens_nothing(ask, secret):
    assert ask("GET", "/v1/session", headers={"cookie": f"zbor={secret}"}).status_code == 401
    assert ask("GET", "/v1/session", headers={"authorization": f"Bearer {secret}"}).status_code == 401


def test_a_session_ends_by_itself(ask, cookie_of):
    assert ask("GET", "/v1/session", headers=cookie_of(s.wallet_of(1), s.NOW - LASTS + 1)).status_code == 200
    assert ask("GET", "/v1/session", headers=cookie_of(s.wallet_of(1), s.NOW - LASTS)).status_code == 401


def test_who_signs_out_is_out(ask, cookie_of):
    headers = cookie_of(s.wallet_of(1))
    left = ask("DELETE", "/v1/session", headers=headers | OURS)

    assert left.status_code == 204
    assert 'zbor=""' in left.headers["set-cookie"]
    assert ask("GET", "/v1/session", headers=headers).status_code == 401


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:8001", "http://localhost:8000"])
def test_a_cookie_on_a_foreign_origin_does_nothing(ask, cookie_of, origin):
    headers = cookie_of(s.wallet_of(1))
    for method in ("GET", "DELETE"):
        answer = ask(method, "/v1/session", headers=headers | {"origin": origin})
        assert (answer.status_code, answer.json()["code"]) == (403, "FOREIGN_ORIGIN")

    assert ask("GET", "/v1/session", headers=headers).status_code == 200


def test_a_cookie_that_writes_must_say_where_it_comes_from(ask, cookie_of):
    assert ask("DELETE", "/v1/session", headers=cookie_of(s.wallet_of(1))).json()["code"] == "FOREIGN_ORIGIN"


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_cookie_from_another_site_does_nothing(ask, cookie_of, site):
    headers = cookie_of(s.wallet_of(1)) | {"sec-fetch-site": site}

    assert ask("GET", "/v1/session", headers=headers).json()["code"] == "FOREIGN_ORIGIN"


def test_a_token_does_what_it_was_made_for(ask, token_of):
    name, headers = token_of(Scope.DOCUMENTS_WRITE, member_id=2)
    told = ask("GET", "/v1/session", headers=headers).json()

    assert told["scopes"] == ["documents:write"]
    assert (told["role"], told["member"], told["wallet"], told["token"]) == ("machine", 2, None, name)


def test_a_token_that_ran_out_or_was_revoked_is_worth_nothing(client_of, mirror, mirror_after, token_of):
    name, headers = token_of(Scope.DOCUMENTS_WRITE)
    later = client_of(mirror_after(3600))
    assert later("GET", "/v1/session", headers=headers).status_code == 401

    ask = client_of(mirror)
    assert ask("GET", "/v1/session", headers=headers).status_code == 200
    with mirror.writing() as session:
        revoke_token(session, mirror.consortium.id, name, s.NOW)
    assert ask("GET", "/v1/session", headers=headers).status_code == 401


@pytest.fixture
def mirror_after(mirror):
    return lambda seconds: replace(mirror, wall_clock=lambda: s.NOW + seconds)


def test_an_auditor_s_token_reads(ask, token_of):
    _, headers = token_of(Scope.PEOPLE_READ, role=Role.AUDITOR)

    assert ask("GET", "/v1/session", headers=headers).json()["scopes"] == ["people:read"]
