// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

/// @title The hands of a body: holds its powers, and does what its governor has seen adopted.
interface IBodyTimelock {
    error BodyTimelockOpenRole(bytes32 role);
    error BodyTimelockGovernedAlready(address governor, address account);
    error BodyTimelockDelayTooLong(uint256 delay, uint256 most);

    /// @notice The only account that may ever propose, cancel and execute here; zero until it is named.
    function governor() external view returns (address);
}
