"""The consortium, what its members said and did, and where on the chain that is."""

from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.domain.events import Event
from tests.backend import story as s


@pytest.fixture(scope="module")
def items(get):
    def ask(path, **asked):
        response = get(path, params=asked)
        assert response.status_code == 200, response.text
        return response.json()["items"]

    return ask


def test_the_consortium_says_what_and_where_it_is(get):
    told = get("/v1/organisation").json()

    assert told["id"] == f"eip155:31337:{s.REGISTRY}"
    assert told["chains"] == ["eip155:31337"]
    assert [office["name"] for office in told["offices"]] == ["registrar", "approver", "factory"]
    assert told["countries"] == ["AT", "GR", "HR", "HU", "IT", "SI"]
    assert sum(told["members_by_status"].values()) == told["counts"]["members"] == 6
    assert told["is_behind"] is False


@pytest.mark.parametrize(
    "key",
    ["2", "IT-BEPPE", s.wallet_of(2), s.wallet_of(2, 1), s.wallet_of(2).lower(), f"eip155:31337:{s.wallet_of(2)}"],
)
def test_a_member_is_found_by_any_name_it_has_or_had(get, key):
    assert get(f"/v1/members/{key}").json()["code"] == "IT-BEPPE"


@pytest.mark.parametrize("key", [f"eip155:1:{s.wallet_of(2)}", s.GOVERNORS[0], "0x" + "00" * 20])
def test_a_wallet_of_nobody_or_of_another_chain_finds_nobody(get, key):
    assert get(f"/v1/members/{key}").json()["code"] == "MEMBER_NOT_FOUND"


def test_a_member_is_told_with_all_it_had_over_time(get):
    member = get("/v1/members/2").json()
    first, second = member["wallets"]

    assert (first["address"], second["address"]) == (s.wallet_of(2), s.wallet_of(2, 1))
    assert first["revoked_at"] == second["since"]
    assert member["revoked_wallets"] == [s.wallet_of(2)]
    assert member["account"] == second["account"] == f"eip155:31337:{s.wallet_of(2, 1)}"
    assert [span["member_class"] for span in member["classes"]] == ["founding"]
    assert [seat["body"] for seat in get("/v1/members/1").json()["seats"]] == ["executive_board"]


def test_members_are_found_by_what_they_are(items):
    def codes(**asked):
        return [item["code"] for item in items("/v1/members", **asked)]

    assert codes(status="defaulting") == ["AT-DORA"]
    assert codes(member_class="associate") == ["HU-ELEK"]
    assert codes(country="GR") == codes(q="ΦΩΤΗΣ") == ["GR-FOTIS"]
    assert codes(q="citta") == ["IT-BEPPE"]
    assert codes(q="citta", country="SI") == []


def test_all_that_was_said_is_listed_newest_first_as_on_each_proposal(get, items):
    for noun, proposal in (("vetoes", s.VETOED), ("recusals", s.REVISED)):
        everywhere = [item for item in items(f"/v1/{noun}") if item["proposal"]["id"] == str(proposal)]
        there = [{key: value for key, value in item.items() if key not in ("proposal", "body")} for item in everywhere]
        assert there[::-1] == get(f"/v1/proposals/{proposal}/{noun}").json()["items"]
    minutes = get(f"/v1/proposals/{s.SECOND_CALL}/minutes").json()
    assert {item["document_hash"] for item in minutes["versions"]} <= {
        item["document_hash"] for item in items("/v1/minutes")
    }
    assert len(items("/v1/objections")) >= len(minutes["objections"]) > 0


def test_what_was_said_is_narrowed_by_member_and_body(items):
    assert {item["member"]["code"] for item in items("/v1/vetoes", member="HR-CVITA")} == {"HR-CVITA"}
    assert items("/v1/vetoes", body="executive_board") == []
    standing, withdrawn = items("/v1/vetoes", standing=True), items("/v1/vetoes", standing=False)
    assert all(item["withdrawn_at"] is None for item in standing)
    assert len(standing) + len(withdrawn) == len(items("/v1/vetoes"))


