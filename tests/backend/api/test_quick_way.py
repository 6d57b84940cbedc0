"""What is put together from parts that are ready is what the routes answer, whatever happens and whenever one asks."""

from __future__ import annotations

import asyncio
import json
import threading
from dataclasses import replace

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update
from starlette.applications import Starlette
from starlette.routing import Mount

from backend.api import ready as ready_module
from backend.api.answers import rfc3339
from backend.api.application import create_api
from backend.api.quick_way import QuickWay
from backend.database.journal import CursorRecord
from backend.database.records import EarlierVoteRecord, ProposalRecord, VoteRecord
from backend.database.session import engine_from, session_factory
from backend.documents.reasons import BallotName, Reason
from backend.documents.store import DocumentStore
from backend.domain import events as e
from backend.indexer.follower import Follower
from backend.queries import reading_order, touched
from backend.queries.mirror import Mirror
from backend.queries.moments import moments_between
from backend.queries.moves import Moves
from backend.queries.proposal_orders import ORDERS, cursor_in_order
from backend.queries.proposal_states import JUDGED
from tests.backend import story as s
from tests.backend.happenings import ASSEMBLY, ballot, changed, happen
from tests.backend.indexer.histories import Lawful, let_days_pass
from tests.backend.indexer.simulated_node import SimulatedNode
from tests.backend.indexer.simulated_node import tell as tell_node

LIST = "/v1/proposals"
MOVED_BY_TIME = (
    "state=open",
    "state=pending&sort=-opens_at",
    "awaits=HR-CVITA",
    f"state_in={','.join(sorted(JUDGED))}",
)
CHOSEN = (
    *MOVED_BY_TIME,
    *(f"sort={order}" for order in ORDERS),
    "state_in=executed,queued&state=withdrawn",
    "kind=policy&kind=decision_by_letter",
    "kind_in=policy,survey&kind=decision_by_letter&sort=-number",
    "body=executive_board",
    "body_in=executive_board,consultation&sort=closes_at",
    "proposer=SI-ANA",
    "party=3",
    "voter=HR-CVITA&sort=-closes_at",
    f"created_gt={rfc3339(s.NOW - 20 * s.DAY).replace(':', '%3A')}",
    f"opens_from={rfc3339(s.NOW - 50 * s.DAY)}&closes_lt={rfc3339(s.NOW)}&sort=opens_at",
    "sort=number&sort=-number",
    "body=consultation&state=pending",
)
"""Ways to ask for some proposals, or in another order."""
TOLD_BY_COUNT = ("state=binding", "state=open&state=rejected", "q=question", "q=question&state=open", "fields=id,state")

ODD = (
    *("limit=050", "limit=%35", "limit=+5", "limit=1_0", "limit=10.0", "limit=%205%20", "limit=%D9%A3", "limit=true"),
    *("limit=", "limit=&limit=5", "limit=5&limit=", "limit[]=5", "limit=5;state=open", "&&limit=2&&", "=", "%00=1"),
    *("state=", "state", "state=open&state=", "state=open&state=open", "state=Open", "st%61te=op%65n", "state=open%0A"),
    *("state=open,pending", "state_in=open,", "state_in=open&state_in=pending", "state_in=open%2Cpending", "state=%FF"),
    *("sort=", "sort=&sort=number", "sort=%2Dnumber", "sort=+number", "kind=%C4%8D", "kind=policy&kind=", "body=%20"),
    *("voter=03", "voter=&voter=3", "voter=3&voter=nobody", "awaits=0", "party=999999999", "proposer=-1", "q=&q=zz"),
    *("opens_from=", "opens_from=1800000000", "opens_from=2027-01-01T00:00:00.9Z&opens_to=2027-01-01t00:00:00.1z"),
    *("opens_gt=9999-12-31T23:59:59Z", "opens_lt=1970-01-01T00:00:00Z", "opens_gt=1970-01-01T00:00:00%2B01:00"),
    *("cursor=", "cursor=&state=open", "cursor=AAAA&cursor=", "cursor=%00&state=open", "limit=1&state=open&limit=2"),
)
"""Ways to ask that two readers could take for different questions."""
FAR = 999_999_999_999_999
MADE_UP = [
    (sort, cursor_in_order(sort, second, position))
    for second in (s.NOW, s.NOW + 300 * s.DAY, 0, -1, FAR, -FAR)
    for sort, position in (("", (1, s.NOW, 0, -3)), ("", (9, -FAR, FAR, -FAR)), ("-opens_at", (-s.NOW, FAR, -1)))
]
"""Orders, and cursors for them that nobody gave out."""


