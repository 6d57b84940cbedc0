// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {Governor, IERC6372} from "@openzeppelin/contracts/governance/Governor.sol";
import {Time} from "@openzeppelin/contracts/utils/types/Time.sol";
import {IConsortiumGovernor} from "../interfaces/IConsortiumGovernor.sol";
import {IMemberRegistry, MemberClass, MemberStatus} from "../interfaces/IMemberRegistry.sol";
import {isVoting, mayVote} from "../types/Membership.sol";

/// @title Who may propose and vote: members on the roll, each with one vote, by the wallet they have now.
abstract contract GovernorMembership is Governor, IConsortiumGovernor {
    /// @inheritdoc IConsortiumGovernor
    address public immutable override registry;
    /// @inheritdoc IConsortiumGovernor
    uint8 public immutable override bodyId;

    constructor(address registry_, uint8 bodyId_) {
        registry = registry_;
        bodyId = bodyId_;
    }

    /// @inheritdoc IERC6372
    function clock() public view override returns (uint48) {
        return Time.timestamp();
    }

    /// @inheritdoc IERC6372
    // solhint-disable-next-line func-name-mixedcase
    function CLOCK_MODE() public pure override returns (string memory) {
        return "mode=timestamp";
    }

    /// @notice One vote is what a proposer must have; whose class and status allow it is checked in {propose}.
    function proposalThreshold() public pure override returns (uint256) {
        return 1;
    }

    /// @dev 1 for the wallet of a member that could vote in this body at the timepoint, else 0.
    function _getVotes(address account, uint256 timepoint, bytes memory) internal view override returns (uint256) {
        if (timepoint > type(uint48).max) return 0;
        (, bool revoked,, uint32 rights,) = IMemberRegistry(registry).standing(account, uint48(timepoint));
        return !revoked && _includesBody(rights) ? 1 : 0;
    }

    /// @dev The member whose ballot the account may hand in, or the refusal, in this order: is it a member's wallet,
    /// is it still, does the member vote now, did it belong to the electorate.
    function _requireElector(address account, uint48 snapshot) internal view returns (uint16) {
        (uint16 memberId, bool revoked, MemberStatus status, uint32 rightsThen, uint32 rightsNow) =
            IMemberRegistry(registry).standing(account, snapshot);
        _requireMember(account, memberId, revoked);
        if (status == MemberStatus.Defaulting) revert ConsortiumGovernorMemberDefaulting(memberId);
        if (!mayVote(status)) revert ConsortiumGovernorNoVotingRight(memberId, bodyId);
        if (_includesBody(rightsThen)) return memberId;
        if (_includesBody(rightsNow)) revert ConsortiumGovernorNotInElectorate(memberId, snapshot);
        revert ConsortiumGovernorNoVotingRight(memberId, bodyId);
    }

    /// @dev The member on whose behalf the account proposes: founding member or partner, not defaulting.
    function _requireProposer(address account) internal view returns (uint16) {
        (uint16 memberId, bool revoked, MemberClass class, MemberStatus status) =
            IMemberRegistry(registry).identify(account);
        _requireMember(account, memberId, revoked);
        if (!isVoting(class) || !mayVote(status)) revert ConsortiumGovernorMayNotPropose(memberId);
        return memberId;
    }

    /// @dev 0 for an account that is not, or no longer, the wallet of a member.
    function _currentMemberOf(address account) internal view returns (uint16) {
        (uint16 memberId, bool revoked) = IMemberRegistry(registry).memberOf(account);
        return revoked ? 0 : memberId;
    }

    function _requireMember(address account, uint16 memberId, bool revoked) private pure {
        if (memberId == 0) revert ConsortiumGovernorNotAMember(account);
        if (revoked) revert ConsortiumGovernorWalletRevoked(account, memberId);
    }

    function _includesBody(uint32 rights) private view returns (bool) {
        return (rights >> bodyId) & 1 != 0;
    }
}
