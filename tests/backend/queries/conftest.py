import pytest

from backend.domain.descriptions import parse_description
from tests.backend import story as s


def description_of(story, proposal):
    return next(event.description for _, event in story.told if getattr(event, "proposal_id", None) == proposal)


@pytest.fixture
def tampered_document(story, documents_folder):
    """Changes the stored text of a proposal, and puts it right again afterwards."""
    changed = []

    def tamper(proposal):
        path = documents_folder / "texts" / parse_description(description_of(story, proposal)).cid
        changed.append((path, path.read_bytes()))
        path.write_bytes(path.read_bytes().replace(b"Povzetek", b"Laznivec"))

    yield tamper
    for path, before in changed:
        path.write_bytes(before)


@pytest.fixture
def erased_reason(story, documents_folder, documents):
    """Erases the reason of the first ballot on a proposal, and puts it back afterwards."""
    kept = []

    def erase(proposal):
        commitment = next(
            event.reason for _, event in story.told if getattr(event, "reason", "") and event.proposal_id == proposal
        )
        path = documents_folder / "reasons" / commitment
        kept.append((path, path.read_bytes()))
        assert documents.erase_reason(commitment)
        return commitment

    yield erase
    for path, before in kept:
        path.write_bytes(before)


@pytest.fixture
def twin_reading(make_mirror, documents):
    """A mirror in which the board has a proposal of the same id as the assembly."""
    twins = s.whole_story(documents)
    twins.put(s.OPEN, s.BOARD, s.BOARD_MATTER, s.GA_2_3_LATER, s.NOW - 10, s.NOW + s.DAY)
    with make_mirror(twins.told).reading() as opened:
        yield opened