@pytest.mark.parametrize("path", ["/v1/vetoes", "/v1/recusals", "/v1/objections", "/v1/minutes", "/v1/activity"])
def test_lists_can_be_gone_through_part_by_part(get, items, path):
    found, cursor = [], {}
    while True:
        page = get(path, params={**cursor, "limit": 1 if path != "/v1/activity" else 40}).json()
        found += page["items"]
        if page["next_cursor"] is None:
            break
        cursor = {"cursor": page["next_cursor"]}

    assert len(found) == page["total"]
    assert found[:100] == items(path, limit=100)


def test_a_ballot_is_found_on_the_chain_with_those_it_took_the_place_of(get):
    counted, *earlier = get(f"/v1/proposals/{s.REVISED}/ballots/SI-ANA/receipt").json()["items"]

    assert counted["counts"] is True
    assert [receipt["counts"] for receipt in earlier] == [False, False]
    assert counted["block_number"] > earlier[0]["block_number"] > earlier[1]["block_number"]
    assert counted["block_hash"] == f"0x{counted['block_number']:064x}"
    assert counted["confirmations"] == get("/v1/status").json()["as_of"]["block"] - counted["block_number"] + 1


def test_a_receipt_tells_no_word_a_voter_wrote_on_chain(get):
    response = get(f"/v1/proposals/{s.OPEN}/ballots/IT-BEPPE/receipt")

    assert response.json()["items"][0]["reason_commitment"] is None
    assert "plain words" not in response.text


@pytest.mark.parametrize(
    ("path", "code"),
    [
        (f"/v1/proposals/{s.OPEN}/ballots/HR-CVITA/receipt", "BALLOT_NOT_FOUND"),
        (f"/v1/proposals/{s.OPEN}/ballots/NOBODY/receipt", "MEMBER_NOT_FOUND"),
        ("/v1/proposals/5/ballots/1/receipt", "PROPOSAL_NOT_FOUND"),
        ("/v1/activity?proposal=5", "PROPOSAL_NOT_FOUND"),
        ("/v1/members/NOBODY/participation", "MEMBER_NOT_FOUND"),
        ("/v1/bodies/senate/statistics", "BODY_NOT_FOUND"),
    ],
)
def test_what_is_not_there_is_not_found(get, path, code):
    response = get(path)

    assert (response.status_code, response.json()["code"]) == (404, code)


def test_decisions_are_what_was_adopted_and_binds(items):
    listed = items("/v1/decisions", force="any")
    waiting = {item["id"] for item in items("/v1/decisions", force="waiting")}

    assert {item["state"] for item in items("/v1/decisions")} <= {"binding", "queued", "executed"}
    assert {str(s.EXECUTED), str(s.QUEUED), str(s.BINDING)} <= {item["id"] for item in items("/v1/decisions")}
    assert str(s.AWAITING) in waiting
    assert str(s.VETOED) not in {item["id"] for item in listed}
    assert [item["closes_at"] for item in listed] == sorted((item["closes_at"] for item in listed), reverse=True)


def test_participation_adds_up_to_the_ballots(get, items):
    board = items("/v1/participation", body="general_assembly")
    closed = [
        item
        for item in items("/v1/proposals", body="general_assembly", limit=100)
        if item["closes_at"] < "2027-04-25T08:00:00Z" and item["state"] != "withdrawn"
    ]

    assert sum(item["cast"] for item in board) == sum(item["tally"]["participating"] for item in closed)
    assert sum(item["entitled"] for item in board) == sum(item["tally"]["entitled"] for item in closed)
    assert sum(item["recused"] for item in board) == sum(item["tally"]["recused"] for item in closed)
    assert sum(item["by_mandate"] for item in board) == sum(item["for_others"] for item in board)
    for item in board:
        assert sum(item["choices"].values()) == item["cast"] <= item["entitled"]
    assert items("/v1/members/SI-ANA/participation", body="general_assembly") == [
        item for item in board if item["member"]["code"] == "SI-ANA"
    ]


def test_statistics_of_a_body_add_up(get):
    told = get("/v1/bodies/general_assembly/statistics").json()

    assert sum(told["by_state"].values()) == sum(told["by_kind"].values()) == told["proposals"] == 14
    assert told["ballots"] <= told["entitled"]
    assert told["recalled"] == 1
    assert get("/v1/bodies/general_assembly/statistics?opens_from=2030-01-01T00:00:00Z").json()["proposals"] == 0


