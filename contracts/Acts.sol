// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {IConsortiumGovernor, Phase, SignedBallot, VetoGround} from "./interfaces/IConsortiumGovernor.sol";
import {IMemberRegistry} from "./interfaces/IMemberRegistry.sol";
import {IRulebook, Rule} from "./interfaces/IRulebook.sol";
import {Casting} from "./libraries/Casting.sol";
import {EarlyClose} from "./libraries/EarlyClose.sol";
import {FurtherCalls} from "./libraries/FurtherCalls.sol";
import {Judgment} from "./libraries/Judgment.sol";
import {Mandates} from "./libraries/Mandates.sol";
import {Findings, Outcomes} from "./libraries/Outcomes.sol";
import {Proceedings} from "./libraries/Proceedings.sol";
import {Recusals} from "./libraries/Recusals.sol";
import {Refusals} from "./libraries/Refusals.sol";
import {SignedBallots} from "./libraries/SignedBallots.sol";
import {Vetoes} from "./libraries/Vetoes.sol";
import {VotingTime} from "./libraries/VotingTime.sol";
import {Docket, ProposalFile} from "./types/ProposalFile.sol";
import {Terms} from "./types/Terms.sol";

/// @title What a governor does that its own bytecode has no room for; linked, runs on the governor's storage.
/// @dev An index: each act reads the rule the proposal was opened under and hands over to the library of its topic.
library Acts {
    uint256 private constant MOST_BALLOTS = 100;
    /// @dev As OpenZeppelin's governor says which states it expected.
    bytes32 private constant SUCCEEDED = bytes32(1 << uint8(IGovernor.ProposalState.Succeeded));

    // ------------------------------------------------------------------------------------------ Counting, judging

    /// @notice The ballots of a proposal added up and judged as they stand.
    function judge(ProposalFile storage file, Docket memory docket) external view returns (Findings memory) {
        return Outcomes.judge(file, docket, Outcomes.ruleOf(file, docket));
    }

    /// @notice What the version of a rule now in force says; `ballots` is the least number for the quorum of a first
    /// call, of the electorate at the timepoint.
    function inForce(
        Docket memory body,
        bytes32 ruleName,
        uint48 timepoint
    )
        external
        view
        returns (uint32 notice, uint32 period, uint256 ballots)
    {
        IRulebook rulebook = IRulebook(body.rulebook);
        (,, Rule memory rule) = rulebook.rule(rulebook.ruleIdOf(ruleName));
        uint256 entitled = IMemberRegistry(body.registry).entitledAt(body.bodyId, timepoint);
        return (rule.notice, rule.period, Judgment.ballotsNeededRoundedUp(rule, entitled, 1));
    }

    /// @notice Reverts unless the decision binds.
    function requireBinding(ProposalFile storage file, Docket memory docket) external view {
        Rule memory rule = Outcomes.ruleOf(file, docket);
        if (!rule.binding) revert IConsortiumGovernor.ConsortiumGovernorNotBinding(docket.proposalId);
        Findings memory findings = Outcomes.judge(file, docket, rule);
        if (findings.phase == Phase.Binding) return;
        if (findings.phase < Phase.Consulted) {
            revert IGovernor.GovernorUnexpectedProposalState(
                docket.proposalId, IGovernor.ProposalState.Defeated, SUCCEEDED
            );
        }
        revert IConsortiumGovernor.ConsortiumGovernorNotBindingYet(
            docket.proposalId, findings.phase, findings.bindingAt
        );
    }

    // --------------------------------------------------------------------------------------------------- Ballots

    /// @notice Counts a ballot of the account's member or reverts.
    function cast(
        ProposalFile storage file,
        Docket memory docket,
        address account,
        uint8 support,
        string memory reason
    )
        external
    {
        Refusals.raise(VotingTime.refusal(file, docket));
        Casting.castOwn(file, docket, account, support, reason);
    }

    /// @notice Counts a signed ballot or reverts.
    /// @param domain EIP-712 domain separator of the governor.
    function castSigned(
        ProposalFile storage file,
        Docket memory docket,
        bytes32 domain,
        SignedBallot memory signed
    )
        external
    {
        Refusals.raise(VotingTime.refusal(file, docket));
        Refusals.raise(SignedBallots.count(file, docket, domain, signed));
    }

    /// @notice Counts the good ones of many signed ballots.
    /// @param call the governor's own calldata.
    function castBatch(
        ProposalFile storage file,
        Docket memory docket,
        bytes32 domain,
        bytes calldata call
    )
        external
        returns (uint256 counted)
    {
        (, SignedBallot[] memory ballots) = abi.decode(call[4:], (uint256, SignedBallot[]));
        if (ballots.length > MOST_BALLOTS) {
            revert IConsortiumGovernor.ConsortiumGovernorBatchTooLarge(ballots.length, MOST_BALLOTS);
        }
        return SignedBallots.countGood(file, docket, domain, ballots);
    }

    /// @notice Casts the ballots of principals for the sender's member, all with one choice, or reverts.
    /// @param call the governor's own calldata.
    function castMandates(ProposalFile storage file, Docket memory docket, bytes calldata call) external {
        uint8 support;
        string memory reason;
        uint16[] memory principalIds;
        if (bytes4(call[:4]) == IConsortiumGovernor.castMandate.selector) {
            uint16 principalId;
            (, principalId, support, reason) = abi.decode(call[4:], (uint256, uint16, uint8, string));
            principalIds = Mandates.only(principalId);
        } else {
            (, support, reason, principalIds) = abi.decode(call[4:], (uint256, uint8, string, uint16[]));
        }
        Mandates.cast(file, docket, Outcomes.ruleOf(file, docket), principalIds, support, reason);
    }

    /// @notice Recuses the member that the action names.
    function recuseParty(ProposalFile storage file, uint256 proposalId, uint16 memberId) external {
        Recusals.mark(file, proposalId, memberId);
    }

    // ----------------------------------------------------------------------------------------- Rare acts of members

    /// @notice Does what the governor was called for.
    /// @param call the governor's own calldata: one of its acts on a single proposal.
    function perform(ProposalFile storage file, Docket memory docket, bytes calldata call) external {
        Rule memory rule = Outcomes.ruleOf(file, docket);
        Phase current = IConsortiumGovernor(address(this)).phaseOf(docket.proposalId);
        bytes4 act = bytes4(call[:4]);
        bytes calldata facts = call[4:];
        if (act == IConsortiumGovernor.recuse.selector) return Recusals.declare(file, docket, current);
        if (act == IConsortiumGovernor.close.selector) return EarlyClose.close(file, docket, rule, current);
        if (act == IConsortiumGovernor.withdrawVeto.selector) return Vetoes.withdraw(file, docket);
        if (act == IConsortiumGovernor.veto.selector) {
            (, VetoGround ground, bytes32 statementHash) = abi.decode(facts, (uint256, VetoGround, bytes32));
            return Vetoes.raise(file, docket, rule, current, ground, statementHash);
        }
        if (act == IConsortiumGovernor.recordApproval.selector) {
            (, bool approved, bytes32 answerHash) = abi.decode(facts, (uint256, bool, bytes32));
            return Proceedings.recordApproval(file, docket, rule, current, approved, answerHash);
        }
        (, bytes32 documentHash) = abi.decode(facts, (uint256, bytes32));
        if (act == IConsortiumGovernor.recordMinutes.selector) {
            return Proceedings.recordMinutes(file, docket, current, documentHash);
        }
        if (act == IConsortiumGovernor.objectToMinutes.selector) {
            return Proceedings.object(file, docket, rule, current, documentHash);
        }
        revert IConsortiumGovernor.ConsortiumGovernorDisabled();
    }

    // ------------------------------------------------------------------------------------------- Filed once more

    /// @notice Marks an attempt that had no quorum and answers terms and text of the next one.
    function callAgain(
        ProposalFile storage previous,
        Docket memory docket,
        string memory description
    )
        external
        returns (Terms terms, uint8 attempt, string memory text)
    {
        Rule memory rule = Outcomes.ruleOf(previous, docket);
        (terms, attempt) = FurtherCalls.termsOfNext(previous, docket, rule, _phaseOf(docket));
        text = FurtherCalls.textOf(description, attempt, docket.proposalId);
    }

    /// @notice Whether the account may withdraw the proposal while it is pending.
    function mayWithdraw(
        mapping(uint256 proposalId => ProposalFile file) storage files,
        uint256 proposalId,
        address registry,
        address account
    )
        external
        view
        returns (bool)
    {
        return FurtherCalls.isBy(files, proposalId, registry, account);
    }

    /// @notice Marks a vetoed proposal as revised: its vetoes stand for good.
    function supersede(ProposalFile storage file, Docket memory docket) external {
        Phase current = _phaseOf(docket);
        if (current != Phase.Vetoed || file.sequel.revised) {
            revert IConsortiumGovernor.ConsortiumGovernorUnexpectedPhase(docket.proposalId, current);
        }
        file.sequel.revised = true;
    }

    // --------------------------------------------------------------------------------------------------- Private

    /// @dev Asks the governor on whose storage this runs: only it knows what was withdrawn, queued or executed.
    function _phaseOf(Docket memory docket) private view returns (Phase) {
        return IConsortiumGovernor(address(this)).phaseOf(docket.proposalId);
    }
}
