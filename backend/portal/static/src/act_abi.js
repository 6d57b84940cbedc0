/**
 * The calls that acts make and the refusals they can meet, as the contracts have them. Fixed here: a page names an act,
 * never a function. A test holds each line against the contracts' own description.
 */

const parts = (inputs) =>
  inputs === "" ? [] : inputs.split(", ").map((input) => ({ type: input.split(" ")[0], name: input.split(" ")[1] }));

const act = ([name, inputs]) => ({
  type: "function",
  name,
  stateMutability: "nonpayable",
  inputs: parts(inputs),
  outputs: [],
});

const question = ([name, inputs, outputs]) => ({
  type: "function",
  name,
  stateMutability: "view",
  inputs: parts(inputs),
  outputs: parts(outputs),
});

const refusal = ([name, inputs]) => ({ type: "error", name, inputs: parts(inputs) });

const FILED = "address[] targets, uint256[] values, bytes[] calldatas";

export const GOVERNOR_ACTS = [
  ["veto", "uint256 proposalId, uint8 ground, bytes32 statementHash"],
  ["withdrawVeto", "uint256 proposalId"],
  ["recuse", "uint256 proposalId"],
  ["close", "uint256 proposalId"],
  ["recordMinutes", "uint256 proposalId, bytes32 documentHash"],
  ["objectToMinutes", "uint256 proposalId, bytes32 statementHash"],
  ["recordApproval", "uint256 proposalId, bool approved, bytes32 documentHash"],
  ["cancel", `${FILED}, bytes32 descriptionHash`],
  ["queue", `${FILED}, bytes32 descriptionHash`],
  ["execute", `${FILED}, bytes32 descriptionHash`],
  ["reconvene", `${FILED}, string description, uint48 opensAt`],
].map(act);

export const REGISTRY_ACTS = [
  ["grantMandate", "uint16 holderId, uint8 bodyId, uint256 proposalId, uint48 until"],
  ["revokeMandate", "uint8 bodyId"],
  [
    "setMandateBySig",
    "uint16 principalId, uint16 holderId, uint8 bodyId, uint256 proposalId, uint48 until, uint48 deadline, bytes signature",
  ],
  ["recordAccession", "uint16 memberId, bytes32 documentHash"],
  ["proposeRotation", "uint16 memberId, address newWallet"],
  ["approveRotation", "uint16 memberId, address newWallet"],
  ["stopRotation", "uint16 memberId"],
  ["completeRotation", "uint16 memberId"],
  ["clearLapsedSeat", "uint8 bodyId, uint16 memberId"],
].map(act);

export const REGISTRY_QUESTIONS = [
  ["memberOf", "address wallet", "uint16 memberId, bool revoked"],
  ["mandateNonce", "uint16 principalId", "uint256 nonce"],
].map(question);

export const REFUSALS = [
  ["ConsortiumGovernorNotAMember", "address account"],
  ["ConsortiumGovernorWalletRevoked", "address account, uint16 memberId"],
  ["ConsortiumGovernorMemberDefaulting", "uint16 memberId"],
  ["ConsortiumGovernorNoVotingRight", "uint16 memberId, uint8 bodyId"],
  ["ConsortiumGovernorNotInElectorate", "uint16 memberId, uint48 snapshot"],
  ["ConsortiumGovernorVotingNotOpen", "uint256 proposalId, uint48 opensAfter, uint48 timepoint"],
  ["ConsortiumGovernorAlreadyVoted", "uint256 proposalId, uint16 memberId"],
  ["ConsortiumGovernorRecused", "uint256 proposalId, uint16 memberId"],
  ["ConsortiumGovernorNoticeTooShort", "uint48 opensAt, uint48 earliest"],
  ["ConsortiumGovernorOpensTooLate", "uint48 opensAt, uint48 latest"],
  ["ConsortiumGovernorMayNotPropose", "uint16 memberId"],
  ["ConsortiumGovernorTooManyProposals", "uint16 memberId, uint256 limit"],
  ["ConsortiumGovernorNotBinding", "uint256 proposalId"],
  ["ConsortiumGovernorNotBindingYet", "uint256 proposalId, uint8 phase, uint48 bindingAt"],
  ["ConsortiumGovernorUnexpectedPhase", "uint256 proposalId, uint8 phase"],
  ["ConsortiumGovernorNotAnOffice", "address account"],
  ["ConsortiumGovernorVetoNotAllowed", "uint256 proposalId, uint16 memberId, uint8 ground"],
  ["ConsortiumGovernorVetoBarred", "uint256 proposalId, uint16 memberId"],
  ["ConsortiumGovernorVetoTooLate", "uint256 proposalId, uint48 deadline, uint48 timepoint"],
  ["ConsortiumGovernorVetoStands", "uint256 proposalId, uint16 memberId"],
  ["ConsortiumGovernorNoVeto", "uint256 proposalId, uint16 memberId"],
  ["ConsortiumGovernorReconvenedTooLate", "uint256 previousId, uint48 deadline, uint48 timepoint"],
  ["ConsortiumGovernorNoFurtherCall", "uint256 previousId, uint8 attempt"],
  ["ConsortiumGovernorOutcomeOpen", "uint256 proposalId"],
  ["ConsortiumGovernorMissingDocument", "uint256 proposalId"],
  ["ConsortiumGovernorObjectionTooLate", "uint256 proposalId, uint48 deadline, uint48 timepoint"],
  ["ConsortiumGovernorAlreadyObjected", "uint256 proposalId, uint16 memberId"],
  ["GovernorNonexistentProposal", "uint256 proposalId"],
  ["GovernorUnexpectedProposalState", "uint256 proposalId, uint8 current, bytes32 expectedStates"],
  ["GovernorUnableToCancel", "uint256 proposalId, address account"],
  ["TimelockUnexpectedOperationState", "bytes32 operationId, bytes32 expectedStates"],
  ["FailedCall", ""],
  ["MemberRegistryUnauthorized", "address caller"],
  ["MemberRegistryUnknownMember", "uint16 memberId"],
  ["MemberRegistryUnknownBody", "uint8 bodyId"],
  ["MemberRegistryUnknownWallet", "address wallet"],
  ["MemberRegistryInvalidWallet", "address wallet"],
  ["MemberRegistryWalletInUse", "address wallet, uint16 memberId"],
  ["MemberRegistryWalletRevoked", "address wallet, uint16 memberId"],
  ["MemberRegistryUnexpectedStatus", "uint16 memberId, uint8 status"],
  ["MemberRegistryMissingDocument", "uint16 memberId"],
  ["MemberRegistryInvalidMandate", "uint16 principalId, uint16 holderId, uint48 until"],
  ["MemberRegistryNoMandate", "uint16 principalId, uint8 bodyId"],
  ["MemberRegistryInvalidSignature", "uint16 memberId"],
  ["MemberRegistrySignatureExpired", "uint48 deadline, uint48 timepoint"],
  ["MemberRegistryNoRotation", "uint16 memberId"],
  ["MemberRegistryRotationNotApproved", "uint16 memberId"],
  ["MemberRegistryRotationDelay", "uint16 memberId, uint48 effectiveFrom, uint48 timepoint"],
  ["MemberRegistryTermRunning", "uint8 bodyId, uint16 memberId, uint48 until"],
  ["MemberRegistryInvalidSeat", "uint8 bodyId, uint16 memberId"],
].map(refusal);

/** What a member signs to give a mandate without sending anything; anybody may hand it in. */
export const MANDATE = parts(
  "uint16 principalId, uint16 holderId, uint8 bodyId, uint256 proposalId, uint48 until, uint256 nonce, uint48 deadline",
);
