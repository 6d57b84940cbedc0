// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {Checkpoints} from "@openzeppelin/contracts/utils/structs/Checkpoints.sol";
import {MemberClass, MemberStatus} from "../interfaces/IMemberRegistry.sol";

/// @notice All that a ballot asks of a wallet, in one slot: who it is, where it stands, and its last two checkpoints.
struct Standing {
    uint16 memberId; // 0: never a member's wallet
    MemberClass class;
    MemberStatus status;
    bytes2 country;
    bool revoked; // the member has moved on to another wallet
    bool older; // earlier checkpoints lie in the member's trace
    uint32 rights; // bit b: may vote in body b, since `since`
    uint48 since;
    uint32 previousRights; // from `previousSince` until `since`
    uint48 previousSince;
}

/// @title Voting rights through time: the newest two checkpoints in the slot, evicted ones in a trace.
library Standings {
    using Checkpoints for Checkpoints.Trace208;

    /// @notice The rights as they stood at the end of a second.
    function rightsAt(
        Standing memory self,
        Checkpoints.Trace208 storage trace,
        uint48 timepoint
    )
        internal
        view
        returns (uint32)
    {
        if (timepoint >= self.since) return self.rights;
        if (timepoint >= self.previousSince) return self.previousRights;
        return self.older ? uint32(trace.upperLookupRecent(timepoint)) : 0;
    }

    /// @notice Changes the rights from now on; several changes within a second leave the last.
    function setRights(
        Standing memory self,
        Checkpoints.Trace208 storage trace,
        uint32 rights,
        uint48 timepoint
    )
        internal
    {
        if (self.since != timepoint) {
            _evict(self, trace);
            self.previousRights = self.rights;
            self.previousSince = self.since;
            self.since = timepoint;
        }
        self.rights = rights;
    }

    /// @dev Before the first checkpoint there are no rights, so that one needs no place in the trace.
    function _evict(Standing memory self, Checkpoints.Trace208 storage trace) private {
        if (self.previousSince == 0) return;
        trace.push(self.previousSince, self.previousRights);
        self.older = true;
    }
}
