// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {IGovernor} from "@openzeppelin/contracts/governance/Governor.sol";
import {Acts} from "../Acts.sol";
import {Choice, IConsortiumGovernor} from "../interfaces/IConsortiumGovernor.sol";
import {IMemberRegistry, MemberStatus} from "../interfaces/IMemberRegistry.sol";
import {BallotWords} from "../libraries/BallotWords.sol";
import {Ballot, NO_BALLOT, firstBallot} from "../types/Ballot.sol";
import {mayVote} from "../types/Membership.sol";
import {Docket, ProposalFile} from "../types/ProposalFile.sol";
import {ProposalMeta} from "../types/ProposalMeta.sol";
import {GovernorMembership} from "./GovernorMembership.sol";

/// @title Ballots, one for each member, whatever wallet it has; no tally is stored, it is counted when asked for.
/// @dev `VoteCast` is emitted for every ballot and `VoteCastWithParams` never: indexers add the latter up.
abstract contract GovernorBallots is GovernorMembership {
    /// @dev Highest `support`, as in OpenZeppelin's simple counting: 0 against, 1 for, 2 abstain.
    uint8 private constant ABSTAIN = 2;

    /// @inheritdoc IConsortiumGovernor
    address public immutable override rulebook;

    mapping(uint256 proposalId => ProposalFile file) internal _files;

    constructor(address rulebook_) {
        rulebook = rulebook_;
    }

    // -------------------------------------------------------------------------------------------------- Getters

    /// @inheritdoc IGovernor
    /// @dev The quorum counts ballots of any choice.
    // solhint-disable-next-line func-name-mixedcase
    function COUNTING_MODE() public pure override returns (string memory) {
        return "support=bravo&quorum=for,against,abstain";
    }

    /// @inheritdoc IGovernor
    function hasVoted(uint256 proposalId, address account) public view override returns (bool) {
        (uint16 memberId,) = IMemberRegistry(registry).memberOf(account);
        return _ballotOf(proposalId, memberId).choice() != Choice.None;
    }

    /// @inheritdoc IConsortiumGovernor
    function ballotOf(uint256 proposalId, uint16 memberId) external view override returns (Choice) {
        return _ballotOf(proposalId, memberId).choice();
    }

    /// @inheritdoc IConsortiumGovernor
    function ballotDetail(
        uint256 proposalId,
        uint16 memberId
    )
        external
        view
        override
        returns (Choice choice, uint8 revision, bool byMandate, bool recused)
    {
        Ballot ballot = _ballotOf(proposalId, memberId);
        return (ballot.choice(), ballot.revision(), ballot.byMandate(), ballot.isRecused());
    }

    /// @inheritdoc IGovernor
    /// @dev Where voting was closed early: the second in which it was.
    function proposalDeadline(uint256 proposalId) public view override returns (uint256) {
        ProposalFile storage file = _files[proposalId];
        return file.meta().closedEarly() ? file.sequel.closedAt : super.proposalDeadline(proposalId);
    }

    // ------------------------------------------------------------------------------------------------- Internal

    /// @dev Hands in one ballot for the member behind the account; who sent the transaction does not matter. A first
    /// ballot that nothing speaks against is counted at once; {Acts} counts or refuses all others.
    function _castVote(
        uint256 proposalId,
        address account,
        uint8 support,
        string memory reason,
        bytes memory params
    )
        internal
        override
        returns (uint256)
    {
        if (params.length != 0) revert ConsortiumGovernorParamsNotSupported();
        if (!_castFirst(proposalId, account, support, reason)) {
            Acts.cast(_files[proposalId], _docketOf(proposalId), account, support, reason);
        }
        return 1;
    }

    /// @dev Counting takes place in {_castVote}, which knows the member; nothing else may count.
    function _countVote(uint256, address, uint8, uint256, bytes memory) internal pure override returns (uint256) {
        revert ConsortiumGovernorDisabled();
    }

    /// @dev Reverts if there is no such proposal.
    function _docketOf(uint256 proposalId) internal view returns (Docket memory) {
        uint48 snapshot = uint48(proposalSnapshot(proposalId)); // stored as uint48, as is the deadline
        if (snapshot == 0) revert GovernorNonexistentProposal(proposalId);
        return Docket(proposalId, registry, rulebook, bodyId, snapshot, uint48(proposalDeadline(proposalId)));
    }

    function _ballotOf(uint256 proposalId, uint16 memberId) internal view returns (Ballot) {
        if (memberId == 0) return NO_BALLOT; // its byte belongs to the proposal data
        return _files[proposalId].ballotOf(memberId);
    }

    // -------------------------------------------------------------------------------------------------- Private

    /// @dev False, and nothing done, unless all speaks for the ballot.
    function _castFirst(
        uint256 proposalId,
        address account,
        uint8 support,
        string memory reason
    )
        private
        returns (bool)
    {
        mapping(uint256 index => uint256 word) storage ballots = _files[proposalId].ballots;
        uint256 word = ballots[0];
        uint48 snapshot = uint48(proposalSnapshot(proposalId)); // stored as uint48
        if (support > ABSTAIN || !_isOpen(proposalId, snapshot, ProposalMeta.wrap(uint128(word)))) return false;
        uint16 memberId = _electorBehind(account, snapshot);
        if (memberId == 0) return false;
        uint256 index = BallotWords.indexOf(memberId);
        if (index != 0) word = ballots[index];
        if (Ballot.unwrap(BallotWords.ballotAt(word, memberId)) != 0) return false;
        ballots[index] = BallotWords.put(word, memberId, firstBallot(support));
        emit VoteCast(account, proposalId, support, 1, reason);
        return true;
    }

    /// @dev As `state` has it, without asking it: what else it looks at comes after the deadline.
    function _isOpen(uint256 proposalId, uint48 snapshot, ProposalMeta meta) private view returns (bool) {
        return meta.isPlain() && clock() > snapshot && clock() <= super.proposalDeadline(proposalId);
    }

    /// @dev The member whose wallet the account is now, if it could vote then and may vote now; else 0.
    function _electorBehind(address account, uint48 snapshot) private view returns (uint16) {
        (uint16 memberId, bool revoked, MemberStatus status, uint32 rights,) =
            IMemberRegistry(registry).standing(account, snapshot);
        return !revoked && mayVote(status) && (rights >> bodyId) & 1 != 0 ? memberId : 0;
    }
}
