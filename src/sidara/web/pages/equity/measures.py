"""What can be measured on the page of equity: an index with its parts and items, indicators, variables."""

from collections.abc import Sequence
from dataclasses import dataclass

from sidara.collection.core import EXAMPLES
from sidara.dictionary import queries as dictionary
from sidara.dictionary.core import Dictionary, Indicator, Type, Variable
from sidara.kernel.actor import Actor
from sidara.kernel.number import Language
from sidara.programmes import queries as programmes
from sidara.programmes.core.equity import EquityContent
from sidara.regions.core import DESA
from sidara.ui.language import active, say
from sidara.warehouse import queries as warehouse
from sidara.warehouse.core.indicators import KINDS
from sidara.web.pages.equity.asked import Asked
from sidara.web.pages.index import Edition
from sidara.web.pages.parts import Option

NUMBERS = frozenset({Type.WHOLE, Type.DECIMAL, Type.MONEY, Type.PERCENT})
LEAST_DECIMALS = 1
"""Means of points and counts are shown with a decimal, since they are none."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure: `code` in addresses and `variable` in the data set, how it is written, who is counted.

    `more` = a second data set of the same publisher with further years of it, `note` what must be known.
    """

    code: str
    variable: str
    label: str
    dataset: str
    decimals: int
    unit: str = ""
    kinds: tuple[str, ...] = DESA
    more: str = ""
    note: str = ""
    edition: Edition | None = None

    @property
    def is_of_index(self) -> bool:
        """Say whether it is part of an index."""
        return self.edition is not None


@dataclass(frozen=True, slots=True)
class Options:
    """Choices under a heading."""

    label: str
    options: Sequence[Option]


def of_index(edition: Edition, code: str) -> Measure | None:
    """Give the index (no code), one of its parts or items; `None` where it has no such thing."""
    scale, sets = edition.scale, edition.sets
    for level in (scale.top, *scale.sub_indices):
        if code in {level.code, ""}:
            items = sets.items
            is_more = items is not None and items.code != edition.dataset
            return Measure(
                level.code,
                edition.variable(level.code),
                edition.word_of(level),
                edition.dataset,
                max(edition.decimals_of(level), LEAST_DECIMALS),
                more=items.code if items is not None and is_more else "",
                edition=edition,
            )
    item = scale.by_code.get(code)
    if item is None or sets.items is None:
        return None
    return Measure(
        item.code,
        edition.variable(item.variable),
        say("Butir {code}, {name}", code=item.code, name=item.name),
        sets.items.code,
        max(item.decimals, LEAST_DECIMALS),
        edition=edition,
    )


def named(one: Indicator | Variable) -> str:
    """Name an entry of the dictionary, in English where it has such a name and the page is English."""
    return one.name_en if one.name_en and active() is Language.ENGLISH else one.name


def of_dictionary(actor: Actor, asked: Asked) -> Measure | None:
    """Give an indicator or a variable with numbers of the dictionary; `None` where there is no such thing."""
    made = dictionary.dictionary(actor)
    indicator = made.indicators.get(asked.ukuran)
    if indicator is not None:
        return Measure(
            asked.ukuran,
            asked.ukuran,
            named(indicator),
            asked.dataset,
            indicator.decimals,
            indicator.unit,
            KINDS,
            note=indicator.interpretation or "",
        )
    variable = made.variables.get(asked.ukuran)
    if variable is None or variable.type not in NUMBERS:
        return None
    return Measure(
        asked.ukuran,
        asked.ukuran,
        named(variable),
        asked.dataset,
        max(variable.decimals or 0, LEAST_DECIMALS),
        variable.unit or "",
        KINDS,
        note=variable.definition,
    )


def chosen(actor: Actor, asked: Asked, edition: Edition | None) -> Measure | None:
    """Give the measure that is asked for, else the index; of example villages the first about poverty."""
    found = of_dictionary(actor, asked)
    if found is not None:
        return found
    if asked.dataset == EXAMPLES:
        first = programmes.equity_content(actor).poverty[0].variable
        return of_dictionary(actor, Asked(ukuran=first, himpunan=asked.himpunan))
    if edition is None:
        return None
    return of_index(edition, asked.ukuran) or of_index(edition, "")


def offered(actor: Actor, asked: Asked, edition: Edition | None, now: Measure | None) -> tuple[Options, ...]:
    """List what can be chosen: parts and items of the index, and what the dictionary has figures of."""
    here = now.code if now else ""
    groups = []
    if edition is not None and asked.dataset != EXAMPLES:
        levels = (edition.scale.top, *edition.scale.sub_indices)
        names = (edition.word_of(one) if one is edition.top else one.name for one in levels)
        groups.append(
            Options(
                edition.label,
                [Option(one.code, name, one.code == here) for one, name in zip(levels, names, strict=True)],
            )
        )
        if edition.sets.items is not None:
            items = [
                Option(one.code, f"{one.code} {one.name}", one.code == here, is_cited=True)
                for one in edition.scale.items
            ]
            groups.append(Options(say("Butir {label}", label=edition.label), items))
    if asked.dataset in {one.code for one in warehouse.open_datasets(actor)}:
        groups += _of_forms(dictionary.dictionary(actor), programmes.equity_content(actor), here)
    return tuple(groups)


def _of_forms(made: Dictionary, content: EquityContent, here: str) -> list[Options]:
    """List indicators, and the variables about poverty, of the dictionary."""
    about = [one.variable for one in content.poverty if one.variable in made.variables]
    shown = dict.fromkeys([*about, *((here,) if here in made.variables else ())])
    return [
        Options(
            say("Indikator dari isian desa"),
            [Option(code, one.name, code == here, is_cited=True) for code, one in made.indicators.items()],
        ),
        Options(
            say("Isian desa"),
            [Option(code, made.variables[code].name, code == here, is_cited=True) for code in shown],
        ),
    ]
