// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {BodyFactory} from "../../contracts/BodyFactory.sol";
import {BodyTimelock} from "../../contracts/BodyTimelock.sol";
import {CodeChunk} from "../../contracts/CodeChunk.sol";
import {ConsortiumGovernor} from "../../contracts/ConsortiumGovernor.sol";
import {ClassTally, CountryTally, Lens, MemberBallot} from "../../contracts/Lens.sol";
import {BodyPlan, IBodyFactory, Template} from "../../contracts/interfaces/IBodyFactory.sol";
import {IBodyTimelock} from "../../contracts/interfaces/IBodyTimelock.sol";
import {IConsortiumGovernor} from "../../contracts/interfaces/IConsortiumGovernor.sol";
import {Step, Verdict} from "../../contracts/interfaces/IRulebook.sol";
import {Consortium, Question} from "./Consortium.sol";

/// @notice Bodies made by decision, their timelocks, and the views for people.
contract BodiesTest is Consortium {
    // -------------------------------------------------------------------------------------------------- Factory

    function test_decision_creates_a_body_that_only_its_governor_commands() public {
        BodyFactory factory = _factory();
        registry.setFactory(address(factory));
        uint8 bodyId = factory.createBody(_plan());
        (bytes32 name, address governor, address timelock, uint8 classes) = registry.body(bodyId);
        vm.assertTrue(name == "jury" && classes == VOTING, "body");
        BodyTimelock hands = BodyTimelock(payable(timelock));
        vm.assertTrue(hands.governor() == governor && hands.getMinDelay() == DELAY, "hands");
        vm.assertTrue(!hands.hasRole(hands.DEFAULT_ADMIN_ROLE(), address(factory)), "the factory keeps nothing");
        vm.assertEq(ConsortiumGovernor(payable(governor)).name(), "Jury", "name");
        vm.assertEq(ConsortiumGovernor(payable(governor)).bodyId(), bodyId, "number");
        (bytes32 ofGovernor, bytes32 ofTimelock) = factory.templates();
        vm.assertTrue(ofGovernor == keccak256(type(ConsortiumGovernor).creationCode), "governor's template");
        vm.assertTrue(ofTimelock == keccak256(type(BodyTimelock).creationCode), "timelock's template");
        vm.assertTrue(factory.registry() == address(registry) && factory.rulebook() == address(rulebook), "place");
    }

    function test_stranger_creates_no_body() public {
        BodyFactory factory = _factory();
        vm.prank(_wallet(1));
        vm.expectPartialRevert(IBodyFactory.BodyFactoryUnauthorized.selector);
        factory.createBody(_plan());
    }

    function test_code_that_is_not_the_template_makes_no_factory() public {
        Template memory governor = _template(type(ConsortiumGovernor).creationCode);
        Template memory timelock = _template(type(BodyTimelock).creationCode);
        timelock.codeHash = DOCUMENT;
        vm.expectPartialRevert(IBodyFactory.BodyFactoryWrongTemplate.selector);
        new BodyFactory(address(registry), address(rulebook), governor, timelock);
    }

    // ------------------------------------------------------------------------------------------------- Timelock

    function test_timelock_knows_one_governor_and_no_open_role() public {
        BodyTimelock timelock = new BodyTimelock(DELAY, address(this));
        bytes32 executor = timelock.EXECUTOR_ROLE();
        bytes32 admin = timelock.DEFAULT_ADMIN_ROLE();
        vm.expectPartialRevert(IBodyTimelock.BodyTimelockOpenRole.selector);
        timelock.grantRole(executor, address(0));
        timelock.grantRole(executor, address(general));
        vm.expectPartialRevert(IBodyTimelock.BodyTimelockGovernedAlready.selector);
        timelock.grantRole(executor, address(board));
        timelock.grantRole(admin, address(board));
        vm.assertTrue(timelock.supportsInterface(type(IBodyTimelock).interfaceId), "own interface");
        vm.assertTrue(timelock.supportsInterface(0x01ffc9a7), "ERC-165");
    }

    function test_delay_of_a_timelock_is_bounded() public {
        vm.expectPartialRevert(IBodyTimelock.BodyTimelockDelayTooLong.selector);
        new BodyTimelock(366 days + 1, address(this));
        BodyTimelock timelock = new BodyTimelock(366 days, address(this));
        vm.prank(address(timelock));
        timelock.updateDelay(1 days);
        vm.assertEq(timelock.getMinDelay(), 1 days, "delay");
        vm.prank(address(timelock));
        vm.expectPartialRevert(IBodyTimelock.BodyTimelockDelayTooLong.selector);
        timelock.updateDelay(366 days + 1);
    }

    // ----------------------------------------------------------------------------------------------------- Views

    function test_governor_says_what_it_is() public view {
        vm.assertEq(general.COUNTING_MODE(), "support=bravo&quorum=for,against,abstain", "counting mode");
        vm.assertEq(general.CLOCK_MODE(), "mode=timestamp", "clock mode");
        vm.assertEq(general.clock(), _now(), "clock");
        vm.assertTrue(general.timelock() == address(generalTimelock), "timelock");
        vm.assertTrue(general.supportsInterface(type(IConsortiumGovernor).interfaceId), "own interface");
        vm.assertTrue(general.supportsInterface(type(IGovernor).interfaceId), "IGovernor");
        vm.assertTrue(!general.supportsInterface(0xffffffff), "nothing");
        vm.assertTrue(general.rulebook() == address(rulebook) && general.registry() == address(registry), "place");
    }

    function test_lens_shows_the_judgment_and_every_ballot() public {
        Question memory question = _opened(MATTER);
        _vote(question.id, 1, FOR);
        _vote(question.id, 5, AGAINST);
        _vote(question.id, 6, ABSTAIN);
        vm.prank(_wallet(2));
        general.recuse(question.id);
        (Verdict verdict, Step[] memory steps) = lens.explain(general, question.id);
        vm.assertTrue(verdict == Verdict.Rejected && steps.length == 1 && steps[0].left == 1, "judgment");
        MemberBallot[] memory ballots = lens.ballots(general, question.id);
        vm.assertEq(ballots.length, 8, "electorate");
        vm.assertTrue(ballots[1].recused && ballots[0].revision == 1 && !ballots[0].byMandate, "ballots");
        ClassTally[] memory byClass = lens.tallyByClass(general, question.id);
        vm.assertTrue(byClass[0].tally.forVotes == 1 && byClass[0].tally.recused == 1, "founding members");
        vm.assertTrue(byClass[1].tally.againstVotes == 1 && byClass[1].tally.abstainVotes == 1, "partners");
        vm.assertEq(byClass[2].tally.entitled, 0, "associates");
        CountryTally[] memory byCountry = lens.tallyByCountry(general, question.id);
        vm.assertEq(byCountry.length, 4, "countries");
        vm.assertTrue(byCountry[0].country == "IT" && byCountry[0].tally.entitled == 2, "the first country");
    }

    // -------------------------------------------------------------------------------------------------- Private

    function _plan() private pure returns (BodyPlan memory) {
        return BodyPlan("Jury", "jury", DELAY, PLAIN, VOTING);
    }

    function _factory() private returns (BodyFactory) {
        return new BodyFactory(
            address(registry),
            address(rulebook),
            _template(type(ConsortiumGovernor).creationCode),
            _template(type(BodyTimelock).creationCode)
        );
    }

    function _template(bytes memory code) private returns (Template memory template) {
        template.codeHash = keccak256(code);
        template.chunks = new address[](2);
        template.chunks[0] = address(new CodeChunk(_slice(code, 0, code.length / 2)));
        template.chunks[1] = address(new CodeChunk(_slice(code, code.length / 2, code.length)));
    }

    function _slice(bytes memory code, uint256 from, uint256 to) private pure returns (bytes memory part) {
        part = new bytes(to - from);
        for (uint256 i = from; i < to; ++i) {
            part[i - from] = code[i];
        }
    }
}
