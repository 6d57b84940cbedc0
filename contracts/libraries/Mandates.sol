// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {IConsortiumGovernor} from "../interfaces/IConsortiumGovernor.sol";
import {IMemberRegistry} from "../interfaces/IMemberRegistry.sol";
import {Rule} from "../interfaces/IRulebook.sol";
import {Ballot} from "../types/Ballot.sol";
import {Docket, ProposalFile} from "../types/ProposalFile.sol";
import {Casting} from "./Casting.sol";
import {Electors} from "./Electors.sol";
import {Refusals} from "./Refusals.sol";
import {VotingTime} from "./VotingTime.sol";

/// @title Ballots cast for members by the one that holds their mandate.
/// @dev Holder and principal must each be an elector now. A place in the rule's limit, once used, stays used, whether
/// or not the principal casts its own ballot later.
library Mandates {
    /// @notice Casts the ballots of the principals, all with one choice, for the sender's member, or reverts.
    function cast(
        ProposalFile storage file,
        Docket memory docket,
        Rule memory rule,
        uint16[] memory principalIds,
        uint8 support,
        string memory reason
    )
        internal
    {
        Refusals.raise(VotingTime.refusal(file, docket));
        Refusals.raise(Casting.refusalOfChoice(support));
        uint16 holderId = _requireHolder(file, docket);
        for (uint256 i = 0; i < principalIds.length; ++i) {
            uint16 principalId = principalIds[i];
            _requireMandate(docket, holderId, principalId);
            _take(file.mandates[holderId], holderId, principalId, rule.mandates);
            _cast(file, docket, _handed(docket, holderId, principalId, support), rule.revisable, reason);
        }
    }

    /// @notice A list of one.
    function only(uint16 principalId) internal pure returns (uint16[] memory principalIds) {
        principalIds = new uint16[](1);
        principalIds[0] = principalId;
    }

    function _cast(
        ProposalFile storage file,
        Docket memory docket,
        Casting.Handed memory handed,
        bool revisable,
        string memory reason
    )
        private
    {
        Electors.requireElector(docket, handed.wallet);
        Ballot previous = file.ballotOf(handed.memberId);
        Refusals.raise(Casting.refusalOfMandated(docket.proposalId, handed.memberId, previous, revisable));
        Casting.hand(file, docket.proposalId, handed, previous, reason);
    }

    function _requireHolder(ProposalFile storage file, Docket memory docket) private view returns (uint16 holderId) {
        holderId = Electors.requireElector(docket, msg.sender);
        if (file.ballotOf(holderId).isRecused()) {
            revert IConsortiumGovernor.ConsortiumGovernorRecused(docket.proposalId, holderId);
        }
    }

    function _requireMandate(Docket memory docket, uint16 holderId, uint16 principalId) private view {
        uint16 holder = IMemberRegistry(docket.registry).holderOf(principalId, docket.bodyId, docket.proposalId);
        if (holder != holderId || holder == principalId) {
            revert IConsortiumGovernor.ConsortiumGovernorNoMandate(holderId, principalId);
        }
    }

    /// @dev Finds the principal among those whose mandates were used, or puts it there if there is room.
    function _take(uint16[256] storage used, uint16 holderId, uint16 principalId, uint8 limit) private {
        for (uint256 i = 0; i < limit; ++i) {
            uint16 taken = used[i];
            if (taken == 0) used[i] = principalId;
            if (taken == 0 || taken == principalId) return;
        }
        revert IConsortiumGovernor.ConsortiumGovernorMandateLimit(holderId, limit);
    }

    function _handed(
        Docket memory docket,
        uint16 holderId,
        uint16 principalId,
        uint8 support
    )
        private
        view
        returns (Casting.Handed memory)
    {
        address wallet = IMemberRegistry(docket.registry).walletOf(principalId);
        return Casting.Handed({memberId: principalId, wallet: wallet, support: support, castBy: holderId});
    }
}
