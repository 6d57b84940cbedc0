// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {Time} from "@openzeppelin/contracts/utils/types/Time.sol";
import {IConsortiumGovernor, Phase} from "../interfaces/IConsortiumGovernor.sol";
import {IMemberRegistry} from "../interfaces/IMemberRegistry.sol";
import {Rule} from "../interfaces/IRulebook.sol";
import {Approval, Docket, ProposalFile, Sequel} from "../types/ProposalFile.sol";
import {Electors} from "./Electors.sol";
import {Outcomes} from "./Outcomes.sol";

/// @title What is put on record between the deadline and the queue: minutes, objections, the answer from outside.
library Proceedings {
    /// @notice Records a version of the minutes; after an objection it opens a new time to object.
    function recordMinutes(
        ProposalFile storage file,
        Docket memory docket,
        Phase phase,
        bytes32 documentHash
    )
        internal
    {
        _requireOffice(docket.registry);
        bool between = phase != Phase.Pending && phase != Phase.Open && phase < Phase.Queued;
        if (!between) _unexpected(docket, phase);
        _requireDocument(docket, documentHash);
        Sequel storage sequel = file.sequel;
        uint16 version = ++sequel.minutesVersion;
        if (sequel.objected) {
            sequel.objected = false;
            sequel.correctedAt = Time.timestamp();
        }
        emit IConsortiumGovernor.MinutesRecorded(docket.proposalId, version, documentHash);
    }

    /// @notice An elector objects to the minutes of an adopted decision that does not bind yet: once, or one member
    /// could put a decision off for ever.
    function object(
        ProposalFile storage file,
        Docket memory docket,
        Rule memory rule,
        Phase phase,
        bytes32 statementHash
    )
        internal
    {
        uint16 memberId = Electors.requireElector(docket, msg.sender);
        if (phase == Phase.AwaitingApproval || phase == Phase.Binding) {
            revert IConsortiumGovernor.ConsortiumGovernorObjectionTooLate(
                docket.proposalId, Outcomes.bindingAt(file.sequel, docket, rule), Time.timestamp()
            );
        }
        if (phase != Phase.Adopted) _unexpected(docket, phase);
        _requireDocument(docket, statementHash);
        if (file.objections[memberId]) {
            revert IConsortiumGovernor.ConsortiumGovernorAlreadyObjected(docket.proposalId, memberId);
        }
        file.objections[memberId] = true;
        file.sequel.objected = true;
        emit IConsortiumGovernor.MinutesObjected(docket.proposalId, memberId, statementHash);
    }

    /// @notice Records the answer of the outside authority that the rule waits for; the first counts.
    function recordApproval(
        ProposalFile storage file,
        Docket memory docket,
        Rule memory rule,
        Phase phase,
        bool approved,
        bytes32 documentHash
    )
        internal
    {
        _requireOffice(docket.registry);
        bool adopted = phase == Phase.Adopted || phase == Phase.AwaitingApproval || phase == Phase.Vetoed;
        bool awaited = rule.externalApproval && file.sequel.approval == Approval.None;
        if (!adopted || !awaited) _unexpected(docket, phase);
        _requireDocument(docket, documentHash);
        file.sequel.approval = approved ? Approval.Given : Approval.Refused;
        emit IConsortiumGovernor.ApprovalRecorded(docket.proposalId, approved, documentHash);
    }

    /// @dev Registrar or approver: one office alone could keep a decision from binding by recording nothing, its own
    /// replacement among them.
    function _requireOffice(address registry_) private view {
        IMemberRegistry registry = IMemberRegistry(registry_);
        if (msg.sender != registry.registrar() && msg.sender != registry.approver()) {
            revert IConsortiumGovernor.ConsortiumGovernorNotAnOffice(msg.sender);
        }
    }

    function _requireDocument(Docket memory docket, bytes32 documentHash) private pure {
        if (documentHash == 0) revert IConsortiumGovernor.ConsortiumGovernorMissingDocument(docket.proposalId);
    }

    function _unexpected(Docket memory docket, Phase phase) private pure {
        revert IConsortiumGovernor.ConsortiumGovernorUnexpectedPhase(docket.proposalId, phase);
    }
}
