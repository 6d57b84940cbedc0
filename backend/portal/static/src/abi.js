/**
 * The calls this module makes, what it has signed, and the refusals it can read. Fixed here: the page says to which contract and on which
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
  {
    type: "function",
    name: "castVoteWithReason",
    stateMutability: "nonpayable",
    inputs: [uint("proposalId", "uint256"), uint("support", "uint8"), uint("reason", "string")],
    outputs: [uint("weight", "uint256")],
  },
  {
    type: "function",
    name: "castMandate",
    stateMutability: "nonpayable",
    inputs: [
      uint("proposalId", "uint256"),
      uint("principalId", "uint16"),
      uint("support", "uint8"),
      uint("reason", "string"),
    ],
    outputs: [],
  },
  {
    type: "function",
    name: "ballotNonce",
    stateMutability: "view",
    inputs: [uint("proposalId", "uint256"), uint("voter", "address")],
    outputs: [uint("nonce", "uint256")],
  },
  {
    type: "function",
    name: "eip712Domain",
    stateMutability: "view",
    inputs: [],
    outputs: [
      uint("fields", "bytes1"),
      uint("name", "string"),
      uint("version", "string"),
      uint("chainId", "uint256"),
      uint("verifyingContract", "address"),
      uint("salt", "bytes32"),
      uint("extensions", "uint256[]"),
    ],
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
  refusal("NoMandate", [uint("holderId", "uint16"), uint("principalId", "uint16")]),
  refusal("MandateLimit", [uint("holderId", "uint16"), uint("limit", "uint8")]),
  refusal("OwnBallotStands", [uint("proposalId", "uint256"), uint("principalId", "uint16")]),
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
  {
    type: "function",
    name: "walletOf",
    stateMutability: "view",
    inputs: [uint("memberId", "uint16")],
    outputs: [uint("wallet", "address")],
  },
];

const BALLOT = [
  uint("proposalId", "uint256"),
  uint("support", "uint8"),
  uint("voter", "address"),
  uint("nonce", "uint256"),
];

/** What a wallet is asked to sign: the governors' own types, in their order. */
export const SIGNED = {
  EIP712Domain: [
    uint("name", "string"),
    uint("version", "string"),
    uint("chainId", "uint256"),
    uint("verifyingContract", "address"),
  ],
  Ballot: BALLOT,
  ExtendedBallot: [...BALLOT, uint("reason", "string"), uint("params", "bytes")],
};

/** What the contract calls the choices; the order in which they are offered is the page's. */
export const SUPPORT = { against: 0, for: 1, abstain: 2 };
