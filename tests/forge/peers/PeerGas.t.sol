// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {Records} from "../../../contracts/Records.sol";
import {Proof} from "../Proof.sol";
import {OpenZeppelinGovernor, PeerToken} from "./OpenZeppelinGovernor.sol";

/// @notice What the same acts cost with OpenZeppelin's own governor, token and timelock, one coin a member.
contract PeerGasTest is Proof {
    uint256 private constant MEMBERS = 64;
    uint8 private constant FOR = 1;
    string private constant REASON = "0x5555555555555555555555555555555555555555555555555555555555555555";
    bytes32 private constant BALLOT_TYPEHASH =
        keccak256("Ballot(uint256 proposalId,uint8 support,address voter,uint256 nonce)");
    bytes32 private constant EXTENDED_BALLOT_TYPEHASH = keccak256(
        "ExtendedBallot(uint256 proposalId,uint8 support,address voter,uint256 nonce,string reason,bytes params)"
    );

    PeerToken private token;
    TimelockController private timelock;
    OpenZeppelinGovernor private governor;
    Records private records;
    address[] private targets;
    uint256[] private values;
    bytes[] private calldatas;

    function setUp() public {
        vm.warp(1_700_000_000);
        token = new PeerToken();
        records = new Records();
        timelock = new TimelockController(2 days, new address[](0), new address[](0), address(this));
        governor = new OpenZeppelinGovernor(token, timelock);
        timelock.grantRole(timelock.PROPOSER_ROLE(), address(governor));
        timelock.grantRole(timelock.CANCELLER_ROLE(), address(governor));
        timelock.grantRole(timelock.EXECUTOR_ROLE(), address(governor));
        for (uint256 i = 1; i <= MEMBERS; ++i) {
            _admit(vm.addr(i));
        }
        vm.warp(1_700_000_100);
        targets = [address(records)];
        values = [0];
        calldatas = [abi.encodeCall(Records.resolve, (1, keccak256("an earlier text")))];
        _signEarlier();
        calldatas = [abi.encodeCall(Records.resolve, (1, keccak256("text")))];
    }

    /// @dev A first signature costs OpenZeppelin's voter a fresh slot for the nonce; the comparison does without that.
    function _signEarlier() private {
        uint256 proposalId = _propose();
        _goTo(_now() + 14 days + 1);
        governor.castVoteBySig(proposalId, FOR, vm.addr(4), _signed(4, proposalId));
        governor.castVoteBySig(proposalId, FOR, vm.addr(5), _signed(5, proposalId));
    }

    function test_gas_of_a_decision_with_openzeppelin() public {
        uint256 proposalId = _propose();
        vm.snapshotGasLastCall("openzeppelin", "propose");
        _goTo(_now() + 14 days + 1);
        _vote(1, proposalId);
        vm.snapshotGasLastCall("openzeppelin", "vote_first");
        _vote(2, proposalId);
        vm.snapshotGasLastCall("openzeppelin", "vote_next");
        vm.prank(vm.addr(3));
        governor.castVoteWithReason(proposalId, FOR, REASON);
        vm.snapshotGasLastCall("openzeppelin", "vote_with_reason");
        governor.castVoteBySig(proposalId, FOR, vm.addr(4), _signed(4, proposalId));
        vm.snapshotGasLastCall("openzeppelin", "vote_by_signature");
        governor.castVoteWithReasonAndParamsBySig(
            proposalId, FOR, vm.addr(5), REASON, "", _signedReason(5, proposalId)
        );
        vm.snapshotGasLastCall("openzeppelin", "signed_ballot_with_reason");
        for (uint256 i = 6; i <= MEMBERS; ++i) {
            _vote(i, proposalId);
        }
        _queueAndExecute();
    }

    function _queueAndExecute() private {
        _goTo(_now() + 1 days);
        bytes32 text = keccak256(bytes(_description()));
        governor.queue(targets, values, calldatas, text);
        uint256 queueing = vm.snapshotGasLastCall("openzeppelin", "queue");
        _goTo(_now() + 2 days);
        governor.execute(targets, values, calldatas, text);
        uint256 execution = vm.snapshotGasLastCall("openzeppelin", "execute");
        vm.snapshotValue("openzeppelin", "queue_and_execute", queueing + execution);
    }

    function test_gas_of_admission_with_openzeppelin() public {
        uint256 gas = 0;
        for (uint256 i = MEMBERS + 1; i <= MEMBERS + 30; ++i) {
            token.mint(vm.addr(i));
            gas += vm.snapshotGasLastCall("openzeppelin", "mint");
            vm.prank(vm.addr(i));
            token.delegate(vm.addr(i));
            gas += vm.snapshotGasLastCall("openzeppelin", "delegate");
        }
        vm.snapshotValue("openzeppelin", "admission_each", gas / 30);
    }

    function _admit(address member) private {
        token.mint(member);
        vm.prank(member);
        token.delegate(member);
    }

    function _propose() private returns (uint256) {
        string memory description = _description();
        vm.prank(vm.addr(1));
        return governor.propose(targets, values, calldatas, description);
    }

    function _description() private pure returns (string memory) {
        return "bafkreiaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa0123456";
    }

    function _vote(uint256 key, uint256 proposalId) private {
        vm.prank(vm.addr(key));
        governor.castVote(proposalId, FOR);
    }

    function _signed(uint256 key, uint256 proposalId) private view returns (bytes memory) {
        return _sign(
            key, keccak256(abi.encode(BALLOT_TYPEHASH, proposalId, FOR, vm.addr(key), governor.nonces(vm.addr(key))))
        );
    }

    function _signedReason(uint256 key, uint256 proposalId) private view returns (bytes memory) {
        bytes32 ballot = keccak256(
            abi.encode(
                EXTENDED_BALLOT_TYPEHASH,
                proposalId,
                FOR,
                vm.addr(key),
                governor.nonces(vm.addr(key)),
                keccak256(bytes(REASON)),
                keccak256("")
            )
        );
        return _sign(key, ballot);
    }

    function _sign(uint256 key, bytes32 ballot) private view returns (bytes memory) {
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("Peer"),
                keccak256("1"),
                block.chainid,
                address(governor)
            )
        );
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, keccak256(abi.encodePacked(hex"1901", domain, ballot)));
        return abi.encodePacked(r, s, v);
    }
}
