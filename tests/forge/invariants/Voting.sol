// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {SignedBallot} from "../../../contracts/interfaces/IConsortiumGovernor.sol";
import {Verdict} from "../../../contracts/interfaces/IRulebook.sol";
import {Question} from "../Consortium.sol";
import {Books} from "./Books.sol";

/// @notice What a fuzzer may do to proposals of the assembly up to the end of voting.
abstract contract Voting is Books {
    function file(uint256 which, uint256 member) external act {
        require(_questions.length < 30, "enough proposals");
        Question memory question = _resolution(rulebook.kindIdOf(_kindName(which)));
        vm.prank(_walletOf(_memberOf(member)));
        question.id = general.propose(question.targets, question.values, question.calldatas, question.description);
        _questions.push(question);
        if (which % 4 != 0) _goTo(uint48(general.proposalSnapshot(question.id)) + 1);
    }

    /// @dev Also by wallets that were rotated away, and by those that never belonged to a member.
    function vote(uint256 which, uint256 member, uint8 support) public act {
        uint256 proposalId = _any(which).id;
        uint16 memberId = _memberOf(member);
        address wallet = member % 11 == 0 ? _wallet(memberId) : _walletOf(memberId);
        vm.prank(member % 13 == 0 ? address(0xB) : wallet);
        general.castVote(proposalId, support % 4);
        _take(proposalId, memberId, support % 4, true);
    }

    function voteOnTheLatest(uint256 member, uint8 support) external act {
        vote(_questions.length - 1, member, support);
    }

    /// @dev Some members with one choice, as far as they may: outcomes that stand need more than single ballots.
    function voteTogether(uint256 which, uint256 members, uint8 support) external act {
        _voteTogether(_any(which).id, members, support % 3);
    }

    /// @dev One good ballot, the same once more, and one signed for another choice.
    function voteInBatch(uint256 which, uint256 member, uint8 support) external act {
        uint256 proposalId = _any(which).id;
        uint16 memberId = _memberOf(member);
        uint8 choice = support % 3;
        bytes memory signature = _ballotBy(proposalId, memberId, choice);
        SignedBallot[] memory ballots = new SignedBallot[](3);
        ballots[0] = SignedBallot(_walletOf(memberId), choice, "", signature);
        ballots[1] = ballots[0];
        ballots[2] = SignedBallot(_walletOf(memberId), (choice + 1) % 3, "", signature);
        uint256 counted = general.castVotesBySig(proposalId, ballots);
        _require(counted <= 1, "a signature counted twice");
        if (counted == 1) _take(proposalId, memberId, choice, true);
    }

    /// @dev Sometimes after the principal's own ballot, which has to stand.
    function voteByMandate(uint256 which, uint256 holder, uint256 principal, uint8 support) external act {
        _prepare(which, 1 + which % 4 / 2, holder);
        if (which % 2 == 1) this.mandate(principal, holder, 20 days);
        if (principal % 3 == 0) this.vote(which, principal, (support + 1) % 3);
        uint256 proposalId = _any(which).id;
        uint16 principalId = _memberOf(principal);
        while (principalId > 1 && registry.holderOf(principalId, ASSEMBLY, proposalId) == 0) --principalId;
        uint16 holderId = registry.holderOf(principalId, ASSEMBLY, proposalId);
        if (holderId == 0 || holder % 4 == 0) holderId = _memberOf(holder);
        (,, bool mandated,) = general.ballotDetail(proposalId, principalId);
        _require(!mandated || taken[proposalId][principalId] != 0, "a mandated ballot out of nowhere");
        bool own = taken[proposalId][principalId] != 0 && !mandated;
        vm.prank(_walletOf(holderId));
        general.castMandate(proposalId, principalId, support % 3, "");
        _require(!own, "a mandate over the principal's own ballot");
        _require(_couldVote(general, holderId, _snapshot(proposalId)), "a holder without the right");
        _take(proposalId, principalId, support % 3, false);
    }

    function recuse(uint256 which, uint256 member) external act {
        _prepare(which, which % 4, member);
        uint256 proposalId = _any(which).id;
        vm.prank(_walletOf(_memberOf(member)));
        general.recuse(proposalId);
        _require(taken[proposalId][_memberOf(member)] == 0, "a recusal that takes a ballot away");
    }

    /// @dev Before closing it is tried out what those who have not voted could still do.
    function close(uint256 which, uint256 members) external act {
        _prepare(which, 2, 1);
        uint256 proposalId = _any(which).id;
        if (which % 4 == 1) _voteTogether(proposalId, type(uint256).max, FOR);
        if (which % 4 == 3) _voteTogether(proposalId, members & (members >> 1), uint8(which % 3));
        Verdict verdict = general.verdictOf(proposalId);
        bool certain = _couldEndAs(proposalId, FOR) == verdict && _couldEndAs(proposalId, AGAINST) == verdict;
        general.close(proposalId);
        _require(certain, "closed while the outcome was open");
        _goTo(_now() + 1);
        _require(general.verdictOf(proposalId) == verdict, "closing that changes the outcome");
    }

    // -------------------------------------------------------------------------------------------------------- Private

    /// @dev Half of the time the act is done to a proposal made for it, since few are in the right place by chance.
    function _prepare(uint256 which, uint256 kind, uint256 member) internal {
        if (which % 2 == 1) this.file(kind, member);
    }

    function _voteTogether(uint256 proposalId, uint256 members, uint8 support) private {
        for (uint16 memberId = 1; memberId <= registry.memberCount(); ++memberId) {
            if ((members >> (2 * memberId)) & 3 == 0) continue;
            vm.prank(_walletOf(memberId));
            try general.castVote(proposalId, support) {
                _take(proposalId, memberId, support, true);
            } catch {}
        }
    }

    /// @dev The verdict if all voted so who still may; then everything is as before.
    function _couldEndAs(uint256 proposalId, uint8 support) private returns (Verdict verdict) {
        uint256 before = vm.snapshotState();
        _voteTogether(proposalId, type(uint256).max, support);
        verdict = general.verdictOf(proposalId);
        vm.revertToState(before);
    }

    function _ballotBy(uint256 proposalId, uint16 memberId, uint8 support) private view returns (bytes memory) {
        return _signedBallot(general, _keyOf(memberId), proposalId, support);
    }
}
