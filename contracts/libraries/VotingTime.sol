// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {Time} from "@openzeppelin/contracts/utils/types/Time.sol";
import {IConsortiumGovernor} from "./../interfaces/IConsortiumGovernor.sol";
import {Docket} from "./../types/ProposalFile.sol";

/// @title When ballots are taken: after the snapshot and up to the deadline, that second included.
library VotingTime {
    /// @notice Why no ballot can be counted now; empty if voting is open. What was withdrawn is closed.
    function refusal(Docket memory docket) internal view returns (bytes memory) {
        IGovernor.ProposalState state = IGovernor(address(this)).state(docket.proposalId);
        if (state == IGovernor.ProposalState.Active) return "";
        (bytes4 selector, uint48 bound) = state == IGovernor.ProposalState.Pending
            ? (IConsortiumGovernor.ConsortiumGovernorVotingNotOpen.selector, docket.snapshot)
            : (IConsortiumGovernor.ConsortiumGovernorVotingClosed.selector, docket.deadline);
        return abi.encodeWithSelector(selector, docket.proposalId, bound, Time.timestamp());
    }
}
