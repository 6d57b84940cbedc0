// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

/// @notice What a member is to the consortium. Founding members and partners vote; associates are consulted.
enum MemberClass {
    None,
    Founding,
    Partner,
    Associate
}

/// @notice Where a member stands. Only `Active` and `InBreach` members vote (consortium agreement: a defaulting party
/// keeps its membership and loses its vote).
enum MemberStatus {
    None,
    Admitted, // by decision; the accession document is not recorded yet
    Active,
    InBreach, // notified, the remedy period runs; still votes
    Defaulting,
    Excluded,
    Left
}

/// @notice What is written down when an organisation is admitted. Organisations only: nothing personal is on chain.
struct Admission {
    address wallet;
    MemberClass class;
    bytes2 country; // ISO 3166-1 alpha-2
    bytes32 code; // the consortium's own short name, e.g. "IT-TORINO"
    string name;
}

/// @title The roll of the consortium: who is a member, who may vote in which body, and who could at any past second.
/// @dev The mirror is built from these events: changing one breaks it. Bodies are bits 0 to 31 of a `rights` word.
interface IMemberRegistry {
    event MemberAdmitted(
        uint16 indexed memberId, address indexed wallet, MemberClass class, bytes2 country, bytes32 code, string name
    );
    event AccessionRecorded(uint16 indexed memberId, bytes32 documentHash);
    event MemberStatusChanged(uint16 indexed memberId, MemberStatus previous, MemberStatus current);
    event MemberClassChanged(uint16 indexed memberId, MemberClass previous, MemberClass current);
    event BreachNotified(uint16 indexed memberId, uint48 remedyUntil);
    /// @dev Emitted whenever the bodies a member may vote in change; effective from the block's timestamp on.
    event VotingRightsChanged(uint16 indexed memberId, uint32 rights);
    event WalletRotated(uint16 indexed memberId, address indexed previous, address indexed current);
    event BodyCreated(
        uint8 indexed bodyId, bytes32 indexed name, address indexed governor, address timelock, uint8 classes
    );
    /// @param until last second of the term; 0 for a seat without term.
    event SeatGranted(uint8 indexed bodyId, uint16 indexed memberId, uint48 until);
    event SeatEnded(uint8 indexed bodyId, uint16 indexed memberId);
    event RegistrarChanged(address indexed previous, address indexed current);
    event ApproverChanged(address indexed previous, address indexed current);
    event FactoryChanged(address indexed previous, address indexed current);
    event ChairSet(uint8 indexed bodyId, uint16 indexed memberId);
    /// @param proposalId 0 for every proposal of the body.
    /// @param until last second in which the holder may cast the ballot.
    event MandateGranted(
        uint16 indexed principalId, uint16 indexed holderId, uint8 indexed bodyId, uint256 proposalId, uint48 until
    );
    event MandateRevoked(uint16 indexed principalId, uint8 indexed bodyId);
    /// @dev A lost wallet: asked for by the registrar, approved by a second, stopped by the old wallet if it was not
    /// lost.
    event RotationProposed(uint16 indexed memberId, address indexed newWallet);
    event RotationApproved(uint16 indexed memberId, address indexed newWallet, uint48 effectiveFrom);
    event RotationStopped(uint16 indexed memberId, address indexed newWallet);
    /// @dev ERC-4824.
    event DAOURIUpdate(address daoAddress, string daoURI);

    error MemberRegistryUnauthorized(address caller);
    error MemberRegistryUnknownMember(uint16 memberId);
    error MemberRegistryInvalidWallet(address wallet);
    error MemberRegistryInvalidClass(uint16 memberId, MemberClass class);
    error MemberRegistryInvalidBody(uint8 bodyId, address governor, address timelock, uint8 classes);
    error MemberRegistryUnknownWallet(address wallet);
    error MemberRegistryUnknownBody(uint8 bodyId);
    error MemberRegistryWalletInUse(address wallet, uint16 memberId);
    error MemberRegistryWalletRevoked(address wallet, uint16 memberId);
    error MemberRegistryInvalidAdmission(address wallet, MemberClass class, bytes2 country);
    error MemberRegistryUnexpectedStatus(uint16 memberId, MemberStatus status);
    error MemberRegistryRemedyRunning(uint16 memberId, uint48 remedyUntil, uint48 timepoint);
    error MemberRegistryInvalidRemedyPeriod(uint32 remedyPeriod, uint32 least, uint32 most);
    error MemberRegistryMissingDocument(uint16 memberId);
    error MemberRegistryTooManyBodies(uint256 bodies);
    error MemberRegistryTooManyMembers(uint256 members);
    error MemberRegistryFutureLookup(uint48 timepoint, uint48 clock);
    error MemberRegistryInvalidSeat(uint8 bodyId, uint16 memberId);

    error MemberRegistryInvalidMandate(uint16 principalId, uint16 holderId, uint48 until);
    error MemberRegistryNoMandate(uint16 principalId, uint8 bodyId);
    error MemberRegistryInvalidSignature(uint16 memberId);
    error MemberRegistrySignatureExpired(uint48 deadline, uint48 timepoint);
    error MemberRegistryNoRotation(uint16 memberId);
    error MemberRegistryRotationNotApproved(uint16 memberId);
    error MemberRegistryRotationDelay(uint16 memberId, uint48 effectiveFrom, uint48 timepoint);
    error MemberRegistryApproverIsRegistrar(address account);
    error MemberRegistryTermRunning(uint8 bodyId, uint16 memberId, uint48 until);
    error MemberRegistryInvalidTerm(uint48 until, uint48 timepoint);

