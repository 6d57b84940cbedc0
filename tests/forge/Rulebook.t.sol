// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {Records} from "../../contracts/Records.sol";
import {IMemberRegistry} from "../../contracts/interfaces/IMemberRegistry.sol";
import {IRulebook, PartyEffect, Rule, Step, Tally, TieBreak, Verdict} from "../../contracts/interfaces/IRulebook.sol";
import {Terms, termsUnder} from "../../contracts/types/Terms.sol";
import {Consortium} from "./Consortium.sol";

/// @notice The law: what a rule may say, and what a proposal is from what it does.
contract RulebookTest is Consortium {
    // ---------------------------------------------------------------------------------------------------- Rules

    function test_durations_are_bounded() public {
        Rule[4] memory wrong = [_plainRule(), _plainRule(), _plainRule(), _plainRule()];
        wrong[0].notice = 366 days + 1;
        wrong[1].period = 1 hours - 1;
        wrong[2].standstill = 366 days + 1;
        wrong[3].vetoWindow = 366 days + 1;
        for (uint256 i = 0; i < 4; ++i) {
            _refused(wrong[i], IRulebook.RulebookDurationOutOfBounds.selector);
        }
        wrong[0].notice = 5 days;
        wrong[0].shortNotice = 5 days + 1;
        _refused(wrong[0], IRulebook.RulebookShortNoticeTooLong.selector);
        wrong[0].shortNotice = 5 days;
        rulebook.setRule("new", wrong[0]);
    }

    function test_fractions_are_proper_and_can_be_reached() public {
        Rule[5] memory wrong = [_plainRule(), _plainRule(), _plainRule(), _plainRule(), _plainRule()];
        wrong[0].quorumDenominator = 0;
        wrong[1].majorityNumerator = 4;
        wrong[2].countryNumerator = 2;
        (wrong[3].majorityNumerator, wrong[3].strict) = (3, true);
        wrong[4].majorityNumerator = 0;
        for (uint256 i = 0; i < 5; ++i) {
            _refused(wrong[i], IRulebook.RulebookInvalidFraction.selector);
        }
        wrong[4].binding = false;
        rulebook.setRule("consultation", wrong[4]);
    }

    function test_settings_do_not_contradict_each_other() public {
        Rule[8] memory wrong;
        for (uint256 i = 0; i < 8; ++i) {
            wrong[i] = _plainRule();
            wrong[i].earlyClose = i < 4;
        }
        wrong[0].revisable = true;
        wrong[1].silenceConsents = true;
        (wrong[2].countryNumerator, wrong[2].countryDenominator) = (1, 2);
        wrong[3].tie = TieBreak.Chair;
        (wrong[4].silenceConsents, wrong[4].quorumNumerator) = (true, 1);
        wrong[5].calls = 1;
        wrong[6].calls = 16;
        wrong[7].vetoGrounds = 64;
        for (uint256 i = 0; i < 8; ++i) {
            _refused(wrong[i], IRulebook.RulebookIncompatibleSettings.selector);
        }
        rulebook.setRule("early", _early());
    }

    function test_rule_has_a_name_and_versions() public {
        vm.expectPartialRevert(IRulebook.RulebookUnknownRule.selector);
        rulebook.setRule(0, _plainRule());
        uint16 ruleId = rulebook.setRule(PLAIN, _early());
        (bytes32 name, uint16 version, Rule memory rule) = rulebook.rule(ruleId);
        vm.assertTrue(name == PLAIN && version == 2 && rule.earlyClose, "second version");
        (,, rule) = rulebook.rule(1);
        vm.assertTrue(!rule.earlyClose, "first version");
        (,, uint16 ofKind,,) = rulebook.kind(rulebook.kindIdOf(MATTER));
        vm.assertEq(ofKind, ruleId, "the kind follows");
        vm.expectPartialRevert(IRulebook.RulebookUnknownRuleId.selector);
        rulebook.rule(99);
    }

    function test_any_tally_can_be_judged() public view {
        Tally memory tally;
        (tally.forVotes, tally.entitled, tally.attempt) = (2, 3, 1);
        (Verdict verdict, Step[] memory steps) = rulebook.judge(_plainRule(), tally);
        vm.assertTrue(verdict == Verdict.Adopted && steps.length == 1 && steps[0].ok, "judgment");
    }

    // ---------------------------------------------------------------------------------------- Kinds and actions

    function test_kind_needs_a_rule_and_knows_itself() public {
        vm.expectPartialRevert(IRulebook.RulebookUnknownRule.selector);
        rulebook.setKind("new", ASSEMBLY, "no rule", true, PartyEffect.None);
        uint16 kindId = rulebook.setKind("new", BOARD, PLAIN, true, PartyEffect.None);
        vm.assertEq(rulebook.setKind("new", BOARD, PLAIN, false, PartyEffect.BarsVeto), kindId, "same kind");
        (bytes32 name, uint8 bodyId,, bool resolution, PartyEffect effect) = rulebook.kind(kindId);
        vm.assertTrue(name == "new" && bodyId == BOARD && !resolution && effect == PartyEffect.BarsVeto, "kind");
        vm.assertEq(rulebook.kindCount(), kindId, "kinds");
        vm.assertEq(rulebook.ruleCount(), 1, "rules");
        vm.expectPartialRevert(IRulebook.RulebookUnknownKind.selector);
        rulebook.kind(99);
    }

    function test_resolution_is_classified_by_its_first_argument() public view {
        uint16 kindId = rulebook.kindIdOf(MATTER);
        Terms terms = _classify(abi.encodeCall(Records.resolve, (kindId, DOCUMENT)));
        vm.assertEq(terms.kindId(), kindId, "kind");
        terms = _classify(abi.encodeCall(Records.resolveFor, (kindId, 3, DOCUMENT)));
        vm.assertTrue(terms.partyId() == 3 && terms.partyEffect() == PartyEffect.Recuses, "party");
    }

    function test_malformed_resolutions_are_refused() public {
        uint16 kindId = rulebook.setKind("silent", ASSEMBLY, PLAIN, false, PartyEffect.None);
        bytes4 notListed = IRulebook.RulebookActionNotListed.selector;
        _refusedCall(abi.encodeCall(Records.anchor, (bytes32(0), DOCUMENT)), notListed);
        _refusedCall(abi.encodePacked(Records.resolve.selector, uint256(kindId)), notListed);
        _refusedCall(abi.encodePacked(Records.resolve.selector, uint256(1 << 16), DOCUMENT), notListed);
        _refusedCall(abi.encodeCall(Records.resolve, (0, DOCUMENT)), notListed);
        _refusedCall(abi.encodeCall(Records.resolve, (99, DOCUMENT)), IRulebook.RulebookUnknownKind.selector);
        _refusedCall(abi.encodeCall(Records.resolve, (kindId, DOCUMENT)), IRulebook.RulebookNotAResolution.selector);
        bytes4 party = IRulebook.RulebookInvalidParty.selector;
        _refusedCall(abi.encodeCall(Records.resolveFor, (kindId, 3, DOCUMENT)), party);
        _refusedCall(abi.encodeCall(Records.resolveFor, (rulebook.kindIdOf(MATTER), 0, DOCUMENT)), party);
        _refusedCall(hex"010203", IRulebook.RulebookCalldataTooShort.selector);
    }

    function test_listed_call_belongs_to_its_kind_and_names_its_party() public {
        uint16 kindId = rulebook.setKind("exit", ASSEMBLY, PLAIN, false, PartyEffect.None);
        bytes4 selector = IMemberRegistry.recordExit.selector;
        rulebook.listAction(kindId, address(registry), selector, PartyEffect.BarsVeto, 1);
        vm.assertEq(rulebook.kindOfAction(address(registry), selector), kindId, "kind of the call");
        (PartyEffect effect, uint8 argument) = rulebook.partyOfAction(address(registry), selector);
        vm.assertTrue(effect == PartyEffect.BarsVeto && argument == 1, "party");
        Terms terms = _classifyCall(address(registry), abi.encodeCall(IMemberRegistry.recordExit, (5)));
        vm.assertTrue(terms.partyId() == 5 && terms.partyEffect() == PartyEffect.BarsVeto, "terms");
        vm.expectPartialRevert(IRulebook.RulebookInvalidParty.selector);
        this.classify(ASSEMBLY, address(registry), abi.encodePacked(selector));
        vm.expectPartialRevert(IRulebook.RulebookWrongBody.selector);
        this.classify(BOARD, address(registry), abi.encodeCall(IMemberRegistry.recordExit, (5)));
        rulebook.unlistAction(address(registry), selector);
        vm.expectPartialRevert(IRulebook.RulebookActionNotListed.selector);
        rulebook.unlistAction(address(registry), selector);
    }

    function test_listed_call_without_a_party_names_nobody() public {
        uint16 kindId = rulebook.setKind("roll", ASSEMBLY, PLAIN, false, PartyEffect.None);
        rulebook.listAction(kindId, address(registry), IMemberRegistry.setDaoURI.selector, PartyEffect.None, 0);
        Terms terms = _classifyCall(address(registry), abi.encodeCall(IMemberRegistry.setDaoURI, ("x")));
        vm.assertTrue(terms.kindId() == kindId && terms.partyId() == 0, "terms");
    }

    function testFuzz_terms_say_what_they_were_packed_from(
        uint32[3] memory durations,
        uint16[3] memory ids,
        bool chair,
        bool revisable,
        uint8 effect
    )
        public
        pure
    {
        Rule memory rule;
        (rule.notice, rule.shortNotice, rule.period) = (durations[0], durations[1], durations[2]);
        rule.revisable = revisable;
        rule.tie = chair ? TieBreak.Chair : TieBreak.Rejected;
        PartyEffect partyEffect = PartyEffect(effect % 3);
        Terms terms = termsUnder(ids[0], ids[1], rule).naming(ids[2], partyEffect);
        vm.assertTrue(terms.kindId() == ids[0] && terms.ruleId() == ids[1], "law");
        vm.assertTrue(terms.partyId() == ids[2] && terms.partyEffect() == partyEffect, "party");
        vm.assertTrue(terms.notice() == rule.notice && terms.shortNotice() == rule.shortNotice, "notice");
        vm.assertTrue(terms.period() == rule.period && terms.tie() == rule.tie, "period and tie");
        vm.assertTrue(terms.revisable() == revisable, "revisable");
    }

    function test_actions_of_one_proposal_are_of_one_kind_and_a_party_stands_alone() public {
        uint16 other = rulebook.setKind("other", ASSEMBLY, PLAIN, true, PartyEffect.None);
        uint16 kindId = rulebook.kindIdOf(MATTER);
        bytes memory first = abi.encodeCall(Records.resolve, (kindId, DOCUMENT));
        vm.expectPartialRevert(IRulebook.RulebookMixedKinds.selector);
        this.classifyTwo(first, abi.encodeCall(Records.resolve, (other, DOCUMENT)));
        vm.expectPartialRevert(IRulebook.RulebookPartyNotAlone.selector);
        this.classifyTwo(first, abi.encodeCall(Records.resolveFor, (kindId, 3, DOCUMENT)));
        vm.assertEq(this.classifyTwo(first, first).kindId(), kindId, "twice the same");
    }

    function test_generic_callers_and_swappable_code_are_never_listed() public {
        uint16 kindId = rulebook.kindIdOf(MATTER);
        vm.etch(address(0xE), abi.encodePacked(hex"ef0100", address(registry)));
        address[5] memory targets =
            [address(records), address(generalTimelock), address(general), address(0xD), address(0xE)];
        for (uint256 i = 0; i < targets.length; ++i) {
            vm.expectPartialRevert(IRulebook.RulebookForbiddenTarget.selector);
            rulebook.listAction(kindId, targets[i], 0x12345678, PartyEffect.None, 0);
        }
        vm.expectPartialRevert(IRulebook.RulebookInvalidParty.selector);
        rulebook.listAction(kindId, address(registry), 0x12345678, PartyEffect.BarsVeto, 0);
        rulebook.listAction(kindId, address(registry), 0x12345678, PartyEffect.None, 0);
        vm.expectPartialRevert(IRulebook.RulebookActionTaken.selector);
        rulebook.listAction(kindId, address(registry), 0x12345678, PartyEffect.None, 0);
    }

    function test_law_can_always_be_changed_again() public {
        uint16 kindId = rulebook.setKind("law", ASSEMBLY, PLAIN, false, PartyEffect.None);
        bytes4[3] memory calls =
            [IRulebook.setRule.selector, IRulebook.setKind.selector, IRulebook.listAction.selector];
        for (uint256 i = 0; i < 3; ++i) {
            rulebook.listAction(kindId, address(rulebook), calls[i], PartyEffect.None, 0);
            vm.expectPartialRevert(IRulebook.RulebookLockOut.selector);
            rulebook.unlistAction(address(rulebook), calls[i]);
        }
        vm.expectPartialRevert(IRulebook.RulebookLockOut.selector);
        rulebook.setKind("law", BOARD, PLAIN, false, PartyEffect.None);
        Rule memory rule = _plainRule();
        rule.binding = false;
        vm.expectPartialRevert(IRulebook.RulebookLockOut.selector);
        rulebook.setRule(PLAIN, rule);
        bytes4 unlist = IRulebook.unlistAction.selector;
        rulebook.listAction(kindId, address(rulebook), unlist, PartyEffect.None, 0);
        rulebook.unlistAction(address(rulebook), unlist);
        vm.expectPartialRevert(Ownable.OwnableInvalidOwner.selector);
        rulebook.renounceOwnership();
    }

    function test_only_the_owner_changes_the_law() public {
        bytes[4] memory acts = [
            abi.encodeCall(IRulebook.setRule, ("x", _plainRule())),
            abi.encodeCall(IRulebook.setKind, ("x", 0, PLAIN, true, PartyEffect.None)),
            abi.encodeCall(IRulebook.listAction, (1, address(registry), 0x12345678, PartyEffect.None, 0)),
            abi.encodeCall(IRulebook.unlistAction, (address(registry), 0x12345678))
        ];
        for (uint256 i = 0; i < acts.length; ++i) {
            vm.prank(_wallet(1));
            (bool done,) = address(rulebook).call(acts[i]);
            vm.assertTrue(!done, "a member changed the law");
        }
    }

    function test_anyone_anchors_under_its_own_name() public {
        vm.expectEmit();
        emit Records.Anchored(address(0xD), "topic", DOCUMENT);
        vm.prank(address(0xD));
        records.anchor("topic", DOCUMENT);
        vm.expectEmit();
        emit Records.ResolvedFor(address(this), 1, 3, DOCUMENT);
        records.resolveFor(1, 3, DOCUMENT);
    }

    // -------------------------------------------------------------------------------------------------- Private

    function classify(uint8 bodyId, address target, bytes calldata data) external view returns (Terms) {
        address[] memory targets = new address[](1);
        bytes[] memory calldatas = new bytes[](1);
        (targets[0], calldatas[0]) = (target, data);
        return rulebook.classify(bodyId, targets, calldatas);
    }

    function classifyTwo(bytes calldata first, bytes calldata other) external view returns (Terms) {
        address[] memory targets = new address[](2);
        bytes[] memory calldatas = new bytes[](2);
        (targets[0], targets[1]) = (address(records), address(records));
        (calldatas[0], calldatas[1]) = (first, other);
        return rulebook.classify(ASSEMBLY, targets, calldatas);
    }

    function _classify(bytes memory data) private view returns (Terms) {
        return this.classify(ASSEMBLY, address(records), data);
    }

    function _classifyCall(address target, bytes memory data) private view returns (Terms) {
        return this.classify(ASSEMBLY, target, data);
    }

    function _refusedCall(bytes memory data, bytes4 refusal) private {
        vm.expectPartialRevert(refusal);
        this.classify(ASSEMBLY, address(records), data);
    }

    function _refused(Rule memory rule, bytes4 refusal) private {
        vm.expectPartialRevert(refusal);
        rulebook.setRule("wrong", rule);
    }

    function _early() private pure returns (Rule memory rule) {
        rule = _plainRule();
        rule.earlyClose = true;
    }
}