def test_activity_tells_each_event_once_and_names_who_and_what(items):
    (cast,) = [
        item for item in items("/v1/activity", proposal=str(s.OPEN), member="IT-BEPPE") if item["event"] == "VoteCast"
    ]

    assert cast["member"]["code"] == "IT-BEPPE"
    assert cast["proposal"] == {"id": str(s.OPEN), "reference": "GA-7"}
    assert cast["body"] == "general_assembly"
    assert cast["arguments"]["proposal_id"] == str(s.OPEN)
    assert cast["arguments"]["reason"] is None, "words on chain may be personal"


def test_activity_is_narrowed_by_event_body_member_and_time(items):
    assert {item["event"] for item in items("/v1/activity", event=["VetoRaised", "VetoWithdrawn"])} == {
        "VetoRaised",
        "VetoWithdrawn",
    }
    assert {item["body"] for item in items("/v1/activity", body="executive_board")} == {"executive_board"}
    assert all(
        "AT-DORA" in str(item["member"]) or 4 in item["arguments"].values()
        for item in items("/v1/activity", member="4")
    )
    first = items("/v1/activity", happened_to="2027-01-15T08:00:00Z", limit=100)
    assert first
    assert {item["happened_at"] for item in first} == {"2027-01-15T08:00:00Z"}
    assert items("/v1/activity", happened_gt="2027-01-15T08:00:00Z", happened_lt="2027-01-15T08:00:01Z") == []
    assert items("/v1/activity", body="senate") == []


def test_attack_by_a_text_that_looks_like_an_argument_is_found_under_nothing(make_mirror, documents, client_of):
    story = s.Story(documents)
    s._found(story)
    story.put(s.ProposalId(77), s.ASSEMBLY, s.POLICY, s.GA_2_3, s.START + 20 * s.DAY, s.START + 21 * s.DAY)
    story.put(s.ProposalId(78), s.ASSEMBLY, s.POLICY, s.GA_2_3, s.START + 20 * s.DAY, s.START + 21 * s.DAY)
    forged = '","proposal_id":78,"member_id":3,"x":"'
    story.vote(s.START + 20 * s.DAY + 5, s.ASSEMBLY, s.ProposalId(77), (1, s.FOR), reason=forged)
    ask = client_of(make_mirror(story.told))

    def found(**asked):
        items = ask("GET", "/v1/activity", params={"limit": 100, **asked}).json()["items"]
        return [item["arguments"]["proposal_id"] for item in items if item["event"] == "VoteCast"]

    assert found(proposal="77") == found(member="SI-ANA") == ["77"]
    assert found(proposal="78") == found(member="HR-CVITA") == []


def test_every_event_there_is_can_be_asked_for(get):
    for name in (kind.__name__ for kind in Event.__args__):
        assert get("/v1/activity", params={"event": name}).status_code == 200


PATHS = [
    "/v1/activity",
    "/v1/vetoes",
    "/v1/participation",
    "/v1/decisions",
    "/v1/members",
    "/v1/anchors",
    "/v1/mandates",
]
NAMES = [
    "body",
    "member",
    "event",
    "cursor",
    "limit",
    "topic",
    "q",
    "status",
    "country",
    "proposal",
    "force",
    "closes_from",
]
HOSTILE = [
    "' OR '1'='1",
    "%",
    "_",
    "\x00",
    "1;--",
    "{{7*7}}",
    "\r\nset-cookie: a=b",
    "../../etc/passwd",
    "9" * 30,
    "${jndi:x}",
]


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(st.sampled_from(PATHS), st.sampled_from(NAMES), st.text(max_size=50) | st.sampled_from(HOSTILE))
def test_attack_by_any_value_on_any_list_is_answered_or_refused(get, path, name, value):
    response = get(path, params={name: value})

    assert response.status_code in (200, 404, 422), response.text
    assert "set-cookie" not in response.headers


@settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(
        [
            "/v1/proposals/{}",
            "/v1/members/{}",
            "/v1/bodies/{}/statistics",
            "/v1/proposals/{}/ballots/1/receipt",
            "/v1/members/{}/participation",
        ]
    ),
    # Clients take the names of this folder and of the one above out of a path before they send it.
    st.text(min_size=1, max_size=40).filter(lambda name: name not in (".", "..")) | st.sampled_from(HOSTILE),
)
def test_attack_by_any_name_in_a_path_is_answered_or_refused(get, path, name):
    response = get(path.format(quote(name, safe="")))

    assert response.status_code in (200, 404, 422), response.text
