"""The scripts' own count over the mirror, which is compared with the service's."""

from backend.domain import events as e
from backend.domain.members import MemberClass
from backend.queries.outcomes import read_outcome
from scripts.findings import in_database
from tests.backend import story as s


def test_classes_are_those_of_the_snapshot_as_in_the_service(tmp_path, make_mirror, documents):
    moved = s.whole_story(documents)
    after = e.MemberClassChanged(s.MemberId(5), MemberClass.ASSOCIATE, MemberClass.PARTNER)
    moved.tell(s.LAST, s.REGISTRY, after, e.VotingRightsChanged(s.MemberId(5), 0b101))
    with make_mirror(moved.told).reading() as reading:
        found = in_database(reading.session, s.EVERYONE, s.CONSULTED)
        tally = read_outcome(reading.session, reading.consortium, s.CONSULTED, reading.now).tally

    assert found.votes == (1, 1, 0)
    assert found.associates == (1, 0, 0)
    assert tally.by_class["associate"] == {"for": 1, "against": 0, "abstain": 0}
