import pytest
from consortium import DAY, adopt, closed, resolution
from laws import ask, make_law
from phases import Phase, phase
from reverts import refused, refused_as

STATEMENT = b"\x07" * 32


@pytest.fixture
def vetoed(consortium):
    question = adopt(consortium, ask(consortium, make_law(consortium, veto_grounds=1, veto_window=DAY)))
    question.governor.veto(question.id, 0, STATEMENT, {"from": consortium.wallet(6)})
    return question


def revise(consortium, vetoed, text="revised", member=1, wait=5):
    target, data = resolution(consortium, "law_of_the_test", text)
    opens_at = consortium.assembly.clock() + wait * DAY
    arguments = (vetoed.id, [target], [0], [data], text, opens_at, False)
    return consortium.assembly.revise(*arguments, {"from": consortium.wallet(member)})


def test_revised_proposal_takes_the_place_of_the_vetoed_one(consortium, vetoed):
    tx = revise(consortium, vetoed)
    assert list(tx.events.keys()) == ["ProposalCreated", "ProposalFiled", "ProposalRevised"]
    assert tuple(tx.events["ProposalRevised"].values()) == (vetoed.id, tx.return_value)
    assert tuple(consortium.assembly.attemptOf(tx.return_value)) == (1, 0)


def test_veto_that_a_revised_proposal_relies_on_stands_for_good(consortium, vetoed):
    revise(consortium, vetoed)
    with refused("ConsortiumGovernorUnexpectedPhase", vetoed.id, int(Phase.VETOED)):
        vetoed.governor.withdrawVeto(vetoed.id, {"from": consortium.wallet(6)})
    assert phase(vetoed) == Phase.VETOED


def test_vetoed_proposal_is_revised_once(consortium, vetoed):
    revise(consortium, vetoed)
    with refused("ConsortiumGovernorUnexpectedPhase", vetoed.id, int(Phase.VETOED)):
        revise(consortium, vetoed, "another")


def test_only_a_vetoed_proposal_is_revised(consortium):
    question = ask(consortium, make_law(consortium))
    with refused("ConsortiumGovernorUnexpectedPhase", question.id, int(Phase.PENDING)):
        revise(consortium, question)
    with refused("ConsortiumGovernorUnexpectedPhase", question.id, int(Phase.REJECTED)):
        revise(consortium, closed(question))


def test_refused_revision_leaves_the_veto_free_to_be_withdrawn(consortium, vetoed, stranger):
    with refused_as("ConsortiumGovernorMayNotPropose"):
        revise(consortium, vetoed, member=9)
    with refused_as("ConsortiumGovernorNoticeTooShort"):
        revise(consortium, vetoed, wait=0)
    vetoed.governor.withdrawVeto(vetoed.id, {"from": consortium.wallet(6)})
