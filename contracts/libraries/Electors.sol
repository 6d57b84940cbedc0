// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {Time} from "@openzeppelin/contracts/utils/types/Time.sol";
import {IConsortiumGovernor} from "../interfaces/IConsortiumGovernor.sol";
import {IMemberRegistry, MemberClass, MemberStatus} from "../interfaces/IMemberRegistry.sol";
import {isVoting, mayVote} from "../types/Membership.sol";
import {Docket} from "../types/ProposalFile.sol";
import {Refusals} from "./Refusals.sol";

/// @title Who may act on a proposal, and the refusal for everyone else.
/// @dev A refusal is an encoded error: a batch reports it, everyone else reverts with it. Empty says that there is
/// none.
library Electors {
    /// @notice The member whose ballot the account may hand in, or the refusal, in this order: is it a member's wallet,
    /// is it still, does the member vote now, did it belong to the electorate.
    function examine(
        Docket memory docket,
        address account
    )
        internal
        view
        returns (uint16 memberId, bytes memory refusal)
    {
        bool revoked;
        MemberStatus status;
        uint32 rightsThen;
        uint32 rightsNow;
        (memberId, revoked, status, rightsThen, rightsNow) =
            IMemberRegistry(docket.registry).standing(account, docket.snapshot);
        refusal = refusalOfWallet(account, memberId, revoked);
        if (refusal.length != 0) return (memberId, refusal);
        if (!mayVote(status)) return (memberId, refusalOfStatus(memberId, status, docket.bodyId));
        if (_includes(rightsThen, docket.bodyId)) return (memberId, "");
        if (!_includes(rightsNow, docket.bodyId)) return (memberId, Refusals.noVotingRight(memberId, docket.bodyId));
        refusal = abi.encodeWithSelector(
            IConsortiumGovernor.ConsortiumGovernorNotInElectorate.selector, memberId, docket.snapshot
        );
    }

    /// @notice As {examine}; reverts with the refusal.
    function requireElector(Docket memory docket, address account) internal view returns (uint16 memberId) {
        bytes memory refusal;
        (memberId, refusal) = examine(docket, account);
        Refusals.raise(refusal);
    }

    /// @notice The member that the account is the wallet of now.
    function requireMember(address registry, address account) internal view returns (uint16 memberId) {
        bool revoked;
        (memberId, revoked) = IMemberRegistry(registry).memberOf(account);
        Refusals.raise(refusalOfWallet(account, memberId, revoked));
    }

    /// @notice The member that the account is the wallet of, and whether it is a founding member or partner in good
    /// standing: those propose and veto, in any body.
    function requireIdentified(
        address registry,
        address account
    )
        internal
        view
        returns (uint16 memberId, bool inGoodStanding)
    {
        bool revoked;
        MemberClass class;
        MemberStatus status;
        (memberId, revoked, class, status) = IMemberRegistry(registry).identify(account);
        if (memberId == 0 || revoked) Refusals.raise(refusalOfWallet(account, memberId, revoked));
        inGoodStanding = isVoting(class) && mayVote(status);
    }

    /// @notice Size of the electorate; before the proposal opens, as it was a second ago.
    function entitled(Docket memory docket) internal view returns (uint32) {
        // At most 65,535 members.
        return uint32(IMemberRegistry(docket.registry).entitledAt(docket.bodyId, timepointOf(docket)));
    }

    /// @notice Whether the member belongs to the electorate, whatever became of it since.
    function isEntitled(Docket memory docket, uint16 memberId) internal view returns (bool) {
        IMemberRegistry registry = IMemberRegistry(docket.registry);
        (,,, uint32 rights,) = registry.standing(registry.walletOf(memberId), timepointOf(docket));
        return _includes(rights, docket.bodyId);
    }

    /// @notice The second by which the electorate is known: the snapshot, or the last one before now.
    function timepointOf(Docket memory docket) internal view returns (uint48) {
        uint48 lastSecond = Time.timestamp() - 1;
        return docket.snapshot < lastSecond ? docket.snapshot : lastSecond;
    }

    function refusalOfWallet(address account, uint16 memberId, bool revoked) internal pure returns (bytes memory) {
        if (memberId == 0) {
            return abi.encodeWithSelector(IConsortiumGovernor.ConsortiumGovernorNotAMember.selector, account);
        }
        if (!revoked) return "";
        return abi.encodeWithSelector(IConsortiumGovernor.ConsortiumGovernorWalletRevoked.selector, account, memberId);
    }

    function refusalOfStatus(uint16 memberId, MemberStatus status, uint8 bodyId) internal pure returns (bytes memory) {
        if (status != MemberStatus.Defaulting) return Refusals.noVotingRight(memberId, bodyId);
        return abi.encodeWithSelector(IConsortiumGovernor.ConsortiumGovernorMemberDefaulting.selector, memberId);
    }

    function _includes(uint32 rights, uint8 bodyId) private pure returns (bool) {
        return (rights >> bodyId) & 1 != 0;
    }
}
