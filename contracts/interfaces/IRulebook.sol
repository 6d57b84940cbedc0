// SPDX-License-Identifier: EUPL-1.2
pragma solidity ^0.8.28;

/// @notice What a majority is a share of.
enum Base {
    Cast, // for + against
    Participating, // ballots of any choice
    Entitled // the whole electorate
}

/// @notice How a question is decided. Durations in seconds; a fraction with numerator 0 asks for nothing.
struct Rule {
    uint32 notice; // least time from publication to opening, ordinary meeting
    uint32 shortNotice; // the same for an extraordinary meeting
    uint32 period; // how long voting is open
    uint16 quorumNumerator; // share of the entitled who hand in a ballot of any choice
    uint16 quorumDenominator;
    uint16 majorityNumerator;
    uint16 majorityDenominator;
    Base base;
    bool strict; // more than the fraction, not just as much
    bool binding; // false: a consultation, nothing follows from it
}

/// @notice Ballots by choice, and how many could have been handed in.
struct Tally {
    uint32 againstVotes;
    uint32 forVotes;
    uint32 abstainVotes;
    uint32 entitled;
}

/// @notice The tally judged by the rule, apart from time.
enum Verdict {
    NoQuorum,
    Rejected,
    Adopted,
    Consulted
}

enum StepName {
    Quorum,
    Majority
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

/// @notice What the governor needs to open a proposal.
struct Terms {
    uint16 kindId;
    uint16 ruleId;
    uint32 notice;
    uint32 shortNotice;
    uint32 period;
}

/// @title The law: rules and kinds. Each version of a rule has an id of its own and never changes.
/// @dev The mirror is built from these events: changing one breaks it.
interface IRulebook {
    event RuleSet(uint16 indexed ruleId, bytes32 indexed name, uint16 version, Rule rule);
    event KindSet(uint16 indexed kindId, bytes32 indexed name, uint8 bodyId, uint16 ruleId, bool resolution);
    event ActionListed(uint16 indexed kindId, address indexed target, bytes4 indexed selector);
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
    error RulebookKindMustBind(uint16 kindId, uint16 ruleId);
    error RulebookKindIsFixed(uint16 kindId, uint8 bodyId, bool resolution);
    error RulebookMixedKinds(uint16 first, uint16 other);
    error RulebookWrongBody(uint16 kindId, uint8 kindBody, uint8 body);
    error RulebookCalldataTooShort(uint256 index, uint256 length);

    /// @notice Adds a version of the rule of that name; kinds that use the name follow, opened proposals do not.
    function setRule(bytes32 name, Rule calldata rule) external returns (uint16 ruleId);

    /// @notice Creates the kind of that name, or moves it to another rule; which body decides it and what carries it
    /// are fixed for ever, so that the kinds that change the law can never end up with a body that does not exist.
    /// @param resolution whether it may be carried by `Records.resolve`, which does nothing but record.
    function setKind(bytes32 name, uint8 bodyId, bytes32 ruleName, bool resolution) external returns (uint16 kindId);

    /// @notice From now on only proposals of this kind may carry this call.
    function listAction(uint16 kindId, address target, bytes4 selector) external;

    function unlistAction(address target, bytes4 selector) external;

    /// @notice Says what kind a proposal is from what it does.
    function classify(
        uint8 bodyId,
        address[] calldata targets,
        bytes[] calldata calldatas
    )
        external
        view
        returns (Terms memory);

    function rule(uint16 ruleId) external view returns (bytes32 name, uint16 version, Rule memory);

    function ruleIdOf(bytes32 name) external view returns (uint16);

    function kind(uint16 kindId) external view returns (bytes32 name, uint8 bodyId, uint16 ruleId, bool resolution);

    function kindIdOf(bytes32 name) external view returns (uint16);

    function ruleCount() external view returns (uint16);

    function kindCount() external view returns (uint16);

    function kindOfAction(address target, bytes4 selector) external view returns (uint16);

    function records() external view returns (address);

    /// @notice Judges a tally by a rule; pure, so that anyone can ask about a rule not in force.
    function judge(Rule calldata rule_, Tally calldata tally) external pure returns (Verdict, Step[] memory);
}
