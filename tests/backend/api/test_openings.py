"""When a proposal that is put now may open: the same law as the contract's, asked before anything is signed."""

from datetime import UTC, datetime

import pytest

from backend.domain.events import MemberAdmitted, WalletRotated
from backend.domain.members import MemberClass
from backend.domain.values import Address, MemberId
from tests.backend import story as s
from tests.backend.keys import STRANGER, key_of, told_with_keys

PATH = "/v1/kinds/policy/opening"


def written(second):
    return datetime.fromtimestamp(second, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def test_the_earliest_day_follows_from_the_notice_of_the_rule_in_force(get):
    told, rule = get(PATH).json(), get("/v1/rules/GA_2_3").json()
    published = datetime.fromisoformat(told["published"]).timestamp()

    assert (told["body"], told["rule"], told["refusal"]) == ("general_assembly", "GA_2_3", None)
    assert told["earliest"] == told["opens_at"] == written(published + rule["notice"])
    assert told["earliest_extraordinary"] == written(published + rule["short_notice"])
    assert told["closes_at"] == written(published + rule["notice"] + rule["period"])
    assert told["latest"] == written(published + 366 * 86_400)


@pytest.mark.parametrize(
    ("after", "extraordinary", "refusal"),
    [
        (0, "false", None),
        (-1, "false", "NOTICE_TOO_SHORT"),
        (-1, "true", None),
        (366 * 86_400, "false", "OPENS_TOO_LATE"),
    ],
)
def test_a_wish_is_refused_as_the_contract_would(get, after, extraordinary, refusal):
    wanted = written(datetime.fromisoformat(get(PATH).json()["earliest"]).timestamp() + after)
    told = get(f"{PATH}?opens_at={wanted}&extraordinary={extraordinary}").json()

    assert (told["opens_at"], told["refusal"]) == (wanted, refusal)


def test_whose_wallet_it_is_says_whether_it_may_put_anything(client_of, fresh_mirror, story):
    told = told_with_keys(story.told)
    associate = next(e for _, e in told if isinstance(e, MemberAdmitted) and e.member_class is MemberClass.ASSOCIATE)
    moves = [(1, key_of(7)), (associate.member_id, key_of(8))]
    for number, (member, key) in enumerate(moves, 1):
        place = told[-1][0]._replace(log_index=number)
        told.append((place, WalletRotated(MemberId(member), s.wallet_of(member), Address(key.address))))
    get = client_of(fresh_mirror(told))
    asked = {"now": key_of(7), "before": key_of(1), "associate": key_of(8), "of nobody": STRANGER}

    assert {
        name: get("GET", f"{PATH}?wallet={key.address.lower()}").json()["refusal"] for name, key in asked.items()
    } == {
        "now": None,
        "before": "WALLET_REVOKED",
        "associate": "MAY_NOT_PROPOSE",
        "of nobody": "NOT_A_MEMBER",
    }


def test_a_kind_that_is_not_there_is_named(get):
    assert get("/v1/kinds/coup/opening").json()["code"] == "KIND_NOT_FOUND"


@pytest.mark.parametrize("query", ["opens_at=tomorrow", "wallet=0x12", "extraordinary=perhaps"])
def test_a_wish_that_is_not_understood_is_refused(get, query):
    assert get(f"{PATH}?{query}").status_code == 422


@pytest.mark.parametrize("extraordinary", ["true", "false"])
def test_attack_an_opening_at_the_end_of_all_calendars_is_refused_and_breaks_nothing(get, extraordinary):
    answer = get(f"{PATH}?opens_at=9999-12-31T23:59:59Z&extraordinary={extraordinary}")

    assert answer.status_code == 200, answer.text
    assert (answer.json()["refusal"], answer.json()["closes_at"]) == ("OPENS_TOO_LATE", "9999-12-31T23:59:59Z")
