import itertools
from dataclasses import replace

import pytest
from sqlalchemy import event

from backend.documents.cid import hash_in
from backend.domain.proposals import ProposalState
from backend.errors import InvalidCursorError, InvalidFilterError, InvalidIdentifierError, ProposalNotFoundError
from backend.queries.keys import cursor_from
from backend.queries.proposal_filters import Span
from backend.queries.proposal_orders import ORDERS, cursor_in_order
from backend.queries.proposal_states import JUDGED
from backend.queries.proposals import ProposalFilter, find_part, find_proposal, list_proposals
from backend.queries.resolutions import matches_text
from backend.queries.views import CallView
from tests.backend import story as s

STATES = {
    s.OPEN: "open",
    s.OPEN_LATER: "open",
    s.PENDING: "pending",
    s.WITHDRAWN: "withdrawn",
    s.BINDING: "binding",
    s.CONSULTED: "consulted",
    s.QUEUED: "queued",
    s.REJECTED: "rejected",
    s.NO_QUORUM: "no_quorum",
    s.EXECUTED: "executed",
    s.AWAITING: "awaiting_approval",
    s.NOT_APPROVED: "not_approved",
    s.REVISED: "adopted",
    s.VETOED: "vetoed",
    s.SECOND_CALL: "adopted",
    s.FIRST_CALL: "no_quorum",
}


def ids(page):
    return [item.id for item in page.items]


def asked(reading, **wanted):
    return list_proposals(reading.session, reading.consortium, reading.now, ProposalFilter(**wanted))


def test_each_proposal_of_the_story_stands_where_the_law_says(reading):
    page = asked(reading)

    assert {item.id: item.state for item in page.items} == STATES
    assert page.total == len(STATES)
    assert page.next_cursor is None


def test_open_ones_come_first_by_deadline_then_pending_then_closed_newest_first(reading):
    page = asked(reading)

    assert ids(page)[:4] == [s.OPEN, s.OPEN_LATER, s.PENDING, s.WITHDRAWN]
    assert set(ids(page)[4:6]) == {s.BINDING, s.CONSULTED}
    assert ids(page)[6:10] == [s.QUEUED, s.REJECTED, s.NO_QUORUM, s.EXECUTED]
    assert ids(page)[10:] == [s.NOT_APPROVED, s.AWAITING, s.REVISED, s.VETOED, s.SECOND_CALL, s.FIRST_CALL]


@pytest.mark.parametrize("state", list(ProposalState))
def test_a_filter_by_state_finds_exactly_what_stands_there(reading, state):
    page = asked(reading, states=(state.value,))

    assert set(ids(page)) == {proposal for proposal, found in STATES.items() if found == state}
    assert page.total == len(page.items)


@pytest.mark.parametrize("states", list(itertools.combinations([state.value for state in ProposalState], 2)))
def test_a_filter_by_two_states_finds_both(reading, states):
    assert set(ids(asked(reading, states=states))) == {one for one, found in STATES.items() if found in states}


def test_the_words_for_closed_proposals_together_find_all_of_them(reading):
    words = {state.value for state in JUDGED}
    assert len(words) == 8

    assert set(ids(asked(reading, states=tuple(words)))) == {one for one, found in STATES.items() if found in words}


@pytest.mark.parametrize("second", [-1, 0, 1])
@pytest.mark.parametrize("edge", ["opens_at", "closes_at"])
def test_filters_and_states_agree_at_each_edge_of_time(reading, edge, second):
    for item in asked(reading).items:
        now = getattr(item, edge) + second
        for seen in list_proposals(reading.session, reading.consortium, now).items:
            page = list_proposals(reading.session, reading.consortium, now, ProposalFilter(states=(seen.state,)))
            assert seen.id in ids(page)


def test_filters_narrow_by_kind_body_proposer_and_time(reading):
    assert set(ids(asked(reading, kinds=("survey", "decision_by_letter")))) == {s.CONSULTED, s.BINDING}
    assert ids(asked(reading, bodies=("executive_board",))) == [s.OPEN_LATER]
    assert asked(reading, proposer="SI-ANA").total == asked(reading, proposer="1").total == len(STATES)
    assert asked(reading, proposer="IT-BEPPE").total == 0
    opens = s.START + 10 * s.DAY
    assert set(ids(asked(reading, times={"opens": Span(opens + 1, opens + s.DAY)}))) == {s.NO_QUORUM}
    assert ids(asked(reading, times={"closes": Span(s.NOW + 1, s.NOW + s.DAY)})) == [s.OPEN]
    assert ids(asked(reading, states=("binding",), bodies=("executive_board",))) == []


