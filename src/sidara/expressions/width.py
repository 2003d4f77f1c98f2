"""How large whole numbers may become in tables: 64 bits where that is enough, else 128, else refused."""

from sidara.expressions.nodes import ExpressionFault, Spot
from sidara.expressions.tokens import placed
from sidara.kernel.finding import Finding

NARROW = 2**62
WIDE = 2**126
MOST_DIGITS = 18
"""Digits of one figure: what 64 bits and `DECIMAL(18, 4)` hold."""


def too_wide(spot: Spot | None = None) -> ExpressionFault:
    """Refuse what could overflow, before it runs."""
    return ExpressionFault(
        (
            Finding(
                "EXPRESSION_TOO_WIDE",
                placed("Hitungan ini dapat melampaui 38 angka pada tabel.", spot),
                "Kurangi perkalian dan pembagian bertingkat.",
            ),
        )
    )
