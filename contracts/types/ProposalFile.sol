// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {BallotWords} from "../libraries/BallotWords.sol";
import {Ballot} from "./Ballot.sol";
import {ProposalMeta} from "./ProposalMeta.sol";

/// @notice The recorded answer of an outside authority.
enum Approval {
    None,
    Given,
    Refused
}

/// @notice What few proposals ever need, in one slot.
struct Sequel {
    uint48 closedAt; // the deadline of a proposal closed early
    uint48 correctedAt; // when minutes were recorded again after the latest objection
    uint16 vetoes; // that stand
    uint16 minutesVersion; // the latest recorded
    bool objected; // and no corrected minutes recorded since
    bool reconvened;
    bool revised; // a revised proposal has taken its place: its vetoes stand for good
    Approval approval;
}

/// @notice All that a body keeps of a proposal beside what OpenZeppelin's governor keeps.
struct ProposalFile {
    mapping(uint256 index => uint256 word) ballots; // word 0 with the `ProposalMeta`
    Sequel sequel;
    uint256 previousId; // the attempt before a second or third call
    mapping(uint16 memberId => bool stands) vetoes;
    mapping(uint16 memberId => bool objected) objections; // to the minutes, ever
    mapping(uint16 holderId => uint16[256] principalIds) mandates; // used, in their order; 0 ends the list
}

/// @notice A proposal and its body as the library sees them.
struct Docket {
    uint256 proposalId;
    address registry;
    address rulebook;
    uint8 bodyId;
    uint48 snapshot;
    uint48 deadline;
}

using {meta, setMeta, ballotOf, setBallot} for ProposalFile global;

function meta(ProposalFile storage self) view returns (ProposalMeta) {
    return ProposalMeta.wrap(uint128(self.ballots[0]));
}

function setMeta(ProposalFile storage self, ProposalMeta meta_) {
    self.ballots[0] = BallotWords.withoutMeta(self.ballots[0]) | ProposalMeta.unwrap(meta_);
}

function ballotOf(ProposalFile storage self, uint16 memberId) view returns (Ballot) {
    return BallotWords.ballotAt(self.ballots[BallotWords.indexOf(memberId)], memberId);
}

function setBallot(ProposalFile storage self, uint16 memberId, Ballot ballot) {
    uint256 index = BallotWords.indexOf(memberId);
    self.ballots[index] = BallotWords.put(self.ballots[index], memberId, ballot);
}
