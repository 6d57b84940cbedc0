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

/// @notice One member of an electorate and what it handed in, if anything.
struct MemberBallot {
    uint16 memberId;
    MemberClass class;
    Choice choice;
}

/// @title Answers that nothing on chain depends on; free to ask, holds nothing.
/// @dev Loops over the roll: meant for calls, not for transactions.
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
            _add(tallies[uint8(cast[i].class) - 1].tally, cast[i].choice);
        }
    }

    /// @notice The electorate of a proposal in the order of admission, with the ballot of each.
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
        returns (MemberBallot memory)
    {
        (, MemberClass class,,,,) = IMemberRegistry(governor.registry()).member(memberId);
        return MemberBallot(memberId, class, governor.ballotOf(proposalId, memberId));
    }

    function _entitled(IConsortiumGovernor governor, uint256 proposalId, uint16 memberId) private view returns (bool) {
        IMemberRegistry registry = IMemberRegistry(governor.registry());
        uint48 snapshot = uint48(IGovernor(address(governor)).proposalSnapshot(proposalId));
        (,,, uint32 rights,) = registry.standing(registry.walletOf(memberId), snapshot);
        return (rights >> governor.bodyId()) & 1 != 0;
    }

    function _add(Tally memory tally, Choice choice) private pure {
        ++tally.entitled;
        if (choice == Choice.Against) ++tally.againstVotes;
        if (choice == Choice.For) ++tally.forVotes;
        if (choice == Choice.Abstain) ++tally.abstainVotes;
    }
}
