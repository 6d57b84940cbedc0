// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {Rule} from "../../contracts/interfaces/IRulebook.sol";
import {Consortium, Question} from "./Consortium.sol";

/// @notice What wallets and explorers that know only OpenZeppelin's governor are told of a proposal.
contract StatesTest is Consortium {
    function test_adopted_decision_goes_through_every_state() public {
        Question memory question = _put(MATTER);
        _require(question.id, IGovernor.ProposalState.Pending);
        _open(general, question.id);
        _require(question.id, IGovernor.ProposalState.Active);
        _voteAll(question.id, 1, 8, FOR);
        _close(general, question.id);
        _require(question.id, IGovernor.ProposalState.Succeeded);
        _queue(question);
        _require(question.id, IGovernor.ProposalState.Queued);
        _execute(question);
        _require(question.id, IGovernor.ProposalState.Executed);
    }

    function test_rejected_question_is_defeated_and_not_queued() public {
        Question memory question = _opened(MATTER);
        _voteAll(question.id, 1, 8, AGAINST);
        _close(general, question.id);
        _require(question.id, IGovernor.ProposalState.Defeated);
        vm.expectPartialRevert(IGovernor.GovernorUnexpectedProposalState.selector);
        _queue(question);
    }

    function test_consultation_has_succeeded_once_it_is_over() public {
        Rule memory rule = _plainRule();
        (rule.majorityNumerator, rule.majorityDenominator, rule.binding) = (0, 1, false);
        _kindUnder("opinion", ASSEMBLY, rule);
        Question memory question = _opened("opinion");
        _close(general, question.id);
        _require(question.id, IGovernor.ProposalState.Succeeded);
    }

    function test_signed_ballot_weighs_one() public {
        Question memory question = _opened(MATTER);
        bytes memory signature = _signedBallot(general, 2, question.id, FOR);
        vm.assertEq(general.castVoteBySig(question.id, FOR, _wallet(2), signature), 1, "weight");
    }

    function _require(uint256 proposalId, IGovernor.ProposalState expected) private view {
        vm.assertEq(uint8(general.state(proposalId)), uint8(expected), "state");
    }
}
