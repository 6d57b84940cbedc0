"""What concerns a member or a proposal is found in the journal by indexes, and is all there is."""

import json

import pytest
from sqlalchemy import select, text
from sqlalchemy.dialects import postgresql, sqlite

from backend.database.journal import EventRecord, MentionRecord
from backend.database.schema import downgrade, upgrade
from backend.domain.subjects import MEMBERS, PROPOSALS, WALLETS
from backend.indexer import journal
from backend.queries.activity import ActivityFilter, list_activity, select_activity
from tests.backend import story as s

ASKED = [
    ActivityFilter(member="1"),
    ActivityFilter(member="SI-ANA"),
    ActivityFilter(proposal=s.OPEN),
    ActivityFilter(member="1", proposal=s.OPEN),
    ActivityFilter(member="2", events=("VoteCast",)),
]


def plan_of(session, statement):
    """How the database would go about it, were its tables as long as those of years."""
    engine = session.get_bind()
    if engine.dialect.name == "sqlite":
        written = statement.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True})
        return [row[3] for row in session.execute(text(f"EXPLAIN QUERY PLAN {written}".replace(":", r"\:")))]
    session.execute(text("SET LOCAL enable_seqscan = off"))
    written = statement.compile(dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True})
    return [row[0] for row in session.execute(text(f"EXPLAIN {written}".replace(":", r"\:")))]


@pytest.mark.parametrize("wanted", ASKED, ids=str)
def test_no_filter_goes_through_the_journal(reading, wanted):
    statement = select_activity(reading.session, reading.consortium, wanted)
    plan = plan_of(reading.session, statement)
    told = "\n".join(plan)

    assert "LIKE" not in str(statement).upper()
    assert "~~" not in told, told
    assert any(("mentions" in step and "SEARCH" in step) or "pk_mentions" in step for step in plan), told
    for table in ("events", "votes", "earlier_votes", "mentions"):
        assert f"Seq Scan on {table}" not in told, told
        assert f"SCAN {table}\n" not in f"{told}\n", told


def names(said, member, wallets, proposal):
    """Whether arguments name them, as plainly as it can be asked."""
    of_member = any(said.get(name) == member for name in MEMBERS) or any(said.get(name) in wallets for name in WALLETS)
    return of_member if proposal is None else any(said.get(name) == proposal for name in PROPOSALS)


@pytest.mark.parametrize("member", [1, 2, 3, 4, 5])
def test_what_concerns_a_member_is_what_names_it(reading, member):
    wallets = set(all_wallets(reading, member))
    found = list_activity(reading.session, reading.consortium, ActivityFilter(member=str(member)), limit=1000)
    expected = {
        (row.block_number, row.log_index)
        for row in reading.session.scalars(select(EventRecord))
        if names(json.loads(row.arguments), member, wallets, None)
    }

    assert {(each.block_number, each.log_index) for each in found.items} == expected
    assert found.total == len(expected) > 0


def all_wallets(reading, member):
    return reading.session.execute(
        text("SELECT address FROM wallets WHERE member_id = :member"), {"member": member}
    ).scalars()


@pytest.mark.parametrize("proposal", [s.OPEN, s.VETOED, s.EXECUTED, s.SECOND_CALL])
def test_what_concerns_a_proposal_is_what_names_it(reading, proposal):
    found = list_activity(reading.session, reading.consortium, ActivityFilter(proposal=proposal), limit=1000)
    expected = {
        (row.block_number, row.log_index)
        for row in reading.session.scalars(select(EventRecord))
        if names(json.loads(row.arguments), None, (), proposal) and row.emitter in s.GOVERNORS
    }

    assert {(each.block_number, each.log_index) for each in found.items} == expected
    assert found.total == len(expected) > 0


def mentions(mirror):
    with mirror.asking() as session:
        rows = session.scalars(select(MentionRecord).order_by(MentionRecord.block_number, MentionRecord.log_index))
        return sorted((row.block_number, row.log_index, row.subject) for row in rows)


def test_a_cut_takes_the_mentions_along(fresh_mirror, story):
    mirror = fresh_mirror(story.told)
    before = mentions(mirror)
    middle = before[len(before) // 2][0]
    with mirror.writing() as session:
        journal.cut(session.connection(), mirror.consortium.id, middle)

    assert mentions(mirror) == [each for each in before if each[0] <= middle]


def test_a_journal_of_an_earlier_release_is_gone_through_once(fresh_mirror, story):
    """What the migration writes is what is written as events come in."""
    mirror = fresh_mirror(story.told)
    before = mentions(mirror)
    url = mirror.sessions.kw["bind"].url.render_as_string(hide_password=False)
    mirror.sessions.kw["bind"].dispose()
    downgrade(url, "0012")
    upgrade(url)

    assert mentions(mirror) == before != []
