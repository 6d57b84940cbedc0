import pytest
from consortium import DAY, ENTITLED, RULE, RULES, bytes32, plain, put, resolution, rule
from reverts import refused

HOUR = 3600


def rule_with(**changes):
    """The assembly's rule with these fields changed."""
    named = dict(zip(RULE, RULES["GA_2_3"], strict=True))
    return rule(**named | changes)


def test_rule_is_kept_as_it_was_set(consortium):
    for number, (name, terms) in enumerate(RULES.items(), 1):
        assert consortium.rulebook.ruleIdOf(bytes32(name)) == number
        assert plain(consortium.rulebook.rule(number)) == (bytes32(name), 1, terms)


def test_new_version_gets_an_id_of_its_own_and_the_old_one_stays(consortium):
    changed = rule_with(notice=30 * DAY)
    tx = consortium.rulebook.setRule(bytes32("GA_2_3"), changed)
    assert tx.return_value == 5 == consortium.rulebook.ruleCount()
    assert plain(consortium.rulebook.rule(5)) == (bytes32("GA_2_3"), 2, changed)
    assert plain(consortium.rulebook.rule(1)) == (bytes32("GA_2_3"), 1, RULES["GA_2_3"])
    assert tx.events["RuleSet"]["version"] == 2


def test_kinds_of_that_rule_follow_the_new_version_and_say_so(consortium):
    tx = consortium.rulebook.setRule(bytes32("GA_2_3"), rule_with(notice=30 * DAY))
    assert [event["kindId"] for event in tx.events["KindSet"]] == [consortium.kind("law"), consortium.kind("work_plan")]
    assert consortium.rulebook.kind(consortium.kind("work_plan"))[2] == 5
    assert consortium.rulebook.kind(consortium.kind("urgent_matter"))[2] == 3


def test_opened_proposal_keeps_its_rule_and_its_days(consortium):
    question = put(consortium.assembly, consortium.wallet(1), [resolution(consortium, "work_plan")])
    before = (question.opens_at, question.closes_at, tuple(consortium.assembly.proposalTerms(question.id)))
    consortium.rulebook.setRule(bytes32("GA_2_3"), rule_with(notice=30 * DAY, period=2 * DAY, quorum_numerator=1))
    assert (question.opens_at, question.closes_at, tuple(consortium.assembly.proposalTerms(question.id))) == before
    assert consortium.assembly.quorumOf(question.id) == 6


def test_next_proposal_falls_under_the_new_version(consortium):
    consortium.rulebook.setRule(bytes32("GA_2_3"), rule_with(notice=30 * DAY))
    question = put(consortium.assembly, consortium.wallet(1), [resolution(consortium, "work_plan")])
    assert consortium.assembly.proposalTerms(question.id)[2] == 5


@pytest.mark.parametrize("period", [HOUR, 366 * DAY])
def test_period_at_its_bounds_is_taken(consortium, period):
    consortium.rulebook.setRule(bytes32("EDGE"), rule_with(period=period))


@pytest.mark.parametrize("period", [0, HOUR - 1, 366 * DAY + 1, 2**32 - 1])
def test_period_out_of_bounds_is_refused(consortium, period):
    with refused("RulebookDurationOutOfBounds", period, HOUR, 366 * DAY):
        consortium.rulebook.setRule(bytes32("EDGE"), rule_with(period=period))


def test_notice_of_more_than_a_year_is_refused(consortium):
    with refused("RulebookDurationOutOfBounds", 366 * DAY + 1, 0, 366 * DAY):
        consortium.rulebook.setRule(bytes32("EDGE"), rule_with(notice=366 * DAY + 1))


def test_short_notice_longer_than_the_ordinary_is_refused(consortium):
    with refused("RulebookShortNoticeTooLong", 45 * DAY + 1, 45 * DAY):
        consortium.rulebook.setRule(bytes32("EDGE"), rule_with(short_notice=45 * DAY + 1))


@pytest.mark.parametrize("share", ["quorum", "majority", "country"])
@pytest.mark.parametrize("fraction", [(4, 3), (1, 0), (0, 0)])
def test_share_of_nothing_and_share_above_all_are_refused(consortium, share, fraction):
    terms = rule_with(**{f"{share}_numerator": fraction[0], f"{share}_denominator": fraction[1]})
    with refused("RulebookInvalidFraction", *fraction):
        consortium.rulebook.setRule(bytes32("EDGE"), terms)


@pytest.mark.parametrize("changes", [{"majority_numerator": 0}, {"majority_numerator": 3, "strict": True}])
def test_majority_that_anything_or_nothing_reaches_is_refused(consortium, changes):
    with refused("RulebookInvalidFraction", changes["majority_numerator"], 3):
        consortium.rulebook.setRule(bytes32("EDGE"), rule_with(**changes))


@pytest.mark.parametrize("field", ["standstill", "veto_window"])
def test_time_before_a_decision_binds_is_bounded(consortium, field):
    consortium.rulebook.setRule(bytes32("EDGE"), rule_with(**{field: 366 * DAY}))
    with refused("RulebookDurationOutOfBounds", 366 * DAY + 1, 0, 366 * DAY):
        consortium.rulebook.setRule(bytes32("EDGE"), rule_with(**{field: 366 * DAY + 1}))


SILENCE = {"quorum_numerator": 0, "base": ENTITLED, "silence_consents": True}


@pytest.mark.parametrize(
    "changes",
    [
        {"early_close": True, "revisable": True},
        {"early_close": True, "country_numerator": 1},
        {"early_close": True, "tie": 1},
        {"early_close": True, **SILENCE},
        {"silence_consents": True},
        {"calls": 1},
        {"calls": 16},
        {"veto_grounds": 1 << 6},
        {"veto_grounds": 255},
    ],
)
def test_settings_that_contradict_each_other_or_mean_nothing_are_refused(consortium, changes):
    with refused("RulebookIncompatibleSettings", bytes.fromhex(bytes32("EDGE")[2:])):
        consortium.rulebook.setRule(bytes32("EDGE"), rule_with(**changes))


@pytest.mark.parametrize(
    "changes",
    [
        {"early_close": True},
        {"early_close": True, "mandates": 255, "calls": 2},
        {"revisable": True, "country_numerator": 1, "tie": 1},
        SILENCE,
        {"calls": 2},
        {"calls": 15},
        {"veto_grounds": (1 << 6) - 1},
    ],
)
def test_settings_that_go_together_are_kept(consortium, changes):
    consortium.rulebook.setRule(bytes32("EDGE"), rule_with(**changes))
    assert plain(consortium.rulebook.rule(5))[2] == rule_with(**changes)


def test_setting_that_does_not_exist_is_refused(consortium):
    for field in ("base", "tie"):
        with refused(""):
            consortium.rulebook.setRule(bytes32("EDGE"), rule_with(**{field: 3}))


def test_consultation_needs_no_majority(consortium):
    consortium.rulebook.setRule(bytes32("EDGE"), rule_with(majority_numerator=0, binding=False))


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
            governed.rulebook.setKind(bytes32("law"), 0, bytes32("CONSULT"), True, 0, {"from": outsider})
        with refused("OwnableUnauthorizedAccount", outsider):
            governed.rulebook.listAction(1, governed.lens, "0x12345678", 0, 0, {"from": outsider})
        with refused("OwnableUnauthorizedAccount", outsider):
            governed.rulebook.unlistAction(governed.registry, "0x12345678", {"from": outsider})
