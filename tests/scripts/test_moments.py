import pytest

from scripts.moments import second_of, written


@pytest.mark.parametrize(
    "text",
    ["1803888000", "2027-03-01T08:00:00Z", "2027-03-01T09:00+01:00", "2027-03-01T08:00", "2027-03-01 08:00"],
)
def test_a_moment_is_read_as_a_date_or_as_seconds(text):
    assert second_of(text) == 1_803_888_000


@pytest.mark.parametrize("text", ["", "tomorrow", "1.5", "-5", "2027-13-01", "²"])
def test_what_is_no_moment_is_refused_with_an_example(text):
    with pytest.raises(ValueError, match="2027-03-01T09:00"):
        second_of(text)


def test_a_second_is_written_as_a_date():
    assert written(1_803_888_000) == "2027-03-01 08:00:00 UTC"
