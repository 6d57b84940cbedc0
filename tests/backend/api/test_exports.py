"""The record as tables: what is in them, what an attacker can put in them, and what they cost."""

import asyncio
import csv
import io
import json
import tracemalloc
from dataclasses import replace

import pytest
from sqlalchemy import insert
from starlette.applications import Starlette
from starlette.routing import Mount

from backend.api.application import create_api
from backend.api.downloads import Downloads
from backend.commons.cells import original
from backend.commons.refusals import TooManyDownloadsError
from backend.database.records import MemberRecord, VoteRecord
from backend.domain.members import MemberClass, MemberStatus
from backend.queries.tables import TABLES
from tests.backend import story as s
from tests.backend.commons import evil

NAMES = [table.name for table in TABLES]
MANY = 6_000


@pytest.fixture(scope="module")
def get_evil(client_of, make_mirror, documents):
    ask = client_of(make_mirror(evil.evil_story(documents).told))
    return lambda path, **more: ask("GET", path, **more)


@pytest.fixture(scope="module")
def long_mirror(make_mirror, story):
    """The usual story with thousands of ballots more on one proposal."""
    mirror = make_mirror(story.told)
    numbers = range(1_000, 1_000 + MANY)
    with mirror.sessions.begin() as session:
        session.execute(insert(MemberRecord), [member_row(mirror.consortium.id, number) for number in numbers])
        session.execute(insert(VoteRecord), [vote_row(mirror.consortium.id, number) for number in numbers])
    return mirror


def place(number):
    return {"block_number": 20, "log_index": number, "transaction_hash": f"0x{number:064x}"}


def member_row(consortium_id, number):
    return {
        "consortium_id": consortium_id,
        "member_id": number,
        "code": f"M{number}",
        "name": f"Zavod {number}",
        "country": "SI",
        "member_class": MemberClass.PARTNER,
        "status": MemberStatus.ACTIVE,
        "wallet": f"0x{number:040x}",
        "rights": 1,
        "admitted_at": s.START,
        **place(number),
    }


def vote_row(consortium_id, number):
    return {
        "consortium_id": consortium_id,
        "body_id": s.ASSEMBLY,
        "proposal_id": s.OPEN,
        "member_id": number,
        "choice": 1,
        "wallet": f"0x{number:040x}",
        "revision": 1,
        "cast_at": s.NOW - 60,
        **place(number),
    }


def rows_of(response):
    text = response.content.decode("utf-8-sig")
    return [
        {name: original(cell) for name, cell in row.items()} for row in csv.DictReader(io.StringIO(text, newline=""))
    ]


def cell_of(value):
    return "" if value is None else json.dumps(value) if isinstance(value, bool) else str(value)


@pytest.mark.parametrize("name", NAMES)
def test_the_columns_are_those_that_the_page_lists(get, name):
    table = next(table for table in TABLES if table.name == name)
    first = get(f"/v1/exports/{name}.csv").text.split("\r\n")[0]

    assert first.split(",") == [column.name for column in table.columns]
    assert len({column.name for column in table.columns}) == len(table.columns)


@pytest.mark.parametrize("name", NAMES)
def test_both_forms_say_the_same(get_evil, name):
    told = get_evil(f"/v1/exports/{name}.json").json()
    rows = rows_of(get_evil(f"/v1/exports/{name}.csv"))

    assert rows == [{field: cell_of(value) for field, value in item.items()} for item in told["items"]]
    assert told["total"] == len(rows) > 0


@pytest.mark.parametrize("name", NAMES)
def test_an_export_says_which_block_it_speaks_of_and_is_named_after_it(get, name):
    table, told = get(f"/v1/exports/{name}.csv"), get(f"/v1/exports/{name}.json")
    as_of = get("/v1/status").json()["as_of"]

    assert told.json()["as_of"] == {name: value for name, value in as_of.items() if name != "lag"}
    assert f'block={as_of["block"]}, hash="{as_of["hash"]}"' in table.headers["zbor-as-of"]
    assert table.headers["content-disposition"] == f'attachment; filename="zbor-{name}-{as_of["block"]}.csv"'
    assert table.headers["content-type"] == "text/csv; charset=utf-8"
    assert int(table.headers["content-length"]) == len(table.content)


