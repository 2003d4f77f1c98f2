"""Limits of fairness as a planner writes them (`62.01=5%`, `3%` for each), and what is wrong with them."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from sidara.kernel.finding import Finding
from sidara.kernel.number import format_number, percent_sign
from sidara.programmes.core.targeting.moves import Base, Bound, Limits
from sidara.regions.core import dotted

_SHARE = re.compile(r"(\d{1,3}(?:[.,]\d{1,4})?)\s*%?", re.ASCII)
_COUNT = re.compile(r"\d{1,5}", re.ASCII)
_MONEY = re.compile(r"(?:rp\.?\s*)?(\d{1,3}(?:\.\d{3})+|\d{1,15})(?:,(\d{1,2}))?", re.ASCII | re.IGNORECASE)
HUNDRED = 100
WHOLE = Fraction(1)


@dataclass(frozen=True, slots=True)
class Wishes:
    """Limits as written: by area (`62.01=5%`), and one for each area (`3%`); `""` = none."""

    base: Base = Base.CEILING
    least: tuple[str, ...] = ()
    least_each: str = ""
    most: tuple[str, ...] = ()
    most_each: str = ""
    villages: tuple[str, ...] = ()
    villages_each: str = ""


def money(text: str) -> Fraction | None:
    """Read an amount of 0 or more: `500`, `1250,5`, `Rp2.500.000.000`; `None` where it is none."""
    found = _MONEY.fullmatch(text.strip())
    if found is None:
        return None
    whole, cents = found.groups()
    return Fraction(Decimal(f"{whole.replace('.', '')}.{cents or '0'}"))


def share(text: str) -> Fraction | None:
    """Read a share in percent, 0 to 100 (`5%`, `2,5`)."""
    found = _SHARE.fullmatch(text.strip())
    part = Fraction(Decimal(found[1].replace(",", "."))) / HUNDRED if found else None
    return part if part is not None and part <= 1 else None


def limits(wishes: Wishes, areas: Mapping[str, str]) -> tuple[Limits, tuple[Finding, ...]]:
    """Give the limits for areas (code -> name); what cannot be read, or cannot be, is told."""
    faults: list[Finding] = []
    least = _by_area(wishes.least, wishes.least_each, areas, share, faults)
    most = _by_area(wishes.most, wishes.most_each, areas, share, faults)
    villages = _by_area(wishes.villages, wishes.villages_each, areas, _count, faults)
    named = sorted({*least, *most, *villages})
    bounds = {
        code: Bound(least.get(code), most.get(code), None if code not in villages else int(villages[code]))
        for code in named
    }
    faults += _against(bounds, areas)
    return Limits(wishes.base, bounds), tuple(faults)


def percent(part: Fraction | None) -> str:
    """Write a share with as many decimals as it needs, two at the most; an en dash for none."""
    if part is None:
        return format_number(None)
    figure = part * HUNDRED
    decimals = next((places for places in range(2) if (figure * 10**places).denominator == 1), 2)
    return format_number(figure, decimals) + percent_sign()


def _count(text: str) -> Fraction | None:
    return Fraction(int(text)) if _COUNT.fullmatch(text.strip()) else None


def _by_area(
    texts: Sequence[str],
    each: str,
    areas: Mapping[str, str],
    read: Callable[[str], Fraction | None],
    faults: list[Finding],
) -> dict[str, Fraction]:
    """Read limits; one that names an area goes before the one for each."""
    found: dict[str, Fraction] = {}
    if each.strip():
        value = read(each)
        if value is None:
            faults.append(_form(each))
        else:
            found = dict.fromkeys(areas, value)
    for text in texts:
        code, _, figure = text.partition("=")
        area = dotted(code.strip()) or code.strip()
        value = read(figure)
        if value is None:
            faults.append(_form(text))
        elif area not in areas:
            some = ", ".join(f"{one} {name}" for one, name in list(areas.items())[:3])
            faults.append(
                Finding(
                    "LIMIT_AREA",
                    f"Batas '{text}' menyebut wilayah yang tidak ikut dibagi.",
                    f"Wilayah yang dibagi misalnya {some or 'tidak ada'}.",
                    value=code,
                )
            )
        else:
            found[area] = value
    return found


def _form(text: str) -> Finding:
    return Finding(
        "LIMIT_FORM",
        f"Batas '{text}' tidak dapat dibaca.",
        "Tulislah kode wilayah dan bagiannya, misalnya 62.01=5%; jumlah desa tanpa %, misalnya 62.01=3.",
        value=text,
    )


def _against(bounds: Mapping[str, Bound], areas: Mapping[str, str]) -> Iterator[Finding]:
    """Say which limits contradict each other by themselves."""
    for code, bound in bounds.items():
        if bound.least is not None and bound.most is not None and bound.least > bound.most:
            yield Finding(
                "LIMIT_CROSSED",
                f"Batas minimal {areas[code]} ({percent(bound.least)}) di atas batas maksimalnya "
                f"({percent(bound.most)}).",
                "Turunkan batas minimal, atau naikkan batas maksimal.",
                value=code,
            )
    whole = _sum(one.least for one in bounds.values())
    if whole > WHOLE:
        yield Finding(
            "LIMIT_OVER_WHOLE",
            f"Semua batas minimal bersama-sama {percent(whole)}, lebih dari seluruhnya.",
            f"Turunkan; untuk {format_number(len(bounds))} wilayah yang sama besar paling banyak "
            f"{percent(Fraction(1, len(bounds)))} tiap wilayah.",
        )


def _sum(parts: Iterable[Fraction | None]) -> Fraction:
    return sum((one for one in parts if one is not None), Fraction(0))