def by_routes_alone(mirror, settings, **more):
    """The API without the quick way: what goes wrong as that reads a question must not go wrong in both."""
    api = create_api(mirror, settings, **more)
    api.user_middleware = [each for each in api.user_middleware if each.cls is not QuickWay]
    return api


class Kept:
    """Two APIs over one mirror: one that keeps parts and is told of moves, and one that answers by its routes alone."""

    def __init__(self, mirror, client_of, app_settings, monkeypatch):
        self.now = s.NOW
        self.mirror = replace(mirror, wall_clock=lambda: self.now)
        self.moves = Moves()
        self.mirror = replace(self.mirror, shows=self.moves.show)
        self.moves._move(0)
        monkeypatch.setattr("tests.backend.api.conftest.create_api", self._create)
        self.quick = client_of(self.mirror, app_settings)
        self.ready = self.made
        monkeypatch.setattr("tests.backend.api.conftest.create_api", by_routes_alone)
        self.routes = client_of(replace(self.mirror, shows=int), app_settings)
        monkeypatch.undo()

    def _create(self, mirror, settings, **more):
        api = create_api(mirror, settings, self.moves, **more)
        self.made = next(each.kwargs["ready"] for each in api.user_middleware if "ready" in each.kwargs)
        return api

    def heard(self):
        with self.mirror.reading() as read:
            self.moves._move(read.as_of.revision)

    def both(self, path):
        self.heard()
        return self.quick("GET", path).json(), self.routes("GET", path).json()

    def same(self, path):
        quick, routes = self.both(path)
        for answer in (quick, routes):
            del answer["as_of"]["lag"]  # within a second it may be that of the first who asked
        assert json.dumps(quick) == json.dumps(routes)
        return quick

    def everything(self, limit=100):
        """All parts of the list and all ballots on each."""
        for each in self.pages(LIST, limit):
            for _ in self.pages(f"{LIST}/{each['id']}/ballots", limit):
                pass
            self.same(f"{LIST}/{each['register_number']}/ballots?limit={limit}")

    def pages(self, path, limit, chosen=""):
        answer = self.same(f"{path}?limit={limit}&{chosen}".rstrip("&"))
        yield from answer["items"]
        while answer.get("next_cursor"):
            answer = self.same(f"{path}?limit={limit}&cursor={answer['next_cursor']}&{chosen}".rstrip("&"))
            yield from answer["items"]

    def parts(self):
        board = self.ready._board
        return dict(board.proposals), dict(board.ballots)


@pytest.fixture
def kept(fresh_mirror, story, client_of, app_settings, monkeypatch):
    return Kept(fresh_mirror(story.told), client_of, app_settings, monkeypatch)


def test_every_part_of_every_list_is_as_the_routes_have_it(kept):
    for limit in (2, 100):
        kept.everything(limit)
    assert kept.same(LIST) == kept.same(f"{LIST}?limit=50")
    assert len(kept.parts()[0]) > 10


def test_answers_are_really_put_together_from_parts(kept, monkeypatch):
    kept.everything()

    def none(*_, **__):
        raise AssertionError("asked the database")

    monkeypatch.setattr(ready_module.Ready, "_fill", none)
    for path in (LIST, f"{LIST}?limit=1", f"{LIST}/{s.OPEN}/ballots", f"{LIST}/{s.OPEN}/ballots?limit=1"):
        assert kept.quick("GET", path).status_code == 200


@pytest.mark.parametrize("chosen", [*CHOSEN, *TOLD_BY_COUNT])
def test_whatever_is_chosen_in_whatever_order_is_as_the_routes_have_it(kept, chosen):
    for limit in (2, 100):
        assert len(list(kept.pages(LIST, limit, chosen))) == kept.same(f"{LIST}?{chosen}")["total"]


def test_the_ways_to_choose_do_choose(kept):
    found = [tuple(each["id"] for each in kept.pages(LIST, 100, chosen)) for chosen in CHOSEN]
    assert all(found[:-1])
    assert not found[-1]
    assert len(set(found)) > len(CHOSEN) - 5
    assert kept.same(f"{LIST}?sort=number&sort=-number") == kept.same(f"{LIST}?sort=-number")


