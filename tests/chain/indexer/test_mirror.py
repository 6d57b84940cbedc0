"""The mirror says what the contracts say."""

from __future__ import annotations

from collections import Counter

from brownie import chain
from consortium import (
    DAY,
    adopt,
    bytes32,
    decide,
    execute,
    mine_at,
    opened,
    plain,
    put,
    queue,
    resolution,
    vote,
    wallet_of,
)
from sqlalchemy import select

from backend.chain.contracts import check_deployment
from backend.database.records import (
    BodyRecord,
    EntitlementRecord,
    KindActionRecord,
    KindRecord,
    MemberRecord,
    ProposalRecord,
    ResolutionRecord,
    RuleRecord,
    VoteRecord,
    WalletRecord,
)
from backend.indexer.rebuild import rebuild


def rows(sessions, record, **key):
    with sessions() as session:
        return session.scalars(select(record).filter_by(**key)).all()


def entitled_at(sessions, body_id, second):
    spans = rows(sessions, EntitlementRecord, body_id=body_id)
    return sum(span.since <= second and (span.until is None or second < span.until) for span in spans)


def test_the_deployment_is_found_on_the_chain(connection, deployment):
    check_deployment(connection, deployment)


def test_the_roll_is_the_registrys(consortium, follower, sessions):
    consortium.registry.rotateWallet(wallet_of(77), {"from": consortium.wallet(2)})
    consortium.registry.notifyBreach(3, 30 * DAY, {"from": consortium.deployer})
    consortium.registry.changeClass(4, 3, {"from": consortium.deployer})
    consortium.registry.endSeat(1, 1, {"from": consortium.deployer})
    follower.follow_once()

    members = rows(sessions, MemberRecord)
    assert len(members) == consortium.registry.memberCount() == 10
    for member in members:
        wallet, of_class, status, country, rights, _ = consortium.registry.member(member.member_id)
        mirrored = (member.wallet, member.member_class, member.status, member.rights)
        assert mirrored == (wallet, of_class, status, rights)
        assert member.country.encode().hex() == country.hex().removeprefix("0x")
    revoked = [row.address for row in rows(sessions, WalletRecord) if row.revoked_at]
    assert revoked == [consortium.wallet(2).address]


def test_the_electorate_of_every_second_is_the_registrys(consortium, follower, sessions):
    seconds = [chain[-1].timestamp]
    consortium.registry.recordExit(5, {"from": consortium.deployer})
    seconds.append(chain[-1].timestamp)
    mine_at(chain[-1].timestamp + DAY)
    consortium.registry.grantSeat(1, 8, 0, {"from": consortium.deployer})
    seconds += [chain[-1].timestamp - 1, chain[-1].timestamp]
    mine_at(chain[-1].timestamp + 1)
    follower.follow_once()

    for body_id in range(3):
        for second in seconds:
            assert entitled_at(sessions, body_id, second) == consortium.registry.entitledAt(body_id, second)


def test_rules_and_kinds_are_the_rulebooks(consortium, follower, sessions):
    law = plain(consortium.rulebook.rule(1))[2]
    consortium.rulebook.setRule(bytes32("GA_2_3"), (*law[:2], 2 * DAY, *law[3:]), {"from": consortium.deployer})
    follower.follow_once()

    rules = rows(sessions, RuleRecord)
    assert len(rules) == consortium.rulebook.ruleCount() == 5
    for rule in rules:
        name, version, terms = consortium.rulebook.rule(rule.rule_id)
        assert (bytes32(rule.name), rule.version) == (str(name), version)
        durations = (rule.notice, rule.short_notice, rule.period, rule.standstill, rule.veto_window)
        fractions = (rule.rule.quorum, rule.rule.majority, rule.rule.countries)
        numbers = [part for ratio in fractions for part in (ratio.numerator, ratio.denominator)]
        counting = (rule.base, rule.strict, rule.abstentions_cast, rule.silence_consents, rule.binding)
        rest = (rule.early_close, rule.revisable, rule.external_approval, rule.tie, rule.calls, rule.mandates)
        assert (*durations, *numbers, *counting, *rest, rule.veto_grounds) == plain(terms)
    for kind in rows(sessions, KindRecord):
        _, *terms = consortium.rulebook.kind(kind.kind_id)
        assert [kind.body_id, kind.rule_id, kind.resolution, kind.party_effect] == terms
    for action in rows(sessions, KindActionRecord):
        assert consortium.rulebook.kindOfAction(action.target, action.selector) == action.kind_id
        party = consortium.rulebook.partyOfAction(action.target, action.selector)
        assert (action.party_effect, action.party_argument) == plain(party)