def test_exports_say_what_the_lists_say(get):
    proposals = {item["id"]: item for item in get("/v1/proposals", params={"limit": 100}).json()["items"]}
    exported = get("/v1/exports/proposals.json").json()["items"]
    outcomes = {item["proposal_id"]: item for item in get("/v1/exports/outcomes.json").json()["items"]}

    assert {item["proposal_id"] for item in exported} == set(proposals) == set(outcomes)
    for item in exported:
        listed, outcome = proposals[item["proposal_id"]], outcomes[item["proposal_id"]]
        for field in ("register_number", "state", "verdict", "opens_at", "closes_at", "binding_at", "finality"):
            assert item[field] == listed[field]
        assert item["title"] == listed["texts"]["sl"]["title"]
        tally = (listed["tally"]["for_votes"], listed["tally"]["against_votes"], listed["tally"]["entitled"])
        assert (item["votes_for"], item["votes_against"], item["entitled"]) == tally
        assert (outcome["verdict"], outcome["votes_for"]) == (item["verdict"], item["votes_for"])


def test_outcomes_keep_their_steps(get):
    told = {item["proposal_id"]: item for item in get("/v1/exports/outcomes.json").json()["items"]}
    found = get(f"/v1/proposals/{s.NO_QUORUM}/outcome").json()

    step = found["steps"][0]
    assert told[str(s.NO_QUORUM)]["quorum"] == f"{step['left']} {step['op']} {step['right']}"
    assert told[str(s.NO_QUORUM)]["quorum_reached"] is False
    assert told[str(s.CONSULTED)]["quorum"] is None


def test_decisions_are_those_that_stand(get):
    listed = get("/v1/decisions", params={"force": "any", "limit": 100}).json()["items"]
    exported = get("/v1/exports/decisions.json").json()["items"]

    assert {item["proposal_id"] for item in exported} == {item["id"] for item in listed}
    executed = next(item for item in exported if item["proposal_id"] == str(s.EXECUTED))
    assert (executed["state"], executed["in_force"]) == ("executed", True)
    assert executed["executed_transaction"].startswith("0x")


def test_every_ballot_that_counts_is_exported_once(get):
    exported = get("/v1/exports/ballots.json").json()["items"]
    listed = [
        (proposal["id"], ballot["member"]["id"], ballot["choice"], ballot["reason"])
        for proposal in get("/v1/proposals", params={"limit": 100}).json()["items"]
        for ballot in get(f"/v1/proposals/{proposal['id']}/ballots").json()["items"]
    ]

    told = [(item["proposal_id"], item["member_id"], item["choice"], item["reason"]) for item in exported]
    assert sorted(told, key=str) == sorted(listed, key=str)
    assert len(exported) == get("/v1/status").json()["counts"]["ballots"]


def test_a_byte_order_mark_is_there_only_where_it_is_asked_for(get):
    plain, marked = get("/v1/exports/members.csv"), get("/v1/exports/members.csv", params={"bom": "1"})

    assert marked.content == b"\xef\xbb\xbf" + plain.content
    assert marked.headers["etag"] != plain.headers["etag"]
    assert get("/v1/exports/members.json", params={"bom": "1"}).status_code == 422
    assert get("/v1/exports/members.csv", params={"bom": "2"}).status_code == 422


