"""What somebody began ends with them: subscriptions and tokens, whichever way they lose what these hang on."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from backend.database.desk import DeliveryRecord, RepresentationRecord
from backend.domain import events as e
from backend.domain.members import MemberStatus
from backend.domain.values import Address, MemberId
from backend.notices.deliveries import due, take
from tests.backend import story as s
from tests.backend.happenings import ballot, happen
from tests.backend.keys import AUDITOR, COORDINATOR, STRANGER, key_of

ANA, CVITA = key_of(1), key_of(3)
HOOK = {"url": "https://hooks.example.org/zbor", "types": ["ballot"]}
NEW = {"label": "archive", "scopes": ["webhooks:write"], "days": 30}
NO_ROLE = "The wallet that made it is not a member's any more, and holds no office."
NO_PERSON = "The person who made it does not act for their organisation any more."
LATER = s.NOW + 60


def rotated(mirror):
    """Ana's organisation moves to another wallet."""
    happen(mirror, (s.REGISTRY, e.WalletRotated(MemberId(1), Address(ANA.address), Address(STRANGER.address))))
    return mirror


def excluded(mirror):
    """Ana's organisation is a member no more."""
    gone = e.MemberStatusChanged(MemberId(1), MemberStatus.ACTIVE, MemberStatus.EXCLUDED)
    happen(mirror, (s.REGISTRY, gone))
    return mirror


def unlisted(mirror):
    """The operator takes the coordinator off the list."""
    return replace(mirror, consortium=replace(mirror.consortium, coordinators=()))


def dismissed(mirror):
    """Who acted for Ana's organisation does so no more; the wallet is still its own."""
    with mirror.writing() as session:
        for found in session.scalars(select(RepresentationRecord)):
            found.until = s.NOW + 1
    return mirror


@pytest.fixture
def on_file(ask_people, signed_in):
    """Puts somebody on file for Ana's wallet, and gives their pseudonym."""

    def put():
        body = {
            "member": 1,
            "function": "representative",
            "name": "Ana",
            "email": "ana@zbor.example",
            "language": "sl",
            "consent": True,
            "wallet": ANA.address,
        }
        made = ask_people("POST", "/v1/representatives", json=body, headers=signed_in(ANA))
        assert made.status_code == 201, made.text
        return made.json()["representative"]["person"]

    return put


@pytest.fixture
def subscribed(ask_people):
    def subscribe(headers):
        made = ask_people("POST", "/v1/webhooks", json=HOOK, headers=headers)
        assert made.status_code == 201, made.text
        return made.json()["webhook_id"]

    return subscribe


def called(mirror, webhook, now=LATER):
    """Whether the courier would call an address with what has happened."""
    with mirror.writing() as session:
        assert webhook in due(session, mirror.consortium, now)
        errand = take(session, mirror.consortium, webhook, "a" * 32, until=now, now=now)
    return errand is not None


