// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {Tally, Verdict} from "./IRulebook.sol";

/// @notice Where a proposal stands; finer than `IGovernor.ProposalState`, onto which each value maps.
enum Phase {
    Pending,
    Open,
    NoQuorum, // Defeated
    Rejected, // Defeated
    Consulted, // Succeeded, nothing follows
    Binding, // Succeeded
    Queued,
    Executed,
    Withdrawn // Canceled
}

/// @notice A ballot as a member handed it in.
enum Choice {
    None,
    Against,
    For,
    Abstain
}

/// @title A body of the consortium: its own electorate, its own proposals, ballots counted per member.
/// @dev Extends OpenZeppelin's `IGovernor`, whose events stay the primary record: `ProposalCreated`, `VoteCast`,
/// `ProposalQueued`, `ProposalExecuted`, `ProposalCanceled`. The mirror is built from them and from these.
interface IConsortiumGovernor {
    /// @dev Emitted right after `ProposalCreated`: what the registry and the rulebook made of it.
    event ProposalFiled(
        uint256 indexed proposalId,
        uint32 indexed number,
        uint16 kindId,
        uint16 ruleId,
        uint16 proposerId,
        bool extraordinary
    );

    error ConsortiumGovernorNotAMember(address account);
    error ConsortiumGovernorWalletRevoked(address account, uint16 memberId);
    error ConsortiumGovernorMemberDefaulting(uint16 memberId);
    error ConsortiumGovernorNoVotingRight(uint16 memberId, uint8 bodyId);
    error ConsortiumGovernorNotInElectorate(uint16 memberId, uint48 snapshot);
    error ConsortiumGovernorVotingNotOpen(uint256 proposalId, uint48 opensAfter, uint48 timepoint);
    /// @dev After the deadline, or withdrawn.
    error ConsortiumGovernorVotingClosed(uint256 proposalId, uint48 deadline, uint48 timepoint);
    error ConsortiumGovernorAlreadyVoted(uint256 proposalId, uint16 memberId);
    error ConsortiumGovernorInvalidChoice(uint8 support);
    error ConsortiumGovernorParamsNotSupported();
    error ConsortiumGovernorNoticeTooShort(uint48 opensAt, uint48 earliest);
    error ConsortiumGovernorOpensTooLate(uint48 opensAt, uint48 latest);
    error ConsortiumGovernorValueNotAllowed(uint256 index, uint256 value);
    error ConsortiumGovernorMayNotPropose(uint16 memberId);
    error ConsortiumGovernorNotBinding(uint256 proposalId);
    error ConsortiumGovernorDisabled();

    /// @notice Puts a proposal to a meeting on a chosen day; `propose` opens it as soon as the ordinary notice allows.
    /// @param opensAt the second of the snapshot; voting is open after it.
    /// @param extraordinary whether the rule's short notice applies.
    function convene(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        string memory description,
        uint48 opensAt,
        bool extraordinary
    )
        external
        returns (uint256 proposalId);

    function bodyId() external view returns (uint8);

    function registry() external view returns (address);

    function rulebook() external view returns (address);

    function timelock() external view returns (address);

    function proposalCount() external view returns (uint32);

    /// @notice The law the proposal was opened under, and keeps.
    function proposalTerms(uint256 proposalId)
        external
        view
        returns (uint32 number, uint16 kindId, uint16 ruleId, bool extraordinary);

    function proposalVotes(uint256 proposalId)
        external
        view
        returns (uint256 againstVotes, uint256 forVotes, uint256 abstainVotes);

    /// @notice Least number of ballots of any choice, for the quorum of this proposal.
    function quorumOf(uint256 proposalId) external view returns (uint256);

    function tallyOf(uint256 proposalId) external view returns (Tally memory);

    /// @notice The tally as it stands judged by the proposal's rule: before the deadline, "if voting ended now".
    function verdictOf(uint256 proposalId) external view returns (Verdict);

    function phaseOf(uint256 proposalId) external view returns (Phase);

    function ballotOf(uint256 proposalId, uint16 memberId) external view returns (Choice);

    /// @notice The nonce the next signed ballot of the voter on the proposal must carry (keyed by the proposal).
    function ballotNonce(uint256 proposalId, address voter) external view returns (uint256);
}
