"""What a transaction offers, and what it offers next when nobody takes it in. Pure."""

from __future__ import annotations

from backend.chain.signer import Price


def first_price(base_fee: int, tip: int, most: int) -> Price | None:
    """Offer twice the base fee, so that it may rise for six full blocks; None where fees are above the limit.

    `most` is the limit in wei for a unit of gas.
    """
    if base_fee + tip > most:
        return None
    return Price(min(2 * base_fee + tip, most), tip)


def raised(last: Price, base_fee: int, tip: int, most: int) -> Price | None:
    """Offer an eighth more, and what is usual now if that is more still; None where the limit does not allow it.

    Nodes take a transaction in the place of another of the same number only if both prices are a tenth higher.
    """
    if not (last.most or base_fee or tip):
        return None  # nothing costs anything here
    higher_tip = max(_eighth_more(last.tip), tip)
    higher = max(_eighth_more(last.most), 2 * base_fee + higher_tip)
    least = max(_eighth_more(last.most), base_fee + _eighth_more(last.tip))
    if least > most:
        return None
    offered = min(higher, most)
    return Price(offered, min(higher_tip, offered))


def _eighth_more(price: int) -> int:
    return max(price + 1, price * 9 // 8)
