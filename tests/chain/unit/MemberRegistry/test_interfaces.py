from brownie import chain

DAO_URI_SELECTOR = "0x7034731b"
ERC_165 = "0x01ffc9a7"


def test_what_the_roll_says_it_can_do(consortium):
    assert consortium.registry.daoURI.signature == DAO_URI_SELECTOR
    assert [consortium.registry.supportsInterface(known) for known in (DAO_URI_SELECTOR, ERC_165)] == [True, True]
    assert not consortium.registry.supportsInterface("0xffffffff")


def test_domain_of_mandates_is_told_as_erc_5267_says(consortium):
    fields, name, version, chain_id, contract, salt, extensions = consortium.registry.eip712Domain()
    assert (fields, name, version, chain_id) == ("0x0f", "MemberRegistry", "1", chain.id)
    assert (contract, salt, extensions) == (consortium.registry, "0x" + "00" * 32, ())
