// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {Time} from "@openzeppelin/contracts/utils/types/Time.sol";
import {MemberMandates} from "./extensions/MemberMandates.sol";
import {MemberOffices} from "./extensions/MemberOffices.sol";
import {MemberSeats} from "./extensions/MemberSeats.sol";
import {MemberWallets} from "./extensions/MemberWallets.sol";
import {Admission, IMemberRegistry, MemberClass, MemberStatus} from "./interfaces/IMemberRegistry.sol";
import {Standing} from "./libraries/Standings.sol";
import {isVoting} from "./types/Membership.sol";

/// @title The roll of the consortium and the acts that change it.
/// @notice The owner is the timelock of the general assembly once the deployer has handed over; the registrar keeps
/// only clerical acts: recording an accession document that has been signed, and asking for another wallet in the place
/// of a lost one.
/// @dev Status of a member:
///
///     admit ──▶ Admitted ──recordAccession──▶ Active ◀──confirmRemedy──┬──────────────┐
///                                              ▲│                      │              │
///                                              │└──notifyBreach──▶ InBreach ──▶ Defaulting ──exclude──▶ Excluded
///                                              │                   declareDefault     │                    │
///                                              └──────────────reinstate───────────────┴────────────────────┘
///     Admitted, Active, InBreach, Defaulting ──recordExit──▶ Left
contract MemberRegistry is MemberWallets, MemberSeats, MemberMandates, IERC165 {
    /// @notice Least time to remedy a breach, in seconds (consortium agreement: 30 calendar days).
    uint32 public constant LEAST_REMEDY_PERIOD = 30 days;
    /// @notice Most time to remedy a breach, in seconds: an error of unit must not leave a breach open for ever.
    uint32 public constant MOST_REMEDY_PERIOD = 366 days;

    constructor(
        address initialOwner,
        address initialRegistrar
    )
        Ownable(initialOwner)
        MemberOffices(initialRegistrar)
        EIP712("MemberRegistry", "1")
    {}

    // ------------------------------------------------------------------------------------------------ Admission

    /// @inheritdoc IMemberRegistry
    function admit(Admission calldata admission) external override onlyOwner returns (uint16 memberId) {
        Standing memory entered = _enter(admission);
        _store(entered);
        return entered.memberId;
    }

    /// @inheritdoc IMemberRegistry
    /// @dev After hand-over the owner is the assembly's timelock, and no kind lists this call.
    function found(Admission[] calldata admissions, bytes32 agreementHash) external override onlyOwner {
        uint256[4] memory newcomers;
        for (uint256 i = 0; i < admissions.length; ++i) {
            Standing memory entered = _enter(admissions[i]);
            _activate(entered, agreementHash);
            _settleInBatch(entered);
            ++newcomers[uint8(entered.class)];
        }
        _addToTotals(newcomers);
    }

    /// @inheritdoc IMemberRegistry
    function recordAccession(uint16 memberId, bytes32 documentHash) external override onlyRegistrarOrOwner {
        Standing memory standing_ = _standingIn(memberId, MemberStatus.Admitted);
        _activate(standing_, documentHash);
        _settle(standing_);
    }

    // ------------------------------------------------------------------------------------------- Breach and end

    /// @inheritdoc IMemberRegistry
    function notifyBreach(uint16 memberId, uint32 remedyPeriod) external override onlyOwner {
        if (remedyPeriod < LEAST_REMEDY_PERIOD || remedyPeriod > MOST_REMEDY_PERIOD) {
            revert MemberRegistryInvalidRemedyPeriod(remedyPeriod, LEAST_REMEDY_PERIOD, MOST_REMEDY_PERIOD);
        }
        Standing memory standing_ = _standingIn(memberId, MemberStatus.Active);
        uint48 remedyUntil = Time.timestamp() + remedyPeriod;
        _files[memberId].remedyUntil = remedyUntil;
        emit BreachNotified(memberId, remedyUntil);
        _moveTo(standing_, MemberStatus.InBreach);
    }

    /// @inheritdoc IMemberRegistry
    function confirmRemedy(uint16 memberId) external override onlyOwner {
        Standing memory standing_ = _standingOf(memberId);
        if (standing_.status != MemberStatus.InBreach && standing_.status != MemberStatus.Defaulting) {
            revert MemberRegistryUnexpectedStatus(memberId, standing_.status);
        }
        _files[memberId].remedyUntil = 0;
        _moveTo(standing_, MemberStatus.Active);
    }

    /// @inheritdoc IMemberRegistry
    function declareDefault(uint16 memberId) external override onlyOwner {
        Standing memory standing_ = _standingIn(memberId, MemberStatus.InBreach);
        uint48 remedyUntil = _files[memberId].remedyUntil;
        uint48 now_ = Time.timestamp();
        if (now_ <= remedyUntil) revert MemberRegistryRemedyRunning(memberId, remedyUntil, now_);
        _moveTo(standing_, MemberStatus.Defaulting);
    }

    /// @inheritdoc IMemberRegistry
    function exclude(uint16 memberId) external override onlyOwner {
        Standing memory standing_ = _standingIn(memberId, MemberStatus.Defaulting);
        _endSeats(memberId);
        _moveTo(standing_, MemberStatus.Excluded);
    }

    /// @inheritdoc IMemberRegistry
    /// @dev The seats of an excluded member are gone; they would have to be granted again.
    function reinstate(uint16 memberId) external override onlyOwner {
        Standing memory standing_ = _standingOf(memberId);
        if (standing_.status != MemberStatus.Defaulting && standing_.status != MemberStatus.Excluded) {
            revert MemberRegistryUnexpectedStatus(memberId, standing_.status);
        }
        _files[memberId].remedyUntil = 0;
        _moveTo(standing_, MemberStatus.Active);
    }

    /// @inheritdoc IMemberRegistry
    function recordExit(uint16 memberId) external override onlyOwner {
        Standing memory standing_ = _standingOf(memberId);
        _requireNotEnded(standing_);
        _endSeats(memberId);
        _moveTo(standing_, MemberStatus.Left);
    }

    // ----------------------------------------------------------------------------- Class, seats, bodies, office

    /// @inheritdoc IMemberRegistry
    /// @dev Seats end with the right to hold them.
    function changeClass(uint16 memberId, MemberClass class) external override onlyOwner {
        Standing memory standing_ = _standingOf(memberId);
        _requireNotEnded(standing_);
        MemberClass previous = standing_.class;
        if (class == MemberClass.None || class == previous) revert MemberRegistryInvalidClass(memberId, class);
        standing_.class = class;
        emit MemberClassChanged(memberId, previous, class);
        if (!isVoting(class)) _endSeats(memberId);
        _settle(standing_);
    }

    /// @inheritdoc IMemberRegistry
    function createBody(
        bytes32 name,
        address governor,
        address timelock,
        uint8 classes
    )
        external
        override
        onlyFactoryOrOwner
        returns (uint8 bodyId)
    {
        return _createBody(name, governor, timelock, classes);
    }

    /// @inheritdoc IMemberRegistry
    function grantSeat(uint8 bodyId, uint16 memberId, uint48 until) external override onlyOwner {
        _grantSeat(bodyId, memberId, until);
    }

    /// @inheritdoc IMemberRegistry
    function endSeat(uint8 bodyId, uint16 memberId) external override onlyOwner {
        _endSeat(bodyId, memberId);
    }

    /// @inheritdoc IMemberRegistry
    function setChair(uint8 bodyId, uint16 memberId) external override onlyOwner {
        _setChair(bodyId, memberId);
    }

    // -------------------------------------------------------------------------------------------------- Getters

    /// @notice Until when a member in breach may remedy it; 0 if no breach stands.
    function remedyUntilOf(uint16 memberId) external view returns (uint48) {
        _requireMember(memberId);
        return _files[memberId].remedyUntil;
    }

    /// @inheritdoc IERC165
    /// @dev ERC-4824 has a single function, whose selector is therefore its interface id.
    function supportsInterface(bytes4 interfaceId) external pure override returns (bool) {
        return interfaceId == type(IMemberRegistry).interfaceId || interfaceId == this.daoURI.selector
            || interfaceId == type(IERC165).interfaceId;
    }

    // -------------------------------------------------------------------------------------------------- Private

    /// @dev Changes the standing in memory and tells of it; the caller settles.
    function _activate(Standing memory standing_, bytes32 documentHash) private {
        if (documentHash == 0) revert MemberRegistryMissingDocument(standing_.memberId);
        emit AccessionRecorded(standing_.memberId, documentHash);
        emit MemberStatusChanged(standing_.memberId, standing_.status, MemberStatus.Active);
        standing_.status = MemberStatus.Active;
    }

    function _moveTo(Standing memory standing_, MemberStatus status) private {
        emit MemberStatusChanged(standing_.memberId, standing_.status, status);
        standing_.status = status;
        _settle(standing_);
    }

    function _standingIn(uint16 memberId, MemberStatus expected) private view returns (Standing memory standing_) {
        standing_ = _standingOf(memberId);
        if (standing_.status != expected) revert MemberRegistryUnexpectedStatus(memberId, standing_.status);
    }
}
