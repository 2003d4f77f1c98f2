"""What an address asks of a search for paths: the goal, prices, what stays, one budget."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from sidara.indices.core import Definition, Version, asked
from sidara.indices.core.costs import STEP
from sidara.indices.core.path import Goal
from sidara.indices.queries import Wish
from sidara.kernel.finding import Finding
from sidara.ui.language import format_number, say
from sidara.web.pages import fields, index
from sidara.web.pages.ground import Pairs

GOAL, SCORE, FIXED, PRICES, UNIT = "ke", "skor", "tetap", "biaya", "satuan"
BUDGET, NEAR = "anggaran", "ambang"
BY_SCORE = "skor"
LONGEST_PRICES, LONGEST_UNIT = 8000, 30
PRICED = re.compile(r"\s*[^\s,;]+\s*[,;\t]\s*\S")
"""How a line of prices begins: the code of an item, a comma, a price."""


@dataclass(frozen=True)
class Asked:
    """The form of a path as it was filled, the wish that it means, and its faults by field."""

    goal: str
    score: str
    fixed: Sequence[str]
    prices: str
    unit: str
    budget: str
    is_near: bool
    wish: Wish | None
    amount: Fraction | None
    faults: Sequence[tuple[str, str, str]]

    @property
    def pairs(self) -> Pairs:
        """Give what was filled as parameters of an address."""
        single = (
            (GOAL, "" if self.goal == asked.NEXT else self.goal),
            (SCORE, self.score),
            *((FIXED, code) for code in self.fixed),
            (PRICES, self.prices),
            (UNIT, self.unit),
            (BUDGET, self.budget),
            (NEAR, "1" if self.is_near else ""),
        )
        return tuple((name, value) for name, value in single if value)

    @property
    def score_shown(self) -> str:
        """Give the score as it stands in its field."""
        return fields.written(self.score)

    @property
    def budget_shown(self) -> str:
        """Give the budget as it stands in its field."""
        return fields.written(self.budget)

    @property
    def shared(self) -> Pairs:
        """Give the same without what only an area asks: what a village's own path takes over."""
        return tuple(pair for pair in self.pairs if pair[0] not in {BUDGET, NEAR})

    @property
    def cost_unit(self) -> str:
        """Name what costs are counted in."""
        return (self.unit or say("biaya")) if self.prices else say(STEP)

    @property
    def unit_note(self) -> str:
        """Say what a step is, where costs are counted in steps."""
        if self.prices:
            return ""
        return say(" (1 langkah = satu kenaikan dari satu skor ke skor berikutnya yang mungkin)")

    def fault(self, name: str) -> str:
        """Give the fault of a field."""
        return next((text for field, _, text in self.faults if field == name), "")


def read(definition: Definition, version: Version, pairs: Pairs) -> Asked:
    """Read the parameters; what cannot be is told beside its field, the rest is kept."""
    given: dict[str, str] = {}
    for name, value in pairs:
        given[name] = value.replace("\r\n", "\n").strip()
    score = fields.addressed(given.get(SCORE, "")[: fields.LONGEST], version.thresholds.decimals)
    goal = given.get(GOAL, "")[: fields.LONGEST] or (BY_SCORE if score else asked.NEXT)
    if goal != BY_SCORE:
        score = ""
    fixed = tuple(dict.fromkeys(value for name, value in pairs if name == FIXED and value in version.by_code))
    prices = given.get(PRICES, "")[:LONGEST_PRICES]
    unit = given.get(UNIT, "")[:LONGEST_UNIT]
    budget = fields.addressed(given.get(BUDGET, "")[: fields.LONGEST], 2)
    faults: list[tuple[str, str, str]] = []
    aim = _goal(definition, version, goal, score)
    if isinstance(aim, tuple):
        faults.append(aim)
    amount = _amount(budget)
    if budget and amount is None:
        text = say(
            "“{budget}” bukan angka. Isi dengan angka nol atau lebih, misalnya 500 atau 1,5.", budget=budget
        )
        faults.append((BUDGET, say("Anggaran"), text))
    unread = _unread(version, prices)
    if unread:
        faults.append((PRICES, say("Biaya tiap langkah"), unread))
    wish = Wish(aim, prices, unit or "biaya", fixed) if isinstance(aim, Goal) and not unread else None
    is_near = bool(given.get(NEAR))
    return Asked(goal, score, fixed, prices, unit, budget, is_near, wish, amount, tuple(faults))


def _unread(version: Version, prices: str) -> str:
    """Name the first line of the prices that holds no price at all."""
    for at, line in enumerate(prices.splitlines(), 1):
        if line.strip() and PRICED.match(line) is None:
            return say(
                "Baris {at}: tulis kode butir, koma, biaya, misalnya {code},150.",
                at=at,
                code=version.items[0].code,
            )
    return ""


def _goal(definition: Definition, version: Version, goal: str, score: str) -> Goal | tuple[str, str, str]:
    text = fields.plain(score, version.thresholds.decimals) if goal == BY_SCORE else goal
    found = asked.goal(definition, text)
    most = version.top.max
    if isinstance(found, Finding):
        if goal == BY_SCORE:
            if not score:
                return SCORE, say("Skor"), say("Isi skor tujuan.")
            highest = format_number(most) if most else ""
            return (
                SCORE,
                say("Skor"),
                say(
                    "“{score}” tidak dapat dipakai. Isi dengan angka dari 0 sampai {highest}.",
                    score=score,
                    highest=highest,
                ),
            )
        names = ", ".join(index.word_of(one.status) for one in version.thresholds.classes)
        return (
            GOAL,
            say("Tujuan"),
            say(
                "“{goal}” bukan tujuan. Pilih status berikutnya, {names}, atau sebuah skor.",
                goal=goal,
                names=names,
            ),
        )
    if found.score is not None and most is not None and found.score > most:
        text = say(
            "“{n}” lebih tinggi daripada yang mungkin, yaitu {most}.",
            n=score or goal,
            most=format_number(most),
        )
        return SCORE, say("Skor"), text
    return found


def _amount(text: str) -> Fraction | None:
    """Read an amount of money or steps, at most two decimals."""
    number = fields.plain(text, 2)
    if not fields.PLAIN_NUMBER.fullmatch(number) or number.startswith("-"):
        return None
    return Fraction(Decimal(number))


def goals(version: Version) -> tuple[tuple[str, str], ...]:
    """Give the goals that can be chosen."""
    classes = ((one.code, index.word_of(one.status)) for one in version.thresholds.classes[1:])
    return ((asked.NEXT, say("Status berikutnya")), *classes, (BY_SCORE, say("Skor tertentu")))


def move_example(version: Version) -> str:
    """Write the first item with its lowest and its highest score, as a line of prices does."""
    item = version.items[0]
    scores = {score for rule in item.rules for score in rule.possible}
    return f"{item.code},{min(scores)},{max(scores)}"


def parts(version: Version) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Give the items that can be held, by the level below the index."""
    return tuple(
        (level.name, tuple((one.code, one.name) for one in version.items_below(level.code)))
        for level in version.sub_indices
    )


def amount_text(amount: Fraction | None, unit: str) -> str:
    """Write an amount with its unit."""
    if amount is None:
        return format_number(None)
    decimals = 0 if amount.denominator == 1 else 2
    figure = format_number(amount, decimals)
    return say("{count} langkah", count=figure) if unit == say(STEP) else f"{figure} {unit}".strip()
