// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {PartyEffect, Tally, VetoGround, Verdict} from "./IRulebook.sol";

/// @notice Where a proposal stands; finer than `IGovernor.ProposalState`, onto which each value maps.
enum Phase {
    Pending,
    Open, // Active
    NoQuorum, // Defeated
    Rejected, // Defeated
    Vetoed, // Defeated, while a veto stands
    NotApproved, // Defeated: the outside authority refused
    Consulted, // Succeeded, nothing follows
    Adopted, // Succeeded, does not bind yet: standstill, veto window, objection to the minutes
    AwaitingApproval, // Succeeded, waits for the recorded answer of an outside authority
    Binding, // Succeeded
    Queued,
    Executed,
    Withdrawn // Canceled
}

/// @notice One signed ballot of a batch; the reason is part of what was signed.
struct SignedBallot {
    address voter;
    uint8 support;
    string reason; // empty: a plain `Ballot`, else an `ExtendedBallot` with empty params
    bytes signature;
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
    /// @param partyId the member that the action names; 0 where none is named.
    /// @param chairId the chair of the body at filing, whose ballot breaks a tie; 0 if there is none, or the rule asks
    /// for none.
    event ProposalFiled(
        uint256 indexed proposalId,
        uint32 indexed number,
        uint16 kindId,
        uint16 ruleId,
        uint16 proposerId,
        bool extraordinary,
        uint16 partyId,
        PartyEffect partyEffect,
        uint16 chairId
    );
    /// @dev A second or third call of a question that had no quorum.
    event ProposalReconvened(uint256 indexed previousId, uint256 indexed proposalId, uint8 attempt);
    /// @dev A revised proposal in place of one that was vetoed.
    event ProposalRevised(uint256 indexed vetoedId, uint256 indexed proposalId);
    /// @dev Right after the `VoteCast` of a ballot that was changed or cast by mandate; `previous` is what it replaces.
    event BallotCounted(
        uint256 indexed proposalId, uint16 indexed memberId, Choice previous, uint8 revision, uint16 castBy
    );
    /// @dev A signed ballot of a batch that was not counted; the rest of the batch was.
    event BallotRefused(uint256 indexed proposalId, address indexed voter, bytes refusal);
    event MemberRecused(uint256 indexed proposalId, uint16 indexed memberId, bool declared);
    event VetoRaised(uint256 indexed proposalId, uint16 indexed memberId, VetoGround ground, bytes32 statementHash);
    event VetoWithdrawn(uint256 indexed proposalId, uint16 indexed memberId);
    event MinutesRecorded(uint256 indexed proposalId, uint16 version, bytes32 documentHash);
    event MinutesObjected(uint256 indexed proposalId, uint16 indexed memberId, bytes32 statementHash);
    event ApprovalRecorded(uint256 indexed proposalId, bool approved, bytes32 documentHash);
    /// @dev With OpenZeppelin's `ProposalExtended`, which says the new (here: earlier) deadline.
    event ProposalClosedEarly(uint256 indexed proposalId, uint48 closedAt);

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
    error ConsortiumGovernorRecused(uint256 proposalId, uint16 memberId);
    error ConsortiumGovernorTooManyRevisions(uint256 proposalId, uint16 memberId);
    error ConsortiumGovernorUnexpectedPhase(uint256 proposalId, Phase phase);
    error ConsortiumGovernorNotAnOffice(address account);
    error ConsortiumGovernorNoMandate(uint16 holderId, uint16 principalId);
    error ConsortiumGovernorMandateLimit(uint16 holderId, uint8 limit);
    error ConsortiumGovernorOwnBallotStands(uint256 proposalId, uint16 principalId);
    error ConsortiumGovernorVetoNotAllowed(uint256 proposalId, uint16 memberId, VetoGround ground);
    error ConsortiumGovernorVetoBarred(uint256 proposalId, uint16 memberId);
    error ConsortiumGovernorVetoTooLate(uint256 proposalId, uint48 deadline, uint48 timepoint);
    error ConsortiumGovernorVetoStands(uint256 proposalId, uint16 memberId);
    error ConsortiumGovernorNoVeto(uint256 proposalId, uint16 memberId);
    error ConsortiumGovernorNotBindingYet(uint256 proposalId, Phase phase, uint48 bindingAt);
    error ConsortiumGovernorReconvenedTooLate(uint256 previousId, uint48 deadline, uint48 timepoint);
    error ConsortiumGovernorNoFurtherCall(uint256 previousId, uint8 attempt);
    error ConsortiumGovernorOutcomeOpen(uint256 proposalId);
    error ConsortiumGovernorMissingDocument(uint256 proposalId);
    error ConsortiumGovernorObjectionTooLate(uint256 proposalId, uint48 deadline, uint48 timepoint);
    error ConsortiumGovernorAlreadyObjected(uint256 proposalId, uint16 memberId);
    error ConsortiumGovernorTooManyProposals(uint16 memberId, uint256 limit);
    error ConsortiumGovernorBatchTooLarge(uint256 ballots, uint256 limit);

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

