// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

import {Terms} from "../types/Terms.sol";

/// @notice What a majority is a share of.
enum Base {
    Cast, // for + against
    Participating, // ballots of any choice
    Entitled // the whole electorate
}

/// @notice What becomes of as many votes for as against.
enum TieBreak {
    Rejected,
    Chair // the chair's own ballot decides
}

/// @notice What follows for the member that an action names (the kind says which argument names it).
enum PartyEffect {
    None,
    BarsVeto, // one's own breach, default, exclusion or exit
    Recuses // an award to the member, say: out of numerator and denominator
}

/// @notice Grounds on which a member may veto; bit `1 << ground` in a rule's `vetoGrounds` (DESCA 6.2.4).
enum VetoGround {
    OwnWork,
    TimeForPerformance,
    Costs,
    Liabilities,
    IntellectualProperty,
    OtherLegitimateInterest
}

/// @notice How a question is decided. Durations in seconds; a fraction with numerator 0 asks for nothing.
/// @dev Two slots: durations and fractions in the first, settings in the second.
struct Rule {
    uint32 notice; // least time from publication to opening, ordinary meeting
    uint32 shortNotice; // the same for an extraordinary meeting, and for a second or third call
    uint32 period; // how long voting is open
    uint32 standstill; // after the deadline, before an adopted decision binds: draft minutes and objections
    uint32 vetoWindow; // after the deadline, in which a veto may still be raised; 0: only while voting is open
    uint16 quorumNumerator; // share of the entitled who hand in a ballot of any choice
    uint16 quorumDenominator;
    uint16 majorityNumerator;
    uint16 majorityDenominator;
    uint16 countryNumerator; // share of the electorate's countries with more votes for than against
    uint16 countryDenominator;
    Base base;
    bool strict; // more than the fraction, not just as much
    bool abstentionsCast; // abstentions count as votes cast
    bool silenceConsents; // a member without a ballot counts as a vote for; there is then no quorum
    bool binding; // false: a consultation, nothing follows from it
    bool earlyClose; // may be closed as soon as the outcome is certain; not together with `revisable`
    bool revisable; // a ballot may be changed until the deadline, the last counts
    bool externalApproval; // waits for the recorded answer of an outside authority
    TieBreak tie;
    uint8 calls; // from this attempt on the quorum falls away; 0: never
    uint8 mandates; // how many other members' ballots one member may cast on a proposal
    uint8 vetoGrounds; // 0: no veto
}

/// @notice What is judged: ballots by choice, and how many could have been handed in.
struct Tally {
    uint32 againstVotes;
    uint32 forVotes;
    uint32 abstainVotes;
    uint32 entitled; // less the recused
    uint32 recused; // of the electorate at the snapshot
    uint16 countries; // of the electorate less the recused; counted only where the rule asks for countries
    uint16 countriesFor; // of these, with more votes for than against
    uint8 attempt; // 1, or 2 and 3 for a second and third call
    uint8 chairSupport; // 0 against, 1 for, 2 abstain, 3 no ballot or no chair
}

/// @notice The tally judged by the rule, apart from time.
enum Verdict {
    NoQuorum,
    Rejected,
    Adopted,
    Consulted
}

/// @notice The comparisons in the order in which they are made.
enum StepName {
    Quorum,
    Majority,
    Countries,
    CastingVote // made only where a tie has failed the majority and the chair decides; then it stands in its place
}

/// @notice One comparison of the judgment: `left/leftOf` against `right/rightOf`, compared by cross-multiplication.
struct Step {
    StepName name;
    uint32 left;
    uint32 leftOf;
    uint16 right;
    uint16 rightOf;
    bool strict; // `>` instead of `>=`
    bool ok;
}

