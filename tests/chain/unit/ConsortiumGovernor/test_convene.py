import pytest
from brownie import chain
from consortium import DAY, at, resolution
from reverts import refused


@pytest.fixture
def convene(consortium):
    target, data = resolution(consortium, "work_plan")

    def convened(opens_at, *, extraordinary, filed):
        """File in the given second, to be opened in the other."""
        at(filed)
        arguments = ([target], [0], [data], "meeting", opens_at, extraordinary)
        return consortium.assembly.convene(*arguments, {"from": consortium.wallet(1)})

    return convened


@pytest.fixture
def now():
    return chain[-1].timestamp + DAY


@pytest.mark.parametrize(("extraordinary", "notice"), [(False, 45 * DAY), (True, 15 * DAY)])
def test_meeting_opens_no_earlier_than_its_notice_allows(convene, now, extraordinary, notice):
    earliest = now + notice
    with refused("ConsortiumGovernorNoticeTooShort", earliest - 1, earliest):
        convene(earliest - 1, extraordinary=extraordinary, filed=now)


@pytest.mark.parametrize(("extraordinary", "notice"), [(False, 45 * DAY), (True, 15 * DAY)])
def test_meeting_may_open_in_the_very_second_its_notice_ends(consortium, convene, now, extraordinary, notice):
    tx = convene(now + notice, extraordinary=extraordinary, filed=now)
    assert consortium.assembly.proposalSnapshot(tx.return_value) == now + notice
    assert consortium.assembly.proposalDeadline(tx.return_value) == now + notice + DAY
    assert consortium.assembly.proposalTerms(tx.return_value)[3] is extraordinary
    assert tx.events["ProposalFiled"]["extraordinary"] is extraordinary


def test_meeting_may_be_a_year_ahead_but_not_more(consortium, convene, now):
    latest = now + 366 * DAY
    with refused("ConsortiumGovernorOpensTooLate", latest + 1, latest):
        convene(latest + 1, extraordinary=False, filed=now)
    tx = convene(latest + 1, extraordinary=False, filed=now + 1)
    assert consortium.assembly.proposalSnapshot(tx.return_value) == latest + 1


@pytest.mark.parametrize("opens_at", [0, 1])
def test_meeting_in_the_past_is_refused(convene, now, opens_at):
    with refused("ConsortiumGovernorNoticeTooShort", opens_at, now + 15 * DAY):
        convene(opens_at, extraordinary=True, filed=now)


def test_meeting_in_the_far_future_does_not_overflow(convene, now):
    with refused("ConsortiumGovernorOpensTooLate", 2**48 - 1, now + 366 * DAY):
        convene(2**48 - 1, extraordinary=False, filed=now)
