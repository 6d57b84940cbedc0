"""Every list is given out in parts that put together are the whole, whoever comes or goes meanwhile."""

import pytest

from backend.api.application import create_api
from backend.database.desk import DraftRecord, PersonRecord, RepresentationRecord, TokenRecord
from backend.database.desk.webhooks import WebhookRecord
from backend.domain import events as e
from backend.queries.keys import cursor_from
from backend.queries.parts import Asked, numbers_of, part_of
from tests.backend import story as s
from tests.backend.api.conftest import PHRASES
from tests.backend.api.test_openapi import filled
from tests.backend.keys import COORDINATOR, key_of

OWN = {"/representatives", "/tokens", "/webhooks", "/drafts"}
"""Lists for one caller alone, that anybody's parts are cut from in the same way."""
IN_ITS_OWN_WAY = {"/webhooks/{webhook_id}/deliveries", "/changes"}
"""Goes on before a number of a call, and after a place of the feed."""
LONG = {"/members", "/rules", "/kinds", "/bodies", "/participation", "/mandates", "/anchors", "/proposals"}
"""Of which the story tells more than one item, so that there is something to cut."""


@pytest.fixture(scope="module")
def lists(mirror, app_settings):
    """Path → operation, of every answer that has a total and a next part."""
    document = create_api(mirror, app_settings, phrasebook=PHRASES).openapi()
    schemas = document["components"]["schemas"]

    def is_list(operation):
        content = operation["responses"].get("200", {}).get("content", {}).get("application/json", {})
        name = content.get("schema", {}).get("$ref", "").rpartition("/")[2]
        return {"items", "total", "next_cursor"} <= set(schemas.get(name, {}).get("properties", ()))

    reads = {path: item["get"] for path, item in document["paths"].items() if "get" in item}
    return {path: operation for path, operation in reads.items() if is_list(operation)}


def walked(get, path, limit, **more):
    """All items of a list, part by part, and the totals that the parts said."""
    items, totals, cursor = [], set(), None
    while True:
        sign = "&" if "?" in path else "?"
        answer = get(f"{path}{sign}limit={limit}" + (f"&cursor={cursor}" if cursor else ""), **more)
        assert answer.status_code == 200, (path, answer.text)
        told = answer.json()
        assert len(told["items"]) <= limit
        items += told["items"]
        totals.add(told["total"])
        cursor = told["next_cursor"]
        if cursor is None:
            return items, totals


def test_every_list_is_cut_in_parts(lists):
    assert set(lists) >= LONG | OWN | IN_ITS_OWN_WAY
    for path, operation in lists.items():
        if path == "/changes":
            continue
        bounds = {each["name"]: each["schema"] for each in operation["parameters"] if each["in"] == "query"}
        assert {"limit", "cursor"} <= set(bounds), path
        assert bounds["limit"]["maximum"] == 100, path


def test_parts_put_together_are_the_whole(lists, get):
    for path in sorted(set(lists) - OWN - IN_ITS_OWN_WAY):
        whole = get("/v1" + filled(path, lists[path])).json()
        assert whole["next_cursor"] is None or path == "/activity", path
        for limit in (1, 2):
            items, totals = walked(get, "/v1" + filled(path, lists[path]), limit)
            assert items[: len(whole["items"])] == whole["items"], path
            assert totals == {len(items)} == {whole["total"]}, path
        assert len(whole["items"]) > 1 or path not in LONG, path


@pytest.mark.parametrize("cursor", ["x", "AAAA", cursor_from(1, 2, 3, 4, 5, 6, 7), cursor_from(999_999_999)])
def test_a_cursor_of_nowhere_is_refused_or_finds_nothing_more(lists, get, cursor):
    for path in sorted(set(lists) - OWN - IN_ITS_OWN_WAY):
        sign = "&" if "?" in filled(path, lists[path]) else "?"
        answer = get("/v1" + filled(path, lists[path]) + f"{sign}cursor={cursor}")
        assert answer.status_code in (200, 422), (path, answer.text)
        if answer.status_code == 200:
            assert cursor == cursor_from(999_999_999)
            assert (answer.json()["items"], answer.json()["next_cursor"]) == ([], None), path
        else:
            assert answer.json()["code"] == "INVALID_CURSOR", path


