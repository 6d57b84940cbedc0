/** From a choice to the call that casts it, and from a refusal of the contract back to a code. No page, no wallet. */

import { decodeErrorResult, encodeFunctionData, getAddress } from "viem/utils";

import { GOVERNOR, SUPPORT } from "./abi.js";
import { revertData } from "./revert_data.js";

const CODES = {
  ConsortiumGovernorNotAMember: "NOT_A_MEMBER",
  ConsortiumGovernorWalletRevoked: "WALLET_REVOKED",
  ConsortiumGovernorMemberDefaulting: "MEMBER_DEFAULTING",
  ConsortiumGovernorNoVotingRight: "NO_VOTING_RIGHT",
  ConsortiumGovernorNotInElectorate: "NOT_IN_ELECTORATE",
  ConsortiumGovernorVotingNotOpen: "VOTING_NOT_OPEN",
  ConsortiumGovernorVotingClosed: "VOTING_CLOSED",
  ConsortiumGovernorAlreadyVoted: "ALREADY_VOTED",
  ConsortiumGovernorRecused: "RECUSED",
  ConsortiumGovernorTooManyRevisions: "TOO_MANY_REVISIONS",
  ConsortiumGovernorNoMandate: "NO_MANDATE",
  ConsortiumGovernorMandateLimit: "PROXY_LIMIT",
  ConsortiumGovernorOwnBallotStands: "OWN_BALLOT_STANDS",
  ConsortiumGovernorInvalidChoice: "INVALID_CHOICE",
  GovernorNonexistentProposal: "UNKNOWN_PROPOSAL",
};

/**
 * Read what the page says about the vote; throws where an address or a number has not the right shape.
 * @param {string} json the page's data attribute
 */
export function readBallotBox(json) {
  const box = JSON.parse(json);
  if (!/^[0-9]{1,58}$/.test(box.proposalId)) throw new Error("proposal id");
  if (!Number.isSafeInteger(box.chainId) || box.chainId < 1) throw new Error("chain id");
  return {
    ...box,
    governor: getAddress(box.governor),
    registry: getAddress(box.registry),
  };
}

/**
 * The transaction that casts the ballot: to the body's contract, without money.
 * @param {string} [commitment] fingerprint of the reason, where one is given
 */
export function ballotCall(box, account, choice, commitment = "") {
  const ballot = [BigInt(box.proposalId), supportOf(choice)];
  return commitment
    ? toGovernor(box, account, "castVoteWithReason", [...ballot, commitment])
    : toGovernor(box, account, "castVote", ballot);
}

/** The transaction that casts the ballot of a member that gave this one its mandate. */
export function mandateCall(box, account, principalId, choice) {
  return toGovernor(box, account, "castMandate", [BigInt(box.proposalId), principalId, supportOf(choice), ""]);
}

/** The number by which the contract and the wallet know a choice. */
export function supportOf(choice) {
  if (!Object.hasOwn(SUPPORT, choice)) throw new Error("choice");
  return SUPPORT[choice];
}

function toGovernor(box, account, functionName, args) {
  return { from: account, to: box.governor, value: "0x0", data: encodeFunctionData({ abi: GOVERNOR, functionName, args }) };
}

/**
 * Find out why the contract refused.
 * @returns {{code: string, detail: string} | null} null where the error carries no answer of the contract
 */
export function refusalOf(error) {
  const data = revertData(error);
  if (!data) return null;
  try {
    const { errorName } = decodeErrorResult({ abi: GOVERNOR, data });
    return { code: CODES[errorName] ?? "OTHER", detail: errorName };
  } catch {
    return { code: "OTHER", detail: data.slice(0, 10) };
  }
}
