"""Rules that follow from an item: range, decimals, parts, subsets, required, not asked, fall, unit, digits.

Nobody writes them. Severity, words and thresholds of each kind are content (`content/kinds.yaml`); here they
become rules in the language of expressions, so that every evaluator judges them, the device's included.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from sidara.checks.core.book import Item, Rule, RuleBook, Type
from sidara.expressions import Time
from sidara.kernel.breakdown import TOTAL, breakdown_of
from sidara.kernel.finding import Severity
from sidara.kernel.number import format_number
from sidara.kernel.period import Frequency

RUPIAH = "Rp"
UNITS_UNSAID = {"kategori", "ya/tidak", "tanggal", "teks", "berkas", "titik", "tahun", ""}
"""Units that are not written behind a figure."""
_CHOSEN = {Type.CHOICE, Type.CHOICES, Type.YES_NO}
FLOWS = {Time.FLOW, Time.YEAR_TO_DATE}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of check: its code, how much it weighs, its words, its thresholds and hints by name.

    `remedies` stand in the place of `remedy` by how a question is answered: `number`, `choice`, `date`.
    """

    code: str
    severity: Severity
    message: str
    remedy: str
    thresholds: Mapping[str, Decimal]
    hints: Mapping[str, str] = field(default_factory=dict)
    remedies: Mapping[str, str] = field(default_factory=dict)

    def remedy_for(self, kind: Type) -> str:
        """Give how it is mended in a question of a type."""
        return self.remedies.get(_answered(kind), self.remedy)

    def of(self, name: str) -> Decimal:
        """Give a threshold."""
        return self.thresholds[name]


def _answered(kind: Type) -> str:
    """Name how a question of a type is answered; empty: in words."""
    if kind.is_number:
        return "number"
    if kind in _CHOSEN:
        return "choice"
    return "date" if kind is Type.DATE else ""


def derived(book: RuleBook, kinds: Mapping[str, Kind]) -> list[Rule]:
    """Give the rules that follow from the items of a book.

    A kind that is absent from `kinds` is not judged. One that the dictionary's own rules already say (the
    same expression on the same item) is left out.
    """
    said = {(rule.variable, _plain(rule.holds)) for rule in book.rules}
    made = [
        rule for item in book.items.values() for maker in _MAKERS for rule in maker(Maker(book, item, kinds))
    ]
    return [rule for rule in made if (rule.variable, _plain(rule.holds)) not in said]


def _plain(text: str) -> str:
    return "".join(text.split())


@dataclass(frozen=True, slots=True)
class Maker:
    """Writes rules of one item in the words of its kind."""

    book: RuleBook
    item: Item
    kinds: Mapping[str, Kind]

    @property
    def is_part_only(self) -> bool:
        """Whether it is asked by category and has no total."""
        return bool(self.item.classifications) and not self.item.parts_make_total

    @property
    def categories(self) -> tuple[str, ...]:
        """The classifications in whose categories a rule is judged; the empty one is the total."""
        totals = () if self.is_part_only else ("",)
        return (*totals, *self.item.classifications)

    def rules(  # noqa: PLR0913 - a rule has many parts
        self,
        kind: str,
        holds: str,
        *,
        when: str = "",
        categories: Sequence[str] | None = None,
        figure: str = "",
        breakdown: str = TOTAL,
        suffix: str = "",
        **words: str,
    ) -> Iterator[Rule]:
        """Write a rule for the total and for each classification; none where the kind is absent."""
        if kind not in self.kinds:
            return
        item, own = self.item, self.kinds[kind]
        for category in self.categories if categories is None else categories:
            name = ".".join(part for part in (item.code, kind, category, suffix) if part)
            told = {"name": item.name, "figure": self.figure(figure or item.code), **words}
            told["unit"] = unit(item)
            yield Rule(
                name,
                own.severity,
                holds,
                _sentence(own.message.format(**told)),
                item.code,
                own.remedy_for(item.type).format(**told),
                when,
                item.form,
                item.frequency,
                category,
                breakdown,
                item.own_list,
                kind,
            )

    def figure(self, expression: str) -> str:
        """Give the template of a figure."""
        return (RUPIAH if self.item.unit == RUPIAH else "") + "{" + expression + "}"


def unit(item: Item) -> str:
    """Give the unit as it stands behind a figure, with a blank before it; empty where none is written."""
    return "" if item.unit in UNITS_UNSAID | {RUPIAH} else f" {item.unit}"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _range(maker: Maker) -> Iterator[Rule]:
    item = maker.item
    if not item.type.is_number:
        return
    low, high, above = item.minimum, item.maximum, item.above
    texts = [
        f"{item.code} >= {low}" if low is not None else "",
        f"{item.code} <= {high}" if high is not None else "",
    ]
    texts.append(f"{item.code} > {above}" if above is not None else "")
    holds = " and ".join(text for text in texts if text)
    if holds:
        yield from maker.rules("OUT_OF_RANGE", holds, when=_known(item), range=_range_words(item))


def _known(item: Item) -> str:
    """Write the condition of checks of one figure: where there is none they do not concern the village."""
    return f"{item.code} is not null"


def _range_words(item: Item) -> str:
    def written(number: Decimal) -> str:
        if item.unit == "tahun":
            return str(number)
        return format_number(number, max(0, -int(number.as_tuple().exponent)))

    if item.minimum is not None and item.maximum is not None:
        return f"seharusnya antara {written(item.minimum)} dan {written(item.maximum)}"
    if item.above is not None:
        return f"seharusnya lebih dari {written(item.above)}"
    if item.minimum is not None:
        return f"seharusnya tidak kurang dari {written(item.minimum)}"
    return f"seharusnya tidak lebih dari {written(item.maximum or Decimal(0))}"


