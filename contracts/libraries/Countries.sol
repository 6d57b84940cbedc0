// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {Choice} from "../interfaces/IConsortiumGovernor.sol";
import {IMemberRegistry} from "../interfaces/IMemberRegistry.sol";
import {Ballot} from "../types/Ballot.sol";
import {Docket, ProposalFile} from "../types/ProposalFile.sol";
import {Electors} from "./Electors.sol";

/// @title Votes by country: a country is for a proposal if more of its members' ballots are for than against.
/// @dev Loops over the roll, which costs some 7,000 gas a member; only rules that ask for countries come here.
library Countries {
    uint256 private constant LETTERS = 26;
    /// @dev A country's lead, votes for less votes against, starts here, so that 0 says that it has no member.
    uint256 private constant EVEN = 1 << 32;

    /// @notice How many countries the electorate has, and how many of them are for.
    function count(
        ProposalFile storage file,
        Docket memory docket,
        uint16 members
    )
        internal
        view
        returns (uint16 countries, uint16 countriesFor)
    {
        uint256[] memory leads = new uint256[](LETTERS * LETTERS);
        for (uint256 memberId = 1; memberId <= members; ++memberId) {
            _add(leads, file, docket, uint16(memberId));
        }
        for (uint256 i = 0; i < leads.length; ++i) {
            if (leads[i] != 0) ++countries;
            if (leads[i] > EVEN) ++countriesFor;
        }
    }

    function _add(
        uint256[] memory leads,
        ProposalFile storage file,
        Docket memory docket,
        uint16 memberId
    )
        private
        view
    {
        Ballot ballot = file.ballotOf(memberId);
        if (ballot.isRecused() || !Electors.isEntitled(docket, memberId)) return;
        (,,, bytes2 country,,) = IMemberRegistry(docket.registry).member(memberId);
        uint256 index = _indexOf(country);
        if (leads[index] == 0) leads[index] = EVEN;
        if (ballot.choice() == Choice.For) ++leads[index];
        if (ballot.choice() == Choice.Against) --leads[index];
    }

    /// @dev The roll takes two capital letters only.
    function _indexOf(bytes2 country) private pure returns (uint256) {
        return (uint8(country[0]) - 65) * LETTERS + (uint8(country[1]) - 65);
    }
}
