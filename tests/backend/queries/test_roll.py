import pytest

from backend.errors import BodyNotFoundError, MemberNotFoundError, RuleNotFoundError
from backend.queries.bodies import find_body, list_bodies
from backend.queries.kinds import list_kinds
from backend.queries.members import find_member, list_members
from backend.queries.rules import find_rule, list_rules
from tests.backend import story as s

HOSTILE = ["", "0", "-1", "999999999999999999999999", "\0", "ž", "x' OR '1'='1", "١", "%", "SI-ANA "]


def member_of(reading, key):
    return find_member(reading.session, reading.consortium, key, reading.now)


def test_every_member_is_listed_by_number(reading):
    members = list_members(reading.session, reading.consortium, reading.now)

    assert [member.id for member in members] == [1, 2, 3, 4, 5, 6]
    assert members[4].member_class == "associate"
    assert members[5].name == "Φώτης"


def test_a_member_is_found_by_number_and_by_code(reading):
    assert member_of(reading, "3") == member_of(reading, "HR-CVITA")


@pytest.mark.parametrize("key", HOSTILE)
def test_a_member_that_is_not_on_the_roll_is_not_found(reading, key):
    with pytest.raises(MemberNotFoundError):
        member_of(reading, key)


def test_a_member_shows_where_it_may_vote_and_what_it_went_through(reading):
    founder, defaulter, associate = (member_of(reading, key) for key in ("1", "4", "5"))

    assert founder.bodies == ("general_assembly", "executive_board", "consultation")
    assert founder.accession_hash == "0x" + "ac" * 32
    assert (defaulter.status, defaulter.bodies) == ("defaulting", ())
    assert [change.status for change in defaulter.history] == ["admitted", "active", "in_breach", "defaulting"]
    assert associate.bodies == ("consultation",)


def test_a_rotated_wallet_stays_on_record(reading):
    member = member_of(reading, "2")

    assert member.wallet == s.wallet_of(2, 1)
    assert member.revoked_wallets == (s.wallet_of(2),)


def test_a_body_shows_its_electorate_now_and_its_proposals(reading):
    assembly, board, everyone = list_bodies(reading.session, reading.consortium, reading.now)

    assert (assembly.name, assembly.classes, assembly.entitled) == ("general_assembly", ("founding", "partner"), 4)
    assert [member.code for member in assembly.members] == ["GR-FOTIS", "HR-CVITA", "IT-BEPPE", "SI-ANA"]
    assert assembly.kinds == ("policy", "decision_by_letter", "rule_change", "award", "treaty")
    assert (assembly.proposals, assembly.open_proposals) == (14, 1)
    assert (board.classes, board.entitled, board.open_proposals) == ((), 1, 1)
    assert (assembly.chair.code, board.chair) == ("SI-ANA", None)
    assert [(seat.member.code, seat.until, seat.lapsed) for seat in board.seats] == [
        ("SI-ANA", None, False),
        ("IT-BEPPE", s.NOW - 1, True),
    ]
    assert everyone.classes == ("founding", "partner", "associate")
    assert find_body(reading.session, reading.consortium, "executive_board", reading.now) == board


@pytest.mark.parametrize("name", HOSTILE)
def test_an_unknown_body_is_not_found(reading, name):
    with pytest.raises(BodyNotFoundError):
        find_body(reading.session, reading.consortium, name, reading.now)


def test_every_version_of_a_rule_is_kept_and_the_newest_is_in_force(reading):
    rules = list_rules(reading.session, reading.consortium)

    assert [(rule.name, rule.version, rule.in_force) for rule in rules] == [
        ("GA_2_3", 1, False),
        ("WRITTEN_51", 1, True),
        ("CONSULT", 1, True),
        ("GA_2_3", 2, True),
        ("GUARDED", 1, True),
        ("OUTSIDE", 1, True),
    ]
    assert [rule.id for rule in list_rules(reading.session, reading.consortium, in_force=False)] == [1]
    assert [rule.id for rule in list_rules(reading.session, reading.consortium, in_force=True)] == [2, 3, 4, 5, 6]


def test_a_rule_is_found_by_version_or_by_name(reading):
    assert find_rule(reading.session, reading.consortium, "1").in_force is False
    found = find_rule(reading.session, reading.consortium, "GA_2_3")
    assert (found.version, found.quorum, found.majority, found.base) == (2, "2/3", "2/3", "cast")
    assert found.notice == 30 * s.DAY


def test_a_rule_shows_all_its_settings(reading):
    guarded = find_rule(reading.session, reading.consortium, "GUARDED")

    assert (guarded.standstill, guarded.veto_window, guarded.countries) == (200 * s.DAY, 150 * s.DAY, "1/2")
    assert (guarded.tie, guarded.calls, guarded.mandates, guarded.revisable) == ("chair", 2, 1, True)
    assert guarded.veto_grounds == ("costs", "liabilities")
    assert (guarded.external_approval, guarded.early_close, guarded.silence_consents) == (False, False, False)
    outside = find_rule(reading.session, reading.consortium, "OUTSIDE")
    assert (outside.external_approval, outside.early_close, outside.veto_grounds) == (True, True, ())


def test_a_member_shows_its_mandates_in_force_and_a_wallet_on_its_way(reading):
    cvita, dora, elek = (member_of(reading, code) for code in ("HR-CVITA", "AT-DORA", "HU-ELEK"))

    assert [(mandate.holder.code, mandate.proposal_id) for mandate in cvita.mandates] == [("SI-ANA", s.OPEN)]
    assert dora.mandates == ()
    assert (cvita.rotation.new_wallet, cvita.rotation.effective_from) == (s.wallet_of(3, 1), s.NOW + 2 * s.DAY)
    assert elek.rotation is None


@pytest.mark.parametrize("key", HOSTILE)
def test_an_unknown_rule_is_not_found(reading, key):
    with pytest.raises(RuleNotFoundError):
        find_rule(reading.session, reading.consortium, key)


def test_a_kind_names_its_body_its_rule_in_force_and_its_calls(reading):
    kinds = {kind.name: kind for kind in list_kinds(reading.session, reading.consortium)}

    assert (kinds["policy"].body, kinds["policy"].rule, kinds["policy"].rule_id) == ("general_assembly", "GA_2_3", 4)
    assert kinds["policy"].resolution
    (action,) = kinds["rule_change"].actions
    assert (action.contract, action.selector, action.function) == ("Rulebook", "0x12345678", "0x12345678")
    assert (kinds["award"].party_effect, kinds["policy"].party_effect) == ("recuses", "none")
    assert (action.party_effect, action.party_argument) == ("none", 0)
