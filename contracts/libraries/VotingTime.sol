// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {Time} from "@openzeppelin/contracts/utils/types/Time.sol";
import {IConsortiumGovernor} from "../interfaces/IConsortiumGovernor.sol";
import {Docket, ProposalFile} from "../types/ProposalFile.sol";

/// @title When ballots are taken: after the snapshot and up to the deadline, that second included.
library VotingTime {
    /// @notice Why no ballot can be counted now; empty if voting is open. What was withdrawn is closed.
    function refusal(ProposalFile storage file, Docket memory docket) internal view returns (bytes memory) {
        uint48 second = Time.timestamp();
        bool withdrawn = file.meta().withdrawn();
        if (!withdrawn && second > docket.snapshot && second <= docket.deadline) return "";
        (bytes4 selector, uint48 bound) = withdrawn || second > docket.snapshot
            ? (IConsortiumGovernor.ConsortiumGovernorVotingClosed.selector, docket.deadline)
            : (IConsortiumGovernor.ConsortiumGovernorVotingNotOpen.selector, docket.snapshot);
        return abi.encodeWithSelector(selector, docket.proposalId, bound, second);
    }
}
