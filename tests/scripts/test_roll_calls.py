import pytest

from backend.domain.ballots import Choice
from scripts.roll import read_roll
from scripts.roll_calls import FolderError, read_roll_calls, write_roll


@pytest.fixture
def folder(tmp_path):
    files = {
        "members.csv": "country_code,country\nNA,Namibia\nSI,Slovenia\nIT,Italy\n",
        "roll_calls.csv": 'rcid,short,descr\n1,"Wells, ""deep"" ones",Long\b text\n2,,Only a description\n',
        "votes.csv": "rcid,country_code,country,vote\n1,NA,Namibia,yes\n1,SI,Slovenia,no\n2,IT,Italy,abstain\n",
        "expected_tallies.csv": (
            "rcid,roll_size,yes,no,abstain,silent,quorum_2_3,majority_2_3_of_yes_no,majority_51pct_of_all\n"
            "1,3,1,1,0,1,1,0,0\n2,3,0,0,1,2,0,0,0\n"
        ),
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def test_namibia_votes(folder):
    calls = read_roll_calls(folder)
    assert calls.members["NA"] == "Namibia"
    assert calls.calls[0].ballots == (("NA", Choice.FOR), ("SI", Choice.AGAINST))


def test_an_absent_member_has_no_ballot(folder):
    calls = read_roll_calls(folder)
    assert "IT" not in dict(calls.calls[0].ballots)
    assert calls.ballots == 3


def test_texts_are_cleaned_of_control_characters_and_never_empty(folder):
    first, second = read_roll_calls(folder).calls
    assert first.document.texts["en"].title == 'Wells, "deep" ones'
    assert "\b" not in first.document.texts["en"].body
    assert second.document.texts["en"].title == "Only a description"
    assert first.document.to_bytes()


def test_expected_verdicts_follow_from_quorum_and_majorities(folder):
    expected = read_roll_calls(folder).expected
    assert (expected["1"].meeting, expected["1"].written) == ("rejected", "rejected")
    assert expected["2"].meeting == "no_quorum"


def test_a_vote_of_an_unknown_member_is_refused(folder):
    with (folder / "votes.csv").open("a") as votes:
        votes.write("1,XX,Nowhere,yes\n")
    with pytest.raises(FolderError, match="unknown member"):
        read_roll_calls(folder)


def test_a_missing_file_is_named(folder):
    (folder / "votes.csv").unlink()
    with pytest.raises(FolderError, match=r"votes\.csv is missing"):
        read_roll_calls(folder)


def test_the_roll_can_be_founded_with(folder):
    members = read_roll_calls(folder).members
    write_roll(members, {code: f"0x{code}" for code in members}, folder / "roll.csv")
    assert list(read_roll(folder / "roll.csv")) == ["NA", "SI", "IT"]
