"""What contracts allow to be on record and no calendar holds: pages and answers come all the same."""

import pytest

from backend.domain.events import MandateGranted, SeatGranted
from backend.domain.values import BodyId, MemberId, Timepoint
from backend.portal.languages import languages
from tests.backend import story as s

END_OF_TIME = Timepoint(2**48 - 1)
"""The latest second that a contract can say: in the year 8 921 556."""
PAGES = ("/", "/mandates", "/mandates/give", "/members/2", "/bodies", "/desk", "/organisation", f"/proposals/{s.OPEN}")
ANSWERS = ("/v1/mandates", "/v1/members/2", "/v1/bodies", "/v1/activity")


@pytest.fixture(scope="module")
def get(visitor, make_mirror, story):
    happened = (
        MandateGranted(MemberId(2), MemberId(3), BodyId(0), None, END_OF_TIME),
        SeatGranted(BodyId(1), MemberId(2), END_OF_TIME),
    )
    last = story.told[-1][0]
    return visitor(make_mirror([*story.told, *((last._replace(log_index=9 + n), e) for n, e in enumerate(happened))]))


@pytest.mark.parametrize("path", PAGES)
def test_attack_a_mandate_until_the_end_of_time_breaks_no_page(get, path):
    for language in languages():
        assert get(f"{path}?lang={language}", cookie="zbor_member=3").status_code == 200


@pytest.mark.parametrize("path", ANSWERS)
def test_attack_a_mandate_until_the_end_of_time_breaks_no_answer(get, path):
    answer = get(path)
    assert answer.status_code == 200
    assert path == "/v1/activity" or "9999-12-31T23:59:59Z" in answer.text
