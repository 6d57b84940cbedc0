import asyncio
from dataclasses import replace

import httpx
import pytest

from backend.app import create_app
from backend.database.session import engine_from, session_factory
from backend.documents.cid import cid_for
from backend.health import Watch
from backend.settings import Settings
from tests.backend import story as s


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    record = tmp_path_factory.mktemp("record") / "trial.json"
    record.write_text("{}")
    return Settings(deployment=record, consortium="Trial consortium", cors_origins=("https://portal.example",))


def client_over(app):
    def get(path, **more):
        async def once():
            transport = httpx.ASGITransport(app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url="http://zbor.test") as client:
                return await client.get(path, **more)

        return asyncio.run(once())

    return get


@pytest.fixture(scope="module")
def get(mirror, settings):
    return client_over(create_app(mirror, settings))


@pytest.mark.parametrize("path", ["/", "/v1/status", "/health/live", "/v1/nothing", "/nothing", "/static/frame.css"])
def test_every_answer_tells_browsers_to_run_nothing_foreign(get, path):
    headers = get(path).headers

    assert "script-src 'self'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


def test_a_document_keeps_its_stricter_policy_behind_the_application(get, story):
    cid = cid_for(next(iter(story.hashes.values())))
    headers = get(f"/v1/documents/{cid}").headers

    assert headers.get_list("content-security-policy") == ["sandbox; default-src 'none'; frame-ancestors 'none'"]
    assert headers["x-content-type-options"] == "nosniff"


def test_pages_answer_people_and_the_api_answers_programs(get):
    assert get("/").headers["content-type"].startswith("text/html")
    assert get("/v1/proposals").headers["content-type"] == "application/json"
    assert get("/nothing").headers["content-type"].startswith("text/html")
    assert get("/nothing").status_code == 404
    assert get("/v1/nothing").headers["content-type"] == "application/problem+json"
    assert get("/v1/documents/a%0Ab").headers["content-type"] == "application/problem+json"


def test_the_consortium_is_found_where_the_world_looks_for_it(get):
    known, there = get("/.well-known/dao.json"), get("/v1/commons/dao.json")

    assert known.status_code == 200
    assert known.content == there.content
    assert known.headers["content-type"] == "application/json"
    assert get("/.well-known/dao.json", headers={"if-none-match": known.headers["etag"]}).status_code == 304
    assert get("/.well-known/other.json").status_code == 404


def test_an_export_passes_whole_through_all_that_stands_before_it(get):
    plain = get("/v1/exports/ballots.csv", headers={"accept-encoding": "identity"})
    packed = get("/v1/exports/ballots.csv", headers={"accept-encoding": "gzip"})

    assert packed.headers["content-encoding"] == "gzip"
    assert packed.content == plain.content
    assert int(plain.headers["content-length"]) == len(plain.content)


def test_a_line_break_in_a_path_reaches_no_header(get):
    response = get("/v1/rules/%0d%0aset-cookie:x=1")

    assert response.status_code == 422
    assert "set-cookie" not in response.headers


def test_static_files_do_not_lead_out_of_their_folder(get):
    assert get("/static/..%2f__init__.py").status_code == 404
    assert get("/static/%2e%2e/pages.py").status_code == 404


def test_only_named_origins_may_read_the_api(get):
    ours = get("/v1/status", headers={"origin": "https://portal.example"})
    theirs = get("/v1/status", headers={"origin": "https://evil.example"})

    assert ours.headers["access-control-allow-origin"] == "https://portal.example"
    assert "access-control-allow-origin" not in theirs.headers


def test_long_answers_are_compressed_for_those_who_can_read_it(get):
    assert get("/v1/proposals", headers={"accept-encoding": "gzip"}).headers["content-encoding"] == "gzip"
    assert "content-encoding" not in get("/v1/proposals", headers={"accept-encoding": "identity"}).headers


def test_health_is_live_at_once_and_ready_when_something_is_mirrored(get, empty_mirror, settings):
    assert get("/health/live").json() == {"status": "live"}
    assert get("/health/ready").json() == {"status": "ready", "block": 172, "lag": 7}

    fresh = client_over(create_app(empty_mirror, settings))
    assert fresh("/health/live").status_code == 200
    assert (fresh("/health/ready").status_code, fresh("/health/ready").json()["code"]) == (503, "MIRROR_EMPTY")


