import pytest

from backend.domain.members import MemberClass
from backend.domain.rules import Base
from backend.domain.values import Ratio
from scripts.plan import PLANS, PlanError, read_plan, rule_tuple

SMALL = """
name = "Small"
chain_id = 31337
registrar = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8"
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
[kinds]
law = { body = "assembly", rule = "R", actions = ["Rulebook.setRule"] }
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
    assert rule_tuple(read_plan(small()).rules["R"]) == (
        3_888_000, 1_296_000, 129_600, 2, 3, 51, 100, 2, False, True,
    )  # fmt: skip


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
    ],
)
def test_a_plan_that_cannot_be_deployed_is_refused(small, written, instead):
    with pytest.raises(PlanError, match=r"small.toml|kind|body"):
        read_plan(small(SMALL.replace(written, instead)))


@pytest.mark.parametrize("name", ["development", "roll_calls"])
def test_every_plan_that_is_kept_can_be_read(name):
    assert read_plan(PLANS / f"{name}.toml").kinds
