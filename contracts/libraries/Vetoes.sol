// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {Time} from "@openzeppelin/contracts/utils/types/Time.sol";
import {IConsortiumGovernor, Phase, VetoGround} from "../interfaces/IConsortiumGovernor.sol";
import {PartyEffect, Rule} from "../interfaces/IRulebook.sol";
import {Docket, ProposalFile} from "../types/ProposalFile.sol";
import {ProposalMeta} from "../types/ProposalMeta.sol";
import {Electors} from "./Electors.sol";

/// @title Vetoes of single members: while one stands, what the votes adopted does not bind.
/// @dev Whether voting is open or over does not matter, nor how it stands: a veto counts only against what is adopted.
library Vetoes {
    function raise(
        ProposalFile storage file,
        Docket memory docket,
        Rule memory rule,
        Phase phase,
        VetoGround ground,
        bytes32 statementHash
    )
        internal
    {
        if (phase >= Phase.Queued) {
            revert IConsortiumGovernor.ConsortiumGovernorUnexpectedPhase(docket.proposalId, phase);
        }
        (uint16 memberId, bool inGoodStanding) = Electors.requireIdentified(docket.registry, msg.sender);
        if (!inGoodStanding || rule.vetoGrounds & (1 << uint8(ground)) == 0) {
            revert IConsortiumGovernor.ConsortiumGovernorVetoNotAllowed(docket.proposalId, memberId, ground);
        }
        _requireNotBarred(file, docket.proposalId, memberId);
        _requireInTime(docket, rule.vetoWindow);
        if (file.vetoes[memberId]) {
            revert IConsortiumGovernor.ConsortiumGovernorVetoStands(docket.proposalId, memberId);
        }
        if (statementHash == 0) revert IConsortiumGovernor.ConsortiumGovernorMissingDocument(docket.proposalId);
        file.vetoes[memberId] = true;
        ++file.sequel.vetoes;
        emit IConsortiumGovernor.VetoRaised(docket.proposalId, memberId, ground, statementHash);
    }

    /// @dev Whoever raised it may take it back, whatever became of the member, until a revised proposal has relied on
    /// it.
    function withdraw(ProposalFile storage file, Docket memory docket) internal {
        uint16 memberId = Electors.requireMember(docket.registry, msg.sender);
        if (!file.vetoes[memberId]) revert IConsortiumGovernor.ConsortiumGovernorNoVeto(docket.proposalId, memberId);
        if (file.sequel.revised) {
            revert IConsortiumGovernor.ConsortiumGovernorUnexpectedPhase(docket.proposalId, Phase.Vetoed);
        }
        file.vetoes[memberId] = false;
        --file.sequel.vetoes;
        emit IConsortiumGovernor.VetoWithdrawn(docket.proposalId, memberId);
    }

    function _requireNotBarred(ProposalFile storage file, uint256 proposalId, uint16 memberId) private view {
        ProposalMeta meta = file.meta();
        if (meta.partyId() == memberId && meta.partyEffect() != PartyEffect.None) {
            revert IConsortiumGovernor.ConsortiumGovernorVetoBarred(proposalId, memberId);
        }
    }

    function _requireInTime(Docket memory docket, uint32 window) private view {
        uint48 second = Time.timestamp();
        uint48 last = docket.deadline + window;
        if (second <= docket.snapshot) {
            revert IConsortiumGovernor.ConsortiumGovernorVotingNotOpen(docket.proposalId, docket.snapshot, second);
        }
        if (second > last) {
            revert IConsortiumGovernor.ConsortiumGovernorVetoTooLate(docket.proposalId, last, second);
        }
    }
}
