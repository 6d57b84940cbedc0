// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {ConsortiumGovernor} from "../../../contracts/ConsortiumGovernor.sol";
import {MemberClass} from "../../../contracts/interfaces/IMemberRegistry.sol";
import {Rule} from "../../../contracts/interfaces/IRulebook.sol";
import {Consortium} from "../Consortium.sol";

/// @notice What a fuzzer may do to the roll, the law and the clock; and who could vote when, written down apart from the
/// registry's own checkpoints.
abstract contract Roll is Consortium {
    uint256 private constant MOST_MEMBERS = 20;

    struct Right {
        uint48 since;
        uint32 rights;
    }

    /// @dev Every value the rights of a member took, and the second of the change.
    mapping(uint256 memberId => Right[] history) private _history;
    mapping(uint256 memberId => uint256 key) private _keys;
    uint256 private _spareKey = 1000;

    /// @dev Before each act: what has closed by now is remembered. Forge keeps nothing that an invariant writes.
    modifier act() {
        _remember();
        _;
    }

    /// @dev After the act: the rights of all members are written down as the registry says they are now.
    modifier changesRoll() {
        _;
        _writeDown();
    }

    function setUp() public virtual override {
        super.setUp();
        registry.setApprover(address(0xA));
        _writeDown();
    }

    // ------------------------------------------------------------------------------------------------------ Acts

    function letTimePass(uint256 seed) external act {
        uint48[6] memory steps = [uint48(1), 1 hours, 12 hours, 1 days, 2 days, 11 days];
        _goTo(_now() + steps[seed % 6]);
    }

    function admit() external act changesRoll {
        uint16 memberId = registry.memberCount() + 1;
        require(memberId <= MOST_MEMBERS, "enough members");
        registry.admit(_admission(memberId));
        _goTo(_now() + 1 hours);
        registry.recordAccession(memberId, DOCUMENT);
    }

    function breach(uint256 member, uint256 step) external act changesRoll {
        uint16 memberId = _memberOf(member);
        if (step % 6 == 0) registry.notifyBreach(memberId, 30 days);
        if (step % 6 == 1) _default(memberId);
        if (step % 6 == 2) registry.exclude(memberId);
        if (step % 6 == 3) registry.reinstate(memberId);
        if (step % 6 == 4) registry.confirmRemedy(memberId);
        if (step % 6 == 5) registry.recordExit(memberId);
    }

    function changeClass(uint256 member, uint256 class) external act changesRoll {
        registry.changeClass(_memberOf(member), MemberClass(1 + class % 3));
    }

    function setChair(uint256 member) external act {
        registry.setChair(ASSEMBLY, _memberOf(member));
    }

    function rotateWallet(uint256 member) external act changesRoll {
        uint16 memberId = _memberOf(member);
        address wallet = vm.addr(++_spareKey);
        vm.prank(_walletOf(memberId));
        registry.rotateWallet(wallet);
        _keys[memberId] = _spareKey;
    }

    function replaceLostWallet(uint256 member) external act changesRoll {
        uint16 memberId = _memberOf(member);
        address wallet = vm.addr(++_spareKey);
        registry.proposeRotation(memberId, wallet);
        vm.prank(address(0xA));
        registry.approveRotation(memberId, wallet);
        _goTo(_now() + 3 days);
        registry.completeRotation(memberId);
        _keys[memberId] = _spareKey;
    }

    /// @dev A new version of a rule that open and closed proposals were filed under.
    function changeLaw(uint256 which, uint16 numerator) external act {
        bytes32 name = _kindName(which);
        (,, Rule memory rule) = rulebook.rule(rulebook.ruleIdOf(name));
        rule.majorityDenominator = 7;
        rule.majorityNumerator = uint16(within(numerator, 1, 6));
        rule.quorumNumerator = rule.silenceConsents ? 0 : rule.quorumDenominator;
        rulebook.setRule(name, rule);
    }

    function mandate(uint256 principal, uint256 holder, uint256 length) external act {
        uint16 holderId = _memberOf(holder);
        uint48 until = _now() + uint48(length % 30 days);
        vm.prank(_walletOf(_memberOf(principal)));
        registry.grantMandate(holderId, ASSEMBLY, 0, until);
    }

    // ------------------------------------------------------------------------------------------------------ Facts

    /// @dev Whether the member could vote in the body at the end of that second.
    function _couldVote(ConsortiumGovernor governor, uint256 memberId, uint256 timepoint)
        internal
        view
        returns (bool)
    {
        Right[] storage history = _history[memberId];
        for (uint256 i = history.length; i > 0; --i) {
            if (history[i - 1].since <= timepoint) return (history[i - 1].rights >> governor.bodyId()) & 1 != 0;
        }
        return false;
    }

    function _memberOf(uint256 seed) internal view returns (uint16) {
        return uint16(within(seed, 1, registry.memberCount()));
    }

    function _keyOf(uint256 memberId) internal view returns (uint256) {
        return _keys[memberId] == 0 ? memberId : _keys[memberId];
    }

    function _walletOf(uint256 memberId) internal view returns (address) {
        return vm.addr(_keyOf(memberId));
    }

    function _kindName(uint256 which) internal pure virtual returns (bytes32);

    function _remember() internal virtual;

    function _default(uint16 memberId) private {
        if (_now() <= registry.remedyUntilOf(memberId)) _goTo(registry.remedyUntilOf(memberId) + 1);
        registry.declareDefault(memberId);
    }

    function _writeDown() private {
        for (uint16 memberId = 1; memberId <= registry.memberCount(); ++memberId) {
            (,,,, uint32 rights,) = registry.member(memberId);
            Right[] storage history = _history[memberId];
            if (history.length != 0 && history[history.length - 1].rights == rights) continue;
            history.push(Right(_now(), rights));
        }
    }
}