def test_proposals_and_tallies_are_the_governors(governed, follower, sessions):
    question = put(governed.assembly, governed.wallet(1), [resolution(governed, "work_plan")])
    withdrawn = put(governed.assembly, governed.wallet(2), [resolution(governed, "work_plan")], "other")
    withdrawn.governor.cancel(*withdrawn.parts, {"from": governed.wallet(2)})
    vote(governed, opened(question), for_=[1, 2, 3, 4, 5], against=[6], abstain=[8])
    follower.follow_once()

    mirrored = {row.proposal_id: row for row in rows(sessions, ProposalRecord)}
    row = mirrored[question.id]
    number, kind_id, rule_id, extraordinary = governed.assembly.proposalTerms(question.id)
    assert (row.number, row.kind_id, row.rule_id, row.extraordinary) == (number, kind_id, rule_id, extraordinary)
    assert (row.opens_at, row.closes_at, row.description) == (question.opens_at, question.closes_at, "text")
    assert row.actions[0]["calldata"] == question.calldatas[0]
    assert mirrored[withdrawn.id].canceled_at
    cast = Counter(each.choice for each in rows(sessions, VoteRecord, proposal_id=question.id))
    assert (cast[0], cast[1], cast[2]) == plain(governed.assembly.proposalVotes(question.id)) == (1, 5, 1)


def test_a_decision_is_followed_until_it_is_executed_and_recorded(governed, follower, sessions):
    question = adopt(governed, put(governed.assembly, governed.wallet(1), [resolution(governed, "work_plan")]))
    queue(question, governed.wallet(1))
    follower.follow_once()
    row = rows(sessions, ProposalRecord)[0]
    assert (row.eta, row.executed_at) == (governed.assembly.proposalEta(question.id), None)

    executed = execute(question, governed.wallet(1))
    follower.follow_once()
    row = rows(sessions, ProposalRecord)[0]
    recorded = rows(sessions, ResolutionRecord)
    assert (row.executed_at, row.executed_transaction) == (executed.timestamp, executed.txid)
    assert [(each.body_id, each.kind_id) for each in recorded] == [(0, governed.kind("work_plan"))]


def test_a_resolution_that_no_body_took_is_not_recorded(governed, stranger, follower, sessions):
    governed.records.resolve(governed.kind("work_plan"), bytes32("forged"), {"from": stranger})
    follower.follow_once()

    assert rows(sessions, ResolutionRecord) == []


def test_bodies_that_the_record_does_not_name_are_found_on_the_chain(consortium, follower, sessions):
    question = put(consortium.governors[1], consortium.wallet(1), [resolution(consortium, "board_matter")])
    follower.follow_once()

    assert {row.name for row in rows(sessions, BodyRecord)} == {"general_assembly", "executive_board", "consultation"}
    assert [(row.body_id, row.proposal_id) for row in rows(sessions, ProposalRecord)] == [(1, question.id)]


def test_a_reason_that_is_no_text_does_not_stop_the_mirror(governed, follower, sessions):
    question = opened(put(governed.assembly, governed.wallet(1), [resolution(governed, "work_plan")]))
    encoded = question.governor.castVoteWithReason.encode_input(question.id, 1, "??")
    spoiled = encoded.replace(b"??".hex().ljust(64, "0"), "ff00".ljust(64, "0"))
    governed.wallet(1).transfer(question.governor, 0, data=spoiled)
    follower.follow_once()

    assert [row.reason for row in rows(sessions, VoteRecord)] == ["\\xff\\x00"]


def test_following_live_rebuilding_and_reading_afresh_end_in_the_same_bytes(
    governed, follower, sessions, exported, fresh
):
    follower.follow_once()
    decide(governed, resolution(governed, "work_plan"))
    follower.follow_once()
    live = exported(sessions)
    with sessions.begin() as session:
        rebuild(session)

    assert exported(sessions) == live == fresh()
