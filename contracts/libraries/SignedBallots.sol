// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {IConsortiumGovernor, SignedBallot} from "../interfaces/IConsortiumGovernor.sol";
import {Ballot} from "../types/Ballot.sol";
import {Docket, ProposalFile} from "../types/ProposalFile.sol";
import {BallotDigests} from "./BallotDigests.sol";
import {CappedSignatures} from "./CappedSignatures.sol";
import {Casting} from "./Casting.sol";
import {VotingTime} from "./VotingTime.sol";

/// @title Signed ballots, one or many in one transaction: of many, the good ones count and the others are reported.
/// @dev The signature is looked at last: a wallet that is a contract is only called for a ballot that would count.
library SignedBallots {
    /// @notice Counts those that are good; `domain` is the EIP-712 domain separator of the governor.
    function countGood(
        ProposalFile storage file,
        Docket memory docket,
        bytes32 domain,
        SignedBallot[] memory ballots
    )
        internal
        returns (uint256 counted)
    {
        bytes memory refusalOfAll = VotingTime.refusal(file, docket);
        for (uint256 i = 0; i < ballots.length; ++i) {
            bytes memory refusal = refusalOfAll.length == 0 ? count(file, docket, domain, ballots[i]) : refusalOfAll;
            if (refusal.length == 0) ++counted;
            else emit IConsortiumGovernor.BallotRefused(docket.proposalId, ballots[i].voter, refusal);
        }
    }

    /// @notice Counts one while voting is open, or answers why not.
    function count(
        ProposalFile storage file,
        Docket memory docket,
        bytes32 domain,
        SignedBallot memory signed
    )
        internal
        returns (bytes memory)
    {
        (uint16 memberId, Ballot previous, bytes memory refusal) =
            Casting.examine(file, docket, signed.voter, signed.support);
        if (refusal.length != 0) return refusal;
        bytes32 digest = _digestOf(domain, docket.proposalId, signed, previous.revision());
        if (!CappedSignatures.isValid(signed.voter, digest, signed.signature)) {
            return abi.encodeWithSelector(IGovernor.GovernorInvalidSignature.selector, signed.voter);
        }
        Casting.Handed memory handed = Casting.Handed(memberId, signed.voter, signed.support, memberId);
        Casting.hand(file, docket.proposalId, handed, previous, signed.reason);
        return "";
    }

    function _digestOf(
        bytes32 domain,
        uint256 proposalId,
        SignedBallot memory signed,
        uint8 revision
    )
        private
        pure
        returns (bytes32)
    {
        bytes memory reason = bytes(signed.reason);
        if (reason.length == 0) {
            return BallotDigests.plain(domain, proposalId, signed.support, signed.voter, revision);
        }
        return BallotDigests.reasoned(domain, proposalId, signed.support, signed.voter, revision, keccak256(reason));
    }
}
