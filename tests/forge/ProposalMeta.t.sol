// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {PartyEffect, Rule, TieBreak} from "../../contracts/interfaces/IRulebook.sol";
import {Filing, ProposalMeta, packMeta} from "../../contracts/types/ProposalMeta.sol";
import {Terms, termsUnder} from "../../contracts/types/Terms.sol";
import {Dice, Proof} from "./Proof.sol";

/// @notice What is packed is read again as it was, each field beside all others, whatever they are.
contract ProposalMetaTest is Proof {
    function test_terms_are_read_as_they_were_packed(uint256 seed) public pure {
        Dice memory dice = Dice(seed);
        Rule memory rule = _rule(dice);
        (uint16 kindId, uint16 ruleId) = (_number(dice), _number(dice));
        Terms terms = termsUnder(kindId, ruleId, rule);
        vm.assertEq(terms.kindId(), kindId, "kind");
        vm.assertEq(terms.ruleId(), ruleId, "rule");
        vm.assertEq(terms.notice(), rule.notice, "notice");
        vm.assertEq(terms.shortNotice(), rule.shortNotice, "short notice");
        vm.assertEq(terms.period(), rule.period, "period");
        vm.assertEq(uint8(terms.tie()), uint8(rule.tie), "tie");
        vm.assertTrue(terms.revisable() == rule.revisable, "revisable");
        vm.assertEq(terms.partyId(), 0, "no party yet");
    }

    function test_facts_of_a_proposal_are_read_as_they_were_packed(uint256 seed) public pure {
        Dice memory dice = Dice(seed);
        Rule memory rule = _rule(dice);
        uint16 partyId = _number(dice);
        PartyEffect effect = PartyEffect(dice.roll(0, uint8(type(PartyEffect).max)));
        Terms terms = termsUnder(_number(dice), _number(dice), rule).naming(partyId, effect);
        Filing memory filing = Filing({
            number: uint24(dice.roll(0, type(uint24).max)),
            proposerId: _number(dice),
            extraordinary: dice.flip(),
            attempt: uint8(dice.roll(0, 15)),
            chairId: _number(dice)
        });
        ProposalMeta meta = packMeta(terms, filing);
        _requireLaw(meta, terms, rule);
        _requireFiling(meta, filing);
        vm.assertTrue(meta.isPlain(), "plain");
        _requireLaw(meta.withClosedEarly().withWithdrawn(), terms, rule);
        _requireFiling(meta.withClosedEarly().withWithdrawn(), filing);
    }

    function test_what_became_of_a_proposal_is_told_apart() public pure {
        ProposalMeta none = ProposalMeta.wrap(0);
        ProposalMeta closed = none.withClosedEarly();
        ProposalMeta withdrawn = none.withWithdrawn();
        vm.assertTrue(!none.closedEarly() && !none.withdrawn() && none.isPlain(), "neither");
        vm.assertTrue(closed.closedEarly() && !closed.withdrawn() && !closed.isPlain(), "closed early");
        vm.assertTrue(!withdrawn.closedEarly() && withdrawn.withdrawn() && !withdrawn.isPlain(), "withdrawn");
    }

    function _requireLaw(ProposalMeta meta, Terms terms, Rule memory rule) private pure {
        vm.assertEq(meta.kindId(), terms.kindId(), "kind");
        vm.assertEq(meta.ruleId(), terms.ruleId(), "rule");
        vm.assertEq(meta.partyId(), terms.partyId(), "party");
        vm.assertEq(uint8(meta.partyEffect()), uint8(terms.partyEffect()), "effect");
        vm.assertTrue(meta.revisable() == rule.revisable, "revisable");
    }

    function _requireFiling(ProposalMeta meta, Filing memory filing) private pure {
        vm.assertEq(meta.number(), filing.number, "number");
        vm.assertEq(meta.proposerId(), filing.proposerId, "proposer");
        vm.assertTrue(meta.extraordinary() == filing.extraordinary, "extraordinary");
        vm.assertEq(meta.attempt(), filing.attempt, "attempt");
        vm.assertEq(meta.chairId(), filing.chairId, "chair");
    }

    function _rule(Dice memory dice) private pure returns (Rule memory rule) {
        rule.notice = uint32(dice.roll(0, type(uint32).max));
        rule.shortNotice = uint32(dice.roll(0, type(uint32).max));
        rule.period = uint32(dice.roll(0, type(uint32).max));
        rule.tie = TieBreak(dice.roll(0, 1));
        rule.revisable = dice.flip();
    }

    function _number(Dice memory dice) private pure returns (uint16) {
        return uint16(dice.roll(0, type(uint16).max));
    }
}
