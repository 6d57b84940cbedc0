import json

import httpx
import pytest

from tests.backend import story as s


def test_an_answer_speaks_of_its_block(get):
    answer = get("/v1/status").json()

    assert answer["as_of"]["chain"] == "eip155:31337"
    assert answer["as_of"]["time"] == "2027-04-25T07:59:30Z"
    assert answer["as_of"]["finality"] == "provisional"
    assert set(answer["as_of"]) == {"chain", "block", "hash", "time", "finality", "lag", "head", "revision"}
    assert answer["counts"]["proposals"] == 16


@pytest.mark.parametrize(
    "path",
    [
        "/v1/status",
        "/v1/members",
        "/v1/members/SI-ANA",
        "/v1/bodies",
        "/v1/bodies/general_assembly",
        "/v1/rules",
        "/v1/rules/GA_2_3",
        "/v1/kinds",
        "/v1/proposals",
        f"/v1/proposals/{s.OPEN}",
        f"/v1/proposals/{s.OPEN}/ballots",
        f"/v1/proposals/{s.OPEN}/outcome",
        f"/v1/proposals/{s.OPEN}/non-voters",
        f"/v1/proposals/{s.REVISED}/recusals",
        f"/v1/proposals/{s.VETOED}/vetoes",
        f"/v1/proposals/{s.SECOND_CALL}/minutes",
        "/v1/mandates",
        "/v1/anchors",
        "/v1/organisation",
        "/v1/decisions",
        "/v1/activity",
        "/v1/participation",
        "/v1/bodies/general_assembly/statistics",
        f"/v1/proposals/{s.OPEN}/ballots/1/receipt",
        f"/v1/proposals/{s.OPEN}/words",
        "/v1/rules/GA_2_3/words",
        "/v1/vetoes",
    ],
)
def test_every_answer_names_its_block_and_comes_again_as_304(get, path):
    first = get(path)
    again = get(path, headers={"if-none-match": first.headers["etag"]})

    assert first.status_code == 200
    assert next(iter(first.json())) == "as_of"
    assert first.json()["as_of"]["revision"] == 3
    assert (again.status_code, again.content) == (304, b"")


def test_a_tag_changes_when_time_moves_a_proposal_though_the_mirror_stands_still(get, get_at):
    path = f"/v1/proposals/{s.OPEN}"
    tag = get(path).headers["etag"]
    after = get_at(s.NOW + s.DAY)(path, headers={"if-none-match": tag})

    assert (after.status_code, after.json()["state"]) == (200, "rejected")


def test_a_tag_stays_while_only_the_age_of_the_answer_moves(get, get_at):
    path = f"/v1/proposals/{s.EXECUTED}"
    later = get_at(s.NOW + 60)(path)

    assert later.json()["as_of"]["lag"] == get(path).json()["as_of"]["lag"] + 60
    assert later.headers["etag"] == get(path).headers["etag"]


def test_ids_are_decimal_strings_and_times_are_utc(get):
    answer = get(f"/v1/proposals/{s.CONSULTED}").json()

    assert answer["id"] == str((1 << 192) - 1)
    assert answer["outcome"]["proposal_id"] == answer["id"]
    assert answer["opens_at"] == "2027-01-25T08:00:00Z"


def test_an_outcome_explains_itself(get):
    answer = get(f"/v1/proposals/{s.NO_QUORUM}/outcome").json()

    assert answer["steps"][0] == {
        "step": "quorum",
        "left": "2/4",
        "op": ">=",
        "right": "2/3",
        "ok": False,
        "needed": 3,
    }
    assert (answer["verdict"], answer["reason"], answer["decided"]) == ("no_quorum", "QUORUM_NOT_REACHED", True)
    assert answer["tally"]["for_votes"] == 2


def test_an_outcome_can_be_asked_for_under_another_rule(get):
    answer = get(f"/v1/proposals/{s.BINDING}/outcome", params={"rule": "GA_2_3"}).json()

    assert (answer["rule"]["name"], answer["verdict"]) == ("GA_2_3", "adopted")


def test_the_list_takes_filters_and_gives_out_cursors(get):
    wanted = {"state": ["open", "pending"], "limit": 2}
    first = get("/v1/proposals", params=wanted).json()
    rest = get("/v1/proposals", params={**wanted, "cursor": first["next_cursor"]}).json()

    assert first["total"] == rest["total"] == 3
    assert [item["id"] for item in (*first["items"], *rest["items"])] == [
        str(s.OPEN),
        str(s.OPEN_LATER),
        str(s.PENDING),
    ]
    assert rest["next_cursor"] is None