@pytest.mark.parametrize("name", ["no_such", "", "'; DROP TABLE proposals --", "\0", "ž" * 40, "%", "x" * 5000])
def test_a_filter_by_an_unknown_name_is_refused_with_the_names_there_are(reading, name):
    for parameter, filters, known in (
        ("kind", {"kinds": ("policy", name)}, "survey"),
        ("body", {"bodies": (name,)}, "executive_board"),
        ("proposer", {"proposer": name}, "SI-ANA"),
    ):
        with pytest.raises(InvalidFilterError) as refused:
            asked(reading, **filters)
        assert refused.value.parameter == parameter
        assert known in refused.value.allowed


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 10])
def test_parts_join_to_the_whole_list(reading, limit):
    found, cursor = [], None
    while True:
        page = list_proposals(reading.session, reading.consortium, reading.now, limit=limit, cursor=cursor)
        assert page.total == len(STATES)
        found += ids(page)
        cursor = page.next_cursor
        if cursor is None:
            break

    assert found == ids(asked(reading))


def test_a_proposal_that_opens_or_closes_between_two_parts_is_neither_lost_nor_shown_twice(reading):
    first = list_proposals(reading.session, reading.consortium, s.NOW, limit=2)
    later = s.NOW + 20 * s.DAY + 1
    rest = list_proposals(reading.session, reading.consortium, later, limit=100, cursor=first.next_cursor)

    assert sorted(ids(first) + ids(rest)) == sorted(STATES)
    assert {item.id: item.state for item in rest.items}[s.PENDING] == "open"


@pytest.mark.parametrize(
    "cursor", ["", "x", "%", "ž", "\0", "AAAA", cursor_from(1), cursor_from(1, 2, 3, 4, 5, 6), "9" * 400]
)
def test_a_cursor_that_was_not_given_out_is_refused(reading, cursor):
    with pytest.raises(InvalidCursorError):
        list_proposals(reading.session, reading.consortium, reading.now, cursor=cursor)


@pytest.mark.parametrize("sort", ["", *ORDERS])
def test_each_part_of_a_list_is_one_question_for_which_not_all_of_it_is_put_in_order(reading, sort):
    connection, asked = reading.session.connection(), []

    def note(_connection, _cursor, statement, parameters, *_):
        asked.append((statement, parameters))

    event.listen(connection, "before_cursor_execute", note)
    first = find_part(reading.session, reading.consortium, reading.now, sort=sort, limit=5)
    later = find_part(reading.session, reading.consortium, reading.now, sort=sort, limit=5, cursor=first.next_cursor)
    event.remove(connection, "before_cursor_execute", note)
    explain = "EXPLAIN" if connection.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN"
    ways = [str(connection.exec_driver_sql(f"{explain} {sql}", values).all()) for sql, values in asked]

    assert first.total == later.total == len(STATES)
    assert len(ways) == 2
    assert not [way for way in ways if "WindowAgg" in way or "CO-ROUTINE" in way]


def test_beyond_the_last_part_there_is_nothing_and_still_as_many_in_all(reading):
    beyond = cursor_in_order("number", reading.now, (10**9, 10**4, 10**9))
    part = find_part(reading.session, reading.consortium, reading.now, sort="number", cursor=beyond)
    assert (part.keys, part.total, part.next_cursor) == ((), len(STATES), None)


def test_a_summary_says_who_asks_what_where_and_how_it_stands(reading):
    item = next(item for item in asked(reading).items if item.id == s.OPEN)

    assert (item.body, item.governor, item.number, item.reference) == ("general_assembly", s.GOVERNORS[0], 7, "GA-7")
    assert (item.kind, item.rule, item.rule_id) == ("policy", "GA_2_3", s.GA_2_3_LATER)
    assert item.proposer.code == "SI-ANA"
    assert item.texts["en"].title == f"Question {s.OPEN}"
    assert item.authoritative == "sl"
    assert item.verdict == "rejected"
    tally = item.tally
    assert (tally.for_votes, tally.against_votes, tally.abstain_votes) == (1, 1, 0)
    assert (tally.entitled, tally.participating, tally.silent, tally.needed) == (3, 2, 1, 2)
    assert tally.by_class == {"founding": {"against": 1, "for": 1, "abstain": 0}}


def test_what_a_reorganisation_may_still_undo_is_provisional(reading):
    finality = {item.id: item.finality for item in asked(reading).items}

    assert (finality[s.EXECUTED], finality[s.PENDING]) == ("final", "provisional")


def test_an_electorate_keeps_those_who_lost_their_right_later(reading):
    items = {item.id: item for item in asked(reading).items}

    assert items[s.EXECUTED].tally.entitled == 4  # member 4 defaults only months later
    assert items[s.OPEN].tally.entitled == 3  # member 6 joins after the snapshot
    assert items[s.PENDING].tally.entitled == 4  # as the roll stands now
    assert items[s.CONSULTED].tally.entitled == 5


