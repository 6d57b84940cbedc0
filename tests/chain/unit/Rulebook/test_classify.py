"""What a proposal does says what kind it is; whatever does not fit is refused with the facts."""

from consortium import DAY, FOUNDING, admission, call_of, put, resolution
from reverts import refused


def test_kind_and_rule_follow_from_the_action(consortium):
    question = put(
        consortium.assembly, consortium.wallet(1), [call_of(consortium.registry, "notifyBreach", 5, 30 * DAY)]
    )
    assert tuple(consortium.assembly.proposalTerms(question.id)) == (1, consortium.kind("breach"), 3, False)


def test_kind_of_a_resolution_follows_from_what_it_resolves(consortium):
    question = put(consortium.governors[1], consortium.wallet(1), [resolution(consortium, "board_matter")])
    assert tuple(consortium.governors[1].proposalTerms(question.id)) == (1, consortium.kind("board_matter"), 2, False)


def test_several_actions_of_one_kind_are_one_proposal(consortium):
    actions = [call_of(consortium.registry, "admit", admission(number, FOUNDING)) for number in (11, 12)]
    question = put(consortium.assembly, consortium.wallet(1), actions)
    assert consortium.assembly.proposalTerms(question.id)[1] == consortium.kind("member_admission")


def test_kinds_cannot_be_mixed(consortium):
    actions = [
        resolution(consortium, "urgent_matter"),
        call_of(consortium.registry, "admit", admission(11, FOUNDING)),
    ]
    with refused("RulebookMixedKinds", consortium.kind("urgent_matter"), consortium.kind("member_admission")):
        put(consortium.assembly, consortium.wallet(1), actions)


def test_another_body_cannot_decide_it(consortium):
    kind_id = consortium.kind("member_admission")
    with refused("RulebookWrongBody", kind_id, 0, 1):
        put(consortium.governors[1], consortium.wallet(1), [call_of(consortium.registry, "admit", admission(11, 1))])


def test_another_body_cannot_resolve_it(consortium):
    with refused("RulebookWrongBody", consortium.kind("work_plan"), 0, 1):
        put(consortium.governors[1], consortium.wallet(1), [resolution(consortium, "work_plan")])


def test_what_needs_an_act_cannot_be_merely_resolved(consortium):
    with refused("RulebookNotAResolution", consortium.kind("member_admission")):
        put(consortium.assembly, consortium.wallet(1), [resolution(consortium, "member_admission")])


def test_unlisted_call_is_refused(consortium):
    call = call_of(consortium.registry, "setRegistrar", consortium.wallet(1))
    with refused("RulebookActionNotListed", consortium.registry, bytes.fromhex(call[1][2:10])):
        put(consortium.assembly, consortium.wallet(1), [call])


def test_found_is_listed_nowhere(consortium):
    call = call_of(consortium.registry, "found", [admission(11, FOUNDING)], "0x" + "11" * 32)
    with refused("RulebookActionNotListed", consortium.registry, bytes.fromhex(call[1][2:10])):
        put(consortium.assembly, consortium.wallet(1), [call])


def test_calldata_shorter_than_a_selector_is_refused(consortium):
    for data in (b"", b"\x12", b"\x12\x34\x56"):
        with refused("RulebookCalldataTooShort", 1, len(data)):
            actions = [resolution(consortium, "work_plan"), (consortium.registry, data)]
            put(consortium.assembly, consortium.wallet(1), actions)


def test_malformed_resolution_is_refused(consortium):
    target, data = resolution(consortium, "work_plan")
    high = data[:10] + "0001" + data[14:]
    for malformed in (data[:10], data + "00", data[:-2], high):
        with refused("RulebookActionNotListed", target, bytes.fromhex(data[2:10])):
            put(consortium.assembly, consortium.wallet(1), [(target, malformed)])


def test_resolution_of_a_kind_that_does_not_exist_is_refused(consortium):
    call = call_of(consortium.records, "resolve", 99, "0x" + "11" * 32)
    with refused("RulebookUnknownKind", 99):
        put(consortium.assembly, consortium.wallet(1), [call])
