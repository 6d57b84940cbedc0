// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {Governor, IERC6372} from "@openzeppelin/contracts/governance/Governor.sol";
import {Time} from "@openzeppelin/contracts/utils/types/Time.sol";
import {IConsortiumGovernor} from "../interfaces/IConsortiumGovernor.sol";
import {IMemberRegistry} from "../interfaces/IMemberRegistry.sol";
import {Electors} from "../libraries/Electors.sol";

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
        return !revoked && (rights >> bodyId) & 1 != 0 ? 1 : 0;
    }

    /// @dev The member on whose behalf the account proposes: founding member or partner, not defaulting.
    function _requireProposer(address account) internal view returns (uint16) {
        (uint16 memberId, bool inGoodStanding) = Electors.requireIdentified(registry, account);
        if (!inGoodStanding) revert ConsortiumGovernorMayNotPropose(memberId);
        return memberId;
    }
}