def test_one_proposal_comes_with_texts_calls_timeline_and_outcome(reading):
    found = find_proposal(reading.session, reading.consortium, s.EXECUTED, reading.now)

    assert found.summary.state == "executed"
    assert found.text_verified
    assert found.cid
    assert found.description == f"{found.cid}#proposer={s.wallet_of(1)}"
    assert found.calls[0].contract == "Records"
    assert found.calls[0].function == "resolve(uint16,bytes32)"
    assert found.resolution_matches_text is True
    (entry,) = found.resolutions
    assert (entry.text_hash, entry.recorded_at) == (hash_in(found.cid), s.START + 33 * s.DAY)
    assert entry.transaction_hash == found.timeline[5].transaction_hash
    events = [entry.event for entry in found.timeline]
    assert events == ["published", "opens", "closes", "queued", "executable", "executed"]
    assert [entry.at for entry in found.timeline] == sorted(entry.at for entry in found.timeline)
    assert found.timeline[1].transaction_hash is None
    assert found.timeline[5].transaction_hash is not None
    assert found.eta == s.START + 32 * s.DAY
    assert found.outcome.verdict == "adopted"


@pytest.mark.parametrize("resolves", ["0x" + "66" * 32, "0x" + "00" * 32, "0x66"])
def test_a_resolution_of_another_text_is_told_from_one_of_its_own(tmp_path, make_mirror, documents, resolves):
    told = s.whole_story(documents)
    told.put(s.ProposalId(5), s.ASSEMBLY, s.POLICY, s.GA_2_3_LATER, s.NOW - 10, s.NOW + s.DAY, resolves=resolves)
    with make_mirror(told.told).reading() as reading:
        found = find_proposal(reading.session, reading.consortium, 5, reading.now)
        own = find_proposal(reading.session, reading.consortium, s.OPEN, reading.now)

    assert found.text_verified
    assert found.resolution_matches_text is False
    assert (own.resolution_matches_text, own.resolutions) == (True, ())


@pytest.mark.parametrize(("resolves", "matches"), [(None, True), ("0x" + "66" * 32, False)])
def test_a_resolution_about_a_member_is_held_against_its_text_too(tmp_path, make_mirror, documents, resolves, matches):
    told = s.whole_story(documents)
    opens, closes = s.NOW - 10, s.NOW + s.DAY
    told.put(s.ProposalId(5), s.ASSEMBLY, s.AWARD, s.GUARDED, opens, closes, party=s.MemberId(3), resolves=resolves)
    with make_mirror(told.told).reading() as reading:
        found = find_proposal(reading.session, reading.consortium, 5, reading.now)

    assert found.calls[0].function == "resolveFor(uint16,uint16,bytes32)"
    assert found.resolution_matches_text is matches


def test_a_call_that_records_nothing_matches_no_text(reading):
    call = CallView(s.RULEBOOK, "Rulebook", "resolve(uint16,bytes32)", (("textHash", "0x" + "66" * 32),), "0x")

    assert matches_text(reading.consortium, (call,), "bafkrei") is None
    assert matches_text(reading.consortium, (replace(call, target=s.RECORDS),), "bafkrei") is False
    assert matches_text(reading.consortium, (replace(call, target=s.RECORDS),), "") is False


def test_a_withdrawn_proposal_never_opens(reading):
    found = find_proposal(reading.session, reading.consortium, s.WITHDRAWN, reading.now)

    assert [entry.event for entry in found.timeline] == ["published", "withdrawn"]


def test_a_text_that_was_tampered_with_is_not_shown(reading, tampered_document):
    tampered_document(s.PENDING)
    found = find_proposal(reading.session, reading.consortium, s.PENDING, reading.now)

    assert not found.text_verified
    assert found.summary.texts == {}
    assert found.summary.authoritative is None


def test_the_governor_says_which_body_is_meant(reading):
    named = find_proposal(reading.session, reading.consortium, s.OPEN, reading.now, governor=s.GOVERNORS[0].upper())
    assert named.summary.id == s.OPEN

    with pytest.raises(ProposalNotFoundError):
        find_proposal(reading.session, reading.consortium, s.OPEN, reading.now, governor=s.GOVERNORS[1])


def test_an_id_that_two_bodies_share_asks_for_the_governor(twin_reading):
    with pytest.raises(InvalidIdentifierError, match="governor"):
        find_proposal(twin_reading.session, twin_reading.consortium, s.OPEN, twin_reading.now)

    for governor, body in ((s.GOVERNORS[0], "general_assembly"), (s.GOVERNORS[1], "executive_board")):
        found = find_proposal(
            twin_reading.session, twin_reading.consortium, s.OPEN, twin_reading.now, governor=governor
        )
        assert found.summary.body == body


@pytest.mark.parametrize("proposal_id", [0, 7, -1, 1 << 192, 10**80])
def test_an_unknown_id_is_not_found(reading, proposal_id):
    with pytest.raises(ProposalNotFoundError):
        find_proposal(reading.session, reading.consortium, proposal_id, reading.now)
