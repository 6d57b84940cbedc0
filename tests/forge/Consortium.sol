// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {BodyTimelock} from "../../contracts/BodyTimelock.sol";
import {BodySetup, ConsortiumGovernor} from "../../contracts/ConsortiumGovernor.sol";
import {Lens} from "../../contracts/Lens.sol";
import {MemberRegistry} from "../../contracts/MemberRegistry.sol";
import {Records} from "../../contracts/Records.sol";
import {Rulebook} from "../../contracts/Rulebook.sol";
import {Admission, IMemberRegistry, MemberClass} from "../../contracts/interfaces/IMemberRegistry.sol";
import {Base, IRulebook, PartyEffect, Rule, TieBreak} from "../../contracts/interfaces/IRulebook.sol";
import {Proof} from "./Proof.sol";

/// @notice A proposal as its proposer holds it.
struct Question {
    uint256 id;
    address[] targets;
    uint256[] values;
    bytes[] calldatas;
    string description;
}

/// @notice A small consortium: members 1 to 4 are founding members, 5 to 8 partners, 9 and 10 associates; 1, 2 and 3
/// have seats on the board. The test contract deploys it and keeps every office, so that single acts can be tried.
abstract contract Consortium is Proof {
    uint8 internal constant ASSEMBLY = 0;
    uint8 internal constant BOARD = 1;
    uint8 internal constant AGAINST = 0;
    uint8 internal constant FOR = 1;
    uint8 internal constant ABSTAIN = 2;
    uint48 internal constant DELAY = 2 days;
    uint48 internal constant BEGIN = 1_700_000_000;
    bytes32 internal constant DOCUMENT = keccak256("document");
    bytes32 internal constant PLAIN = "PLAIN";
    bytes32 internal constant MATTER = "matter";
    uint8 internal constant VOTING = 6; // founding members and partners, as a mask of classes

    MemberRegistry internal registry;
    Rulebook internal rulebook;
    Records internal records;
    Lens internal lens;
    ConsortiumGovernor internal general;
    ConsortiumGovernor internal board;
    BodyTimelock internal generalTimelock;
    BodyTimelock internal boardTimelock;

    uint256 private _asked;

    function setUp() public virtual {
        _goTo(BEGIN);
        registry = new MemberRegistry(address(this), address(this));
        records = new Records();
        rulebook = new Rulebook(address(this), address(records));
        lens = new Lens();
        rulebook.setRule(PLAIN, _plainRule());
        (general, generalTimelock) = _body("General general", VOTING);
        (board, boardTimelock) = _body("Executive board", 0);
        rulebook.setKind(MATTER, ASSEMBLY, PLAIN, true, PartyEffect.Recuses);
        registry.found(_admissions(1, 10), DOCUMENT);
        for (uint16 memberId = 1; memberId <= 3; ++memberId) {
            registry.grantSeat(BOARD, memberId, 0);
        }
        _goTo(BEGIN + 1 days);
    }

    // ----------------------------------------------------------------------------------------------------- Roll

    /// @dev The wallet a member is founded with; its private key is the number.
    function _wallet(uint256 memberId) internal pure returns (address) {
        return vm.addr(memberId);
    }

    function _admissions(uint256 from, uint256 to) internal pure returns (Admission[] memory admissions) {
        admissions = new Admission[](to - from + 1);
        for (uint256 i = from; i <= to; ++i) {
            admissions[i - from] = _admission(i);
        }
    }

    function _admission(uint256 number) internal pure returns (Admission memory) {
        MemberClass class = number <= 4 ? MemberClass.Founding : MemberClass.Partner;
        if (number == 9 || number == 10) class = MemberClass.Associate;
        bytes2[4] memory countries = [bytes2("SI"), "IT", "AT", "HR"];
        return Admission(_wallet(number), class, countries[number % 4], bytes32(number), "Organisation");
    }

    function _body(string memory name, uint8 classes) internal returns (ConsortiumGovernor, BodyTimelock) {
        BodyTimelock timelock = new BodyTimelock(DELAY, address(this));
        BodySetup memory setup = BodySetup(
            name, address(registry), address(rulebook), payable(address(timelock)), registry.bodyCount(), PLAIN
        );
        ConsortiumGovernor governor = new ConsortiumGovernor(setup);
        timelock.grantRole(timelock.PROPOSER_ROLE(), address(governor));
        timelock.grantRole(timelock.CANCELLER_ROLE(), address(governor));
        timelock.grantRole(timelock.EXECUTOR_ROLE(), address(governor));
        registry.createBody(bytes32(bytes(name)), address(governor), address(timelock), classes);
        return (governor, timelock);
    }

    // ------------------------------------------------------------------------------------------------------ Law

    /// @dev Two thirds of the votes cast, at once, for a day.
    function _plainRule() internal pure returns (Rule memory rule) {
        rule.period = 1 days;
        rule.quorumDenominator = 1;
        rule.countryDenominator = 1;
        (rule.majorityNumerator, rule.majorityDenominator) = (2, 3);
        rule.binding = true;
    }

    /// @dev A kind of resolution of the body under a rule of its own, both of that name.
    function _kindUnder(bytes32 name, uint8 bodyId, Rule memory rule) internal returns (uint16) {
        rulebook.setRule(name, rule);
        return rulebook.setKind(name, bodyId, name, true, PartyEffect.Recuses);
    }

    // ------------------------------------------------------------------------------------------------ Proposals

    function _resolution(uint16 kindId) internal returns (Question memory) {
        return _question(address(records), abi.encodeCall(Records.resolve, (kindId, DOCUMENT)));
    }

    function _question(address target, bytes memory data) internal returns (Question memory question) {
        question.targets = new address[](1);
        question.values = new uint256[](1);
        question.calldatas = new bytes[](1);
        (question.targets[0], question.calldatas[0]) = (target, data);
        question.description = vm.toString(++_asked);
    }

    /// @dev Filed by the member; opens as soon as the ordinary notice allows.
    function _file(
        ConsortiumGovernor governor,
        uint256 memberId,
        Question memory question
    )
        internal
        returns (Question memory)
    {
        vm.prank(_wallet(memberId));
        question.id = governor.propose(question.targets, question.values, question.calldatas, question.description);
        return question;
    }

    function _put(bytes32 kind) internal returns (Question memory) {
        return _file(general, 1, _resolution(rulebook.kindIdOf(kind)));
    }

    function _opened(bytes32 kind) internal returns (Question memory question) {
        question = _put(kind);
        _open(general, question.id);
    }

    function _open(ConsortiumGovernor governor, uint256 proposalId) internal {
        _goTo(uint48(governor.proposalSnapshot(proposalId)) + 1);
    }

    function _close(ConsortiumGovernor governor, uint256 proposalId) internal {
        _goTo(uint48(governor.proposalDeadline(proposalId)) + 1);
    }

    function _vote(uint256 proposalId, uint256 memberId, uint8 support) internal {
        vm.prank(_wallet(memberId));
        general.castVote(proposalId, support);
    }

    function _voteAll(uint256 proposalId, uint256 from, uint256 to, uint8 support) internal {
        for (uint256 memberId = from; memberId <= to; ++memberId) {
            _vote(proposalId, memberId, support);
        }
    }

    function _queue(Question memory question) internal {
        general.queue(question.targets, question.values, question.calldatas, keccak256(bytes(question.description)));
    }

    function _execute(Question memory question) internal {
        _goTo(uint48(general.proposalEta(question.id)));
        general.execute(question.targets, question.values, question.calldatas, keccak256(bytes(question.description)));
    }

    // ------------------------------------------------------------------------------------------------- Signatures

    function _signedBallot(
        ConsortiumGovernor governor,
        uint256 key,
        uint256 proposalId,
        uint8 support
    )
        internal
        view
        returns (bytes memory)
    {
        address voter = _wallet(key);
        uint256 nonce = governor.ballotNonce(proposalId, voter);
        bytes32 ballot = keccak256(abi.encode(governor.BALLOT_TYPEHASH(), proposalId, support, voter, nonce));
        return _signed(address(governor), key, ballot);
    }

    function _signedReason(
        ConsortiumGovernor governor,
        uint256 key,
        uint256 proposalId,
        uint8 support,
        string memory reason
    )
        internal
        view
        returns (bytes memory)
    {
        address voter = _wallet(key);
        uint256 nonce = governor.ballotNonce(proposalId, voter);
        bytes32 text = keccak256(bytes(reason));
        bytes32 ballot = keccak256(
            abi.encode(governor.EXTENDED_BALLOT_TYPEHASH(), proposalId, support, voter, nonce, text, keccak256(""))
        );
        return _signed(address(governor), key, ballot);
    }

    function _signed(address verifier, uint256 key, bytes32 structHash) internal view returns (bytes memory) {
        bytes32 digest = keccak256(abi.encodePacked(hex"1901", _domainOf(verifier), structHash));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        return abi.encodePacked(r, s, v);
    }

    function _domainOf(address verifier) private view returns (bytes32) {
        (, string memory name, string memory version, uint256 chainId, address contract_,,) =
            MemberRegistry(verifier).eip712Domain();
        bytes32 typeHash =
            keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
        return keccak256(abi.encode(typeHash, keccak256(bytes(name)), keccak256(bytes(version)), chainId, contract_));
    }
}
