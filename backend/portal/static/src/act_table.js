/** Which call each act makes, with which arguments, and by which answer of the records it is seen to be done. */

import { encodeAbiParameters, encodeFunctionData, getAddress, keccak256, stringToBytes } from "viem/utils";

import { GOVERNOR_ACTS, REGISTRY_ACTS } from "./act_abi.js";

/** As the contracts count them. */
const GROUNDS = [
  "own_work",
  "time_for_performance",
  "costs",
  "liabilities",
  "intellectual_property",
  "other_legitimate_interest",
];
const CONTRACTS = { governor: GOVERNOR_ACTS, registry: REGISTRY_ACTS };

const onProposal = (part) => (given) => `/v1/proposals/${given.proposalId}${part}?governor=${given.governor}`;
const onMember = (given) => `/v1/members/${Number(given.memberId)}`;
const onMandates = () => "/v1/mandates?in_force=true";
const alone = (given) => [BigInt(given.proposalId)];
const withDocument = (given) => [BigInt(given.proposalId), given.document];
const inState = (...states) => (answer) => states.includes(answer.state);
const by = (member) => (item) => item.member.id === member;
const filed = (given) => [given.targets, given.targets.map(() => 0n), given.calldatas];
const hashed = (given) => [...filed(given), keccak256(stringToBytes(given.description))];
const mandateFrom = (principal, body) => (mandate) => mandate.principal.id === principal && mandate.body === body;
/** Body and proposal of a mandate; proposal 0 stands for every one. */
export const scopeOf = ({ scope }) => scope.split(":").map(BigInt);
const endsAt = (until) => (mandate) => Date.parse(mandate.until) === until * 1000;

