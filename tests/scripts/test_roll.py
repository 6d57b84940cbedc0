import pytest
from eth_account import Account

from backend.domain.members import MemberClass
from scripts.plan import PLANS, read_plan
from scripts.roll import bytes32, founders, read_roll, sample_key, text_of

ROLL = read_roll(read_plan(PLANS / "development.toml").roll)


def test_the_wallets_of_the_sample_belong_to_the_sample_keys():
    assert all(Account.from_key(sample_key(code)).address == entry.wallet for code, entry in ROLL.items())


def test_a_member_that_loses_its_wallet_has_another_sample_key():
    assert len({sample_key(code, turn) for code in ROLL for turn in (1, 2)}) == 2 * len(ROLL)


def test_applicants_are_no_founders():
    codes = {organisation.code for organisation in founders(ROLL)}
    assert len(codes) == 30
    assert not codes & {"SE-COOMPANION", "HU-ZALA"}


def test_an_applicant_cannot_be_admitted_without_a_class():
    with pytest.raises(ValueError, match="name the class"):
        ROLL["HU-ZALA"].admission()
    assert ROLL["HU-ZALA"].admission(MemberClass.PARTNER)[1] == MemberClass.PARTNER


def test_the_code_of_namibia_is_a_code(tmp_path):
    path = tmp_path / "roll.csv"
    path.write_text("code,name,country,class,wallet\nNA,Namibia,NA,partner,0x\n")
    assert read_roll(path)["NA"].country == "NA"


def test_short_names_survive_the_chain():
    assert text_of(bytes32("SI-PRIZMA")) == "SI-PRIZMA"
    with pytest.raises(ValueError, match="longer than 32 bytes"):
        bytes32("č" * 17)
