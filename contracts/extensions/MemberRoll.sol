// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {Checkpoints} from "@openzeppelin/contracts/utils/structs/Checkpoints.sol";
import {Time} from "@openzeppelin/contracts/utils/types/Time.sol";
import {Admission, IMemberRegistry, MemberClass, MemberStatus} from "../interfaces/IMemberRegistry.sol";
import {Standing, Standings} from "../libraries/Standings.sol";
import {hasEnded} from "../types/Membership.sol";

/// @title The roll: members, their wallets, and what each wallet stands for.
/// @dev One slot for each wallet (`Standing`) and one for each member. A wallet stays its member's for ever, revoked or
/// not: given to another member, ballots signed with it could be replayed.
abstract contract MemberRoll is IMemberRegistry {
    using Standings for Standing;

    /// @dev What is kept under the member's number rather than its wallet.
    struct MemberFile {
        address wallet;
        uint32 seats; // bit b: holds a seat in body b
        uint48 remedyUntil;
    }

    mapping(address wallet => Standing standing) private _standings;
    mapping(uint16 memberId => MemberFile file) internal _files;
    mapping(uint16 memberId => Checkpoints.Trace208 trace) private _olderRights;

    /// @inheritdoc IMemberRegistry
    uint16 public override memberCount;

    /// @inheritdoc IMemberRegistry
    function memberOf(address wallet) external view override returns (uint16 memberId, bool revoked) {
        Standing storage standing_ = _standings[wallet];
        return (standing_.memberId, standing_.revoked);
    }

    /// @inheritdoc IMemberRegistry
    function identify(address wallet)
        external
        view
        override
        returns (uint16 memberId, bool revoked, MemberClass class, MemberStatus status)
    {
        Standing storage standing_ = _standings[wallet];
        return (standing_.memberId, standing_.revoked, standing_.class, standing_.status);
    }

    /// @inheritdoc IMemberRegistry
    function walletOf(uint16 memberId) external view override returns (address) {
        _requireMember(memberId);
        return _files[memberId].wallet;
    }

    /// @inheritdoc IMemberRegistry
    function member(uint16 memberId)
        external
        view
        override
        returns (address wallet, MemberClass class, MemberStatus status, bytes2 country, uint32 rights, uint32 seats)
    {
        Standing memory standing_ = _standingOf(memberId);
        MemberFile storage file = _files[memberId];
        return (file.wallet, standing_.class, standing_.status, standing_.country, standing_.rights, file.seats);
    }

    /// @inheritdoc IMemberRegistry
    function standing(
        address wallet,
        uint48 timepoint
    )
        external
        view
        override
        returns (uint16 memberId, bool revoked, MemberStatus status, uint32 rightsThen, uint32 rightsNow)
    {
        Standing memory standing_ = _standings[wallet];
        memberId = standing_.memberId;
        revoked = standing_.revoked;
        status = standing_.status;
        rightsThen = standing_.rightsAt(_olderRights[memberId], timepoint);
        rightsNow = standing_.rights;
    }

    /// @dev Opens the member's file; the standing is stored by the caller.
    function _enter(Admission calldata admission) internal returns (Standing memory entered) {
        _requireValid(admission);
        _requireFresh(admission.wallet);
        if (memberCount == type(uint16).max) revert MemberRegistryTooManyMembers(memberCount);
        entered.memberId = ++memberCount;
        entered.class = admission.class;
        entered.status = MemberStatus.Admitted;
        entered.country = admission.country;
        _files[entered.memberId].wallet = admission.wallet;
        emit MemberAdmitted(
            entered.memberId, admission.wallet, admission.class, admission.country, admission.code, admission.name
        );
    }

    function _standingOf(uint16 memberId) internal view returns (Standing memory) {
        _requireMember(memberId);
        return _standings[_files[memberId].wallet];
    }

    /// @dev What the sender stands for, if it is the wallet of a member that has not gone.
    function _standingOfSender() internal view returns (Standing memory standing_) {
        standing_ = _standings[msg.sender];
        if (standing_.memberId == 0) revert MemberRegistryUnknownWallet(msg.sender);
        if (standing_.revoked) revert MemberRegistryWalletRevoked(msg.sender, standing_.memberId);
        _requireNotEnded(standing_);
    }

    function _store(Standing memory standing_) internal {
        _standings[_files[standing_.memberId].wallet] = standing_;
    }

    /// @dev Checkpoints changed rights in the standing and tells of it; the caller stores it and moves the totals.
    function _checkpoint(Standing memory standing_, uint32 rights) internal {
        standing_.setRights(_olderRights[standing_.memberId], rights, Time.timestamp());
        emit VotingRightsChanged(standing_.memberId, rights);
    }

    /// @dev The new wallet takes over the whole standing, history included; the old one keeps only whose it was.
    function _moveWallet(Standing memory standing_, address newWallet) internal {
        _requireFresh(newWallet);
        MemberFile storage file = _files[standing_.memberId];
        address previous = file.wallet;
        Standing memory left;
        left.memberId = standing_.memberId;
        left.revoked = true;
        _standings[previous] = left;
        _standings[newWallet] = standing_;
        file.wallet = newWallet;
        emit WalletRotated(standing_.memberId, previous, newWallet);
    }

    function _requireMember(uint16 memberId) internal view {
        if (memberId == 0 || memberId > memberCount) revert MemberRegistryUnknownMember(memberId);
    }

    function _requireFresh(address wallet) internal view {
        if (wallet == address(0)) revert MemberRegistryInvalidWallet(wallet);
        Standing storage taken = _standings[wallet];
        if (taken.memberId == 0) return;
        if (taken.revoked) revert MemberRegistryWalletRevoked(wallet, taken.memberId);
        revert MemberRegistryWalletInUse(wallet, taken.memberId);
    }

    function _requireNotEnded(Standing memory standing_) internal pure {
        if (hasEnded(standing_.status)) revert MemberRegistryUnexpectedStatus(standing_.memberId, standing_.status);
    }

    function _requireValid(Admission calldata admission) private pure {
        bytes2 country = admission.country;
        if (admission.class == MemberClass.None || !_isCapital(country[0]) || !_isCapital(country[1])) {
            revert MemberRegistryInvalidAdmission(admission.wallet, admission.class, country);
        }
    }

    function _isCapital(bytes1 letter) private pure returns (bool) {
        return letter >= "A" && letter <= "Z";
    }
}