@pytest.mark.parametrize("chosen", CHOSEN)
def test_what_is_chosen_is_really_put_together_from_parts(kept, monkeypatch, chosen):
    kept.everything()

    def none(*_, **__):
        raise AssertionError("viewed anew")

    monkeypatch.setattr("backend.api.proposals.list_proposals", none)
    monkeypatch.setattr(ready_module, "summarise", none)
    assert kept.quick("GET", f"{LIST}?{chosen}").status_code == 200


@pytest.mark.parametrize("chosen", TOLD_BY_COUNT)
def test_nobody_waits_while_ballots_are_counted_or_texts_read_to_find_what_is_chosen(kept, monkeypatch, chosen):
    kept.everything()

    def none(*_, **__):
        raise AssertionError("found in turn")

    kept.now += 1
    monkeypatch.setattr(ready_module.Ready, "_fill", none)
    assert kept.quick("GET", f"{LIST}?{chosen}").status_code == 200


def test_as_time_passes_each_answer_is_that_of_its_second(kept):
    with kept.mirror.reading() as read:
        turns = {moment.at for moment in moments_between(read.session, read.consortium, 0, s.NOW + 500 * s.DAY)}
    seconds = sorted({turn + more for turn in turns for more in (0, 1) if turn >= s.NOW - 30 * s.DAY})
    assert len(seconds) > 15
    for kept.now in [s.NOW - 30 * s.DAY, *seconds]:
        kept.same(f"{LIST}?limit=100")
        kept.same(f"{LIST}?limit=2")
        for chosen in MOVED_BY_TIME:
            kept.same(f"{LIST}?limit=2&{chosen}")


def test_a_cursor_of_a_second_with_another_order_still_leads_on(kept):
    kept.now = s.NOW
    before = [
        (chosen, kept.same(f"{LIST}?limit=1{chosen}")["next_cursor"])
        for chosen in ("", "&state=open", "&sort=number", "&body=general_assembly")
    ]
    kept.now = s.NOW + 300 * s.DAY
    for chosen, cursor in before:
        kept.same(f"{LIST}?limit=2&cursor={cursor}{chosen}")


def test_a_ballot_moves_its_own_proposal_only(kept):
    kept.everything()
    proposals, ballots = kept.parts()
    happen(kept.mirror, ballot(3))
    kept.everything()
    again, ballots_again = kept.parts()
    key = (s.ASSEMBLY, s.OPEN)
    assert again[key] is not proposals[key]
    assert ballots_again[key] is not ballots[key]
    others = [each for each in proposals if each != key and again[each] is proposals[each]]
    assert len(others) >= len(proposals) - 3


def test_what_may_be_undone_is_said_to_be_final_when_it_is(kept):
    happen(kept.mirror, ballot(3))
    assert kept.same(f"{LIST}/{s.OPEN}/ballots")["items"][-1]["finality"] == "provisional"
    with kept.mirror.writing() as session:
        cursor = session.get_one(CursorRecord, kept.mirror.consortium.id)
        cursor.finalized_number, cursor.revision = cursor.head_number, cursor.revision + 1
    kept.everything()
    assert {each["finality"] for each in kept.same(LIST)["items"]} == {"final"}


def test_a_renamed_or_reclassed_member_is_read_again_everywhere(kept):
    kept.everything()
    happen(kept.mirror, (s.REGISTRY, e.MemberClassChanged(1, s.MemberClass.FOUNDING, s.MemberClass.PARTNER)))
    happen(kept.mirror, ballot(3))
    kept.everything()


def test_a_text_that_comes_later_is_shown_within_the_second(
    fresh_mirror, story, documents, tmp_path, client_of, app_settings, monkeypatch
):
    mirror, own = fresh_mirror(story.told), DocumentStore(tmp_path)
    mirror = replace(mirror, consortium=replace(mirror.consortium, documents=own))
    kept = Kept(mirror, client_of, app_settings, monkeypatch)
    first = kept.same(f"{LIST}/{kept.same(LIST)['items'][0]['id']}")
    assert first["texts"] == {}
    own.put_proposal(documents.get_proposal(first["cid"]))
    kept.now += 1
    assert kept.same(LIST)["items"][0]["texts"]


