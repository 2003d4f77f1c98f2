"""Rules of one village that are pinned to figures from outside it: usual spans, reference figures.

They are rules in the language of expressions like all others, so a device judges them, too, and words, place
and figures come from one place.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from sidara.checks.core.book import Item, Rule, RuleBook
from sidara.checks.core.derived import RUPIAH, Kind, Maker, unit
from sidara.checks.core.spans import Against, Span
from sidara.kernel.breakdown import TOTAL, parts_of
from sidara.kernel.number import format_number

type Figure = tuple[str, str]
"""Variable and breakdown."""
type SpansOfOne = Mapping[Figure, Mapping[Against, Span]]
REFERENCE = "REFERENCE_DIFFERS"
THOUSAND = 1000


@dataclass(frozen=True, slots=True)
class Reference:
    """A figure from a register or a published table; near means within `most` or `percent` of it."""

    value: Decimal
    source: str
    most: Decimal = Decimal(0)
    percent: Decimal = Decimal(0)


def span_rules(book: RuleBook, spans: SpansOfOne, kinds: Mapping[str, Kind]) -> list[Rule]:
    """Write the spans of one village as rules; outside both, only that against before is told."""
    made: list[Rule] = []
    for (variable, breakdown), own in spans.items():
        when = ""
        for against in Against:
            if against in own and against.value in kinds:
                made.append(span_rule(book, (variable, breakdown), against, own[against], kinds, when=when))
                when = made[-1].holds
    return made


def span_rule(  # noqa: PLR0913 - a rule has many parts
    book: RuleBook,
    figure: Figure,
    against: Against,
    span: Span,
    kinds: Mapping[str, Kind],
    *,
    when: str = "",
    value: Decimal | None = None,
) -> Rule:
    """Write one span as a rule; with the `value` that stands outside, a hint of what may have been meant."""
    item = book.items[figure[0]]
    text = expression(figure)
    holds = f"{text} between {span.low} and {span.high}"
    if span.is_zero_usual:
        holds = f"({text} = 0 or {holds})"
    kind = kinds[against.value]
    (rule,) = Maker(book, item, kinds).rules(
        kind.code,
        holds,
        when=when or f"{text} is not null",
        categories=("",),
        figure=text,
        breakdown=figure[1],
        suffix="" if figure[1] == TOTAL else figure[1].replace(":", "."),
        before=Maker(book, item, kinds).figure(f"previous({text})"),
        low=written(span.low, item),
        high=written(span.high, item),
        hint="" if value is None else _hint(value, span, item, kind),
    )
    return rule


def reference_rules(
    book: RuleBook, references: Mapping[Figure, Reference], kinds: Mapping[str, Kind]
) -> Iterator[Rule]:
    """Write reference figures as rules: a figure that is not near its reference asks for an explanation."""
    for figure, one in references.items():
        item = book.items[figure[0]]
        text = expression(figure)
        yield from Maker(book, item, kinds).rules(
            REFERENCE,
            f"near({text}, {one.value}, {one.most}, {one.percent})",
            when=f"{text} is not null",
            categories=("",),
            figure=text,
            breakdown=figure[1],
            suffix="" if figure[1] == TOTAL else figure[1].replace(":", "."),
            source=one.source,
            reference=written(one.value, item),
        )


def expression(figure: Figure) -> str:
    """Write a figure as an expression: the code, or `part(…)`."""
    variable, breakdown = figure
    if breakdown == TOTAL:
        return variable
    ((classification, code),) = parts_of(breakdown)
    return f"part({variable}, '{classification}', '{code}')"


def written(value: Decimal, item: Item) -> str:
    """Write a figure as its item is shown."""
    return (RUPIAH if item.unit == RUPIAH else "") + format_number(value, item.decimals)


def _hint(value: Decimal, span: Span, item: Item, kind: Kind) -> str:
    """Say what may have been meant: another unit, or two digits exchanged back."""
    units = [value / THOUSAND, value * THOUSAND]
    for name, meant in (("unit", units), ("digits", list(_exchanges(value)))):
        usual = next((one for one in meant if one and span.holds(one)), None)
        if usual is not None and name in kind.hints:
            return kind.hints[name].format(figure=written(usual, item), unit=unit(item)) + " "
    return ""


def _exchanges(value: Decimal) -> Iterator[Decimal]:
    """Give the figures with two neighbouring digits exchanged, the leading ones first."""
    sign, digits, exponent = value.as_tuple()
    for at, (one, other) in enumerate(pairwise(digits)):
        if one != other:
            yield Decimal((sign, (*digits[:at], other, one, *digits[at + 2 :]), int(exponent)))
