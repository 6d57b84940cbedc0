from backend.chain.bloom import bits_of, bloom_of, is_telling, may_hold
from backend.chain.node import RawLog

ADDRESS = "0x0f572e5295c57f15886f9b263e2f6d2d6c7b5ec6"
OTHER = "0x" + "77" * 20
TOPIC = "0x" + "5a" * 32


def log(address, *topics):
    return RawLog(address, topics, "0x", "0x1", "0x02", "0x03", "0x0")


def test_an_address_sets_the_bits_that_the_specification_gives():
    assert bits_of(ADDRESS) == 1 << 1323 | 1 << 431 | 1 << 1319


def test_who_logged_is_never_denied_and_letters_may_be_large():
    bloom = bloom_of([log(ADDRESS.upper().replace("0X", "0x"), TOPIC)])

    assert may_hold(bloom, [OTHER, ADDRESS])
    assert may_hold(bloom, [ADDRESS.upper().replace("0X", "0x")])
    assert not may_hold(bloom, [OTHER])
    assert bloom & bits_of(TOPIC) == bits_of(TOPIC)


def test_a_block_without_logs_has_an_empty_bloom():
    assert bloom_of([]) == 0
    assert not may_hold(0, [ADDRESS])


def test_a_bloom_with_half_of_its_bits_set_tells_little():
    assert is_telling(bloom_of([log(ADDRESS, TOPIC)]))
    assert not is_telling((1 << 1024) - 1)