def test_erased_words_are_not_shown_a_second_later(kept, documents):
    reason = Reason(BallotName(ASSEMBLY, s.OPEN, 6), "en", "Too dear.", "7c" * 32)
    commitment = documents.put_reason(reason)
    happen(kept.mirror, (ASSEMBLY, e.VoteCast(s.wallet_of(6), s.OPEN, s.AGAINST, 1, commitment)))
    path = f"{LIST}/{s.OPEN}/ballots"
    assert "Too dear." in [each["reason"] for each in kept.same(path)["items"]]
    assert documents.erase_reason(commitment)
    kept.now += 1
    assert "Too dear." not in [each["reason"] for each in kept.same(path)["items"]]


@pytest.mark.parametrize(
    "path",
    [
        f"{LIST}?limit=0",
        f"{LIST}?limit=101",
        f"{LIST}?limit=ten",
        f"{LIST}?cursor=AAAA",
        f"{LIST}?cursor=%00",
        f"{LIST}?limit=1&limit=2",
        f"{LIST}?unknown=1",
        f"{LIST}?state=nowhere",
        f"{LIST}?state_in=open,nowhere",
        f"{LIST}?kind=unknown",
        f"{LIST}?body_in=executive_board,unknown",
        f"{LIST}?voter=XX-NOBODY",
        f"{LIST}?sort=title",
        f"{LIST}?opens_gt=tomorrow",
        f"{LIST}?sort=number&cursor=AAAA",
        f"{LIST}?sort=number&limit=0",
        f"{LIST}?sort=number&unknown=1",
        f"{LIST}?sort=number&fields=unknown",
        f"{LIST}/{s.OPEN}/ballots?cursor=OTk5",
        f"{LIST}/{s.OPEN}/ballots?cursor=x",
        f"{LIST}/{s.OPEN}/ballots?governor={ASSEMBLY}",
        f"{LIST}/4711000/ballots",
        f"{LIST}/GA-1999-001/ballots",
        f"{LIST}/{1 << 192}/ballots",
        f"{LIST}/none/ballots",
    ],
)
def test_whatever_is_asked_otherwise_or_wrongly_is_left_to_the_routes(kept, path):
    kept.same(LIST)
    quick, routes = kept.both(path)
    for answer in (quick, routes):
        answer.pop("reference", None)
    assert quick == routes


def test_attack_whoever_asks_in_an_odd_way_hears_what_the_routes_say(kept):
    made_up = [
        f"limit=2&sort={sort}&cursor={cursor}&{chosen}".replace("sort=&", "")
        for sort, cursor in MADE_UP
        for chosen in ("limit=3", "state=open", "sort=number")
    ]
    heard = [(odd, *kept.both(f"{LIST}?{odd}")) for odd in (*ODD, *made_up)]
    for odd, *answers in heard:
        for answer in answers:
            answer.pop("reference", None)
            answer.get("as_of", {}).pop("lag", None)
        assert json.dumps(answers[0]) == json.dumps(answers[1]), odd
    assert {answer.get("status", 200) for _, answer, _ in heard} == {200, 422}
    assert sum("items" in answer for _, answer, _ in heard) > len(heard) // 3


def test_attack_a_body_that_is_too_large_is_refused_as_everywhere(kept):
    kept.same(LIST)
    answers = [ask("GET", LIST, content=b"x" * 100_000) for ask in (kept.quick, kept.routes)]
    assert [answer.status_code for answer in answers] == [413, 413]
    assert {answer.headers["content-type"] for answer in answers} == {"application/problem+json"}


