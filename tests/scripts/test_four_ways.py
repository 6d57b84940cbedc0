import dataclasses

import pytest

from scripts.findings import Finding
from scripts.four_ways import DisagreementError, Row, check

TOLD = Finding("adopted", "MAJORITY_REACHED", (16, 8, 2), 28)
FOUND = dataclasses.replace(TOLD, trace=("majority 16/24 >= 2/3 yes",), associates=(0, 0, 0))


def row(**other):
    accounts = {"expected": TOLD, "chain": FOUND, "database": FOUND, "api": FOUND, **other}
    return Row("P04", **accounts)


def test_four_equal_accounts_agree():
    check([row()])


@pytest.mark.parametrize("source", ["expected", "chain", "database", "api"])
@pytest.mark.parametrize(
    "change",
    [{"outcome": "rejected"}, {"reason": "MAJORITY_NOT_REACHED"}, {"votes": (15, 8, 2)}, {"eligible": 27}],
    ids=str,
)
def test_one_different_account_is_named(source, change):
    accounts = {"expected": TOLD, "chain": FOUND, "database": FOUND, "api": FOUND}
    with pytest.raises(DisagreementError, match="P04"):
        check([row(**{source: dataclasses.replace(accounts[source], **change)})])


def test_traces_are_compared_among_those_who_have_one():
    other = dataclasses.replace(FOUND, trace=("majority 16/24 >= 2/3 no",))
    with pytest.raises(DisagreementError, match="P04"):
        check([row(api=other)])
