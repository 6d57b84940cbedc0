import re

import pytest

from backend import errors
from backend.errors import ZborError


def tree(root):
    return [root] + [leaf for branch in root.__subclasses__() for leaf in tree(branch)]


CLASSES = [error for error in tree(ZborError) if error.__module__ == errors.__name__]


@pytest.mark.parametrize("error", CLASSES)
def test_every_error_has_a_code_of_its_own(error):
    assert re.fullmatch(r"[A-Z]+(_[A-Z]+)*", error.code)
    assert [other for other in CLASSES if other.code == error.code] == [error]


@pytest.mark.parametrize("error", CLASSES)
def test_every_error_is_in_the_drawing(error):
    assert re.search(rf"\b{error.__name__}\b", errors.__doc__)


@pytest.mark.parametrize(
    ("error", "code", "message"),
    [
        (errors.SettingsError("ZBOR_PORT", "is not a number"), "SETTINGS_INVALID", "ZBOR_PORT: is not a number"),
        (errors.WrongChainError(31337, 1), "WRONG_CHAIN", "serves chain 1, but the contracts are on chain 31337"),
        (errors.NodeUnavailableError("refused"), "NODE_UNAVAILABLE", r"\(refused\).*ZBOR_RPC_URL"),
        (errors.ProposalNotFoundError(7), "PROPOSAL_NOT_FOUND", "no proposal 7"),
        (errors.InvalidCursorError(), "INVALID_CURSOR", "start again without one"),
        (errors.InvalidFilterError("state", "opn", ("open", "pending")), "INVALID_FILTER", "not one of open, pending"),
        (errors.DocumentMismatchError("bafa", "bafb"), "DOCUMENT_MISMATCH", "bafa.*bafb"),
    ],
)
def test_a_message_carries_the_facts(error, code, message):
    assert error.code == code
    assert re.search(message, error.message)
