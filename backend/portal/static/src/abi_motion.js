/**
 * The calls a proposal may make and the calls that put one. Fixed here: the page says to which contracts, never which
 * functions. A function that is not here cannot be proposed through the portal.
 */

const of = (...pairs) => pairs.map(([name, type, components]) => ({ name, type, ...(components && { components }) }));

const call = (name, ...inputs) => ({ type: "function", name, stateMutability: "nonpayable", inputs: of(...inputs), outputs: [] });

const MEMBER = ["memberId", "uint16"];
const TERMS = [
  ...["notice", "shortNotice", "period", "standstill", "vetoWindow"].map((name) => [name, "uint32"]),
  ...["quorum", "majority", "country"].flatMap((name) => [[`${name}Numerator`, "uint16"], [`${name}Denominator`, "uint16"]]),
  ["base", "uint8"],
  ...["strict", "abstentionsCast", "silenceConsents", "binding", "earlyClose", "revisable", "externalApproval"].map(
    (name) => [name, "bool"],
  ),
  ["tie", "uint8"],
  ["calls", "uint8"],
  ["mandates", "uint8"],
  ["vetoGrounds", "uint8"],
];

export const ACTIONS = [
  call("resolve", ["kindId", "uint16"], ["textHash", "bytes32"]),
  call("resolveFor", ["kindId", "uint16"], MEMBER, ["textHash", "bytes32"]),
  call("admit", [
    "admission",
    "tuple",
    of(["wallet", "address"], ["class", "uint8"], ["country", "bytes2"], ["code", "bytes32"], ["name", "string"]),
  ]),
  call("changeClass", MEMBER, ["class", "uint8"]),
  call("recordExit", MEMBER),
  call("notifyBreach", MEMBER, ["remedyPeriod", "uint32"]),
  call("confirmRemedy", MEMBER),
  call("declareDefault", MEMBER),
  call("exclude", MEMBER),
  call("reinstate", MEMBER),
  call("grantSeat", ["bodyId", "uint8"], MEMBER, ["until", "uint48"]),
  call("endSeat", ["bodyId", "uint8"], MEMBER),
  call("setChair", ["bodyId", "uint8"], MEMBER),
  call("setRegistrar", ["newRegistrar", "address"]),
  call("setApprover", ["newApprover", "address"]),
  call("setFactory", ["newFactory", "address"]),
  call("setDaoURI", ["newURI", "string"]),
  call("createBody", [
    "plan",
    "tuple",
    of(["name", "string"], ["key", "bytes32"], ["minDelay", "uint256"], ["defaultRule", "bytes32"], ["classes", "uint8"]),
  ]),
  call("setRule", ["name", "bytes32"], ["rule", "tuple", of(...TERMS)]),
  call("setKind", ["name", "bytes32"], ["bodyId", "uint8"], ["ruleName", "bytes32"], ["resolution", "bool"], ["partyEffect", "uint8"]),
  call("listAction", ["kindId", "uint16"], ["target", "address"], ["selector", "bytes4"], ["partyEffect", "uint8"], ["partyArgument", "uint8"]),
  call("unlistAction", ["target", "address"], ["selector", "bytes4"]),
];

const MOTION = [["targets", "address[]"], ["values", "uint256[]"], ["calldatas", "bytes[]"], ["description", "string"]];
const OPENING = [["opensAt", "uint48"], ["extraordinary", "bool"]];
const ID = { outputs: of(["proposalId", "uint256"]) };

export const FILING = [
  { ...call("propose", ...MOTION), ...ID },
  { ...call("convene", ...MOTION, ...OPENING), ...ID },
  { ...call("revise", ["vetoedId", "uint256"], ...MOTION, ...OPENING), ...ID },
];

const error = (name, ...inputs) => ({ type: "error", name, inputs: of(...inputs) });
const member = ["memberId", "uint16"];
const target = [["target", "address"], ["selector", "bytes4"]];

