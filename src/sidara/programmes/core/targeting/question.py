"""What a planner asks when villages are ranked by need, as a value; and what can be wrong with its words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from sidara.kernel.finding import Finding
from sidara.programmes.core.targeting.need import Sense, Source

TOP = 20
"""So many villages are looked at unless asked otherwise."""
MOST_ASKED = 30
"""So many parts a need may have."""
FIRST_INDEX = "idm"
"""The index that is meant where nobody names one: of IDM most is published."""
_WEIGHT = re.compile(r"\d{1,6}(?:[.,]\d{1,4})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class AskedPart:
    """One part: its source, its code or formula, its weight; `sense` `None` = as its meaning says."""

    source: Source
    text: str = ""
    weight: Fraction = Fraction(1)
    sense: Sense | None = None

    @property
    def key(self) -> str:
        """Give the name under which weights, columns and shifts call it."""
        return self.text or self.source.value


@dataclass(frozen=True, slots=True)
class NeedQuery:
    """Which villages (`under` a code, `None` = all), by which parts, in which year (`None` = the newest).

    `index`: the name of the index of items, index and status. `scores`: its data set (`""`: real scores where
    there are enough, else simulated ones). `answers`: the data set of indicators, variables and formulas.
    `needs_items`: item scores are wanted for what follows, even where no part reads them.
    """

    parts: tuple[AskedPart, ...]
    index: str = ""
    under: str | None = None
    year: int | None = None
    scores: str = ""
    answers: str = "collection"
    top: int = TOP
    needs_items: bool = False

    @property
    def of_index(self) -> tuple[AskedPart, ...]:
        """Give the parts that the index tells."""
        return tuple(one for one in self.parts if one.source in {Source.INDEX, Source.ITEM, Source.STATUS})


def weight(text: str) -> Fraction | None:
    """Read a weight above 0 (`2`, `0,5`); `None` where it is none."""
    if _WEIGHT.fullmatch(text.strip()) is None:
        return None
    found = Fraction(Decimal(text.strip().replace(",", ".")))
    return found if found > 0 else None


def check(query: NeedQuery) -> tuple[Finding, ...]:
    """Judge a question by itself."""
    found = []
    if not query.parts:
        found.append(
            Finding(
                "NEED_WITHOUT_PART",
                "Belum ada ukuran kebutuhan.",
                "Pilih sedikitnya satu: butir indeks, indikator, atau rumus sendiri.",
            )
        )
    if len(query.parts) > MOST_ASKED:
        found.append(
            Finding(
                "NEED_TOO_MANY_PARTS",
                f"Ada {len(query.parts)} ukuran; paling banyak {MOST_ASKED}.",
                "Pilih seluruh indeks, atau kurangi ukurannya.",
            )
        )
    keys = [one.key for one in query.parts]
    for key in dict.fromkeys(key for key in keys if keys.count(key) > 1):
        found.append(
            Finding("NEED_PART_TWICE", f"Ukuran {key} disebut dua kali.", "Sebut sekali saja.", value=key)
        )
    return tuple(found)


def unknown_item(text: str, index: str, known: Sequence[str]) -> Finding:
    """Say that an index has no such item."""
    return Finding(
        "NEED_ITEM",
        f"Butir {text} tidak ada pada {index}.",
        f"Isi kode butir, misalnya {known[0]} atau {known[-1]}.",
        value=text,
    )