def test_times_in_filters_are_rfc_3339(get):
    answer = get(
        "/v1/proposals", params={"closes_from": "2027-04-25T10:00:01+02:00", "closes_to": "2027-04-26T00:00:00Z"}
    )

    assert [item["id"] for item in answer.json()["items"]] == [str(s.OPEN)]


def test_a_call_is_told_by_name(get):
    (call,) = get(f"/v1/proposals/{s.EXECUTED}").json()["calls"]

    assert call["contract"] == "Records"
    assert isinstance(call["arguments"], list)


def test_json_is_utf8_and_not_escaped(get):
    response = get("/v1/members/2")

    assert "Città di Beppe".encode() in response.content
    assert response.headers["content-type"] == "application/json"
    assert json.loads(response.content)["name"] == "Città di Beppe"


def test_a_changed_ballot_is_told_with_what_it_took_the_place_of(get):
    ballots = {item["member"]["code"]: item for item in get(f"/v1/proposals/{s.REVISED}/ballots").json()["items"]}

    assert [earlier["choice"] for earlier in ballots["SI-ANA"]["earlier"]] == ["against", "abstain"]
    assert ballots["AT-DORA"]["earlier"][0]["cast_by"]["code"] == "IT-BEPPE"
    assert ballots["AT-DORA"]["cast_by"] is None


def test_a_proposal_is_told_with_everything_said_on_it(get):
    vetoed = get(f"/v1/proposals/{s.VETOED}").json()

    assert (vetoed["state"], vetoed["revised_by"]["id"], vetoed["veto_until"]) == (
        "vetoed",
        str(s.REVISED),
        "2027-06-20T08:00:00Z",
    )
    assert [(veto["member"]["code"], veto["ground"]) for veto in vetoed["vetoes"]] == [
        ("HR-CVITA", "costs"),
        ("AT-DORA", "liabilities"),
    ]
    assert vetoed["vetoes"] == get(f"/v1/proposals/{s.VETOED}/vetoes").json()["items"]
    revised = get(f"/v1/proposals/{s.REVISED}").json()
    assert (revised["party"]["code"], revised["party_effect"]) == ("HR-CVITA", "recuses")
    assert revised["recusals"] == get(f"/v1/proposals/{s.REVISED}/recusals").json()["items"]
    refused = get(f"/v1/proposals/{s.NOT_APPROVED}").json()
    assert (refused["state"], refused["approval"]["approved"]) == ("not_approved", False)


def test_mandates_can_be_narrowed_to_those_in_force(get):
    def pairs(**asked):
        items = get("/v1/mandates", params=asked).json()["items"]
        return [(item["principal"]["code"], item["holder"]["code"], item["proposal_id"]) for item in items]

    assert pairs(in_force=True) == [("HR-CVITA", "SI-ANA", str(s.OPEN))]
    assert pairs(in_force=False) == [("AT-DORA", "IT-BEPPE", None), ("SI-ANA", "HU-ELEK", None)]
    assert len(pairs()) == 3


def test_documents_on_record_are_listed_by_topic(get):
    assert [item["topic"] for item in get("/v1/anchors").json()["items"]] == ["statutes", "notice_of_outcome"]
    assert get("/v1/anchors", params={"topic": "statutes"}).json()["total"] == 1
    assert get("/v1/anchors", params={"topic": "gossip"}).json()["total"] == 0


def test_an_answer_can_be_narrowed_to_some_fields(get):
    narrow = get("/v1/proposals", params={"fields": "id,state", "limit": 1}).json()
    one = get(f"/v1/proposals/{s.OPEN}", params={"fields": "reference"}).json()

    assert narrow["items"] == [{"id": str(s.OPEN), "state": "open"}]
    assert narrow["total"] == 16
    assert {name: value for name, value in one.items() if name != "as_of"} == {"reference": "GA-7"}


@pytest.mark.parametrize("path", ["/v1/proposals", "/v1/anchors?topic=gossip", f"/v1/proposals/{s.OPEN}"])
def test_a_field_that_is_not_there_is_refused_also_where_the_list_is_empty(get, path):
    response = get(path, params={**dict(httpx.URL(path).params), "fields": "id,secret"})

    assert (response.status_code, response.json()["code"]) == (422, "INVALID_FILTER")


def test_a_list_tells_titles_and_one_proposal_its_whole_text(get):
    listed = get("/v1/proposals", params={"limit": 1}).json()["items"][0]["texts"]["en"]
    whole = get(f"/v1/proposals/{s.OPEN}").json()["texts"]["en"]

    assert listed == {"language": "en", "title": f"Question {s.OPEN}", "summary": "Summary"}
    assert whole == {**listed, "body": "Body"}
