// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {Acts} from "../Acts.sol";
import {IConsortiumGovernor} from "../interfaces/IConsortiumGovernor.sol";
import {Filing} from "../types/ProposalMeta.sol";
import {Terms} from "../types/Terms.sol";
import {GovernorBodyTimelock} from "./GovernorBodyTimelock.sol";

/// @title Questions put once more: called again for want of a quorum, or revised after a veto.
abstract contract GovernorFurtherCalls is GovernorBodyTimelock {
    /// @dev A question can be called again only once: whoever does it must not put it off until nobody cares.
    uint48 private constant FARTHEST_BEYOND_NOTICE = 30 days;

    /// @inheritdoc IConsortiumGovernor
    function reconvene(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        string memory description,
        uint48 opensAt
    )
        external
        override
        returns (uint256 proposalId)
    {
        uint256 previousId = getProposalId(targets, values, calldatas, keccak256(bytes(description)));
        Terms terms;
        Filing memory filing;
        filing.proposerId = _requireProposer(_msgSender());
        filing.extraordinary = true;
        (terms, filing.attempt, description) = Acts.callAgain(_files[previousId], _docketOf(previousId), description);
        _requireOpening(opensAt, terms.shortNotice(), terms.shortNotice() + FARTHEST_BEYOND_NOTICE);
        proposalId = _file(Motion(targets, values, calldatas, description), terms, filing, opensAt);
        _files[proposalId].previousId = previousId;
        emit ProposalReconvened(previousId, proposalId, filing.attempt);
    }

    /// @inheritdoc IConsortiumGovernor
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
        override
        returns (uint256 proposalId)
    {
        Acts.supersede(_files[vetoedId], _docketOf(vetoedId));
        proposalId = _convene(Motion(targets, values, calldatas, description), opensAt, extraordinary);
        emit ProposalRevised(vetoedId, proposalId);
    }

    /// @inheritdoc IConsortiumGovernor
    function attemptOf(uint256 proposalId) external view override returns (uint8 attempt, uint256 previousId) {
        return (_metaOf(proposalId).attempt(), _files[proposalId].previousId);
    }
}