def test_head_and_tags_work_as_everywhere(kept):
    kept.heard()
    answer = kept.quick("GET", LIST)
    assert kept.quick("HEAD", LIST).headers["etag"] == answer.headers["etag"]
    assert kept.quick("HEAD", LIST).content == b""
    again = kept.quick("GET", LIST, headers={"if-none-match": f'"x", {answer.headers["etag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["content-type"] == "application/json"
    happen(kept.mirror, ballot(3))
    kept.heard()
    moved = kept.quick("GET", LIST, headers={"if-none-match": answer.headers["etag"]})
    assert moved.status_code == 200


def test_a_part_of_the_list_has_a_tag_of_its_own(kept):
    kept.heard()
    tags = {kept.quick("GET", f"{LIST}?limit={limit}").headers["etag"] for limit in (1, 2, 100)}
    assert len(tags) == 3


def test_without_anybody_who_tells_of_moves_the_routes_answer(kept):
    kept.moves._revision = -1
    assert kept.quick("GET", LIST).status_code == 200
    assert kept.ready._board is None


def test_more_than_is_kept_begins_again(kept, monkeypatch):
    monkeypatch.setattr(ready_module, "MOST_PARTS", 3)
    kept.everything(2)
    kept.now += 1
    kept.everything(2)
    monkeypatch.setattr(reading_order, "MOST", 3)
    happen(kept.mirror, (s.REGISTRY, e.AccessionRecorded(1, "0x" + "11" * 32)))
    kept.everything(2)
    assert kept.ready._board.order is None


def test_a_rebuild_of_which_the_feed_says_nothing_is_shown_at_once(kept):
    kept.everything()
    with kept.mirror.writing() as session:
        session.execute(update(VoteRecord).values(choice=s.AGAINST))
        session.get_one(CursorRecord, kept.mirror.consortium.id).revision += 1
    kept.everything()


def test_after_very_much_at_once_everything_is_read_again(kept, monkeypatch):
    monkeypatch.setattr(touched, "MOST_READ", 2)
    kept.everything()
    happen(kept.mirror, ballot(3))
    for number in (2, 3, 4):
        happen(kept.mirror, ballot(3), changed(3, number))
    kept.everything()


def test_a_second_that_begins_while_one_reads_is_not_answered_with_the_second_before(kept):
    deadline = next(each for each in kept.same(LIST)["items"] if each["id"] == str(s.OPEN))["closes_at"]
    closes = s.NOW + s.DAY // 2
    assert rfc3339(closes) == deadline
    ticking = iter((closes, closes, closes))  # what `answer` and the reading see; then the next second begins
    kept.now = closes
    kept.ready._mirror = replace(kept.mirror, wall_clock=lambda: next(ticking, closes + 1))
    kept.heard()
    kept.quick("GET", LIST)
    kept.now = closes + 1
    assert "open" not in {each["state"] for each in kept.same(LIST)["items"] if each["id"] == str(s.OPEN)}


def test_a_clock_that_is_put_back_takes_the_answers_along(kept):
    kept.now = s.NOW + 2 * s.DAY
    kept.everything()
    kept.now = s.NOW
    kept.everything()


@pytest.fixture
def reason(documents):
    """Why the sixth member votes as it does; its words are at hand until the test ends."""
    kept_words = Reason(BallotName(ASSEMBLY, s.OPEN, 6), "en", "Too dear.", "7c" * 32)
    yield kept_words, documents.put_reason(kept_words)
    documents.erase_reason(documents.put_reason(kept_words))


@pytest.fixture
def asked_while(kept, reason, monkeypatch):
    """Asks for ballots with a reason while something is done to its words; gives all reasons a second later."""

    def ask(meanwhile):
        _, commitment = reason
        happen(kept.mirror, (ASSEMBLY, e.VoteCast(s.wallet_of(6), s.OPEN, s.AGAINST, 1, commitment)))
        listed = ready_module.list_ballots

        def listing(*arguments, **more):
            page = listed(*arguments, **more)
            meanwhile()
            return page

        path = f"{LIST}/{s.OPEN}/ballots"
        kept.heard()
        with monkeypatch.context() as patch:
            patch.setattr(ready_module, "list_ballots", listing)
            kept.quick("GET", path)
        kept.now += 1
        return [each["reason"] for each in kept.same(path)["items"]]

    return ask


def test_words_erased_while_they_are_read_are_gone_a_second_later(asked_while, documents, reason):
    _, commitment = reason
    assert "Too dear." not in asked_while(lambda: documents.erase_reason(commitment))


def test_words_that_come_while_they_are_looked_for_are_shown_a_second_later(asked_while, documents, reason):
    words, commitment = reason
    documents.erase_reason(commitment)
    assert "Too dear." in asked_while(lambda: documents.put_reason(words))


def test_attack_whoever_waits_for_what_is_being_read_keeps_nobody_else_waiting(kept, app_settings, monkeypatch):
    going_on, moved = threading.Event(), ready_module.Ready._moved

    def slow(self, *arguments):
        assert going_on.wait(120)
        return moved(self, *arguments)

    monkeypatch.setattr(ready_module, "PATIENCE", 0.2)
    monkeypatch.setattr(ready_module.Ready, "_moved", slow)
    app = Starlette(routes=[Mount("/v1", create_api(kept.mirror, app_settings, kept.moves))])

    async def ask():
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://zbor.test") as client:
            try:
                many = [asyncio.create_task(client.get(f"{LIST}?limit={each}")) for each in range(1, 81)]
                await asyncio.sleep(0.1)
                other = await asyncio.wait_for(client.get("/v1/rules"), 60)
                waiting = many[1:]  # one reads, the others are answered without it
                return other, *await asyncio.wait_for(asyncio.gather(*waiting), 60)
            finally:
                going_on.set()
                await asyncio.gather(*many)

    assert {answer.status_code for answer in asyncio.run(ask())} == {200}


def test_names_that_say_the_same_do_not_pile_up(kept, monkeypatch):
    monkeypatch.setattr(ready_module, "MOST_PARTS", 10)
    kept.heard()
    for zeros in range(40):
        kept.now += 1
        kept.quick("GET", f"{LIST}/{'0' * zeros}{s.OPEN}/ballots")
        assert kept.ready._board is None or len(kept.ready._board.names) <= 12


def test_what_nobody_asks_for_any_more_is_not_looked_up_any_more(kept, monkeypatch):
    commitment = "0x" + "7e" * 32
    happen(kept.mirror, (ASSEMBLY, e.VoteCast(s.wallet_of(3), s.NO_QUORUM, s.FOR, 1, commitment)))
    kept.heard()
    looked_up = []
    asked = ready_module.reasons_behind
    monkeypatch.setattr(ready_module, "reasons_behind", lambda *a: looked_up.append(set(a[1])) or asked(*a))
    kept.quick("GET", f"{LIST}/{s.NO_QUORUM}/ballots")
    for _ in range(8):
        kept.now += 1
        kept.quick("GET", f"{LIST}/{s.OPEN}/ballots")
    assert commitment in looked_up[0]
    assert commitment not in looked_up[-1]


def test_after_a_rebuild_of_which_the_feed_says_nothing_a_minute_ends_what_was_before(kept):
    kept.everything()
    with kept.mirror.writing() as session:
        session.execute(delete(EarlierVoteRecord))
        session.execute(delete(VoteRecord).where(VoteRecord.proposal_id == s.OPEN, VoteRecord.member_id == 2))
        late = session.scalars(select(ProposalRecord).where(ProposalRecord.proposal_id == s.PENDING)).one()
        late.opens_at = s.NOW - 1
        session.get_one(CursorRecord, kept.mirror.consortium.id).revision += 1
    for _ in range(ready_module.LONGEST):  # asked for all the time, and its reasons looked up
        kept.now += 1
        kept.heard()
        kept.quick("GET", f"{LIST}/{s.OPEN}/ballots")
    kept.now += 1
    kept.everything()


@settings(max_examples=6, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(draw=st.randoms(use_true_random=False))
def test_whatever_happens_forks_among_it_the_two_agree(
    fresh_url, deployment, mirror, story, client_of, app_settings, draw
):
    node, engine = SimulatedNode(), engine_from(fresh_url())
    sessions = session_factory(engine)
    tell_node(node, story.told)
    history = Lawful(node, draw, story.told)
    follower = Follower(node, sessions, deployment, finality_depth=4)
    follower.follow_once()
    read_first = Mirror(sessions, replace(mirror.consortium, id=1), lambda: s.NOW)
    with pytest.MonkeyPatch.context() as patch:
        kept = Kept(read_first, client_of, app_settings, patch)
    going_on = []
    for _ in range(draw.randint(2, 4)):
        history.go_on(draw.randint(1, 4))
        if draw.random() < 0.3:
            let_days_pass(history, draw)
        follower.follow_once()
        kept.now = max(kept.now, node.blocks[-1].header.time) + draw.choice((0, 1, 40, s.DAY))
        listed = list(kept.pages(LIST, draw.choice((5, 100))))
        for chosen in draw.sample(CHOSEN, 5):
            list(kept.pages(LIST, draw.choice((1, 4, 100)), chosen))
            going_on.append(f"{chosen}&cursor={kept.same(f'{LIST}?limit=2&{chosen}')['next_cursor']}")
        for asked in draw.sample(going_on, 5):
            kept.same(f"{LIST}?{asked.removesuffix('&cursor=None')}")
        for each in draw.sample(listed, 3):
            kept.same(f"{LIST}/{each['id']}/ballots")
        history.fork(draw.randint(0, 3))
    follower.follow_once()
    kept.everything()
    engine.dispose()
