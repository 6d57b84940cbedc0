// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {SignedBallot} from "../../contracts/interfaces/IConsortiumGovernor.sol";
import {Consortium, Question} from "./Consortium.sol";

/// @notice What acts cost, by whole transactions; kept in `snapshots/zbor.json`, beside OpenZeppelin's.
/// @dev Run with `--isolate`, or the calls are not transactions of their own.
contract GasTest is Consortium {
    string private constant REASON = "0x5555555555555555555555555555555555555555555555555555555555555555";
    string private constant TEXT = "bafkreiaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa0123456";
    uint256 private constant LAST = 70;

    function setUp() public override {
        super.setUp();
        registry.found(_admissions(11, LAST), DOCUMENT);
        _put(MATTER); // the first of a body writes its counters anew
        _goTo(_now() + 1 days);
    }

    function test_gas_of_a_decision() public {
        Question memory question = _resolution(rulebook.kindIdOf(MATTER));
        question.description = TEXT;
        question = _file(general, 1, question);
        vm.snapshotGasLastCall("zbor", "propose");
        _open(general, question.id);
        _vote(question.id, 1, FOR);
        vm.snapshotGasLastCall("zbor", "vote_in_first_word");
        _vote(question.id, 17, FOR);
        vm.snapshotGasLastCall("zbor", "vote_first");
        _vote(question.id, 18, FOR);
        vm.snapshotGasLastCall("zbor", "vote_next");
        vm.prank(_wallet(19));
        general.castVoteWithReason(question.id, FOR, REASON);
        vm.snapshotGasLastCall("zbor", "vote_with_reason");
        _bySignature(question.id);
        _voteAll(question.id, 22, 50, FOR);
        _queueAndExecute(question);
    }

    function test_gas_of_a_proposal_that_names_its_proposer() public {
        Question memory question = _resolution(rulebook.kindIdOf(MATTER));
        question.description = string.concat(TEXT, "#proposer=", vm.toString(_wallet(1)));
        _file(general, 1, question);
        vm.snapshotGasLastCall("zbor", "propose_with_suffix");
    }

    function test_gas_of_a_batch_of_fifty_signed_ballots_with_reasons() public {
        Question memory question = _opened(MATTER);
        SignedBallot[] memory ballots = new SignedBallot[](50);
        for (uint256 i = 0; i < 50; ++i) {
            uint256 key = 11 + i;
            bytes memory signature = _signedReason(general, key, question.id, FOR, REASON);
            ballots[i] = SignedBallot(_wallet(key), FOR, REASON, signature);
        }
        general.castVotesBySig(question.id, ballots);
        uint256 gas = vm.snapshotGasLastCall("zbor", "batch_of_fifty");
        vm.snapshotValue("zbor", "batch_each", gas / 50);
    }

    function test_gas_of_founding_thirty_members() public {
        registry.found(_admissions(LAST + 1, LAST + 30), DOCUMENT);
        uint256 gas = vm.snapshotGasLastCall("zbor", "founding_of_thirty");
        vm.snapshotValue("zbor", "admission_each", gas / 30);
    }

    function _bySignature(uint256 proposalId) private {
        bytes memory signature = _signedBallot(general, 20, proposalId, FOR);
        general.castVoteBySig(proposalId, FOR, _wallet(20), signature);
        vm.snapshotGasLastCall("zbor", "vote_by_signature");
        signature = _signedReason(general, 21, proposalId, FOR, REASON);
        general.castVoteWithReasonAndParamsBySig(proposalId, FOR, _wallet(21), REASON, "", signature);
        vm.snapshotGasLastCall("zbor", "signed_ballot_with_reason");
    }

    function _queueAndExecute(Question memory question) private {
        _close(general, question.id);
        _queue(question);
        uint256 queueing = vm.snapshotGasLastCall("zbor", "queue");
        _execute(question);
        uint256 execution = vm.snapshotGasLastCall("zbor", "execute");
        vm.snapshotValue("zbor", "queue_and_execute", queueing + execution);
    }
}
