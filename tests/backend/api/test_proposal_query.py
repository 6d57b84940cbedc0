"""How proposals are found: by number, words, members and time, in any order, part by part."""

from base64 import urlsafe_b64encode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from backend.queries.proposal_orders import ORDERS
from tests.backend import story as s


@pytest.fixture(scope="module")
def listed(get):
    """Ids of the proposals that a question finds."""

    def ask(**asked):
        response = get("/v1/proposals", params={"limit": 100, **asked})
        assert response.status_code == 200, response.text
        return [int(item["id"]) for item in response.json()["items"]]

    return ask


def test_each_proposal_has_a_number_of_its_own_by_which_it_is_found(get):
    items = get("/v1/proposals", params={"limit": 100}).json()["items"]
    numbers = [item["register_number"] for item in items]

    assert len(set(numbers)) == len(items) == 16
    assert {number[:8] for number in numbers} == {"GA-2027-", "EB-2027-", "CO-2027-"}
    for item in items:
        assert get(f"/v1/proposals/{item['register_number']}").json()["id"] == item["id"]


def test_all_that_belongs_to_a_proposal_is_found_by_its_number(get):
    number = get(f"/v1/proposals/{s.OPEN}").json()["register_number"]
    for part in ("ballots", "non-voters", "outcome", "recusals", "vetoes", "minutes"):
        assert get(f"/v1/proposals/{number}/{part}").json() == get(f"/v1/proposals/{s.OPEN}/{part}").json()


def test_numbers_begin_anew_with_the_year(make_mirror, documents, client_of):
    story = s.Story(documents)
    s._found(story)
    new_year = 1_830_297_600  # 1 January 2028
    for index, at in enumerate((new_year - 86_400, new_year - 1, new_year, new_year + 5)):
        story.put(s.ProposalId(1 + index), s.ASSEMBLY, s.POLICY, s.GA_2_3, at + 100, at + 200, at=at)
    get = client_of(make_mirror(story.told, wall=new_year + 1_000))
    items = get("GET", "/v1/proposals", params={"sort": "number"}).json()["items"]

    assert [item["register_number"] for item in items] == ["GA-2027-001", "GA-2027-002", "GA-2028-001", "GA-2028-002"]
    assert get("GET", "/v1/proposals/GA-2028-002").json()["id"] == "4"


@pytest.mark.parametrize("number", ["GA-2027-000", "GA-2027-999", "GA-2026-001", "XX-2027-001", "GA-0000-001"])
def test_a_number_nobody_has_is_not_found(get, number):
    response = get(f"/v1/proposals/{number}")

    assert (response.status_code, response.json()["code"]) == (404, "PROPOSAL_NOT_FOUND")


@pytest.mark.parametrize(
    "words", [f"Question {s.OPEN}", f"vprasanje {s.OPEN}", f"VPRAŠANJE {s.OPEN}", f"{s.OPEN} povzetek"]
)
def test_words_are_found_in_any_language_without_accents(listed, words):
    assert listed(q=words) == [s.OPEN]


def test_words_are_found_among_what_else_is_asked_for(listed):
    assert set(listed(q="question", state="executed")) == {s.EXECUTED}
    assert listed(q="nothing of the kind") == []


@pytest.mark.parametrize(
    "words", ["%%", "__", "' OR 1=1 --", '"; DROP TABLE votes', "{{7*7}}", "\\\\", "*?", "\x00\x00", "😀😀"]
)
def test_attack_by_words_finds_nothing_and_breaks_nothing(listed, words):
    assert listed(q=words) == []


def test_proposals_are_found_by_who_has_to_do_with_them(listed):
    assert s.OPEN in listed(voter="SI-ANA")
    assert s.OPEN not in listed(voter="HR-CVITA")
    assert s.OPEN in listed(awaits="HR-CVITA")
    assert s.OPEN not in listed(awaits="SI-ANA")
    assert set(listed(awaits="HR-CVITA")) <= set(listed(state="open"))
    assert s.REVISED in listed(party="HR-CVITA")
    assert listed(proposer="1") == listed()


def test_who_lost_its_vote_before_the_opening_is_not_waited_for(listed):
    assert s.OPEN not in listed(awaits="AT-DORA")


def test_bounds_are_within_or_without(listed, get):
    opens = get(f"/v1/proposals/{s.NO_QUORUM}").json()["opens_at"]

    assert s.NO_QUORUM in listed(opens_from=opens, opens_to=opens)
    assert s.NO_QUORUM not in listed(opens_gt=opens)
    assert s.NO_QUORUM not in listed(opens_lt=opens)
    assert set(listed(opens_gt=opens)) | set(listed(opens_lt=opens)) | set(
        listed(opens_from=opens, opens_to=opens)
    ) == set(listed())


