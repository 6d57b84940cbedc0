// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {IGovernor} from "@openzeppelin/contracts/governance/Governor.sol";
import {Acts} from "../Acts.sol";
import {Choice, IConsortiumGovernor} from "../interfaces/IConsortiumGovernor.sol";
import {IMemberRegistry} from "../interfaces/IMemberRegistry.sol";
import {Tally} from "../interfaces/IRulebook.sol";
import {BallotWords} from "../libraries/BallotWords.sol";
import {ProposalMeta} from "../types/ProposalMeta.sol";
import {GovernorMembership} from "./GovernorMembership.sol";

/// @title Ballots, one for each member, whatever wallet it has; no tally is stored, it is counted when asked for.
/// @dev `VoteCast` is emitted for every ballot and `VoteCastWithParams` never: indexers add the latter up.
abstract contract GovernorBallots is GovernorMembership {
    using BallotWords for uint256;

    /// @dev Highest `support`, as in OpenZeppelin's simple counting: 0 against, 1 for, 2 abstain.
    uint8 private constant ABSTAIN = 2;

    mapping(uint256 proposalId => mapping(uint256 index => uint256 word)) private _ballots;

    /// @inheritdoc IGovernor
    /// @dev The quorum counts ballots of any choice.
    // solhint-disable-next-line func-name-mixedcase
    function COUNTING_MODE() public pure override returns (string memory) {
        return "support=bravo&quorum=for,against,abstain";
    }

    /// @inheritdoc IGovernor
    function hasVoted(uint256 proposalId, address account) public view override returns (bool) {
        (uint16 memberId,) = IMemberRegistry(registry).memberOf(account);
        return _choiceOf(proposalId, memberId) != Choice.None;
    }

    /// @inheritdoc IConsortiumGovernor
    function ballotOf(uint256 proposalId, uint16 memberId) external view override returns (Choice) {
        return _choiceOf(proposalId, memberId);
    }

    /// @inheritdoc IConsortiumGovernor
    function proposalVotes(uint256 proposalId)
        external
        view
        override
        returns (uint256 againstVotes, uint256 forVotes, uint256 abstainVotes)
    {
        Tally memory tally = tallyOf(proposalId);
        return (tally.againstVotes, tally.forVotes, tally.abstainVotes);
    }

    /// @inheritdoc IConsortiumGovernor
    function tallyOf(uint256 proposalId) public view override returns (Tally memory) {
        return Acts.tally(_ballots[proposalId], _electorateOf(proposalId));
    }

    /// @dev Hands in one ballot for the member behind the account; who sent the transaction does not matter.
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
        uint48 snapshot = _requireOpen(proposalId);
        if (support > ABSTAIN) revert ConsortiumGovernorInvalidChoice(support);
        _record(proposalId, _requireElector(account, snapshot), Choice(support + 1));
        emit VoteCast(account, proposalId, support, 1, reason);
        return 1;
    }

    /// @dev Counting takes place in {_castVote}, which knows the member; nothing else may count.
    function _countVote(uint256, address, uint8, uint256, bytes memory) internal pure override returns (uint256) {
        revert ConsortiumGovernorDisabled();
    }

    function _metaOf(uint256 proposalId) internal view returns (ProposalMeta) {
        return ProposalMeta.wrap(uint128(_ballots[proposalId][0]));
    }

    /// @dev Word 0 of a new proposal holds no ballots yet.
    function _setMeta(uint256 proposalId, ProposalMeta meta) internal {
        _ballots[proposalId][0] = ProposalMeta.unwrap(meta);
    }

    function _wordsOf(uint256 proposalId) internal view returns (mapping(uint256 index => uint256 word) storage) {
        return _ballots[proposalId];
    }

    /// @dev Who could vote on the proposal; before it opens, who could if it had opened a second ago.
    function _electorateOf(uint256 proposalId) internal view returns (Acts.Electorate memory) {
        uint48 snapshot = _snapshotOf(proposalId);
        uint48 lastSecond = clock() - 1;
        return Acts.Electorate(registry, bodyId, snapshot < lastSecond ? snapshot : lastSecond);
    }

    function _snapshotOf(uint256 proposalId) internal view returns (uint48 snapshot) {
        snapshot = uint48(proposalSnapshot(proposalId)); // stored as uint48
        if (snapshot == 0) revert GovernorNonexistentProposal(proposalId);
    }

    function _choiceOf(uint256 proposalId, uint16 memberId) internal view returns (Choice) {
        if (memberId == 0) return Choice.None; // its byte belongs to the proposal data
        return _ballots[proposalId][BallotWords.indexOf(memberId)].choiceAt(memberId);
    }

    function _record(uint256 proposalId, uint16 memberId, Choice choice) private {
        mapping(uint256 index => uint256 word) storage words = _ballots[proposalId];
        uint256 index = BallotWords.indexOf(memberId);
        uint256 word = words[index];
        if (word.choiceAt(memberId) != Choice.None) {
            revert ConsortiumGovernorAlreadyVoted(proposalId, memberId);
        }
        words[index] = word.withChoice(memberId, choice);
    }

    /// @dev Open is after the snapshot and up to the deadline, that second included; what was withdrawn is closed.
    function _requireOpen(uint256 proposalId) private view returns (uint48) {
        ProposalState current = state(proposalId);
        uint48 snapshot = _snapshotOf(proposalId);
        if (current == ProposalState.Active) return snapshot;
        if (current == ProposalState.Pending) revert ConsortiumGovernorVotingNotOpen(proposalId, snapshot, clock());
        revert ConsortiumGovernorVotingClosed(proposalId, uint48(proposalDeadline(proposalId)), clock());
    }
}