def _decimals(maker: Maker) -> Iterator[Rule]:
    item = maker.item
    if item.type.is_number and not item.is_derived:
        holds = f"round({item.code}, {item.decimals}) = {item.code}"
        decimals = f"paling banyak {item.decimals} angka" if item.decimals else "tanpa angka"
        yield from maker.rules("DECIMALS_TOO_MANY", holds, when=_known(item), decimals=decimals)


def _parts(maker: Maker) -> Iterator[Rule]:
    item = maker.item
    if not item.parts_make_total or not item.type.is_number or item.is_derived:
        return
    for classification in item.classifications:
        total = f"sum_of({item.code}, '{classification}')"
        yield from maker.rules(
            "PARTS_UNEQUAL",
            f"{total} = {item.code}",
            categories=("",),
            suffix=classification,
            sum=maker.figure(total),
            classification=maker.book.names.get(classification, classification),
        )
        for code in maker.book.classifications.get(classification, {}):
            part = f"part({item.code}, '{classification}', '{code}')"
            yield from maker.rules(
                "PART_EXCEEDS",
                f"{part} <= {item.code}",
                when=f"{total} is null",
                categories=("",),
                breakdown=breakdown_of([(classification, code)]),
                suffix=f"{classification}.{code}",
                part=maker.figure(part),
                category=maker.book.label(classification, code),
            )


def _subset(maker: Maker) -> Iterator[Rule]:
    item = maker.item
    whole = maker.book.items.get(item.part_of)
    if whole is None or not item.type.is_number or item.is_derived:
        return
    yield from maker.rules(
        "SUBSET_EXCEEDS",
        f"{item.code} <= {whole.code}",
        categories=("",),
        whole=whole.name,
        whole_figure=maker.figure(whole.code),
    )


def _required(maker: Maker) -> Iterator[Rule]:
    item = maker.item
    if item.is_required and not item.is_derived:
        yield from maker.rules("REQUIRED_EMPTY", f"not is_empty({item.code})", when=item.relevance)


def _not_asked(maker: Maker) -> Iterator[Rule]:
    item = maker.item
    if item.relevance and not item.is_derived:
        holds = f"state({item.code}) in ('tidak_berlaku', 'belum_diisi')"
        yield from maker.rules("ANSWER_NOT_ASKED", holds, when=f"not ({item.relevance})")


NOT_IN_FIRST = "period_start() <> date(period_year(), 1, 1)"
"""The condition under which a figure that runs from January has a period before it."""


def _fall(maker: Maker) -> Iterator[Rule]:
    item = maker.item
    if item.time is not Time.YEAR_TO_DATE or item.frequency is Frequency.YEAR or item.is_derived:
        return
    before = f"previous({item.code})"
    said = {_plain(rule.holds) for rule in maker.book.rules if rule.variable == item.code}
    for category in maker.categories:
        codes = maker.book.classifications.get(category, {}) if category else {}
        texts = [
            f"part({item.code},'{category}','{code}')>=previous(part({item.code},'{category}','{code}'))"
            for code in codes
        ]
        if not any(text in said for text in texts):
            yield from maker.rules(
                "CUMULATIVE_FELL",
                f"{item.code} >= {before}",
                when=NOT_IN_FIRST,
                categories=(category,),
                before=maker.figure(before),
            )


def _compared(maker: Maker) -> bool:
    """Whether it is a measured quantity that is compared with the period before."""
    item = maker.item
    return item.type.is_number and item.type is not Type.PERCENT and not item.own_list and not item.is_derived


def _unit(maker: Maker) -> Iterator[Rule]:
    if not _compared(maker) or "UNIT_THOUSAND" not in maker.kinds:
        return
    own, code = maker.kinds["UNIT_THOUSAND"], maker.item.code
    low, high, least = own.of("factor_from"), own.of("factor_to"), own.of("smallest")
    before = f"previous({code})"

    def is_far(big: str, small: str) -> str:
        return f"({big} >= {low} * {small} and {big} <= {high} * {small} and {big} >= {least})"

    holds = f"not ({is_far(code, before)} or {is_far(before, code)})"
    when = f"coalesce({code} > 0 and {before} > 0, false)"
    yield from maker.rules("UNIT_THOUSAND", holds, when=when, before=maker.figure(before))


def _digits(maker: Maker) -> Iterator[Rule]:
    """Write that no two neighbouring digits are exchanged.

    With A(k) = mod(before, 10^(k + 1)), exchanging the digits k and k + 1 adds
    9.9 A(k) - 9 A(k - 1) - 0.9 A(k + 1).
    """
    item = maker.item
    if not _compared(maker) or "DIGITS_EXCHANGED" not in maker.kinds or item.decimals:
        return
    own, code = maker.kinds["DIGITS_EXCHANGED"], item.code
    before = f"previous({code})"
    changes = [_exchange(before, place) for place in range(int(own.of("places")))]
    holds = f"{code} - {before} not in ({', '.join(changes)})"
    least = own.of("smallest")
    when = f"coalesce({code} <> {before} and {code} >= {least} and {before} >= {least}, false)"
    yield from maker.rules("DIGITS_EXCHANGED", holds, when=when, before=maker.figure(before))


def _exchange(before: str, place: int) -> str:
    """Give what exchanging the digits at `place` (0 = ones) and the next changes."""
    this = f"9.9 * mod({before}, {10 ** (place + 1)})"
    lower = f" - 9 * mod({before}, {10**place})" if place else ""
    return f"{this}{lower} - 0.9 * mod({before}, {10 ** (place + 2)})"


_MAKERS = (_range, _decimals, _parts, _subset, _required, _not_asked, _fall, _unit, _digits)
