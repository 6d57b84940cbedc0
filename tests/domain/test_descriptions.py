import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.descriptions import Description, compose_description, compose_further_call, parse_description

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


FIRST = compose_description(CID, PROPOSER)


def test_a_further_call_says_which_and_of_what():
    assert parse_description(compose_further_call(FIRST, 2, 77)) == Description(CID, PROPOSER, 2, 77)


def test_each_further_call_adds_to_the_one_before_and_the_last_counts():
    third = compose_further_call(compose_further_call(FIRST, 2, 77), 3, 78)
    assert third == f"{FIRST}#attempt=2&of=77#attempt=3&of=78"
    assert parse_description(third) == Description(CID, PROPOSER, 3, 78)


def test_a_further_call_of_a_text_without_proposer_names_none():
    assert parse_description(compose_further_call(CID, 2, 77)) == Description(CID, None, 2, 77)
    assert parse_description(compose_further_call("Budget", 2, 77)) == Description(None, None, 2, 77)


def test_the_longest_id_is_read():
    assert parse_description(compose_further_call(FIRST, 15, 2**256 - 1)).previous_id == 2**256 - 1


@pytest.mark.parametrize(
    "suffix",
    [
        "#attempt=2",
        "#attempt=2&of=",
        "#attempt=&of=7",
        "#attempt=2&of=7 ",
        "#attempt=2&of=7\n",
        "#attempt=222&of=7",
        "#attempt=2&of=" + "7" * 79,
        "#attempt=\u0662&of=7",
        "#attempt=2&of=0x7",
        "#attempt=-2&of=7",
    ],
)
def test_what_is_no_further_call_is_read_as_a_first(suffix):
    description = parse_description(FIRST + suffix)
    assert (description.attempt, description.previous_id, description.proposer) == (1, None, None)


def test_a_text_of_a_hundred_thousand_claims_is_read_in_no_time():
    claims = FIRST + "#attempt=2&of=1" * 100_000
    assert parse_description(claims) == Description(CID, None, 2, 1)
    assert parse_description(claims + "x") == Description(CID, None)