def log_of(ask, webhook, headers):
    answer = ask("GET", f"/v1/webhooks/{webhook}/deliveries", headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


def assert_ended(mirror, ask, webhook, why, headers):
    """It is not called, and its log says why, once, however often somebody resumes it."""
    happen(mirror, ballot(3))
    assert not called(mirror, webhook)
    told = ask("GET", f"/v1/webhooks/{webhook}", headers=headers).json()
    assert (told["disabled_reason"], told["disabled_at"] is None) == (why, False)
    (entry,) = log_of(ask, webhook, headers)
    assert (entry["type"], entry["problem"], entry["delivered"], entry["status"]) == ("webhook.ended", why, False, None)
    assert entry["change"] == told["cursor"]
    with mirror.asking() as session:
        assert due(session, mirror.consortium, LATER) == []
    ask("POST", f"/v1/webhooks/{webhook}/resume", json={}, headers=headers)
    assert not called(mirror, webhook)
    assert [each["attempt"] for each in log_of(ask, webhook, headers)] == [2, 1]


def test_who_still_acts_is_called(people, subscribed, signed_in, on_file):
    on_file()
    webhook = subscribed(signed_in(ANA))
    happen(people, ballot(3))

    assert called(people, webhook)


@pytest.mark.parametrize("lose", [rotated, excluded])
def test_attack_who_lost_their_wallet_or_membership_is_called_no_more(people, ask_people, subscribed, signed_in, lose):
    webhook, coordinator = subscribed(signed_in(ANA)), signed_in(COORDINATOR)

    assert_ended(lose(people), ask_people, webhook, NO_ROLE, coordinator)


def test_attack_who_is_dismissed_is_called_no_more_though_the_wallet_is_still_the_member_s(
    people, ask_people, subscribed, signed_in, on_file
):
    on_file()
    webhook, coordinator = subscribed(signed_in(ANA)), signed_in(COORDINATOR)

    assert_ended(dismissed(people), ask_people, webhook, NO_PERSON, coordinator)


def test_attack_who_was_the_coordinator_is_called_no_more(people, client_of, subscribed, signed_in, app_settings):
    webhook = subscribed(signed_in(COORDINATOR))
    happen(people, (s.REGISTRY, e.RegistrarChanged(Address(s.wallet_of(9)), Address(CVITA.address))))
    office, after = signed_in(CVITA), unlisted(people)

    assert_ended(after, client_of(after, app_settings), webhook, NO_ROLE, office)


def test_attack_an_office_that_goes_to_another_takes_its_calls_along(people, ask_people, subscribed, signed_in):
    happen(people, (s.REGISTRY, e.RegistrarChanged(Address(s.wallet_of(9)), Address(STRANGER.address))))
    webhook, coordinator = subscribed(signed_in(STRANGER)), signed_in(COORDINATOR)
    happen(people, (s.REGISTRY, e.RegistrarChanged(Address(STRANGER.address), Address(s.wallet_of(9)))))

    assert_ended(people, ask_people, webhook, NO_ROLE, coordinator)


def test_who_is_erased_is_called_no_more_and_nothing_of_it_is_left(people, ask_people, subscribed, signed_in, on_file):
    person = on_file()
    webhook = subscribed(signed_in(ANA))
    assert ask_people("DELETE", f"/v1/representatives/{person}", headers=signed_in(ANA)).status_code == 200
    happen(people, ballot(3))
    with people.writing() as session:
        assert take(session, people.consortium, webhook, "a" * 32, until=LATER, now=LATER) is None
        assert session.scalar(select(func.count()).select_from(DeliveryRecord)) == 0

    assert ask_people("GET", f"/v1/webhooks/{webhook}", headers=signed_in(COORDINATOR)).status_code == 404


def bearer(ask, headers, **more):
    made = ask("POST", "/v1/tokens", json=NEW | more, headers=headers)
    assert made.status_code == 201, made.text
    return {"authorization": f"Bearer {made.json()['secret']}"}


def assert_worth_nothing(ask, token):
    answer = ask("GET", "/v1/session", headers=token)
    assert (answer.status_code, answer.json()["code"]) == (401, "NOT_SIGNED_IN")
    assert ask("POST", "/v1/webhooks", json=HOOK, headers=token).status_code == 401


@pytest.mark.parametrize("lose", [excluded, dismissed])
def test_attack_a_token_made_for_somebody_ends_with_them(
    people, ask_people, client_of, app_settings, signed_in, on_file, lose
):
    person = on_file()
    token = bearer(ask_people, signed_in(COORDINATOR), member=1, person=person)
    assert ask_people("GET", "/v1/session", headers=token).json()["member"] == 1

    assert_worth_nothing(client_of(replace(lose(people), wall_clock=lambda: LATER), app_settings), token)


def test_a_token_for_a_member_outlives_its_wallet(people, ask_people, signed_in):
    token = bearer(ask_people, signed_in(COORDINATOR), member=1)
    rotated(people)

    assert ask_people("GET", "/v1/session", headers=token).status_code == 200


def test_attack_a_token_ends_with_the_office_of_who_made_it_and_so_do_its_calls(
    people, client_of, app_settings, ask_people, subscribed, signed_in
):
    token = bearer(ask_people, signed_in(COORDINATOR))
    webhook = subscribed(token)
    happen(people, (s.REGISTRY, e.RegistrarChanged(Address(s.wallet_of(9)), Address(CVITA.address))))
    office, after = signed_in(CVITA), unlisted(people)
    ask = client_of(after, app_settings)

    assert_worth_nothing(ask, token)
    why = "The token that it was made with was made by a wallet that is not the coordinator's any more."
    assert_ended(after, ask, webhook, why, office)


def test_a_token_is_made_for_nobody_who_is_not_on_file(ask_people, signed_in):
    made = ask_people("POST", "/v1/tokens", json=NEW | {"person": "0" * 32}, headers=signed_in(COORDINATOR))

    assert (made.status_code, made.json()["code"]) == (422, "INVALID_REQUEST")


def test_an_auditor_begins_nothing(ask_people, signed_in):
    assert ask_people("POST", "/v1/webhooks", json=HOOK, headers=signed_in(AUDITOR)).status_code == 403
