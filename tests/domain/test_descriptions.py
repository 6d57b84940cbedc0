import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.descriptions import Description, compose_description, parse_description

CID = "bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy"
PROPOSER = "0xAbCdEf0123456789aBcDeF0123456789abcdef01"


def test_a_description_is_taken_apart():
    assert parse_description(f"{CID}#proposer={PROPOSER}") == Description(CID, PROPOSER)


def test_a_description_that_anyone_may_put_names_no_proposer():
    assert parse_description(CID) == Description(CID, None)


def test_composing_and_taking_apart_are_inverse():
    assert parse_description(compose_description(CID, PROPOSER)) == Description(CID, PROPOSER)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Budget 2027",
        CID[:-1],
        CID + "a",
        CID.upper(),
        "x" + CID,
        f" {CID}",
        f"{CID}\n",
        "../../etc/passwd#proposer=" + PROPOSER,
        CID.replace("a", "0"),
    ],
)
def test_what_does_not_start_with_a_cid_has_none(text):
    assert parse_description(text).cid is None


@pytest.mark.parametrize(
    "suffix",
    ["#proposer=0x12", f"#proposer={PROPOSER}0", f"#proposer={PROPOSER} ", f"#proposer={PROPOSER}\n", "#Proposer=0x"],
)
def test_a_suffix_the_governor_would_not_enforce_names_no_proposer(suffix):
    assert parse_description(CID + suffix).proposer is None


@given(st.text())
def test_any_text_at_all_can_be_taken_apart(text):
    assert isinstance(parse_description(text), Description)