    /// @notice Admits by decision of the assembly; the vote counts only once {recordAccession} has run.
    function admit(Admission calldata admission) external returns (uint16 memberId);

    /// @notice The founding act: admits those who signed the consortium agreement itself, whose hash is recorded as
    /// the accession document of each. Reachable by the deployer only, before hand-over.
    function found(Admission[] calldata admissions, bytes32 agreementHash) external;

    /// @notice Clerical act of the registrar (or the owner): the signed accession document lies before it.
    function recordAccession(uint16 memberId, bytes32 documentHash) external;

    function notifyBreach(uint16 memberId, uint32 remedyPeriod) external;

    function confirmRemedy(uint16 memberId) external;

    function declareDefault(uint16 memberId) external;

    function exclude(uint16 memberId) external;

    function recordExit(uint16 memberId) external;

    function changeClass(uint16 memberId, MemberClass class) external;

    /// @notice A member moves to another wallet of its own; the previous one can never be used again.
    function rotateWallet(address newWallet) external;

    /// @param classes bit `1 << class` for each class whose members all vote in the body; 0 for a body of seats.
    function createBody(
        bytes32 name,
        address governor,
        address timelock,
        uint8 classes
    )
        external
        returns (uint8 bodyId);

    /// @param until last second of the term; 0 for a seat without term.
    function grantSeat(uint8 bodyId, uint16 memberId, uint48 until) external;

    /// @notice Clears a seat whose term is over; anyone may, and nobody needs to be asked.
    function clearLapsedSeat(uint8 bodyId, uint16 memberId) external;

    /// @notice Names the chair of a body, whose ballot breaks a tie where the rule says so; 0 for none.
    function setChair(uint8 bodyId, uint16 memberId) external;

    function chairOf(uint8 bodyId) external view returns (uint16 memberId);

    /// @notice By decision on appeal: a member in default or excluded is a member in good standing again.
    function reinstate(uint16 memberId) external;

    /// @notice The sender's member lets another cast its ballots in a body; replaces the one it gave there before.
    /// @param proposalId 0 for every proposal of the body.
    function grantMandate(uint16 holderId, uint8 bodyId, uint256 proposalId, uint48 until) external;

    function revokeMandate(uint8 bodyId) external;

    /// @notice As {grantMandate} (with `holderId` 0: {revokeMandate}) by the principal's EIP-712 signature, relayed by
    /// anyone.
    /// @dev `Mandate(uint16 principalId,uint16 holderId,uint8 bodyId,uint256 proposalId,uint48 until,uint256
    /// nonce,uint48 deadline)`
    function setMandateBySig(
        uint16 principalId,
        uint16 holderId,
        uint8 bodyId,
        uint256 proposalId,
        uint48 until,
        uint48 deadline,
        bytes calldata signature
    )
        external;

    /// @notice Who may cast the principal's ballot on a proposal of the body now; 0 if nobody.
    function holderOf(uint16 principalId, uint8 bodyId, uint256 proposalId) external view returns (uint16 holderId);

    function mandateOf(
        uint16 principalId,
        uint8 bodyId
    )
        external
        view
        returns (uint16 holderId, uint256 proposalId, uint48 until);

    function mandateNonce(uint16 principalId) external view returns (uint256);

    /// @notice Clerical act of the registrar for a member that lost its wallet; a second approver must agree.
    function proposeRotation(uint16 memberId, address newWallet) external;

    /// @notice By the second approver: the wallet changes after {ROTATION_DELAY} unless the old one stops it.
    function approveRotation(uint16 memberId, address newWallet) external;

    /// @notice By the wallet that was not lost after all (or the owner).
    function stopRotation(uint16 memberId) external;

    /// @notice Makes an approved rotation effective once its delay is over; anyone may.
    function completeRotation(uint16 memberId) external;

    function setApprover(address newApprover) external;

    function approver() external view returns (address);

    /// @notice The factory may register the bodies it makes; only the assembly can call the factory.
    function setFactory(address newFactory) external;

    function setDaoURI(string calldata newURI) external;

    /// @notice ERC-4824.
    function daoURI() external view returns (string memory);

    function endSeat(uint8 bodyId, uint16 memberId) external;

    function setRegistrar(address newRegistrar) external;

    function registrar() external view returns (address);

    function memberCount() external view returns (uint16);

    function bodyCount() external view returns (uint8);

    function body(uint8 bodyId) external view returns (bytes32 name, address governor, address timelock, uint8 classes);

    /// @return memberId 0 if the wallet never belonged to a member.
    /// @return revoked whether the member has moved on to another wallet.
    function memberOf(address wallet) external view returns (uint16 memberId, bool revoked);

    /// @notice One read for a proposal: who the wallet is, what the member is and where it stands now.
    function identify(address wallet)
        external
        view
        returns (uint16 memberId, bool revoked, MemberClass class, MemberStatus status);

    function walletOf(uint16 memberId) external view returns (address);

    function member(uint16 memberId)
        external
        view
        returns (address wallet, MemberClass class, MemberStatus status, bytes2 country, uint32 rights, uint32 seats);

    /// @notice One read for a ballot: who the wallet is, where it stands now, and where it could vote at `timepoint`.
    function standing(
        address wallet,
        uint48 timepoint
    )
        external
        view
        returns (uint16 memberId, bool revoked, MemberStatus status, uint32 rightsThen, uint32 rightsNow);

    /// @notice How many members could vote in the body at a past second.
    function entitledAt(uint8 bodyId, uint48 timepoint) external view returns (uint256);
}
