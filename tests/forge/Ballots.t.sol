// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {Choice, IConsortiumGovernor, Phase, SignedBallot} from "../../contracts/interfaces/IConsortiumGovernor.sol";
import {Base, Rule, Tally, Verdict} from "../../contracts/interfaces/IRulebook.sol";
import {Consortium, Question} from "./Consortium.sol";

/// @notice A wallet of code, with a wish for each way of answering.
contract ContractWallet {
    enum Manner {
        Approves,
        Refuses,
        Reverts,
        EatsGas,
        AnswersTooLittle
    }

    Manner public manner;

    function setManner(Manner manner_) external {
        manner = manner_;
    }

    function isValidSignature(bytes32, bytes calldata) external view returns (bytes4) {
        if (manner == Manner.Refuses) return 0xffffffff;
        if (manner == Manner.Reverts) revert("no");
        while (manner == Manner.EatsGas) {}
        if (manner == Manner.AnswersTooLittle) {
            assembly {
                mstore(0, shl(224, 0x1626ba7e))
                return(0, 4)
            }
        }
        return this.isValidSignature.selector;
    }
}

/// @notice A member's own ballots: direct, signed, in batches; changed and refused.
contract BallotsTest is Consortium {
    bytes32 private constant CHANGEABLE = "changeable";

    function setUp() public override {
        super.setUp();
        Rule memory rule = _plainRule();
        rule.revisable = true;
        _kindUnder(CHANGEABLE, ASSEMBLY, rule);
    }

    // ------------------------------------------------------------------------------------------------------ Own

    function test_ballot_weighs_one_whoever_casts_it() public {
        Question memory question = _opened(MATTER);
        vm.prank(_wallet(1));
        vm.assertEq(general.castVote(question.id, ABSTAIN), 1, "a founding member's");
        vm.prank(_wallet(8));
        vm.assertEq(general.castVoteWithReason(question.id, FOR, "because"), 1, "a partner's");
        Tally memory tally = general.tallyOf(question.id);
        vm.assertEq(tally.forVotes, 1, "for");
        vm.assertEq(tally.abstainVotes, 1, "abstentions");
    }

    function test_right_in_other_bodies_gives_no_ballot_in_this_one() public {
        _body("Everybody", 14);
        registry.found(_admissions(11, 11), DOCUMENT);
        uint16 kindId = _kindUnder("board matter", BOARD, _plainRule());
        _goTo(_now() + 1);
        Question memory question = _file(board, 1, _resolution(kindId));
        _open(board, question.id);
        vm.prank(_wallet(11));
        vm.expectPartialRevert(IConsortiumGovernor.ConsortiumGovernorNoVotingRight.selector);
        board.castVote(question.id, FOR);
        vm.prank(_wallet(3));
        board.castVote(question.id, FOR);
        vm.assertEq(board.tallyOf(question.id).forVotes, 1, "for");
    }

    function test_ballots_are_refused_outside_their_time_and_choices() public {
        Question memory question = _put(MATTER);
        _refused(question.id, 1, FOR, IConsortiumGovernor.ConsortiumGovernorVotingNotOpen.selector);
        _open(general, question.id);
        _refused(question.id, 1, 3, IConsortiumGovernor.ConsortiumGovernorInvalidChoice.selector);
        vm.prank(_wallet(1));
        vm.expectPartialRevert(IConsortiumGovernor.ConsortiumGovernorParamsNotSupported.selector);
        general.castVoteWithReasonAndParams(question.id, FOR, "", hex"01");
        _goTo(uint48(general.proposalDeadline(question.id)));
        _vote(question.id, 1, FOR);
        _goTo(_now() + 1);
        _refused(question.id, 2, FOR, IConsortiumGovernor.ConsortiumGovernorVotingClosed.selector);
    }

    function test_each_who_may_not_vote_is_told_why() public {
        Question memory question = _opened(MATTER);
        registry.notifyBreach(5, 30 days);
        _vote(question.id, 5, FOR);
        _refused(question.id, 5, FOR, IConsortiumGovernor.ConsortiumGovernorAlreadyVoted.selector);
        registry.recordExit(6);
        _refused(question.id, 6, FOR, IConsortiumGovernor.ConsortiumGovernorNoVotingRight.selector);
        _refused(question.id, 9, FOR, IConsortiumGovernor.ConsortiumGovernorNoVotingRight.selector);
        _refused(question.id, 99, FOR, IConsortiumGovernor.ConsortiumGovernorNotAMember.selector);
        registry.found(_admissions(11, 11), DOCUMENT);
        _refused(question.id, 11, FOR, IConsortiumGovernor.ConsortiumGovernorNotInElectorate.selector);
        vm.prank(_wallet(7));
        registry.rotateWallet(vm.addr(500));
        _refused(question.id, 7, FOR, IConsortiumGovernor.ConsortiumGovernorWalletRevoked.selector);
        _goTo(_now() + 31 days);
        registry.declareDefault(5);
        question = _opened(MATTER);
        _refused(question.id, 5, FOR, IConsortiumGovernor.ConsortiumGovernorMemberDefaulting.selector);
        vm.assertEq(general.getVotes(_wallet(5), _now() - 1), 0, "votes of a defaulting party");
        vm.assertEq(general.getVotes(_wallet(1), _now() - 1), 1, "votes of a member");
        vm.assertEq(general.getVotes(_wallet(7), _now() - 1), 0, "votes of a wallet left behind");
        vm.assertEq(general.getVotes(_wallet(1), type(uint256).max), 0, "votes at no second");
    }

    function test_ballot_is_changed_thirty_times_at_most_and_the_last_counts() public {
        Question memory question = _opened(CHANGEABLE);
        for (uint256 i = 0; i < 30; ++i) {
            _vote(question.id, 1, uint8(i % 3));
        }
        _refused(question.id, 1, FOR, IConsortiumGovernor.ConsortiumGovernorTooManyRevisions.selector);
        (Choice choice, uint8 revision, bool byMandate, bool recused) = general.ballotDetail(question.id, 1);
        vm.assertTrue(choice == Choice.Abstain && revision == 30 && !byMandate && !recused, "ballot");
        (uint256 against, uint256 inFavour, uint256 abstain) = general.proposalVotes(question.id);
        vm.assertTrue(against == 0 && inFavour == 0 && abstain == 1, "votes");
        vm.assertTrue(general.hasVoted(question.id, _wallet(1)) && !general.hasVoted(question.id, _wallet(2)), "voted");
        vm.assertTrue(!general.hasVoted(question.id, address(0xD)), "a stranger has not voted");
    }

    function test_word_boundaries_hold_thirty_three_members() public {
        registry.found(_admissions(11, 49), DOCUMENT);
        _goTo(_now() + 1);
        Question memory question = _opened(MATTER);
        uint256[6] memory members = [uint256(1), 16, 17, 48, 49, 33];
        for (uint256 i = 0; i < 6; ++i) {
            _vote(question.id, members[i], uint8(i % 3));
        }
        (uint256 against, uint256 inFavour, uint256 abstain) = general.proposalVotes(question.id);
        vm.assertTrue(against == 2 && inFavour == 2 && abstain == 2, "votes");
        vm.assertEq(general.quorumOf(question.id), 0, "quorum");
        vm.assertTrue(general.verdictOf(question.id) == Verdict.Rejected, "verdict");
    }

    // --------------------------------------------------------------------------------------------------- Signed

    function test_signed_ballot_counts_once_whoever_sends_it() public {
        Question memory question = _opened(MATTER);
        bytes memory signature = _signedBallot(general, 1, question.id, FOR);
        vm.expectPartialRevert(IGovernor.GovernorInvalidSignature.selector);
        general.castVoteBySig(question.id, AGAINST, _wallet(1), signature);
        general.castVoteBySig(question.id, FOR, _wallet(1), signature);
        vm.expectPartialRevert(IConsortiumGovernor.ConsortiumGovernorAlreadyVoted.selector);
        general.castVoteBySig(question.id, FOR, _wallet(1), signature);
        vm.assertEq(general.ballotNonce(question.id, _wallet(1)), (question.id << 64) | 1, "nonce");
    }

    /// @dev Direct ballots and signed ones take different ways to the count.
    function test_voting_is_open_after_the_snapshot_and_up_to_the_deadline_in_every_way() public {
        Question memory question = _put(MATTER);
        _goTo(uint48(general.proposalSnapshot(question.id)));
        _refused(question.id, 1, FOR, IConsortiumGovernor.ConsortiumGovernorVotingNotOpen.selector);
        _sign(question.id, 2, IConsortiumGovernor.ConsortiumGovernorVotingNotOpen.selector);
        _goTo(_now() + 1);
        _vote(question.id, 1, FOR);
        _sign(question.id, 2, 0);
        _goTo(uint48(general.proposalDeadline(question.id)));
        _vote(question.id, 3, FOR);
        _sign(question.id, 4, 0);
        _goTo(_now() + 1);
        _refused(question.id, 5, FOR, IConsortiumGovernor.ConsortiumGovernorVotingClosed.selector);
        _sign(question.id, 6, IConsortiumGovernor.ConsortiumGovernorVotingClosed.selector);
    }

    /// @dev Failure 15 of the field: where ballots may be changed, an old signature must not bring an old choice back.
    function test_signature_of_an_earlier_ballot_is_not_replayed() public {
        Question memory question = _opened(CHANGEABLE);
        bytes memory signature = _signedBallot(general, 1, question.id, FOR);
        general.castVoteBySig(question.id, FOR, _wallet(1), signature);
        _vote(question.id, 1, AGAINST);
        vm.expectPartialRevert(IGovernor.GovernorInvalidSignature.selector);
        general.castVoteBySig(question.id, FOR, _wallet(1), signature);
        Question memory other = _opened(CHANGEABLE);
        vm.expectPartialRevert(IGovernor.GovernorInvalidSignature.selector);
        general.castVoteBySig(other.id, FOR, _wallet(1), signature);
    }

    function test_signed_ballot_with_a_reason_carries_no_params() public {
        Question memory question = _opened(MATTER);
        bytes memory signature = _signedReason(general, 1, question.id, FOR, "why");
        vm.expectPartialRevert(IConsortiumGovernor.ConsortiumGovernorParamsNotSupported.selector);
        general.castVoteWithReasonAndParamsBySig(question.id, FOR, _wallet(1), "why", hex"01", signature);
        general.castVoteWithReasonAndParamsBySig(question.id, FOR, _wallet(1), "why", "", signature);
        vm.assertEq(uint256(general.ballotOf(question.id, 1)), uint256(Choice.For), "ballot");
    }

    function test_batch_counts_the_good_and_reports_the_others() public {
        Question memory question = _opened(MATTER);
        SignedBallot[] memory ballots = new SignedBallot[](8);
        ballots[0] = _ballot(question.id, 1, FOR, "");
        ballots[1] = _ballot(question.id, 2, AGAINST, "why");
        ballots[2] = ballots[0]; // replayed
        ballots[3] = _ballot(question.id, 3, FOR, "");
        ballots[3].support = AGAINST; // another choice than was signed
        ballots[4] = _ballot(question.id, 9, FOR, ""); // an associate
        ballots[5] = _ballot(question.id, 4, FOR, "");
        ballots[5].support = 3;
        ballots[6] = _ballot(question.id, 5, FOR, "");
        ballots[6].signature = hex"00";
        ballots[7] = _ballot(question.id, 6, ABSTAIN, "");
        vm.assertEq(general.castVotesBySig(question.id, ballots), 3, "counted");
        (uint256 against, uint256 inFavour, uint256 abstain) = general.proposalVotes(question.id);
        vm.assertTrue(against == 1 && inFavour == 1 && abstain == 1, "votes");
    }

    function test_batch_out_of_time_or_size_counts_nothing() public {
        Question memory question = _put(MATTER);
        SignedBallot[] memory ballots = new SignedBallot[](1);
        ballots[0] = _ballot(question.id, 1, FOR, "");
        vm.assertEq(general.castVotesBySig(question.id, ballots), 0, "too early");
        _close(general, question.id);
        vm.assertEq(general.castVotesBySig(question.id, ballots), 0, "too late");
        vm.expectPartialRevert(IConsortiumGovernor.ConsortiumGovernorBatchTooLarge.selector);
        general.castVotesBySig(question.id, new SignedBallot[](101));
    }

    function test_wallet_of_code_signs_and_spoils_no_batch() public {
        ContractWallet wallet = new ContractWallet();
        vm.prank(_wallet(8));
        registry.rotateWallet(address(wallet));
        Question memory question = _opened(CHANGEABLE);
        SignedBallot[] memory ballots = new SignedBallot[](2);
        ballots[0] = SignedBallot(address(wallet), FOR, "", hex"01");
        for (uint256 manner = 1; manner <= 4; ++manner) {
            wallet.setManner(ContractWallet.Manner(manner));
            ballots[1] = _ballot(question.id, 1 + manner, FOR, "");
            vm.assertEq(general.castVotesBySig{gas: 1_000_000}(question.id, ballots), 1, "the other ballot");
        }
        wallet.setManner(ContractWallet.Manner.Approves);
        vm.expectRevert();
        general.castVotesBySig{gas: 160_000}(question.id, ballots);
        vm.assertEq(general.castVotesBySig(question.id, ballots), 1, "its own ballot");
        general.castVoteBySig(question.id, AGAINST, address(wallet), hex"01");
        vm.assertEq(uint256(general.ballotOf(question.id, 8)), uint256(Choice.Against), "changed");
    }

    // -------------------------------------------------------------------------------------------------- Private

    function _sign(uint256 proposalId, uint256 key, bytes4 refusal) private {
        bytes memory signature = _signedBallot(general, key, proposalId, FOR);
        address voter = _wallet(key);
        if (refusal != 0) vm.expectPartialRevert(refusal);
        general.castVoteBySig(proposalId, FOR, voter, signature);
    }

    function _ballot(
        uint256 proposalId,
        uint256 key,
        uint8 support,
        string memory reason
    )
        private
        view
        returns (SignedBallot memory)
    {
        bytes memory signature = bytes(reason).length == 0
            ? _signedBallot(general, key, proposalId, support)
            : _signedReason(general, key, proposalId, support, reason);
        return SignedBallot(_wallet(key), support, reason, signature);
    }

    function _refused(uint256 proposalId, uint256 memberId, uint8 support, bytes4 refusal) private {
        vm.prank(_wallet(memberId));
        vm.expectPartialRevert(refusal);
        general.castVote(proposalId, support);
    }
}
