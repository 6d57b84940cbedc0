from consortium import LEFT
from reverts import refused

ASSEMBLY = 0


def test_body_has_no_chair_until_one_is_named(consortium):
    assert [consortium.registry.chairOf(body) for body in range(3)] == [0, 0, 0]


def test_chair_is_named_replaced_and_taken_back(consortium):
    for member_id in (1, 2, 0):
        tx = consortium.registry.setChair(ASSEMBLY, member_id)
        assert tuple(tx.events["ChairSet"].values()) == (ASSEMBLY, member_id)
        assert consortium.registry.chairOf(ASSEMBLY) == member_id
    assert consortium.registry.chairOf(1) == 0


def test_who_has_left_chairs_nothing(consortium):
    consortium.registry.recordExit(5)
    with refused("MemberRegistryUnexpectedStatus", 5, LEFT):
        consortium.registry.setChair(ASSEMBLY, 5)


def test_chair_is_a_member_and_the_body_exists(consortium):
    with refused("MemberRegistryUnknownMember", 99):
        consortium.registry.setChair(ASSEMBLY, 99)
    for act in (lambda: consortium.registry.setChair(3, 1), lambda: consortium.registry.chairOf(3)):
        with refused("MemberRegistryUnknownBody", 3):
            act()


def test_chair_is_named_by_the_assembly_alone(consortium):
    for who in (consortium.registrar, consortium.wallet(1)):
        with refused("OwnableUnauthorizedAccount", who):
            consortium.registry.setChair(ASSEMBLY, 1, {"from": who})
