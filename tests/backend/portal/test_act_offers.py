"""Which acts a proposal is open to, from when and until when."""

from __future__ import annotations

from dataclasses import replace

import pytest

from backend.portal import labels
from backend.portal.act_labels import ACT_LABELS
from backend.portal.act_offers import further_openings, member_offers, office_offers
from backend.portal.act_words import PHASES, STATUSES
from backend.portal.desk_work import earliest_openings, rotations_of
from backend.queries.views import ApprovalView, KindView, MemberView, ProposalRef, RotationView, VetoView
from tests.backend.portal.conftest import ANKA, DAY, GA_2_3, NOW

HASH = "0x" + "ab" * 32
GUARDED = replace(GA_2_3, veto_grounds=("costs",), calls=3, veto_window=15 * DAY, short_notice=15 * DAY)


def acts(offers):
    return {offer.act for offer in offers}


def named(offers, act):
    return next(offer for offer in offers if offer.act == act)


@pytest.fixture
def guarded(proposal):
    def make(state, **changes):
        made = proposal(state, rule=GUARDED)
        return replace(made, veto_until=made.summary.closes_at + 15 * DAY, **changes)

    return make


def veto(withdrawn_at=None):
    return VetoView(ANKA, "costs", HASH, NOW - 9, HASH, withdrawn_at, None, "final")


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("pending", {"veto", "recuse", "cancel"}),
        ("open", {"veto", "recuse"}),
        ("adopted", {"veto", "objectToMinutes", "queue"}),
        ("binding", {"veto", "queue"}),
        ("queued", {"execute"}),
        ("no_quorum", {"reconvene"}),
        ("rejected", set()),
        ("executed", set()),
        ("withdrawn", set()),
    ],
)
def test_what_members_may_do_follows_from_the_state(guarded, state, expected):
    assert acts(member_offers(guarded(state), NOW)) == expected


def test_a_veto_waits_for_the_opening_and_ends_with_its_time(guarded):
    pending = guarded("pending")
    offer = named(member_offers(pending, NOW), "veto")
    assert (offer.since, offer.until) == (pending.summary.opens_at + 1, pending.veto_until)
    assert not offer.is_open(NOW)
    assert offer.is_open(pending.summary.opens_at + 1)
    assert "veto" not in acts(member_offers(pending, pending.veto_until + 1))


def test_a_rule_without_grounds_knows_no_veto(proposal):
    assert "veto" not in acts(member_offers(proposal("open"), NOW))


def test_a_veto_is_taken_back_only_while_one_stands_and_nothing_took_the_proposals_place(guarded):
    assert "withdrawVeto" in acts(member_offers(guarded("vetoed", vetoes=(veto(),)), NOW))
    assert "withdrawVeto" not in acts(member_offers(guarded("vetoed", vetoes=(veto(NOW),)), NOW))
    revised = guarded("vetoed", vetoes=(veto(),), revised_by=ProposalRef(5, "GA-8"))
    assert acts(member_offers(revised, NOW)) == set()


def test_a_vote_is_closed_early_only_where_the_rule_allows_it(proposal):
    assert "close" not in acts(member_offers(proposal("open"), NOW))
    assert "close" in acts(member_offers(proposal("open", rule=replace(GA_2_3, early_close=True)), NOW))


def test_a_question_is_called_again_once_and_soon(guarded):
    failed = guarded("no_quorum")
    offer = named(office_offers(failed, NOW), "reconvene")
    assert offer.until == failed.summary.closes_at + 15 * DAY
    assert "reconvene" not in acts(office_offers(failed, offer.until + 1))
    assert "reconvene" not in acts(office_offers(replace(failed, next=ProposalRef(5, "GA-8")), NOW))


def test_a_further_call_opens_after_the_short_notice_and_within_a_month(guarded):
    openings = further_openings(guarded("no_quorum"), NOW)
    assert (openings.earliest, openings.latest) == (NOW + 15 * DAY, NOW + 45 * DAY)


def test_a_decision_is_queued_once_it_binds_and_executed_once_its_time_has_come(guarded):
    adopted = guarded("adopted")
    assert named(member_offers(adopted, NOW), "queue").since == adopted.summary.binding_at + 1
    queued = replace(guarded("queued"), eta=NOW + 60)
    assert not named(office_offers(queued, NOW), "execute").is_open(NOW)
    assert named(office_offers(queued, NOW), "execute").is_open(NOW + 60)


@pytest.mark.parametrize("state", ["no_quorum", "rejected", "vetoed", "consulted", "adopted", "binding"])
def test_the_office_records_minutes_after_every_vote(guarded, state):
    assert named(office_offers(guarded(state), NOW), "recordMinutes").is_open(NOW)


@pytest.mark.parametrize("state", ["pending", "queued", "executed", "withdrawn"])
def test_nobody_records_minutes_before_the_vote_or_after_queueing(guarded, state):
    assert "recordMinutes" not in acts(office_offers(guarded(state), NOW))


def test_minutes_of_an_open_vote_wait_for_its_end(guarded):
    voting = guarded("open")
    assert named(office_offers(voting, NOW), "recordMinutes").since == voting.summary.closes_at + 1


def test_an_outside_answer_is_recorded_once_and_where_the_rule_waits_for_it(proposal, guarded):
    asked = proposal("awaiting_approval", rule=replace(GA_2_3, external_approval=True))
    assert "recordApproval" in acts(office_offers(asked, NOW))
    assert "recordApproval" not in acts(office_offers(guarded("adopted"), NOW))
    answered = replace(asked, approval=ApprovalView(True, HASH, NOW, HASH))
    assert "recordApproval" not in acts(office_offers(answered, NOW))


def test_every_act_that_is_offered_has_its_words(guarded):
    offered = {act for state in labels.STATES for act in acts(member_offers(guarded(state, vetoes=(veto(),)), NOW))}
    offered |= {act for state in labels.STATES for act in acts(office_offers(guarded(state), NOW))}
    assert offered - ACT_LABELS.keys() == set()


def test_phases_and_statuses_are_all_named():
    assert set(PHASES) == labels.STATES.keys()
    assert set(STATUSES) - {"none"} == labels.STATUSES.keys()


def test_the_earliest_dates_are_those_of_the_rule_in_force():
    kinds = [KindView(n, f"kind{n}", "general_assembly", "GA_2_3", 1, True, "none", ()) for n in (1, 2)]
    (opening,) = earliest_openings(kinds, [replace(GA_2_3, notice=45 * DAY, short_notice=0)], NOW)
    assert opening.kinds == ("kind1", "kind2")
    assert (opening.ordinary, opening.extraordinary) == (NOW + 45 * DAY, NOW + 1)


@pytest.mark.parametrize(
    ("effective_from", "steps"),
    [(None, ["approveRotation", "stopRotation"]), (NOW + 9, ["completeRotation", "stopRotation"])],
)
def test_a_lost_account_waits_for_the_second_office_then_for_time(effective_from, steps):
    rotation = RotationView("0x" + "12" * 20, NOW - DAY, effective_from, HASH)
    member = MemberView(
        3, "SI-PRVA", "Prva", "SI", "partner", "active", "0x" + "13" * 20, (), None, 0, None, (), rotation, (), ()
    )
    (found,) = rotations_of([member, replace(member, rotation=None)])
    assert [offer.act for offer in found.offers] == steps
    assert found.offers[0].since == effective_from
