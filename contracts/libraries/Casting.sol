// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {Choice, IConsortiumGovernor} from "../interfaces/IConsortiumGovernor.sol";
import {Ballot, MOST_REVISIONS, mandated} from "../types/Ballot.sol";
import {Docket, ProposalFile} from "../types/ProposalFile.sol";
import {Electors} from "./Electors.sol";
import {Refusals} from "./Refusals.sol";

/// @title Handing in a ballot: which one may follow which, and what is told of it.
/// @dev A member's own ballot replaces one that was cast for it; a ballot by mandate never replaces the member's own.
library Casting {
    /// @dev Highest `support`, as in OpenZeppelin's simple counting: 0 against, 1 for, 2 abstain.
    uint8 private constant ABSTAIN = 2;

    /// @notice A ballot about to be counted.
    struct Handed {
        uint16 memberId;
        address wallet;
        uint8 support;
        uint16 castBy; // the member itself, or the holder of its mandate
    }

    /// @notice The member behind the account and its ballot so far, or why it can hand in no ballot of its own.
    function examine(
        ProposalFile storage file,
        Docket memory docket,
        address account,
        uint8 support
    )
        internal
        view
        returns (uint16 memberId, Ballot previous, bytes memory refusal)
    {
        refusal = refusalOfChoice(support);
        if (refusal.length != 0) return (0, previous, refusal);
        (memberId, refusal) = Electors.examine(docket, account);
        if (refusal.length != 0) return (memberId, previous, refusal);
        previous = file.ballotOf(memberId);
        refusal = _refusalOfOwn(file, docket.proposalId, memberId, previous);
    }

    /// @notice Counts a member's own ballot or reverts.
    function castOwn(
        ProposalFile storage file,
        Docket memory docket,
        address account,
        uint8 support,
        string memory reason
    )
        internal
    {
        (uint16 memberId, Ballot previous, bytes memory refusal) = examine(file, docket, account, support);
        Refusals.raise(refusal);
        hand(file, docket.proposalId, Handed(memberId, account, support, memberId), previous, reason);
    }

    /// @notice Why `support` cannot be counted; empty if it can.
    function refusalOfChoice(uint8 support) internal pure returns (bytes memory) {
        return support > ABSTAIN ? Refusals.invalidChoice(support) : bytes("");
    }

    /// @notice Why a ballot by mandate cannot follow the one that is there; empty if it can.
    function refusalOfMandated(
        uint256 proposalId,
        uint16 memberId,
        Ballot previous,
        bool revisable
    )
        internal
        pure
        returns (bytes memory)
    {
        if (previous.isRecused()) {
            return _about(IConsortiumGovernor.ConsortiumGovernorRecused.selector, proposalId, memberId);
        }
        if (previous.revision() != 0) {
            return _about(IConsortiumGovernor.ConsortiumGovernorOwnBallotStands.selector, proposalId, memberId);
        }
        if (previous.choice() == Choice.None || revisable) return "";
        return _about(IConsortiumGovernor.ConsortiumGovernorAlreadyVoted.selector, proposalId, memberId);
    }

    /// @notice Stores the ballot and tells of it: `VoteCast` always, `BallotCounted` if it is not a first ballot of
    /// the member's own.
    function hand(
        ProposalFile storage file,
        uint256 proposalId,
        Handed memory handed,
        Ballot previous,
        string memory reason
    )
        internal
    {
        Choice choice = Choice(handed.support + 1);
        bool own = handed.castBy == handed.memberId;
        Ballot current = own ? previous.revised(choice) : mandated(choice);
        file.setBallot(handed.memberId, current);
        emit IGovernor.VoteCast(handed.wallet, proposalId, handed.support, 1, reason);
        if (own && previous.choice() == Choice.None) return;
        emit IConsortiumGovernor.BallotCounted(
            proposalId, handed.memberId, previous.choice(), current.revision(), handed.castBy
        );
    }

    function _refusalOfOwn(
        ProposalFile storage file,
        uint256 proposalId,
        uint16 memberId,
        Ballot previous
    )
        private
        view
        returns (bytes memory)
    {
        if (previous.isRecused()) {
            return _about(IConsortiumGovernor.ConsortiumGovernorRecused.selector, proposalId, memberId);
        }
        if (previous.revision() == 0) return "";
        if (!file.meta().revisable()) {
            return _about(IConsortiumGovernor.ConsortiumGovernorAlreadyVoted.selector, proposalId, memberId);
        }
        if (previous.revision() < MOST_REVISIONS) return "";
        return _about(IConsortiumGovernor.ConsortiumGovernorTooManyRevisions.selector, proposalId, memberId);
    }

    function _about(bytes4 refusal, uint256 proposalId, uint16 memberId) private pure returns (bytes memory) {
        return abi.encodeWithSelector(refusal, proposalId, memberId);
    }
}
