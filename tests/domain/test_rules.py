import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.rules import VetoGround, grounds_of, mask_of_grounds


@given(st.sets(st.sampled_from(VetoGround)))
def test_grounds_survive_their_mask(grounds):
    assert set(grounds_of(mask_of_grounds(grounds))) == grounds


@pytest.mark.parametrize(("ground", "mask"), [(VetoGround.OWN_WORK, 1), (VetoGround.OTHER_LEGITIMATE_INTEREST, 32)])
def test_a_ground_is_the_bit_of_its_number(ground, mask):
    assert mask_of_grounds([ground, ground]) == mask
    assert grounds_of(mask) == (ground,)


def test_grounds_are_read_in_the_order_of_the_agreement():
    assert grounds_of(0b111111) == tuple(VetoGround)
    assert grounds_of(0) == ()
