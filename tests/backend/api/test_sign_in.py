"""Signing in against the application: the way in, and every way around it that we know of."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import func, select, update

from backend.api import application
from backend.database.desk import SessionRecord, UsedNonceRecord
from backend.database.records import MemberRecord
from backend.domain.members import MemberStatus
from backend.people.nonces import LASTS
from backend.settings import Settings
from tests.backend import story as s
from tests.backend.keys import AUDITOR, COORDINATOR, STRANGER, key_of, signed

ANA, CVITA = key_of(1), key_of(3)
ORIGIN = {"origin": "http://127.0.0.1:8000"}


@pytest.fixture
def message_for(ask_people):
    def ask(key):
        answer = ask_people("POST", "/v1/sign-in/message", json={"wallet": key.address})
        assert answer.status_code == 200
        return answer.json()["message"]

    return ask


@pytest.fixture
def enter(ask_people):
    def post(message, signature, **headers):
        return ask_people("POST", "/v1/sign-in", json={"message": message, "signature": signature}, headers=headers)

    return post


def rows(mirror, record):
    with mirror.asking() as session:
        return session.scalar(select(func.count()).select_from(record))


@pytest.mark.parametrize(
    ("key", "role", "member"),
    [(ANA, "representative", 1), (COORDINATOR, "coordinator", None), (AUDITOR, "auditor", None)],
)
def test_who_signs_the_message_is_signed_in(ask_people, message_for, enter, key, role, member):
    message = message_for(key)
    entered = enter(message, signed(key, message))
    cookie = entered.headers["set-cookie"]

    assert entered.status_code == 200, entered.text
    assert (entered.json()["role"], entered.json()["member"]) == (role, member)
    assert {"HttpOnly", "SameSite=strict", "Path=/"} <= {part.strip() for part in cookie.split(";")}
    assert cookie.partition("=")[2].partition(";")[0] not in entered.text
    told = ask_people("GET", "/v1/session", headers={"cookie": cookie.split(";")[0]}).json()
    assert (told["role"], told["wallet"]) == (role, key.address)
    assert told["ends_at"] == entered.json()["ends_at"] is not None


def test_the_secret_is_kept_as_a_hash_only(people, signed_in):
    secret = signed_in(ANA)["cookie"].partition("=")[2]
    with people.asking() as session:
        kept = session.scalars(select(SessionRecord)).one()

    assert secret not in str(vars(kept))


def test_by_https_the_cookie_is_secure_and_of_this_host_alone(client_of, people, app_settings):
    settings = app_settings.model_copy(update={"public_url": "https://governance.example"})
    ask = client_of(people, settings)
    message = ask("POST", "/v1/sign-in/message", json={"wallet": ANA.address}).json()["message"]
    entered = ask("POST", "/v1/sign-in", json={"message": message, "signature": signed(ANA, message)})
    cookie = entered.headers["set-cookie"]

    assert message.startswith("governance.example wants you to sign in")
    assert cookie.startswith("__Host-zbor=zbor_")
    assert "Secure" in cookie
    assert "domain" not in cookie.lower()
    pair = cookie.split(";")[0]
    assert ask("GET", "/v1/session", headers={"cookie": pair}).status_code == 200
    assert ask("GET", "/v1/session", headers={"cookie": pair.removeprefix("__Host-")}).status_code == 401


def test_attack_17_a_nonce_is_replayed_in_vain(message_for, enter):
    message = message_for(ANA)
    assert enter(message, signed(ANA, message)).status_code == 200
    again = enter(message, signed(ANA, message))

    assert (again.status_code, again.json()["code"]) == (401, "NONCE_USED")


def test_attack_17_a_nonce_used_twice_at_once_is_used_once(people, message_for, enter):
    for _ in range(3):
        message = message_for(ANA)
        signature = signed(ANA, message)
        with ThreadPoolExecutor(8) as threads:
            answers = [each.result() for each in [threads.submit(enter, message, signature) for _ in range(8)]]
        assert sorted(each.status_code for each in answers) == [200] + [401] * 7
        assert {each.json()["code"] for each in answers if each.status_code == 401} == {"NONCE_USED"}

    assert rows(people, UsedNonceRecord) == rows(people, SessionRecord) == 3


def test_asking_for_messages_fills_no_table(people, message_for):
    messages = {message_for(STRANGER) for _ in range(5)}

    assert len(messages) == 5
    assert rows(people, UsedNonceRecord) == 0


def test_used_nonces_are_forgotten_once_they_have_run_out(client_of, people, message_for, enter, settings_of_people):
    message = message_for(ANA)
    enter(message, signed(ANA, message))
    later = client_of(replace(people, wall_clock=lambda: s.NOW + LASTS), settings_of_people)
    assert later("POST", "/v1/sign-in", json={"message": message, "signature": signed(ANA, message)}).status_code == 401
    message = later("POST", "/v1/sign-in/message", json={"wallet": ANA.address}).json()["message"]
    assert later("POST", "/v1/sign-in", json={"message": message, "signature": signed(ANA, message)}).status_code == 200

    assert rows(people, UsedNonceRecord) == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("127.0.0.1:8000 wants", "evil.example wants"),
        ("URI: http://127.0.0.1:8000/", "URI: https://evil.example/"),
        ("Chain ID: 31337", "Chain ID: 1"),
    ],
    ids=["another domain", "another address", "another chain"],
)
def test_a_message_meant_for_elsewhere_is_refused(message_for, enter, old, new):
    message = message_for(ANA).replace(old, new)
    refused = enter(message, signed(ANA, message))

    assert (refused.status_code, refused.json()["code"]) == (401, "SIGN_IN_REFUSED")


def test_an_expired_message_is_refused(client_of, people, settings_of_people, message_for):
    message = message_for(ANA)
    body = {"message": message, "signature": signed(ANA, message)}
    later = client_of(replace(people, wall_clock=lambda: s.NOW + LASTS), settings_of_people)

    assert later("POST", "/v1/sign-in", json=body).json()["code"] == "SIGN_IN_REFUSED"
    assert rows(people, SessionRecord) == 0


def test_a_nonce_of_one_s_own_is_refused(message_for, enter):
    message = message_for(ANA)
    nonce = message.partition("Nonce: ")[2].partition("\n")[0]
    longer = nonce[:16] + f"{int(nonce[16:26], 16) + 3600:010x}" + nonce[26:]
    for invented in ("a" * 8, "f" * 58, nonce[:-1] + ("0" if nonce[-1] != "0" else "1"), longer, nonce + "0"):
        forged = message.replace(nonce, invented)
        refused = enter(forged, signed(ANA, forged))
        assert refused.json()["code"] == "SIGN_IN_REFUSED"
        assert refused.json()["detail"].startswith("nonce")


def test_the_signature_of_another_is_refused(message_for, enter, ask_people, client_of):
    message = message_for(STRANGER)
    assert enter(message, signed(ANA, message)).json()["code"] == "SIGNATURE_REFUSED"


@pytest.mark.parametrize("signature", ["0x", "0x00", "0x" + "00" * 65, "0x" + "ff" * 65, "0x" + "11" * 64])
def test_what_is_no_signature_is_refused_for_a_stranger_without_asking_a_node(message_for, enter, signature):
    refused = enter(message_for(STRANGER), signature)

    assert (refused.status_code, refused.json()["code"]) == (401, "SIGNATURE_REFUSED")


def test_a_failed_attempt_does_not_use_the_nonce_up(message_for, enter):
    message = message_for(STRANGER)
    assert enter(message, signed(ANA, message)).json()["code"] == "SIGNATURE_REFUSED"
    assert enter(message, signed(STRANGER, message)).json()["code"] == "WALLET_UNKNOWN"


def test_a_wallet_of_nobody_is_refused(people, message_for, enter):
    message = message_for(STRANGER)
    refused = enter(message, signed(STRANGER, message))

    assert (refused.status_code, refused.json()["code"]) == (403, "WALLET_UNKNOWN")
    assert rows(people, SessionRecord) == 0


def test_the_session_that_was_there_before_signing_in_is_ended_and_not_taken_over(ask_people, message_for, enter):
    """Session fixation: whoever plants a cookie must not hold the session that its victim then opens."""
    message = message_for(CVITA)
    planted = enter(message, signed(CVITA, message)).headers["set-cookie"].split(";")[0]
    message = message_for(ANA)
    fresh = enter(message, signed(ANA, message), cookie=planted, **ORIGIN).headers["set-cookie"].split(";")[0]

    assert fresh != planted
    assert ask_people("GET", "/v1/session", headers={"cookie": fresh}).json()["member"] == 1
    assert ask_people("GET", "/v1/session", headers={"cookie": planted}).status_code == 401


def test_a_foreign_page_cannot_sign_its_visitor_in(message_for, enter):
    message = message_for(ANA)

    assert enter(message, signed(ANA, message), origin="https://evil.example").json()["code"] == "FOREIGN_ORIGIN"


def test_a_replaced_wallet_ends_what_its_session_could_do(
    client_of, fresh_mirror, story, people, signed_in, ask_people
):
    headers = signed_in(ANA)
    with people.writing() as session:
        session.execute(_move(1, s.wallet_of(1, 7)))

    assert ask_people("GET", "/v1/session", headers=headers).status_code == 401


def test_a_member_that_left_is_not_represented_any_more(people, signed_in, ask_people):
    headers = signed_in(ANA)
    with people.writing() as session:
        session.execute(_leave(1))

    assert ask_people("GET", "/v1/session", headers=headers).status_code == 401


def _move(member, wallet):
    return update(MemberRecord).where(MemberRecord.member_id == member).values(wallet=wallet)


def _leave(member):
    return update(MemberRecord).where(MemberRecord.member_id == member).values(status=MemberStatus.LEFT)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"wallet": "0x12"},
        {"wallet": ANA.address, "more": 1},
        {"wallet": ["0x" + "1" * 40]},
        {"wallet": "0x" + "1" * 41},
    ],
)
def test_a_wallet_of_another_shape_is_not_understood(ask_people, body):
    refused = ask_people("POST", "/v1/sign-in/message", json=body)

    assert (refused.status_code, refused.json()["code"]) == (422, "INVALID_REQUEST")


def test_a_body_without_end_is_cut_off(ask_people):
    refused = ask_people("POST", "/v1/sign-in", content=b" " * 70_000, headers={"content-type": "application/json"})

    assert (refused.status_code, refused.json()["code"]) == (413, "BODY_TOO_LARGE")


def test_an_address_without_a_path_is_taken_for_the_public_one(tmp_path):
    record = tmp_path / "trial.json"
    record.write_text("{}")

    assert Settings(deployment=record, public_url="https://Governance.example/").origin == "https://governance.example"
    assert Settings(deployment=record, port=8001).origin == "http://127.0.0.1:8001"
    for wrong in ("governance.example", "ftp://a.b", "https://a.b/c", "https://a.b?c"):
        with pytest.raises(ValueError, match="without a path"):
            Settings(deployment=record, public_url=wrong)


def test_attack_strangers_who_make_us_ask_a_node_hold_no_connection_of_the_database(client_of, people, monkeypatch):
    pool, held = people.sessions.kw["bind"].pool, []

    def contract_wallets(*_):
        held.append(pool.checkedout())
        return False

    monkeypatch.setattr(application, "contract_wallets_at", lambda *_: contract_wallets)
    ask = client_of(people)
    message = ask("POST", "/v1/sign-in/message", json={"wallet": ANA.address}).json()["message"]
    refused = ask("POST", "/v1/sign-in", json={"message": message, "signature": "0x12"})

    assert (held, refused.json()["code"]) == ([0], "SIGNATURE_REFUSED")