/// @title The law: rules and kinds. Each version of a rule has an id of its own and never changes.
/// @dev The mirror is built from these events: changing one breaks it.
interface IRulebook {
    event RuleSet(uint16 indexed ruleId, bytes32 indexed name, uint16 version, Rule rule);
    /// @param partyEffect what follows for the member that `Records.resolveFor` names; `None` if it may not be used.
    event KindSet(
        uint16 indexed kindId,
        bytes32 indexed name,
        uint8 bodyId,
        uint16 ruleId,
        bool resolution,
        PartyEffect partyEffect
    );
    /// @param partyArgument which 32-byte argument of the call names a member, from 1; 0 if none does.
    event ActionListed(
        uint16 indexed kindId,
        address indexed target,
        bytes4 indexed selector,
        PartyEffect partyEffect,
        uint8 partyArgument
    );
    event ActionUnlisted(uint16 indexed kindId, address indexed target, bytes4 indexed selector);

    error RulebookUnknownRule(bytes32 name);
    error RulebookUnknownRuleId(uint16 ruleId);
    error RulebookUnknownKind(uint16 kindId);
    error RulebookInvalidFraction(uint16 numerator, uint16 denominator);
    error RulebookDurationOutOfBounds(uint32 duration, uint32 least, uint32 most);
    error RulebookShortNoticeTooLong(uint32 shortNotice, uint32 notice);
    error RulebookActionTaken(address target, bytes4 selector, uint16 kindId);
    error RulebookForbiddenTarget(address target, bytes4 selector);
    error RulebookActionNotListed(address target, bytes4 selector);
    error RulebookNotAResolution(uint16 kindId);
    error RulebookMixedKinds(uint16 first, uint16 other);
    error RulebookWrongBody(uint16 kindId, uint8 kindBody, uint8 body);
    error RulebookCalldataTooShort(uint256 index, uint256 length);
    error RulebookIncompatibleSettings(bytes32 name);
    error RulebookInvalidParty(address target, bytes4 selector, uint8 partyArgument);
    error RulebookPartyNotAlone(uint256 actions);
    error RulebookLockOut(address target, bytes4 selector);

    /// @notice Adds a version of the rule of that name; kinds that use the name follow, opened proposals do not.
    function setRule(bytes32 name, Rule calldata rule) external returns (uint16 ruleId);

    /// @notice Creates or changes the kind of that name.
    /// @param resolution whether it may be carried by `Records.resolve`, which does nothing but record.
    /// @param partyEffect what follows for the member that `Records.resolveFor` names; `None` if it may not be used.
    function setKind(
        bytes32 name,
        uint8 bodyId,
        bytes32 ruleName,
        bool resolution,
        PartyEffect partyEffect
    )
        external
        returns (uint16 kindId);

    /// @notice From now on only proposals of this kind may carry this call.
    /// @param partyArgument which 32-byte argument of the call names a member, from 1; 0 if none does.
    function listAction(
        uint16 kindId,
        address target,
        bytes4 selector,
        PartyEffect partyEffect,
        uint8 partyArgument
    )
        external;

    function unlistAction(address target, bytes4 selector) external;

    /// @notice Says what kind a proposal is from what it does, and what follows; packed as in `types/Terms.sol`.
    function classify(
        uint8 bodyId,
        address[] calldata targets,
        bytes[] calldata calldatas
    )
        external
        view
        returns (Terms);

    function rule(uint16 ruleId) external view returns (bytes32 name, uint16 version, Rule memory);

    function ruleIdOf(bytes32 name) external view returns (uint16);

    function kind(uint16 kindId)
        external
        view
        returns (bytes32 name, uint8 bodyId, uint16 ruleId, bool resolution, PartyEffect partyEffect);

    function kindIdOf(bytes32 name) external view returns (uint16);

    function ruleCount() external view returns (uint16);

    function kindCount() external view returns (uint16);

    function kindOfAction(address target, bytes4 selector) external view returns (uint16);

    /// @notice What follows for the member that the call names, and in which argument.
    function partyOfAction(
        address target,
        bytes4 selector
    )
        external
        view
        returns (PartyEffect partyEffect, uint8 partyArgument);

    function records() external view returns (address);

    /// @notice Judges a tally by a rule; pure, so that anyone can ask about a rule not in force.
    function judge(Rule calldata rule_, Tally calldata tally) external pure returns (Verdict, Step[] memory);
}
