// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {Base, Rule, Tally, TieBreak} from "../../contracts/interfaces/IRulebook.sol";
import {Dice} from "./Proof.sol";

/// @title Rules and tallies to judge, thrown with dice.
library AnyCase {
    /// @dev Any rule the rulebook would take, and any tally there can be: mostly small ones, where thresholds are close.
    function from(uint256 seed) internal pure returns (Rule memory rule, Tally memory tally) {
        Dice memory dice = Dice(seed);
        (rule.quorumNumerator, rule.quorumDenominator) = _anyFraction(dice);
        (rule.majorityNumerator, rule.majorityDenominator) = _anyFraction(dice);
        (rule.countryNumerator, rule.countryDenominator) = _anyFraction(dice);
        rule.base = Base(dice.roll(0, 2));
        rule.tie = TieBreak(dice.roll(0, 1));
        (rule.strict, rule.abstentionsCast, rule.silenceConsents) = (dice.flip(), dice.flip(), dice.flip());
        rule.binding = dice.flip();
        rule.calls = uint8(dice.roll(0, 3));
        tally.attempt = uint8(dice.roll(1, 4));
        tally.chairSupport = uint8(dice.roll(0, 3));
        tally.countries = uint16(dice.roll(0, 30));
        tally.countriesFor = uint16(dice.roll(0, tally.countries));
        _fill(tally, dice);
    }

    function _fill(Tally memory tally, Dice memory dice) private pure {
        tally.entitled = uint32(dice.roll(0, dice.roll(0, 3) == 0 ? type(uint16).max : 12));
        tally.againstVotes = uint32(dice.roll(0, tally.entitled));
        uint256 room = tally.entitled - tally.againstVotes;
        bool tied = dice.roll(0, 2) == 0 && tally.againstVotes <= room;
        tally.forVotes = tied ? tally.againstVotes : uint32(dice.roll(0, room));
        tally.abstainVotes = uint32(dice.roll(0, room - tally.forVotes));
    }

    function _anyFraction(Dice memory dice) private pure returns (uint16, uint16) {
        uint256 denominator = dice.roll(1, dice.flip() ? 6 : type(uint16).max);
        return (uint16(dice.roll(0, denominator)), uint16(denominator));
    }
}
