"""Whom an action names, and what follows: read from the call itself, and not to be hidden from."""

import pytest
from consortium import BARS_VETO, DAY, NONE, RECUSES, bytes32, call_of, resolution, resolution_for
from reverts import refused

ASSEMBLY, MEMBER = 0, 5
SELECTOR = "0x12345678"


def terms_of(consortium, *actions):
    """Kind, rule, party and effect of the proposal that carries these actions, as `Terms` packs them."""
    targets, calldatas = zip(*actions, strict=True)
    word = consortium.rulebook.classify(ASSEMBLY, targets, calldatas)
    return word & 0xFFFF, word >> 16 & 0xFFFF, word >> 32 & 0xFFFF, word >> 48 & 3


def party_of(consortium, *actions):
    """Effect and party of the proposal that carries these actions."""
    _, _, party_id, effect = terms_of(consortium, *actions)
    return effect, party_id


def words(*values):
    return SELECTOR + "".join(f"{value:064x}" for value in values)


def test_act_on_a_member_names_it(consortium):
    breach = call_of(consortium.registry, "notifyBreach", MEMBER, 30 * DAY)
    assert party_of(consortium, breach) == (BARS_VETO, MEMBER)


def test_resolution_names_nobody(consortium):
    assert party_of(consortium, resolution(consortium, "work_plan")) == (NONE, 0)


def test_resolution_about_a_member_names_it_and_its_kind_says_what_follows(consortium):
    assert party_of(consortium, resolution_for(consortium, "award", MEMBER)) == (RECUSES, MEMBER)
    terms = terms_of(consortium, resolution_for(consortium, "award", MEMBER))
    assert terms == (consortium.kind("award"), 3, MEMBER, RECUSES)


def test_award_cannot_leave_out_to_whom(consortium):
    with refused("RulebookNotAResolution", consortium.kind("award")):
        party_of(consortium, resolution(consortium, "award"))


def test_kind_without_effect_cannot_name_anybody(consortium):
    selector = bytes.fromhex(consortium.records.resolveFor.signature[2:])
    with refused("RulebookInvalidParty", consortium.records, selector, 2):
        party_of(consortium, resolution_for(consortium, "work_plan", MEMBER))


@pytest.mark.parametrize("member_id", [0, 1 << 16, (1 << 16) + MEMBER, 1 << 255])
def test_award_to_what_is_no_member_number_is_refused(consortium, member_id):
    target, data = resolution_for(consortium, "award", MEMBER)
    with refused("RulebookInvalidParty", target, bytes.fromhex(data[2:10]), 2):
        party_of(consortium, (target, data[:74] + f"{member_id:064x}" + data[138:]))


def test_malformed_award_is_refused(consortium):
    target, data = resolution_for(consortium, "award", MEMBER)
    for malformed in (data[:10], data[:-2], data + "00", data[:-64]):
        with refused("RulebookActionNotListed", target, bytes.fromhex(data[2:10])):
            party_of(consortium, (target, malformed))


def test_anchor_is_no_decision(consortium):
    target, data = call_of(consortium.records, "anchor", bytes32("minutes"), bytes32("hash"))
    with refused("RulebookActionNotListed", target, bytes.fromhex(data[2:10])):
        party_of(consortium, (target, data))


def test_proposal_that_names_a_party_has_one_action_only(consortium):
    breach = call_of(consortium.registry, "notifyBreach", MEMBER, 30 * DAY)
    award = resolution_for(consortium, "award", MEMBER)
    for actions in ([breach, breach], [award, award], [award, resolution(consortium, "work_plan")]):
        with refused("RulebookPartyNotAlone", len(actions)):
            party_of(consortium, *actions)


def test_party_cannot_hide_behind_an_action_that_names_nobody(consortium):
    rulebook, lens = consortium.rulebook, consortium.lens
    for selector, effect, argument in ((SELECTOR, RECUSES, 1), ("0x87654321", NONE, 0)):
        rulebook.listAction(1, lens, selector, effect, argument)
    with refused("RulebookPartyNotAlone", 2):
        party_of(consortium, (lens, "0x87654321"), (lens, words(MEMBER)))


@pytest.mark.parametrize("argument", [1, 2, 3])
def test_party_is_the_argument_that_was_listed(consortium, argument):
    consortium.rulebook.listAction(1, consortium.lens, SELECTOR, RECUSES, argument)
    assert party_of(consortium, (consortium.lens, words(7, 8, 9))) == (RECUSES, 6 + argument)


def test_action_may_name_a_member_without_any_effect(consortium):
    consortium.rulebook.listAction(1, consortium.lens, SELECTOR, NONE, 1)
    assert party_of(consortium, (consortium.lens, words(7))) == (NONE, 7)


def test_call_too_short_to_name_the_party_is_refused(consortium):
    consortium.rulebook.listAction(1, consortium.lens, SELECTOR, RECUSES, 2)
    for data in (SELECTOR, words(7), words(7, 8)[:-2]):
        with refused("RulebookInvalidParty", consortium.lens, bytes.fromhex(SELECTOR[2:]), 2):
            party_of(consortium, (consortium.lens, data))


@pytest.mark.parametrize("word", [0, 1 << 16, (1 << 16) + 7])
def test_word_that_is_no_member_number_names_nobody_and_is_refused(consortium, word):
    consortium.rulebook.listAction(1, consortium.lens, SELECTOR, RECUSES, 1)
    with refused("RulebookInvalidParty", consortium.lens, bytes.fromhex(SELECTOR[2:]), 1):
        party_of(consortium, (consortium.lens, words(word)))
