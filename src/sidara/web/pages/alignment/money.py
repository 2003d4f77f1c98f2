"""Rupiah in words that a leader reads at a glance."""

from decimal import Decimal

from sidara.kernel.number import rounded
from sidara.ui.language import format_number, say

STEPS = ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"))


def rupiah(amount: int | None) -> str:
    """Write rupiah with one decimal of triliun, miliar or juta (`Rp38,4 miliar`); below a million in full."""
    if amount is None:
        return format_number(None)
    for size, word in STEPS:
        figure = rounded(Decimal(amount) / size, 1)
        if abs(figure) >= 1:
            decimals = 0 if figure == figure.to_integral() else 1
            written = format_number(figure, decimals)
            if word == "triliun":
                return say("Rp{figure} triliun", figure=written)
            if word == "miliar":
                return say("Rp{figure} miliar", figure=written)
            return say("Rp{figure} juta", figure=written)
    return say("Rp{figure}", figure=format_number(amount))
