import re
from pathlib import Path

import pytest

from backend.domain.refusals import Refusal, refusal_of_error

INTERFACE = Path(__file__).parents[2] / "contracts/interfaces/IConsortiumGovernor.sol"
ERRORS = re.findall(r"error (\w+)\(", INTERFACE.read_text("utf-8"))


@pytest.mark.parametrize("error", ERRORS)
def test_every_error_of_the_governor_has_a_code(error):
    assert refusal_of_error(error) is not None


def test_every_code_belongs_to_an_error():
    inherited = ["GovernorNonexistentProposal", "GovernorUnexpectedProposalState", "GovernorInvalidSignature"]
    assert {refusal_of_error(error) for error in ERRORS + inherited} == set(Refusal)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        ("ConsortiumGovernorNoticeTooShort", "NOTICE_TOO_SHORT"),
        ("ConsortiumGovernorNotAMember", "NOT_A_MEMBER"),
        ("ConsortiumGovernorMemberDefaulting", "MEMBER_DEFAULTING"),
        ("GovernorNonexistentProposal", "NONEXISTENT_PROPOSAL"),
        ("ConsortiumGovernorMandateLimit", "PROXY_LIMIT"),
        ("ConsortiumGovernorVetoBarred", "VETO_NOT_ALLOWED"),
        ("ConsortiumGovernorVetoNotAllowed", "VETO_NOT_ALLOWED"),
    ],
)
def test_a_code_is_the_name_of_the_error_without_its_owner(error, code):
    assert refusal_of_error(error) == code


def test_another_contracts_error_has_no_code():
    assert refusal_of_error("MemberRegistryUnknownBody") is None