    /// @notice Calls again a question that had no quorum, with the rule's short notice and at most thirty days beyond,
    /// within {RECONVENE_WITHIN} seconds of its deadline; the text gets a suffix that links it to the first.
    /// @param description that of the failed attempt, as filed.
    function reconvene(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        string memory description,
        uint48 opensAt
    )
        external
        returns (uint256 proposalId);

    /// @notice Puts a revised proposal in the place of a vetoed one, whose veto then stands for good.
    function revise(
        uint256 vetoedId,
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        string memory description,
        uint48 opensAt,
        bool extraordinary
    )
        external
        returns (uint256 proposalId);

    /// @notice Counts each signed ballot that is good; reports the others by `BallotRefused` and goes on.
    /// @return counted how many were counted.
    function castVotesBySig(uint256 proposalId, SignedBallot[] calldata ballots) external returns (uint256 counted);

    /// @notice Casts the ballot of a member that gave the sender's member a mandate.
    function castMandate(uint256 proposalId, uint16 principalId, uint8 support, string calldata reason) external;

    /// @notice Casts the sender's own ballot and, with the same choice, those of members that gave it a mandate.
    function castVoteWithMandates(
        uint256 proposalId,
        uint8 support,
        string calldata reason,
        uint16[] calldata principalIds
    )
        external;

    /// @notice Declares an interest: the member leaves numerator and denominator, visibly; before it has voted.
    function recuse(uint256 proposalId) external;

    /// @notice Ends voting as soon as no ballot can change the outcome, where the rule allows it. Anyone may.
    function close(uint256 proposalId) external;

    /// @notice Says no on a listed ground: an adopted decision does not bind while a veto stands.
    function veto(uint256 proposalId, VetoGround ground, bytes32 statementHash) external;

    function withdrawVeto(uint256 proposalId) external;

    /// @notice Clerical act of either office: the draft minutes, or corrected ones, which open a new time to object.
    function recordMinutes(uint256 proposalId, bytes32 documentHash) external;

    /// @notice An elector objects within the standstill, once: the decision does not bind before corrected minutes are
    /// accepted.
    function objectToMinutes(uint256 proposalId, bytes32 statementHash) external;

    /// @notice Clerical act of either office: the answer of the outside authority; the first counts.
    function recordApproval(uint256 proposalId, bool approved, bytes32 documentHash) external;

    /// @notice From which second an adopted decision binds, as things stand; 0 while nothing says when.
    function bindingAt(uint256 proposalId) external view returns (uint48);

    /// @notice The attempt (1 for the first call) and the attempt before it; 0 if there was none.
    function attemptOf(uint256 proposalId) external view returns (uint8 attempt, uint256 previousId);

    /// @notice What is known of a member's ballot: its choice, how often it was changed, whether by mandate, whether
    /// recused.
    function ballotDetail(
        uint256 proposalId,
        uint16 memberId
    )
        external
        view
        returns (Choice choice, uint8 revision, bool byMandate, bool recused);

    /// @notice The member named by the action and what follows for it; and the chair whose ballot may break a tie.
    function proposalParties(uint256 proposalId)
        external
        view
        returns (uint16 partyId, PartyEffect partyEffect, uint16 chairId);

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
