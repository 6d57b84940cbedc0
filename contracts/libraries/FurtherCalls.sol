// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";
import {Time} from "@openzeppelin/contracts/utils/types/Time.sol";
import {IConsortiumGovernor, Phase} from "../interfaces/IConsortiumGovernor.sol";
import {IMemberRegistry} from "../interfaces/IMemberRegistry.sol";
import {Rule} from "../interfaces/IRulebook.sol";
import {Docket, ProposalFile} from "../types/ProposalFile.sol";
import {ProposalMeta} from "../types/ProposalMeta.sol";
import {Terms, termsUnder} from "../types/Terms.sol";

/// @title Calling a question again that had no quorum: under the same version of its rule, in the line of its attempts.
library FurtherCalls {
    /// @notice Time after the deadline in which a question may be called again (DESCA 6.2.3.1).
    uint48 internal constant RECONVENE_WITHIN = 15 days;
    /// @dev Four bits of the proposal data.
    uint8 private constant MOST_ATTEMPTS = 15;

    /// @notice Marks the failed attempt and answers the terms of the next one.
    function termsOfNext(
        ProposalFile storage previous,
        Docket memory docket,
        Rule memory rule,
        Phase phase
    )
        internal
        returns (Terms terms, uint8 attempt)
    {
        ProposalMeta meta = previous.meta();
        _requireInTime(docket, phase);
        attempt = meta.attempt() + 1;
        if (rule.calls == 0 || attempt > MOST_ATTEMPTS || previous.sequel.reconvened) {
            revert IConsortiumGovernor.ConsortiumGovernorNoFurtherCall(docket.proposalId, meta.attempt());
        }
        previous.sequel.reconvened = true;
        terms = termsUnder(meta.kindId(), meta.ruleId(), rule).naming(meta.partyId(), meta.partyEffect());
    }

    /// @notice The text of the next attempt, as it is filed; without the suffix it would have the first one's id.
    function textOf(
        string memory description,
        uint8 attempt,
        uint256 previousId
    )
        internal
        pure
        returns (string memory)
    {
        string memory number = Strings.toString(attempt);
        return string.concat(description, "#attempt=", number, "&of=", Strings.toString(previousId));
    }

    /// @notice Whether the account's member put the question. Anyone may call it again, and only once: a further call
    /// is withdrawn only by the member that put the question first, or one member could end it for all.
    function isBy(
        mapping(uint256 proposalId => ProposalFile file) storage files,
        uint256 proposalId,
        address registry,
        address account
    )
        internal
        view
        returns (bool)
    {
        (uint16 memberId, bool revoked) = IMemberRegistry(registry).memberOf(account);
        if (memberId == 0 || revoked) return false;
        while (proposalId != 0 && files[proposalId].meta().proposerId() == memberId) {
            proposalId = files[proposalId].previousId;
        }
        return proposalId == 0;
    }

    function _requireInTime(Docket memory docket, Phase phase) private view {
        if (phase != Phase.NoQuorum) {
            revert IConsortiumGovernor.ConsortiumGovernorUnexpectedPhase(docket.proposalId, phase);
        }
        uint48 last = docket.deadline + RECONVENE_WITHIN;
        if (Time.timestamp() > last) {
            revert IConsortiumGovernor.ConsortiumGovernorReconvenedTooLate(docket.proposalId, last, Time.timestamp());
        }
    }
}
