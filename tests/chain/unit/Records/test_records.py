from consortium import bytes32

HASH = "0x" + "5a" * 32


def test_resolution_is_recorded_in_the_name_of_whoever_speaks(consortium, stranger):
    tx = consortium.records.resolve(7, HASH, {"from": stranger})
    assert tuple(tx.events["Resolved"].values()) == (stranger, 7, HASH)


def test_resolution_about_a_member_names_it(consortium, stranger):
    tx = consortium.records.resolveFor(7, 3, HASH, {"from": stranger})
    assert tuple(tx.events["ResolvedFor"].values()) == (stranger, 7, 3, HASH)


def test_document_is_anchored_in_the_name_of_whoever_hands_it_in(consortium, stranger):
    tx = consortium.records.anchor(bytes32("notice of outcome"), HASH, {"from": stranger})
    assert tuple(tx.events["Anchored"].values()) == (stranger, bytes32("notice of outcome"), HASH)
