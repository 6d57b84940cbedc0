import pytest

from backend.errors import MirrorEmptyError
from backend.queries.status import read_status
from tests.backend import story as s


def test_an_answer_names_its_block_its_age_and_its_finality(reading, story):
    place = story.told[-1][0]
    as_of = reading.as_of

    assert (as_of.block_number, as_of.block_hash, as_of.block_time) == (place.block_number, place.block_hash, s.LAST)
    assert (as_of.finality, as_of.lag_seconds, as_of.chain_id) == ("provisional", 7, 31337)


def test_now_is_never_before_the_newest_block(mirror_at):
    with mirror_at(s.LAST - 1000).reading() as behind:
        assert behind.now == s.LAST
        assert behind.as_of.lag_seconds == 0
    with mirror_at(s.LAST + 5).reading() as ahead:
        assert ahead.now == s.LAST + 5


def test_the_status_counts_what_is_on_record(reading):
    status = read_status(reading.session, reading.consortium, reading.now)

    assert status.counts == {"members": 6, "bodies": 3, "proposals": 16, "ballots": 38}
    assert (status.registrar, status.approver, status.factory) == tuple(s.wallet_of(member) for member in (9, 7, 6))
    assert status.dao_uri == "https://trial.example/dao.json"
    assert (status.consortium, status.notice, status.synced) == ("Trial consortium", "Sample data.", True)


def test_a_mirror_that_has_read_nothing_says_so(empty_mirror):
    with pytest.raises(MirrorEmptyError), empty_mirror.reading():
        pass