@pytest.mark.parametrize("query", ["status=active", "in_force=true", "country=SI", "q=zbor", "body=general_assembly"])
def test_filters_hold_in_every_part_and_in_the_total(lists, get, query):
    name = query.partition("=")[0]
    asked = [path for path, one in lists.items() if name in {each["name"] for each in one["parameters"]}]
    for path in sorted(set(asked) - OWN - IN_ITS_OWN_WAY):
        where = "/v1" + filled(path, lists[path])
        where += ("&" if "?" in where else "?") + query
        items, totals = walked(get, where, 1)
        assert items == get(where).json()["items"] or path == "/activity", path
        assert totals == {len(items)}, path
    assert asked


def test_who_votes_between_two_parts_is_missing_from_the_second_and_nobody_else(fresh_mirror, client_of, story):
    """The member that the cursor names has voted; the list goes on behind where it stood."""
    path = f"/v1/proposals/{s.OPEN}/non-voters"
    ballots = [each for each in story.told if isinstance(each[1], e.VoteCast) and each[1].proposal_id == s.OPEN]
    before = [each for each in story.told if each not in ballots]
    get = client_of(fresh_mirror(before))
    every = get("GET", path).json()["items"]
    assert len(every) > 2
    second = next(one for one in ballots if one[1].voter in {s.wallet_of(every[1]["id"], time) for time in (0, 1)})
    cursor = get("GET", f"{path}?limit=2").json()["next_cursor"]
    after = fresh_mirror([each for each in story.told if each not in ballots or each == second])
    rest = client_of(after)("GET", f"{path}?cursor={cursor}").json()

    assert rest["items"] == every[2:]
    assert rest["total"] == len(every) - 1


def test_what_one_caller_may_see_is_cut_in_parts(people, ask_people, signed_in):
    """Some were made in the same second, so that the order between them is that of their names."""
    consortium, ana = people.consortium.id, key_of(1)
    with people.writing() as session:
        session.add_all(
            made
            for number in range(5)
            for made in rows_of(consortium, number, second=s.NOW + number // 2, wallet=ana.address)
        )
    for path, key in (("representatives", ana), ("tokens", COORDINATOR), ("webhooks", ana), ("drafts", ana)):
        headers = signed_in(key)
        get = lambda path, **more: ask_people("GET", path, **more)  # noqa: E731
        whole = get(f"/v1/{path}", headers=headers).json()
        assert (whole["total"], len(whole["items"]), whole["next_cursor"]) == (5, 5, None), path
        for limit in (1, 2):
            assert walked(get, f"/v1/{path}", limit, headers=headers) == (whole["items"], {5}), path
        refused = get(f"/v1/{path}?cursor=x", headers=headers)
        assert (refused.status_code, refused.json()["code"]) == (422, "INVALID_CURSOR"), path


def rows_of(consortium, number, second, wallet):
    drawn = f"{(number * 7 + 3) % 5}{number}" * 16
    yield PersonRecord(
        consortium_id=consortium, person=drawn, name="N", email="n@zbor.example", language="sl", consented_at=second
    )
    yield RepresentationRecord(consortium_id=consortium, person=drawn, member_id=1, function="contact", since=second)
    yield TokenRecord(
        consortium_id=consortium,
        name=drawn[:12],
        secret_hash=drawn * 2,
        label="L",
        role="machine",
        scopes=["relay:submit"],
        created_at=second,
        expires_at=second + 60,
    )
    yield WebhookRecord(
        consortium_id=consortium,
        webhook_id=f"wh_{drawn[:16]}",
        url="https://hooks.example/",
        secret="whsec_",
        types=[],
        description="",
        created_by=f"wallet {wallet}",
        created_at=second,
        cursor="0123abcd-0",
        attempts=0,
        failures=0,
        next_attempt_at=0,
        leased_until=0,
    )
    yield DraftRecord(
        consortium_id=consortium,
        draft_id=drawn[:24],
        member_id=1,
        kind="",
        title="",
        content={},
        size=2,
        version=1,
        created_at=second,
        saved_at=second,
    )


def test_names_drawn_by_lot_keep_their_order_as_numbers():
    drawn = ["0" * 32, "0" * 31 + "1", "0" * 11 + "1" + "0" * 20, "f" * 32]

    assert [numbers_of(each) for each in drawn] == sorted(numbers_of(each) for each in drawn)
    assert part_of(drawn, Asked(2, cursor_from(*numbers_of(drawn[1]))), 3, numbers_of).items == tuple(drawn[2:])
