import pytest

from scripts.contract import RefusedError
from scripts.replay_acts import ends_as_told
from scripts.stage import StoryError


def refused(error):
    def step():
        raise RefusedError(error, ())

    return step


def goes_through():
    return None


def test_a_step_ends_as_told_when_it_goes_through_or_is_refused_with_the_code():
    ends_as_told(None, "a vote", goes_through)
    ends_as_told("PROXY_LIMIT", "a vote", refused("ConsortiumGovernorMandateLimit"))
    ends_as_told("VETO_NOT_ALLOWED", "a veto", refused("ConsortiumGovernorVetoBarred"))


def test_a_step_that_must_be_refused_and_is_not_is_named():
    with pytest.raises(StoryError, match="a vote went through; expected RECUSED"):
        ends_as_told("RECUSED", "a vote", goes_through)


@pytest.mark.parametrize("code", [None, "RECUSED"])
def test_a_refusal_of_another_kind_is_not_taken_for_the_one_told(code):
    with pytest.raises(RefusedError):
        ends_as_told(code, "a vote", refused("ConsortiumGovernorVotingClosed"))