/** `filed`: names the proposal by what was filed; `shown(answer, given, member)`: whether it is on record. */
const ACTS = {
  veto: {
    contract: "governor",
    values: (given) => [BigInt(given.proposalId), groundOf(given.ground), given.document],
    path: onProposal("/vetoes"),
    shown: (answer, given, member) => answer.items.some((veto) => by(member)(veto) && !veto.withdrawn_at),
  },
  withdrawVeto: {
    contract: "governor",
    values: alone,
    path: onProposal("/vetoes"),
    shown: (answer, given, member) => !answer.items.some((veto) => by(member)(veto) && !veto.withdrawn_at),
  },
  recuse: {
    contract: "governor",
    values: alone,
    path: onProposal("/recusals"),
    shown: (answer, given, member) => answer.items.some(by(member)),
  },
  close: {
    contract: "governor",
    values: alone,
    path: onProposal(""),
    shown: (answer) => answer.closed_early,
  },
  objectToMinutes: {
    contract: "governor",
    values: withDocument,
    path: onProposal("/minutes"),
    shown: (answer, given, member) => answer.objections.some(by(member)),
  },
  recordMinutes: {
    contract: "governor",
    values: withDocument,
    path: onProposal("/minutes"),
    shown: (answer, given) => answer.versions.some((version) => version.document_hash === given.document),
  },
  recordApproval: {
    contract: "governor",
    values: (given) => [BigInt(given.proposalId), yesOrNo(given.approved), given.document],
    path: onProposal(""),
    shown: (answer) => answer.approval !== null,
  },
  cancel: {
    contract: "governor",
    filed: true,
    values: hashed,
    path: onProposal(""),
    shown: inState("withdrawn"),
  },
  queue: {
    contract: "governor",
    filed: true,
    values: hashed,
    path: onProposal(""),
    shown: inState("queued", "executed"),
  },
  execute: {
    contract: "governor",
    filed: true,
    values: hashed,
    path: onProposal(""),
    shown: inState("executed"),
  },
  reconvene: {
    contract: "governor",
    filed: true,
    values: (given) => [...filed(given), given.description, given.opensAt],
    path: onProposal(""),
    shown: (answer) => answer.next !== null,
    leads: (answer) => `/proposals/${answer.next.id}`,
  },
  grantMandate: {
    contract: "registry",
    values: (given) => {
      const [bodyId, proposalId] = scopeOf(given);
      return [Number(given.holderId), Number(bodyId), proposalId, given.until];
    },
    path: onMandates,
    shown: (answer, given, member) =>
      answer.items.some(
        (mandate) =>
          mandate.principal.id === member && mandate.holder.id === Number(given.holderId) && endsAt(given.until)(mandate),
      ),
  },
  revokeMandate: {
    contract: "registry",
    values: (given) => [Number(given.bodyId)],
    path: onMandates,
    shown: (answer, given, member) => !answer.items.some(mandateFrom(member, given.bodyName)),
  },
  setMandateBySig: {
    contract: "registry",
    values: ({ signed }) => [
      signed.principalId,
      signed.holderId,
      signed.bodyId,
      BigInt(signed.proposalId),
      signed.until,
      signed.deadline,
      signed.signature,
    ],
    path: onMandates,
    shown: (answer, { signed }) =>
      signed.holderId === 0 ||
      answer.items.some((one) => one.principal.id === signed.principalId && endsAt(signed.until)(one)),
  },
  recordAccession: {
    contract: "registry",
    values: (given) => [Number(given.memberId), given.document],
    path: onMember,
    shown: (answer, given) => answer.accession_hash === given.document,
  },
  proposeRotation: {
    contract: "registry",
    values: (given) => [Number(given.memberId), given.newWallet],
    path: onMember,
    shown: (answer, given) => answer.rotation?.new_wallet.toLowerCase() === given.newWallet.toLowerCase(),
  },
  approveRotation: {
    contract: "registry",
    values: (given) => [Number(given.memberId), getAddress(given.newWallet)],
    path: onMember,
    shown: (answer) => Boolean(answer.rotation?.effective_from),
  },
  stopRotation: {
    contract: "registry",
    finer: { UNAUTHORIZED: "NOT_THE_OLD_ACCOUNT" },
    values: (given) => [Number(given.memberId)],
    path: onMember,
    shown: (answer) => answer.rotation === null,
  },
  completeRotation: {
    contract: "registry",
    values: (given) => [Number(given.memberId)],
    path: onMember,
    shown: (answer) => answer.rotation === null,
  },
  clearLapsedSeat: {
    contract: "registry",
    values: (given) => [Number(given.bodyId), Number(given.memberId)],
    path: onMember,
    shown: (answer, given) => !answer.bodies.includes(given.bodyName),
  },
};

/** The act of that name; throws for one that is not in the table. */
export function actOf(name) {
  if (!Object.hasOwn(ACTS, name)) throw new Error(`act ${name}`);
  return { name, ...ACTS[name] };
}

/** The transaction of an act: to one of the consortium's contracts, without money. */
export function callOf(act, given, desk, account) {
  const abi = CONTRACTS[act.contract];
  const data = encodeFunctionData({ abi, functionName: act.name, args: act.values(given) });
  return { from: account, to: contractOf(act, given, desk), value: "0x0", data };
}

/** The contract that the wallet will show. */
export function contractOf(act, given, desk) {
  return getAddress(act.contract === "governor" ? given.governor : desk.registry);
}

/** Whether what the page says was filed is what the proposal's number stands for. */
export function isAsFiled(act, given) {
  if (!act.filed) return true;
  const types = ["address[]", "uint256[]", "bytes[]", "bytes32"].map((type) => ({ type }));
  return BigInt(keccak256(encodeAbiParameters(types, hashed(given)))) >> 64n === BigInt(given.proposalId);
}

function groundOf(name) {
  const ground = GROUNDS.indexOf(name);
  if (ground < 0) throw new Error("ground");
  return ground;
}

function yesOrNo(value) {
  if (value !== "yes" && value !== "no") throw new Error("answer");
  return value === "yes";
}
