"""Reads the kinds of checks from content: severity, words, thresholds."""

from decimal import Decimal
from functools import cache

from sidara.checks.core.derived import Kind
from sidara.kernel import content
from sidara.kernel.finding import Severity

_WORDS = {"code", "severity", "message", "remedy"}
_HINTS = {"hint_unit", "hint_digits"}
_REMEDIES = {"remedy_number", "remedy_choice", "remedy_date"}


@cache
def load() -> dict[str, Kind]:
    """Give the kinds by code."""
    return {
        one["code"]: Kind(
            one["code"],
            Severity(one["severity"]),
            one["message"],
            one["remedy"],
            {
                name: Decimal(figure)
                for name, figure in one.items()
                if name not in _WORDS | _HINTS | _REMEDIES
            },
            {name.removeprefix("hint_"): one[name] for name in sorted(_HINTS & one.keys())},
            {name.removeprefix("remedy_"): one[name] for name in sorted(_REMEDIES & one.keys())},
        )
        for one in content.load("sidara.checks", "kinds")["kinds"]
    }
