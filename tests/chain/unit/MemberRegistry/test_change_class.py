import pytest
from consortium import ASSOCIATE, FOUNDING, PARTNER
from reverts import refused


def test_associate_that_becomes_partner_votes_in_the_assembly(consortium):
    tx = consortium.registry.changeClass(9, PARTNER)
    assert dict(tx.events["MemberClassChanged"]) == {"memberId": 9, "previous": ASSOCIATE, "current": PARTNER}
    assert tx.events["VotingRightsChanged"]["rights"] == 0b101


def test_partner_that_becomes_associate_loses_its_seats_as_well(consortium):
    tx = consortium.registry.changeClass(1, ASSOCIATE)
    assert tuple(tx.events["SeatEnded"].values()) == (1, 1)
    assert tx.events["VotingRightsChanged"]["rights"] == 0b100


def test_founding_member_that_becomes_partner_keeps_its_rights(consortium):
    tx = consortium.registry.changeClass(1, PARTNER)
    assert "VotingRightsChanged" not in tx.events
    assert consortium.registry.member(1)[4] == 0b111


@pytest.mark.parametrize("member_class", [0, FOUNDING])
def test_class_that_changes_nothing_is_refused(consortium, member_class):
    with refused("MemberRegistryInvalidClass", 1, member_class):
        consortium.registry.changeClass(1, member_class)
