from consortium import AGREEMENT, PARTNER, admission
from reverts import refused


def test_office_passes_to_the_new_registrar(consortium, stranger):
    tx = consortium.registry.setRegistrar(stranger)
    assert tuple(tx.events["RegistrarChanged"].values()) == (consortium.registrar, stranger)
    consortium.registry.admit(admission(11, PARTNER))
    with refused("MemberRegistryUnauthorized", consortium.registrar):
        consortium.registry.recordAccession(11, AGREEMENT, {"from": consortium.registrar})
    consortium.registry.recordAccession(11, AGREEMENT, {"from": stranger})


def test_registrar_cannot_name_its_successor(consortium, stranger):
    with refused("OwnableUnauthorizedAccount", consortium.registrar):
        consortium.registry.setRegistrar(stranger, {"from": consortium.registrar})
