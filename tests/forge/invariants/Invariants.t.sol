// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {ConsortiumGovernor} from "../../../contracts/ConsortiumGovernor.sol";
import {Choice} from "../../../contracts/interfaces/IConsortiumGovernor.sol";
import {IMemberRegistry} from "../../../contracts/interfaces/IMemberRegistry.sol";
import {Tally} from "../../../contracts/interfaces/IRulebook.sol";
import {Proof} from "../Proof.sol";
import {Roll} from "./Roll.sol";
import {Afterwards} from "./Afterwards.sol";
import {Voting} from "./Voting.sol";

/// @notice What stays true whatever members, registrar, assembly and the clock do, in any order.
contract InvariantsTest is Proof {
    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    Afterwards private _voting;
    ConsortiumGovernor private _general;
    IMemberRegistry private _registry;

    function setUp() public {
        _voting = new Afterwards();
        _voting.setUp();
        (address general, address registry) = _voting.place();
        (_general, _registry) = (ConsortiumGovernor(payable(general)), IMemberRegistry(registry));
    }

    /// @dev Forge asks which contract it may call, and how. Ballots come more often than changes of the roll.
    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        bytes4[28] memory acts = [
            Roll.letTimePass.selector,
            Roll.admit.selector,
            Roll.breach.selector,
            Roll.changeClass.selector,
            Roll.setChair.selector,
            Roll.rotateWallet.selector,
            Roll.replaceLostWallet.selector,
            Roll.changeLaw.selector,
            Roll.mandate.selector,
            Voting.file.selector,
            Voting.vote.selector,
            Voting.voteOnTheLatest.selector,
            Voting.voteInBatch.selector,
            Voting.voteByMandate.selector,
            Voting.recuse.selector,
            Voting.close.selector,
            Afterwards.veto.selector,
            Afterwards.withdrawVeto.selector,
            Afterwards.record.selector,
            Afterwards.objectToMinutes.selector,
            Afterwards.queue.selector,
            Afterwards.execute.selector,
            Afterwards.cancel.selector,
            Afterwards.reconvene.selector,
            Voting.voteOnTheLatest.selector,
            Afterwards.queue.selector,
            Voting.voteTogether.selector,
            Voting.voteTogether.selector
        ];
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector(address(_voting), new bytes4[](acts.length));
        for (uint256 i = 0; i < acts.length; ++i) {
            targets[0].selectors[i] = acts[i];
        }
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_voting);
    }

    /// @dev Each act checks its own sentences: the right to vote, one signature one ballot, queued only if binding, …
    function invariant_no_act_breaks_the_law() external view {
        vm.assertEq(_voting.broken(), "", "a sentence of the law was broken");
    }

    function invariant_a_closed_outcome_never_changes() external view {
        vm.assertTrue(_voting.outcomesStand(), "an outcome changed after the deadline");
    }

    function invariant_tally_is_the_sum_of_the_ballots_taken() external view {
        for (uint256 i = 0; i < _voting.proposals(); ++i) {
            uint256 proposalId = _voting.proposal(i);
            uint256[4] memory sum;
            for (uint16 memberId = 1; memberId <= _registry.memberCount(); ++memberId) {
                uint256 choice = _voting.taken(proposalId, memberId);
                ++sum[choice];
                vm.assertEq(uint256(_general.ballotOf(proposalId, memberId)), choice, "ballot");
            }
            (uint256 against, uint256 inFavour, uint256 abstain) = _general.proposalVotes(proposalId);
            vm.assertEq(against, sum[uint256(Choice.Against)], "against");
            vm.assertEq(inFavour, sum[uint256(Choice.For)], "for");
            vm.assertEq(abstain, sum[uint256(Choice.Abstain)], "abstain");
        }
    }

    function invariant_ballots_never_exceed_the_electorate() external view {
        for (uint256 i = 0; i < _voting.proposals(); ++i) {
            uint256 proposalId = _voting.proposal(i);
            if (block.timestamp <= _general.proposalSnapshot(proposalId)) continue;
            Tally memory tally = _general.tallyOf(proposalId);
            vm.assertEq(tally.entitled, _voting.electors(proposalId), "electorate");
            uint256 ballots = uint256(tally.againstVotes) + tally.forVotes + tally.abstainVotes;
            vm.assertTrue(ballots <= tally.entitled, "more ballots than electors");
            vm.assertTrue(tally.countriesFor <= tally.countries, "more countries for than there are");
        }
    }
}
