"""What is wrong with a form as it is first filled in: a slip in one cell, or answers that nobody counted."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sidara.collection.core.answering import Given
from sidara.collection.core.submission import Key
from sidara.demo.core.story.shares import SLIPS, Kind, number
from sidara.dictionary.core import Dictionary
from sidara.dictionary.core.words import Totals
from sidara.kernel.breakdown import TOTAL
from sidara.kernel.cell import State

FEWEST = 10
"""Numbers above zero that a form has at least of which a copy can be told."""
SMALLEST = {Kind.THOUSAND: 100, Kind.DIGITS: 100, Kind.PARTS: 2}
"""The smallest figures in which a slip is made."""


@dataclass(frozen=True, slots=True)
class Alteration:
    """What is written in place of the answers; `kind` is none where the form lends itself to nothing."""

    kind: Kind = Kind.NONE
    cells: tuple[Given, ...] = ()


def key_of(cell: Given) -> Key:
    """Give the key of a cell."""
    return Key(cell.row, cell.variable, cell.breakdown)


def altered(  # noqa: PLR0913 - keyword-only but for what is read
    dictionary: Dictionary, kind: Kind, own: Sequence[Given], source: Sequence[Given], *, seed: int, name: str
) -> Alteration:
    """Say what is written in place of a form's answers (`own`); `source` is what was copied or invented.

    `name` names the submission, by which and the seed a cell is drawn.
    """
    if kind.is_made_up:
        return _copied(dictionary, kind, own, source)
    first = SLIPS.index(kind) if kind else 0
    for one in (SLIPS[(first + at) % len(SLIPS)] for at in range(len(SLIPS) if kind else 0)):
        places = [cell for cell in own if _takes(dictionary, one, cell)]
        if places:
            cell = places[number(seed, "cell", name) % len(places)]
            return Alteration(one, (replace(cell, value=_slipped(one, cell.value)),))
    return Alteration()


def _copied(dictionary: Dictionary, kind: Kind, own: Sequence[Given], source: Sequence[Given]) -> Alteration:
    """Take over all answers but rows of lists, where there are enough numbers to tell it."""
    theirs = {key_of(cell): cell for cell in source if not cell.row}
    taken = tuple(theirs[key_of(cell)] for cell in own if not cell.row and key_of(cell) in theirs)
    counted = [cell for cell in taken if is_number(dictionary, cell) and cell.value.strip("0.,") != ""]
    is_whole = sum(not cell.row for cell in own) == len(taken)
    return Alteration(kind, taken) if is_whole and len(counted) >= FEWEST else Alteration()


def is_number(dictionary: Dictionary, cell: Given) -> bool:
    """Whether a number stands in a cell outside lists."""
    asked = dictionary.variables.get(cell.variable)
    return cell.state == State.VALUE.value and asked is not None and asked.is_number


def _takes(dictionary: Dictionary, kind: Kind, cell: Given) -> bool:
    """Whether a slip can be made in a cell."""
    if cell.row or not is_number(dictionary, cell) or not cell.value.isdecimal():
        return False
    asked, value = dictionary.variables[cell.variable], int(cell.value)
    if value < SMALLEST[kind]:
        return False
    if kind is Kind.PARTS:
        return cell.breakdown != TOTAL and asked.parts is Totals.EQUAL
    return cell.breakdown == TOTAL and (kind is Kind.THOUSAND or cell.value[0] != cell.value[1])


def _slipped(kind: Kind, value: str) -> str:
    match kind:
        case Kind.THOUSAND:
            return f"{value}000"
        case Kind.DIGITS:
            return f"{value[1]}{value[0]}{value[2:]}".lstrip("0") or "0"
        case _:
            return str(int(value) + 7)