@pytest.mark.parametrize("noun", ["created", "opens", "closes"])
def test_each_bound_of_time_bounds_its_own_time_only(get, listed, noun):
    at = {int(each["id"]): each[f"{noun}_at"] for each in get("/v1/proposals", params={"limit": 100}).json()["items"]}
    bound = sorted(set(at.values()))[len(set(at.values())) // 2]

    assert set(listed(**{f"{noun}_from": bound})) == {each for each in at if at[each] >= bound}
    assert set(listed(**{f"{noun}_gt": bound})) == {each for each in at if at[each] > bound}
    assert set(listed(**{f"{noun}_to": bound})) == {each for each in at if at[each] <= bound}
    assert set(listed(**{f"{noun}_lt": bound})) == {each for each in at if at[each] < bound}


def test_values_are_listed_with_commas_or_one_by_one(listed):
    assert listed(state_in="open,pending") == listed(state=["open", "pending"])
    assert listed(body_in="executive_board,consultation") == listed(body=["executive_board", "consultation"])
    assert listed(kind_in="award") == listed(kind="award")


@pytest.mark.parametrize(
    "asked", [{"state_in": "open,won"}, {"kind_in": "award,none"}, {"body_in": "a,b"}, {"voter": "X"}]
)
def test_a_word_that_names_nothing_is_answered_with_those_that_do(get, asked):
    response = get("/v1/proposals", params=asked)

    assert (response.status_code, response.json()["code"]) == (422, "INVALID_FILTER")


@pytest.mark.parametrize("sort", ["", *ORDERS])
def test_every_order_can_be_gone_through_part_by_part(get, listed, sort):
    asked = {"sort": sort} if sort else {}
    found, cursor = [], {}
    while True:
        page = get("/v1/proposals", params={**asked, **cursor, "limit": 3}).json()
        found += [int(item["id"]) for item in page["items"]]
        if page["next_cursor"] is None:
            break
        cursor = {"cursor": page["next_cursor"]}

    assert found == listed(**asked)
    assert len(found) == len(set(found)) == page["total"]


def test_an_order_is_kept(get):
    items = get("/v1/proposals", params={"sort": "-created_at", "limit": 100}).json()["items"]
    times = [item["created_at"] for item in items]

    assert times == sorted(times, reverse=True)


def test_a_cursor_serves_the_order_it_was_given_out_for_only(get):
    cursor = get("/v1/proposals", params={"sort": "created_at", "limit": 3}).json()["next_cursor"]
    for sort in ({}, {"sort": "-created_at"}, {"sort": "number"}):
        response = get("/v1/proposals", params={**sort, "cursor": cursor})
        assert (response.status_code, response.json()["code"]) == (422, "INVALID_CURSOR")


def test_all_calls_of_a_question_are_told_on_each_of_them(get):
    first, second = (get(f"/v1/proposals/{call}").json()["attempts"] for call in (s.FIRST_CALL, s.SECOND_CALL))

    assert first == second
    assert [(call["id"], call["attempt"]) for call in first] == [(str(s.FIRST_CALL), 1), (str(s.SECOND_CALL), 2)]
    assert [call["id"] for call in get(f"/v1/proposals/{s.OPEN}").json()["attempts"]] == [str(s.OPEN)]


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(
        [
            "state",
            "kind",
            "body",
            "proposer",
            "party",
            "voter",
            "awaits",
            "q",
            "sort",
            "cursor",
            "fields",
            "limit",
            "opens_gt",
            "closes_lt",
            "created_from",
            "state_in",
            "kind_in",
            "body_in",
        ]
    ),
    st.text(max_size=60)
    | st.sampled_from(["1", "0", "-1", "%", "_", "open", "\r\nx: y", "'", "🕳️", "../..", "AAAA", "MQ", "9" * 40]),
)
def test_attack_by_any_value_of_any_filter_is_answered_or_refused(get, name, value):
    response = get("/v1/proposals", params={name: value})

    assert response.status_code in (200, 422), response.text


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=40))
def test_attack_by_made_up_cursors_is_refused(get, data):
    response = get("/v1/proposals", params={"cursor": urlsafe_b64encode(data).decode().rstrip("=")})

    assert response.status_code == 422


def test_a_list_of_any_length_costs_a_fixed_number_of_questions_to_the_database(get, mirror):
    def questions(**asked):
        seen = []
        engine = mirror.sessions.kw["bind"]

        def note(*_):
            seen.append(1)

        event.listen(engine, "before_cursor_execute", note)
        try:
            get("/v1/proposals", params=asked)
        finally:
            event.remove(engine, "before_cursor_execute", note)
        return len(seen)

    assert questions(limit=100) <= 16
    assert questions(limit=100) <= questions(limit=2, kind="award")  # which looks up the kinds besides
