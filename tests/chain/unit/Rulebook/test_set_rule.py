import pytest
from consortium import DAY, RULES, bytes32, plain, put, resolution
from reverts import refused

HOUR = 3600
NOTICE, SHORT_NOTICE, PERIOD, QUORUM_N, QUORUM_D, MAJORITY_N, MAJORITY_D, BASE, STRICT, BINDING = range(10)


def rule_with(**changes):
    fields = list(RULES["GA_2_3"])
    for name, value in changes.items():
        fields[globals()[name]] = value
    return tuple(fields)


def test_rule_is_kept_as_it_was_set(consortium):
    for number, (name, rule) in enumerate(RULES.items(), 1):
        assert consortium.rulebook.ruleIdOf(bytes32(name)) == number
        assert plain(consortium.rulebook.rule(number)) == (bytes32(name), 1, rule)


def test_new_version_gets_an_id_of_its_own_and_the_old_one_stays(consortium):
    changed = rule_with(NOTICE=30 * DAY)
    tx = consortium.rulebook.setRule(bytes32("GA_2_3"), changed)
    assert tx.return_value == 5 == consortium.rulebook.ruleCount()
    assert plain(consortium.rulebook.rule(5)) == (bytes32("GA_2_3"), 2, changed)
    assert plain(consortium.rulebook.rule(1)) == (bytes32("GA_2_3"), 1, RULES["GA_2_3"])
    assert tx.events["RuleSet"]["version"] == 2


def test_kinds_of_that_rule_follow_the_new_version_and_say_so(consortium):
    tx = consortium.rulebook.setRule(bytes32("GA_2_3"), rule_with(NOTICE=30 * DAY))
    assert [event["kindId"] for event in tx.events["KindSet"]] == [consortium.kind("law"), consortium.kind("work_plan")]
    assert consortium.rulebook.kind(consortium.kind("work_plan"))[2] == 5
    assert consortium.rulebook.kind(consortium.kind("urgent_matter"))[2] == 3


def test_opened_proposal_keeps_its_rule_and_its_days(consortium):
    question = put(consortium.assembly, consortium.wallet(1), [resolution(consortium, "work_plan")])
    before = (question.opens_at, question.closes_at, tuple(consortium.assembly.proposalTerms(question.id)))
    consortium.rulebook.setRule(bytes32("GA_2_3"), rule_with(NOTICE=30 * DAY, PERIOD=2 * DAY, QUORUM_N=1))
    assert (question.opens_at, question.closes_at, tuple(consortium.assembly.proposalTerms(question.id))) == before
    assert consortium.assembly.quorumOf(question.id) == 6


def test_next_proposal_falls_under_the_new_version(consortium):
    consortium.rulebook.setRule(bytes32("GA_2_3"), rule_with(NOTICE=30 * DAY))
    question = put(consortium.assembly, consortium.wallet(1), [resolution(consortium, "work_plan")])
    assert consortium.assembly.proposalTerms(question.id)[2] == 5


@pytest.mark.parametrize("period", [HOUR, 366 * DAY])
def test_period_at_its_bounds_is_taken(consortium, period):
    consortium.rulebook.setRule(bytes32("EDGE"), rule_with(PERIOD=period))


@pytest.mark.parametrize("period", [0, HOUR - 1, 366 * DAY + 1, 2**32 - 1])
def test_period_out_of_bounds_is_refused(consortium, period):
    with refused("RulebookDurationOutOfBounds", period, HOUR, 366 * DAY):
        consortium.rulebook.setRule(bytes32("EDGE"), rule_with(PERIOD=period))


def test_notice_of_more_than_a_year_is_refused(consortium):
    with refused("RulebookDurationOutOfBounds", 366 * DAY + 1, 0, 366 * DAY):
        consortium.rulebook.setRule(bytes32("EDGE"), rule_with(NOTICE=366 * DAY + 1))


def test_short_notice_longer_than_the_ordinary_is_refused(consortium):
    with refused("RulebookShortNoticeTooLong", 45 * DAY + 1, 45 * DAY):
        consortium.rulebook.setRule(bytes32("EDGE"), rule_with(SHORT_NOTICE=45 * DAY + 1))


@pytest.mark.parametrize(
    "changes",
    [
        {"QUORUM_N": 4},
        {"QUORUM_D": 0},
        {"QUORUM_N": 0, "QUORUM_D": 0},
        {"MAJORITY_N": 4},
        {"MAJORITY_D": 0},
        {"MAJORITY_N": 0},
        {"MAJORITY_N": 3, "STRICT": True},
    ],
)
def test_threshold_that_nobody_or_everybody_reaches_is_refused(consortium, changes):
    rule = rule_with(**changes)
    fraction = (QUORUM_N, QUORUM_D) if any("QUORUM" in name for name in changes) else (MAJORITY_N, MAJORITY_D)
    with refused("RulebookInvalidFraction", *(rule[index] for index in fraction)):
        consortium.rulebook.setRule(bytes32("EDGE"), rule)


def test_consultation_needs_no_majority(consortium):
    consortium.rulebook.setRule(bytes32("EDGE"), rule_with(MAJORITY_N=0, BINDING=False))


def test_rule_without_a_name_is_refused(consortium):
    with refused("RulebookUnknownRule", bytes(32)):
        consortium.rulebook.setRule(bytes32(""), rule_with())


def test_unknown_version_is_refused(consortium):
    for rule_id in (0, 5):
        with refused("RulebookUnknownRuleId", rule_id):
            consortium.rulebook.rule(rule_id)


def test_law_changes_only_by_its_owner(governed):
    for outsider in (governed.deployer, governed.registrar, governed.wallet(1)):
        with refused("OwnableUnauthorizedAccount", outsider):
            governed.rulebook.setRule(bytes32("GA_2_3"), rule_with(), {"from": outsider})
        with refused("OwnableUnauthorizedAccount", outsider):
            governed.rulebook.setKind(bytes32("law"), 0, bytes32("CONSULT"), True, {"from": outsider})
        with refused("OwnableUnauthorizedAccount", outsider):
            governed.rulebook.listAction(1, outsider, "0x12345678", {"from": outsider})
        with refused("OwnableUnauthorizedAccount", outsider):
            governed.rulebook.unlistAction(governed.registry, "0x12345678", {"from": outsider})
