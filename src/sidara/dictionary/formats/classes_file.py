"""Reads the classes of the indices from content, for `class_of` and `class_rank`."""

from fractions import Fraction
from functools import cache

from sidara.expressions import Classes
from sidara.kernel import content


@cache
def load() -> dict[str, Classes]:
    """Give the classes by the index's code in expressions."""
    return {
        index["code"]: Classes(
            index["decimals"],
            index["closed"] == "upper",
            tuple(
                (one["status"], _figure(one.get("minimum")), _figure(one.get("maximum")))
                for one in index["classes"]
            ),
        )
        for index in content.load("sidara.dictionary", "index_classes")["indices"]
    }


def _figure(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)
