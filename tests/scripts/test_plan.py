import re
from dataclasses import fields

import pytest

from backend.domain.members import MemberClass
from backend.domain.rules import Base, PartyEffect, Rule
from backend.domain.values import Ratio
from scripts.contract import abi
from scripts.plan import PLANS, PlanError, read_plan, rule_in_words, rule_tuple

SMALL = """
name = "Small"
chain_id = 31337
registrar = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8"
approver = "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC"
timelock_delay_hours = 6
[[bodies]]
name = "assembly"
classes = ["founding", "partner"]
default_rule = "R"
[rules.R]
notice_days = 45
short_notice_days = 15
period_hours = 36
quorum = "2/3"
majority = "51/100"
base = "entitled"
[rules.FULL]
notice_days = 4
short_notice_days = 3
period_days = 2
standstill_days = 25
veto_window_hours = 6
quorum = "2/3"
majority = "1/2"
countries = "55/100"
base = "participating"
strict = true
abstentions_cast = true
silence_consents = true
binding = false
early_close = true
revisable = true
external_approval = true
tie = "chair"
calls = 3
mandates = 1
veto_grounds = ["costs", "own_work"]
[kinds]
law = { body = "assembly", rule = "R", actions = ["Rulebook.setRule"] }
exclusion = { body = "assembly", rule = "R", actions = ["MemberRegistry.exclude"], party = "bars_veto" }
award = { body = "assembly", rule = "R", party = "recuses" }
"""


@pytest.fixture
def small(tmp_path):
    def write(text: str = SMALL):
        path = tmp_path / "small.toml"
        path.write_text(text)
        return path

    return write


def test_units_beside_numbers_become_seconds(small):
    plan = read_plan(small())
    assert plan.timelock_delay == 21_600
    assert (plan.rules["R"].notice, plan.rules["R"].period) == (3_888_000, 129_600)


def test_fractions_are_kept_as_written(small):
    rule = read_plan(small()).rules["R"]
    assert (rule.quorum, rule.majority, rule.base) == (Ratio(2, 3), Ratio(51, 100), Base.ENTITLED)


def test_a_rule_is_handed_over_in_the_order_of_the_contract(small):
    rules = read_plan(small()).rules
    assert rule_tuple(rules["R"]) == (
        3_888_000, 1_296_000, 129_600, 0, 0, 2, 3, 51, 100, 0, 1,
        2, False, False, False, True, False, False, False, 0, 0, 0, 0,
    )  # fmt: skip
    assert rule_tuple(rules["FULL"]) == (
        345_600, 259_200, 172_800, 2_160_000, 21_600, 2, 3, 1, 2, 55, 100,
        1, True, True, True, False, True, True, True, 1, 3, 1, 0b101,
    )  # fmt: skip


def test_a_rule_has_as_many_settings_as_the_struct_of_the_contract(small):
    entry = next(entry for entry in abi("Rulebook") if entry.get("name") == "setRule")
    (struct,) = (part for part in entry["inputs"] if part["type"] == "tuple")
    names = [re.sub(r"(?<!^)(?=[A-Z])", "_", part["name"]).lower() for part in struct["components"]]
    assert len(rule_tuple(read_plan(small()).rules["R"])) == len(names)
    settings = {field.name for field in fields(Rule)}
    assert settings - set(names) == {"quorum", "majority", "countries"}


def test_all_that_a_rule_asks_for_is_shown(small):
    rules = read_plan(small()).rules
    assert rule_in_words(rules["R"]) == (
        "notice 45 d, short notice 15 d, open 1.5 d, quorum 2/3, majority of entitled 51/100"
    )
    assert rule_in_words(rules["FULL"]) == (
        "notice 4 d, short notice 3 d, open 2 d, standstill 25 d, veto until 0.25 d, quorum 2/3, "
        "majority of participating 1/2, countries 55/100, quorum falls away at call 3, mandates 1, veto grounds 2, "
        "strict, abstentions cast, silence consents, early close, revisable, external approval, casting vote, "
        "not binding"
    )


def test_what_follows_for_a_party_stands_with_the_kind(small):
    law, exclusion, award = read_plan(small()).kinds
    assert (law.party, law.party_argument) == (PartyEffect.NONE, 0)
    assert (exclusion.party, exclusion.party_argument) == (PartyEffect.BARS_VETO, 1)
    assert exclusion.resolved_party is PartyEffect.NONE
    assert award.resolved_party is PartyEffect.RECUSES


def test_classes_become_one_bit_each(small):
    body = read_plan(small()).bodies[0]
    assert body.mask == (1 << MemberClass.FOUNDING) | (1 << MemberClass.PARTNER)


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        ('rule = "R", actions', 'rule = "X", actions'),
        ('default_rule = "R"', 'default_rule = "X"'),
        ('quorum = "2/3"', 'quorum = "0.66"'),
        ("period_hours = 36", "period = 36"),
        ("period_hours = 36", "period_hours = 36\nperiod_days = 2"),
        ('base = "entitled"', 'base = "everybody"'),
        ('actions = ["Rulebook.setRule"]', "resolution = true"),
        ('tie = "chair"', 'tie = "anybody"'),
        ('"costs", ', '"mood", '),
        ('party = "recuses"', 'party = "wins"'),
        ('party = "recuses"', 'party = "recuses", resolution = true'),
        ("standstill_days = 25", "standstill_days = 25\nstandstill_hours = 600"),
    ],
)
def test_a_plan_that_cannot_be_deployed_is_refused(small, written, instead):
    with pytest.raises(PlanError, match=r"small.toml|kind|body"):
        read_plan(small(SMALL.replace(written, instead)))


@pytest.mark.parametrize("name", ["development", "roll_calls"])
def test_every_plan_that_is_kept_can_be_read(name):
    assert read_plan(PLANS / f"{name}.toml").kinds
