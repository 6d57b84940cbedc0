/**
 * The calls this module makes and the refusals it can read. Fixed here: the page says to which contract and on which
 * proposal a ballot goes, never which function is called. That the contract is the consortium's own is for the voter to
 * compare, in the wallet, with an address known from elsewhere; a page cannot vouch for itself.
 */

const uint = (name, type) => ({ name, type });

const refusal = (name, inputs) => ({ type: "error", name: `ConsortiumGovernor${name}`, inputs });

export const GOVERNOR = [
  {
    type: "function",
    name: "castVote",
    stateMutability: "nonpayable",
    inputs: [uint("proposalId", "uint256"), uint("support", "uint8")],
    outputs: [uint("weight", "uint256")],
  },
  refusal("NotAMember", [uint("account", "address")]),
  refusal("WalletRevoked", [uint("account", "address"), uint("memberId", "uint16")]),
  refusal("MemberDefaulting", [uint("memberId", "uint16")]),
  refusal("NoVotingRight", [uint("memberId", "uint16"), uint("bodyId", "uint8")]),
  refusal("NotInElectorate", [uint("memberId", "uint16"), uint("snapshot", "uint48")]),
  refusal("VotingNotOpen", [
    uint("proposalId", "uint256"),
    uint("opensAfter", "uint48"),
    uint("timepoint", "uint48"),
  ]),
  refusal("VotingClosed", [uint("proposalId", "uint256"), uint("deadline", "uint48"), uint("timepoint", "uint48")]),
  refusal("AlreadyVoted", [uint("proposalId", "uint256"), uint("memberId", "uint16")]),
  refusal("Recused", [uint("proposalId", "uint256"), uint("memberId", "uint16")]),
  refusal("TooManyRevisions", [uint("proposalId", "uint256"), uint("memberId", "uint16")]),
  refusal("InvalidChoice", [uint("support", "uint8")]),
  { type: "error", name: "GovernorNonexistentProposal", inputs: [uint("proposalId", "uint256")] },
];

export const REGISTRY = [
  {
    type: "function",
    name: "memberOf",
    stateMutability: "view",
    inputs: [uint("wallet", "address")],
    outputs: [uint("memberId", "uint16"), uint("revoked", "bool")],
  },
];

/** What the contract calls the choices; the order in which they are offered is the page's. */
export const SUPPORT = { against: 0, for: 1, abstain: 2 };
