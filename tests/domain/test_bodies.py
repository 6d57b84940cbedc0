import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.bodies import Body, classes_of, mask_of, reference_of
from backend.domain.members import MemberClass


def body_of(classes):
    return Body(0, "general_assembly", "0xG", "0xT", classes)


def test_a_mask_has_the_bit_of_each_class_number():
    assert mask_of([MemberClass.FOUNDING, MemberClass.PARTNER]) == 0b0110
    assert mask_of(MemberClass) == 0b1110


def test_a_class_named_twice_counts_once():
    assert mask_of([MemberClass.PARTNER, MemberClass.PARTNER]) == 0b0100


@given(st.sets(st.sampled_from(MemberClass)))
def test_classes_survive_their_mask(classes):
    assert set(classes_of(mask_of(classes))) == classes


def test_a_body_includes_the_classes_of_its_mask_only():
    assembly = body_of(0b0110)
    assert [assembly.includes(member_class) for member_class in MemberClass] == [True, True, False]


def test_a_body_without_classes_is_one_of_seats():
    assert body_of(0).seated
    assert not body_of(0b0010).seated


@pytest.mark.parametrize(
    ("body", "reference"),
    [("general_assembly", "GA-7"), ("executive_board", "EB-7"), ("consultation", "CO-7"), ("Advisory Board", "AB-7")],
)
def test_a_reference_is_the_initials_of_the_body_and_the_number(body, reference):
    assert reference_of(body, 7) == reference