def test_a_database_that_is_away_is_said_to_be_and_its_address_is_not_told(mirror, settings, tmp_path):
    engine = engine_from(f"postgresql+psycopg://zbor:s3cret@/mirror?host={tmp_path}")
    away = client_over(create_app(replace(mirror, sessions=session_factory(engine)), settings))
    ready, answer = away("/health/ready"), away("/v1/status")

    assert (ready.status_code, ready.json()["code"]) == (503, "DATABASE_UNAVAILABLE")
    assert (answer.status_code, answer.json()["code"]) == (503, "DATABASE_UNAVAILABLE")
    assert "s3cret" not in answer.text
    assert away("/").status_code == 503
    assert away("/health/live").status_code == 200


def test_the_figures_tell_of_a_difference_from_the_contracts_and_of_clients_that_wait(mirror, settings):
    watch = Watch(further={"comparison": lambda: {"status": "differs", "differences": ["member 7", "member 9"]}})
    figures = client_over(create_app(mirror, settings, watch=watch))("/metrics").text.splitlines()

    assert "zbor_differences 2.0" in figures
    assert "zbor_waiting 0.0" in figures
    assert "zbor_differences" not in client_over(create_app(mirror, settings))("/metrics").text


def test_health_and_figures_tell_of_a_relay_and_of_webhooks_that_other_processes_do(mirror, settings):
    get = client_over(create_app(mirror, settings))
    health, figures = get("/health").json(), get("/metrics").text.splitlines()

    assert health["status"] == "ok"
    assert health["relay"] == {
        "status": "elsewhere",
        "problem": None,
        "waiting": 1,
        "in_flight": 0,
        "ballots_left": 1000,
    }
    assert health["webhooks"] == {"status": "elsewhere", "called": 0, "failing": 0, "given_up": 0, "due": 0}
    assert {"zbor_relay_ready 1.0", "zbor_relay_waiting 1.0", "zbor_relay_ballots_left 1000.0"} <= set(figures)
    assert {'zbor_webhooks{state="failing"} 0.0', "zbor_webhooks_due 0.0"} <= set(figures)
    assert not [each for each in figures if each.startswith("zbor_last_turn")]


def test_a_relay_that_is_away_while_ballots_wait_is_an_illness(mirror_at, settings):
    get = client_over(create_app(mirror_at(s.NOW + 301), settings))

    assert get("/health").status_code == 503
    assert get("/health").json()["relay"]["status"] == "away"
    assert "zbor_relay_ready 0.0" in get("/metrics").text.splitlines()


def test_of_a_relay_that_never_ran_nothing_is_told(empty_mirror, settings):
    get = client_over(create_app(empty_mirror, settings))

    assert "relay" not in get("/health").json()
    assert "zbor_relay" not in get("/metrics").text


@pytest.mark.parametrize(("own", "status"), [({"status": "ok"}, 200), ({"status": "stopped"}, 503)])
def test_webhooks_that_nobody_delivers_any_more_are_an_illness(mirror, settings, own, status):
    watch = Watch(follows=False, further={"webhooks": lambda: own})
    answer = client_over(create_app(mirror, settings, watch=watch))("/health")

    assert (answer.status_code, answer.json()["webhooks"]["due"]) == (status, 0)
    assert answer.json()["webhooks"]["status"] == own["status"]


def test_while_the_database_is_away_the_figures_of_this_process_are_told_all_the_same(mirror, settings, tmp_path):
    engine = engine_from(f"postgresql+psycopg://zbor@/mirror?host={tmp_path}")
    get = client_over(create_app(replace(mirror, sessions=session_factory(engine)), settings, watch=Watch()))

    assert get("/health").json()["database"]["status"] == "away"
    assert "zbor_events_total 0.0" in get("/metrics").text.splitlines()
    assert "zbor_webhooks" not in get("/metrics").text


def test_a_copy_that_is_away_is_passed_over(mirror, settings, tmp_path):
    copy = session_factory(engine_from(f"postgresql+psycopg://zbor@/mirror?host={tmp_path}"))
    get = client_over(create_app(replace(mirror, replica=copy, most_stale=60), settings))

    assert get("/v1/status").status_code == 200


@pytest.mark.parametrize(("most_stale", "read"), [(6, "original"), (7, "copy")])
def test_a_copy_is_read_while_its_knowledge_is_not_too_old(mirror, make_mirror, story, most_stale, read):
    copy = make_mirror(story.told[:40])
    with copy.reading() as reading:
        block = reading.as_of.block_number
    both = replace(mirror, replica=copy.sessions, most_stale=most_stale)
    with both.reading() as reading:
        assert (reading.as_of.block_number == block) is (read == "copy")
        assert reading.as_of.lag_seconds == 7