def test_who_has_an_export_already_gets_304(get, get_evil):
    tag = get("/v1/exports/ballots.csv").headers["etag"]

    again = get("/v1/exports/ballots.csv", headers={"if-none-match": tag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert get_evil("/v1/exports/ballots.csv", headers={"if-none-match": tag}).status_code == 200


def test_an_empty_mirror_and_an_unknown_table_are_refused(get, get_empty):
    assert get_empty("/v1/exports/ballots.csv").json()["code"] == "MIRROR_EMPTY"
    assert get("/v1/exports/passwords.csv").status_code == 404


def test_attack_33_formulas_in_names_titles_and_reasons_are_text_in_tables_and_exact_in_json(get_evil):
    member = get_evil("/v1/exports/members.csv").text
    ballots, proposals = get_evil("/v1/exports/ballots.csv"), get_evil("/v1/exports/proposals.csv")

    assert "\"'=HYPERLINK(" in member
    assert ",'=cmd|'' /C calc'!A0," in proposals.text
    reasons = {row["reason"] for row in rows_of(ballots)}
    assert {evil.BREAKS, evil.LONG} <= reasons
    assert evil.BREAKS not in ballots.text
    names = [item["name"] for item in get_evil("/v1/exports/members.json").json()["items"]]
    assert evil.NAME in names


def test_attack_33_line_breaks_in_a_name_begin_no_row_and_reach_no_header(get_evil):
    response = get_evil("/v1/exports/members.csv")

    assert len(rows_of(response)) == get_evil("/v1/status").json()["counts"]["members"]
    assert all(row["member_id"].isdigit() and row["status"] for row in rows_of(response))
    assert not any("evil" in value for value in response.headers.values())


@pytest.mark.parametrize("form", ["csv", "json"])
def test_attack_of_an_endless_export_takes_no_more_memory_than_a_short_one(mirror, long_mirror, app_settings, form):
    def fetch(app):
        sent = []

        async def send(message):
            sent.append(len(message.get("body", b"")))

        asyncio.run(app(scope_of(f"/v1/exports/ballots.{form}"), never, send))
        return sum(sent)

    def measured(app):
        fetch(app)  # what is made once is not counted
        tracemalloc.start()
        sent = fetch(app)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return sent, peak

    (_, short), (sent, peak) = (measured(application(each, app_settings)) for each in (mirror, long_mirror))

    assert sent > 200 * MANY
    assert peak < short + sent / 4


def test_attack_of_a_client_that_reads_slowly_holds_no_transaction(long_mirror, app_settings):
    held = []

    async def send(message):
        held.append((message["type"], long_mirror.sessions.kw["bind"].pool.checkedout()))

    asyncio.run(application(long_mirror, app_settings)(scope_of("/v1/exports/ballots.csv"), never, send))

    assert len(held) > 10
    assert {count for _, count in held} == {0}


def test_attack_of_a_client_that_never_ends_its_download_is_cut_off(long_mirror, app_settings, monkeypatch):
    monkeypatch.setattr("backend.api.downloads.LONGEST", 0.05)
    app, sent = application(long_mirror, app_settings), []

    async def stalled(message):
        sent.append(message)
        if message["type"] == "http.response.body":
            await asyncio.Event().wait()

    asyncio.run(app(scope_of("/v1/exports/ballots.csv"), never, stalled))

    assert [message["type"] for message in sent] == ["http.response.start", "http.response.body"]
    assert sent[-1]["more_body"]


def test_attack_of_one_client_that_takes_all_places_leaves_some_to_others():
    downloads = Downloads(most=3, most_of_one=2)
    with downloads.one("a"), downloads.one("a"):
        with pytest.raises(TooManyDownloadsError), downloads.one("a"):
            pass
        with downloads.one("b"), pytest.raises(TooManyDownloadsError), downloads.one("c"):
            pass
    with downloads.one("a"), downloads.one("c"):
        pass


def test_who_asks_for_too_many_exports_is_told_to_wait(mirror, app_settings):
    api = create_api(mirror, app_settings)
    api.state.downloads = Downloads(most=0)
    sent = []

    async def send(message):
        sent.append(message)

    asyncio.run(api(scope_of("/exports/members.csv"), never, send))

    assert sent[0]["status"] == 429
    assert json.loads(sent[1]["body"])["code"] == "TOO_MANY_DOWNLOADS"


def test_an_export_that_fails_gives_its_place_back(mirror, app_settings):
    def broken():
        raise RuntimeError("no time")

    api = create_api(replace(mirror, wall_clock=broken), app_settings)
    api.state.downloads = Downloads(most=1)
    sent = []

    async def send(message):
        sent.append(message)

    for _ in range(2):
        with pytest.raises(RuntimeError):
            asyncio.run(api(scope_of("/exports/members.csv"), never, send))
    assert [message["status"] for message in sent if "status" in message] == [500, 500]


def application(mirror, settings):
    return Starlette(routes=[Mount("/v1", create_api(mirror, settings))])


async def never():
    return await asyncio.Event().wait()


def scope_of(path):
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": [],
        "client": ("192.0.2.1", 4711),
        "server": ("zbor.test", 80),
    }
