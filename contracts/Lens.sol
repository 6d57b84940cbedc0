// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {Choice, IConsortiumGovernor} from "./interfaces/IConsortiumGovernor.sol";
import {IMemberRegistry, MemberClass} from "./interfaces/IMemberRegistry.sol";
import {IRulebook, Rule, Step, Tally, Verdict} from "./interfaces/IRulebook.sol";
import {Judgment} from "./libraries/Judgment.sol";

/// @notice Ballots of the members of one class.
struct ClassTally {
    MemberClass class;
    Tally tally;
}

/// @notice Ballots of the members of one country.
struct CountryTally {
    bytes2 country; // ISO 3166-1 alpha-2
    Tally tally;
}

/// @notice One member of an electorate and what it handed in, if anything.
struct MemberBallot {
    uint16 memberId;
    MemberClass class;
    bytes2 country;
    Choice choice;
    uint8 revision; // ballots of its own cast so far
    bool byMandate;
    bool recused;
}

/// @title Answers that nothing on chain depends on; free to ask, holds nothing.
/// @dev Loops over the roll: meant for calls, not for transactions. Partial tallies carry counts only: what concerns a
/// proposal as a whole (countries, attempt, chair) is in the governor's own.
contract Lens {
    /// @notice The judgment of a proposal with every comparison made; before the deadline, "if voting ended now".
    function explain(
        IConsortiumGovernor governor,
        uint256 proposalId
    )
        external
        view
        returns (Verdict verdict, Step[] memory trace)
    {
        (,, uint16 ruleId,) = governor.proposalTerms(proposalId);
        (,, Rule memory rule) = IRulebook(governor.rulebook()).rule(ruleId);
        Tally memory tally = governor.tallyOf(proposalId);
        return (Judgment.judge(rule, tally), Judgment.steps(rule, tally));
    }

    /// @notice The tally by class: founding members, partners, associates. Classes are those of today.
    function tallyByClass(
        IConsortiumGovernor governor,
        uint256 proposalId
    )
        external
        view
        returns (ClassTally[] memory tallies)
    {
        tallies = new ClassTally[](3);
        for (uint8 i = 0; i < 3; ++i) {
            tallies[i].class = MemberClass(i + 1);
        }
        MemberBallot[] memory cast = ballots(governor, proposalId);
        for (uint256 i = 0; i < cast.length; ++i) {
            _add(tallies[uint8(cast[i].class) - 1].tally, cast[i]);
        }
    }

    /// @notice The tally by country, in the order in which the countries came to the electorate.
    function tallyByCountry(
        IConsortiumGovernor governor,
        uint256 proposalId
    )
        external
        view
        returns (CountryTally[] memory tallies)
    {
        MemberBallot[] memory cast = ballots(governor, proposalId);
        tallies = new CountryTally[](cast.length);
        uint256 found = 0;
        for (uint256 i = 0; i < cast.length; ++i) {
            uint256 at_ = _indexOf(tallies, found, cast[i].country);
            if (at_ == found) tallies[found++].country = cast[i].country;
            _add(tallies[at_].tally, cast[i]);
        }
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            mstore(tallies, found) // only ever shortens
        }
    }

    /// @notice The electorate of a proposal in the order of admission, the recused among them, with the ballot of each.
    /// @dev Before the proposal opens: the electorate as it is now.
    function ballots(
        IConsortiumGovernor governor,
        uint256 proposalId
    )
        public
        view
        returns (MemberBallot[] memory electorate)
    {
        uint16 members = IMemberRegistry(governor.registry()).memberCount();
        electorate = new MemberBallot[](members);
        uint256 found = 0;
        for (uint16 memberId = 1; memberId <= members; ++memberId) {
            if (!_entitled(governor, proposalId, memberId)) continue;
            electorate[found++] = _ballotOf(governor, proposalId, memberId);
        }
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            mstore(electorate, found) // only ever shortens
        }
    }

    function _ballotOf(
        IConsortiumGovernor governor,
        uint256 proposalId,
        uint16 memberId
    )
        private
        view
        returns (MemberBallot memory ballot)
    {
        ballot.memberId = memberId;
        (, ballot.class,, ballot.country,,) = IMemberRegistry(governor.registry()).member(memberId);
        (ballot.choice, ballot.revision, ballot.byMandate, ballot.recused) =
            governor.ballotDetail(proposalId, memberId);
    }

    function _entitled(IConsortiumGovernor governor, uint256 proposalId, uint16 memberId) private view returns (bool) {
        IMemberRegistry registry = IMemberRegistry(governor.registry());
        uint48 snapshot = uint48(IGovernor(address(governor)).proposalSnapshot(proposalId));
        (,,, uint32 rights,) = registry.standing(registry.walletOf(memberId), snapshot);
        return (rights >> governor.bodyId()) & 1 != 0;
    }

    function _add(Tally memory tally, MemberBallot memory ballot) private pure {
        if (ballot.recused) ++tally.recused;
        else ++tally.entitled;
        if (ballot.choice == Choice.Against) ++tally.againstVotes;
        if (ballot.choice == Choice.For) ++tally.forVotes;
        if (ballot.choice == Choice.Abstain) ++tally.abstainVotes;
    }

    /// @dev `found` if the country is not among them.
    function _indexOf(CountryTally[] memory tallies, uint256 found, bytes2 country) private pure returns (uint256 i) {
        while (i < found && tallies[i].country != country) ++i;
    }
}