/** What governor, rulebook, registry and factory may answer to a proposal, or to the calls of one. */
export const REFUSALS = [
  error("ConsortiumGovernorNotAMember", ["account", "address"]),
  error("ConsortiumGovernorWalletRevoked", ["account", "address"], member),
  error("ConsortiumGovernorMayNotPropose", member),
  error("ConsortiumGovernorTooManyProposals", member, ["limit", "uint256"]),
  error("ConsortiumGovernorNoticeTooShort", ["opensAt", "uint48"], ["earliest", "uint48"]),
  error("ConsortiumGovernorOpensTooLate", ["opensAt", "uint48"], ["latest", "uint48"]),
  error("ConsortiumGovernorUnexpectedPhase", ["proposalId", "uint256"], ["phase", "uint8"]),
  error("ConsortiumGovernorValueNotAllowed", ["index", "uint256"], ["value", "uint256"]),
  error("GovernorRestrictedProposer", ["proposer", "address"]),
  error("GovernorInvalidProposalLength", ["targets", "uint256"], ["calldatas", "uint256"], ["values", "uint256"]),
  error("GovernorUnexpectedProposalState", ["proposalId", "uint256"], ["current", "uint8"], ["expectedStates", "bytes32"]),
  error("RulebookUnknownRule", ["name", "bytes32"]),
  error("RulebookUnknownKind", ["kindId", "uint16"]),
  error("RulebookInvalidFraction", ["numerator", "uint16"], ["denominator", "uint16"]),
  error("RulebookDurationOutOfBounds", ["duration", "uint32"], ["least", "uint32"], ["most", "uint32"]),
  error("RulebookShortNoticeTooLong", ["shortNotice", "uint32"], ["notice", "uint32"]),
  error("RulebookActionTaken", ...target, ["kindId", "uint16"]),
  error("RulebookForbiddenTarget", ...target),
  error("RulebookActionNotListed", ...target),
  error("RulebookNotAResolution", ["kindId", "uint16"]),
  error("RulebookMixedKinds", ["first", "uint16"], ["other", "uint16"]),
  error("RulebookWrongBody", ["kindId", "uint16"], ["kindBody", "uint8"], ["body", "uint8"]),
  error("RulebookIncompatibleSettings", ["name", "bytes32"]),
  error("RulebookInvalidParty", ...target, ["partyArgument", "uint8"]),
  error("RulebookPartyNotAlone", ["actions", "uint256"]),
  error("RulebookLockOut", ...target),
  error("MemberRegistryUnknownMember", member),
  error("MemberRegistryInvalidWallet", ["wallet", "address"]),
  error("MemberRegistryInvalidClass", member, ["class", "uint8"]),
  error("MemberRegistryInvalidBody", ["bodyId", "uint8"], ["governor", "address"], ["timelock", "address"], ["classes", "uint8"]),
  error("MemberRegistryUnknownBody", ["bodyId", "uint8"]),
  error("MemberRegistryUnknownWallet", ["wallet", "address"]),
  error("MemberRegistryWalletInUse", ["wallet", "address"], member),
  error("MemberRegistryWalletRevoked", ["wallet", "address"], member),
  error("MemberRegistryInvalidAdmission", ["wallet", "address"], ["class", "uint8"], ["country", "bytes2"]),
  error("MemberRegistryUnexpectedStatus", member, ["status", "uint8"]),
  error("MemberRegistryRemedyRunning", member, ["remedyUntil", "uint48"], ["timepoint", "uint48"]),
  error("MemberRegistryInvalidRemedyPeriod", ["remedyPeriod", "uint32"], ["least", "uint32"], ["most", "uint32"]),
  error("MemberRegistryInvalidSeat", ["bodyId", "uint8"], member),
  error("MemberRegistryInvalidTerm", ["until", "uint48"], ["timepoint", "uint48"]),
  error("MemberRegistryApproverIsRegistrar", ["account", "address"]),
];

export const ROLL = [
  call("rotateWallet", ["newWallet", "address"]),
  {
    type: "function",
    name: "memberOf",
    stateMutability: "view",
    inputs: of(["wallet", "address"]),
    outputs: of(["memberId", "uint16"], ["revoked", "bool"]),
  },
  {
    type: "function",
    name: "walletOf",
    stateMutability: "view",
    inputs: of(MEMBER),
    outputs: of(["wallet", "address"]),
  },
];
