import re
from pathlib import Path

import pytest

from backend.domain.outcome import Reason
from scripts.findings import PHASES, STEP_NAMES, reason_of

QUORUM, MAJORITY, COUNTRIES, CASTING = range(4)
INTERFACES = Path(__file__).resolve().parents[2] / "contracts" / "interfaces"


def steps(*passed):
    return [(name, 1, 2, 1, 2, False, ok) for name, ok in passed]


@pytest.mark.parametrize(
    ("taken", "reason"),
    [
        (steps(), Reason.CONSULTATION_CLOSED),
        (steps((QUORUM, True), (MAJORITY, True)), Reason.MAJORITY_REACHED),
        (steps((QUORUM, False), (MAJORITY, True)), Reason.QUORUM_NOT_REACHED),
        (steps((QUORUM, False), (MAJORITY, False)), Reason.QUORUM_NOT_REACHED),
        (steps((MAJORITY, False)), Reason.MAJORITY_NOT_REACHED),
        (steps((MAJORITY, False), (CASTING, False)), Reason.MAJORITY_NOT_REACHED),
        (steps((MAJORITY, False), (CASTING, True)), Reason.CASTING_VOTE),
        (steps((QUORUM, False), (MAJORITY, False), (CASTING, True)), Reason.QUORUM_NOT_REACHED),
        (steps((MAJORITY, True), (COUNTRIES, False)), Reason.COUNTRIES_NOT_REACHED),
        (steps((MAJORITY, False), (COUNTRIES, False)), Reason.MAJORITY_NOT_REACHED),
        (steps((MAJORITY, True), (COUNTRIES, True)), Reason.MAJORITY_REACHED),
    ],
)
def test_the_reason_is_the_first_question_that_failed_or_how_the_last_was_passed(taken, reason):
    assert reason_of(taken) == reason


@pytest.mark.parametrize(
    ("file", "enum", "names"),
    [
        ("IConsortiumGovernor.sol", "Phase", [phase.value for phase in PHASES]),
        ("IRulebook.sol", "StepName", list(STEP_NAMES)),
    ],
)
def test_numbers_are_read_in_the_order_of_the_contracts(file, enum, names):
    body = re.search(rf"enum {enum} {{(.*?)}}", (INTERFACES / file).read_text(), re.DOTALL)[1]
    words = re.findall(r"\w+", re.sub(r"//.*", "", body))
    assert [re.sub(r"(?<!^)(?=[A-Z])", "_", word).lower() for word in words] == names
