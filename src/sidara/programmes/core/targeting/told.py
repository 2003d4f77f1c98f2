"""What the optimiser has to say in plain Indonesian: why there is no plan, and what is not proven."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from sidara.kernel.finding import Finding, Severity
from sidara.kernel.number import format_number
from sidara.programmes.core.targeting.moves import Base, Bound, Limit, LimitKind, Problem
from sidara.programmes.core.targeting.optimise import Comparison
from sidara.programmes.core.targeting.reasons import Need, Reasons
from sidara.programmes.core.targeting.wishes import percent

BASES = {
    Base.CEILING: "pagu",
    Base.SPENT: "uang yang terpakai",
    Base.GAIN: "manfaat",
}
"""What shares are shares of, in words."""
NAMED = 6
"""So many areas are named in one sentence."""


@dataclass(frozen=True)
class Words:
    """How figures are written: `money` and `gain` of whole numbers, names of areas by code."""

    money: Callable[[int], str]
    gain: Callable[[int], str]
    names: Mapping[str, str]


def amount(figure: Fraction, unit: str) -> str:
    """Write an amount: rupiah with the sign before it, anything else with its unit behind."""
    text = format_number(figure, 0 if figure.denominator == 1 else 2)
    return f"Rp{text}" if unit.casefold() == "rupiah" else f"{text} {unit}"


def findings(problem: Problem, made: Comparison, words: Words) -> tuple[Finding, ...]:
    """Say why there is no plan, or what is not sure about it."""
    found: list[Finding] = []
    if made.reasons is not None:
        found += _why(problem, made, made.reasons, words)
    elif made.best is None:
        found.append(
            Finding(
                "PLAN_NOT_FOUND",
                "Waktu habis sebelum ada rencana yang memenuhi semua batas.",
                "Beri waktu lebih lama, atau longgarkan batasnya.",
            )
        )
    if made.best is not None and not made.is_optimal:
        bound = "tidak diketahui" if made.bound is None else words.gain(made.bound)
        found.append(
            Finding(
                "PLAN_NOT_PROVEN",
                f"Waktu habis: rencana ini sah, tetapi belum terbukti yang terbaik. Manfaatnya "
                f"{words.gain(made.best.gain)}; batas atas yang terbukti {bound}.",
                "Beri waktu lebih lama bila perlu kepastian.",
                Severity.WARNING,
            )
        )
    return tuple(found)


def _why(problem: Problem, made: Comparison, why: Reasons, words: Words) -> Iterator[Finding]:
    is_idle = made.best is not None
    what = "selain tidak berbuat apa-apa " if is_idle else ""
    yield Finding(
        "PLAN_IMPOSSIBLE",
        f"Tidak ada rencana {what}yang memenuhi semua batas dengan pagu {words.money(problem.budget)}.",
        _nearest(why, words),
        Severity.WARNING if is_idle else Severity.ERROR,
    )
    for need in why.impossible:
        yield _short(problem, need, words)
    if why.least is not None and why.least > problem.budget:
        yield _too_dear(problem, why, words)
    if why.conflict:
        said = "; ".join(_limit(problem, one, words) for one in why.conflict)
        yield Finding(
            "LIMITS_CONFLICT",
            f"Batas-batas ini tidak dapat dipenuhi bersama: {said}.",
            "Longgarkan salah satunya; yang lain lalu dapat dipenuhi.",
            Severity.WARNING,
        )


def _nearest(why: Reasons, words: Words) -> str:
    """Say with which ceilings there would be a plan."""
    if why.above is not None and why.below is not None:
        return (
            f"Dengan batas yang sama, pagu terdekat yang dapat: {words.money(why.above)} (naik) atau "
            f"{words.money(why.below)} (turun)."
        )
    if why.above is not None:
        return f"Dengan batas yang sama, pagu terkecil yang dapat: {words.money(why.above)}."
    if why.below is not None:
        return f"Dengan batas yang sama, pagu terbesar yang dapat: {words.money(why.below)}."
    return "Tidak ditemukan pagu yang dapat memenuhi batas ini; longgarkan batasnya."


def _short(problem: Problem, need: Need, words: Words) -> Finding:
    """Say why an area cannot keep to its own limits, whatever the others get."""
    bound, name = problem.bound(need.area), words.names.get(need.area, need.area)
    if bound.villages and need.villages < bound.villages:
        message = (
            f"{name} harus melayani sedikitnya {format_number(bound.villages)} desa, tetapi hanya "
            f"{format_number(need.villages)} desa di sana punya langkah yang dapat dibeli."
        )
        remedy = f"Turunkan batasnya menjadi {format_number(need.villages)} desa, atau tambah langkahnya."
        return Finding("AREA_FEW_VILLAGES", message, remedy, Severity.WARNING, value=need.area)
    wanted = (bound.least or Fraction(0)) * problem.budget
    if need.most < wanted:
        part = Fraction(need.most, problem.budget) if problem.budget else Fraction(0)
        message = (
            f"{name} harus menerima sedikitnya {percent(bound.least)} dari pagu, tetapi semua langkah "
            f"di sana bersama-sama hanya {words.money(need.most)} ({percent(part)} dari pagu)."
        )
        remedy = "Turunkan batas minimalnya, tambah langkah di sana, atau kecilkan pagunya."
        return Finding("AREA_TAKES_LESS", message, remedy, Severity.WARNING, value=need.area)
    return Finding(
        "AREA_BETWEEN",
        f"Tidak ada gabungan langkah di {name} yang memenuhi semua batasnya: {_bound(bound)}.",
        "Longgarkan salah satu batasnya, atau pakai langkah yang lebih murah.",
        Severity.WARNING,
        value=need.area,
    )


def _too_dear(problem: Problem, why: Reasons, words: Words) -> Finding:
    """Say what all areas need at the least, the dearest first."""
    needs = sorted((one for one in why.needs if one.least), key=lambda one: (-(one.least or 0), one.area))
    told = ", ".join(
        f"{words.names.get(one.area, one.area)} {words.money(one.least or 0)}" for one in needs[:NAMED]
    )
    rest = f", dan {format_number(len(needs) - NAMED)} wilayah lain" if len(needs) > NAMED else ""
    return Finding(
        "MINIMA_TOO_DEAR",
        f"Batas minimal semua wilayah bersama-sama memerlukan sedikitnya {words.money(why.least or 0)}, "
        f"sedangkan pagunya {words.money(problem.budget)}: {told}{rest}.",
        "Naikkan pagunya, atau turunkan batas minimal wilayah yang paling mahal.",
        Severity.WARNING,
    )


def _limit(problem: Problem, limit: Limit, words: Words) -> str:
    name, bound = words.names.get(limit.area, limit.area), problem.bound(limit.area)
    base = BASES[problem.limits.base]
    match limit.kind:
        case LimitKind.CEILING:
            return f"pagu {words.money(problem.budget)}"
        case LimitKind.LEAST:
            return f"{name} minimal {percent(bound.least)} dari {base}"
        case LimitKind.MOST:
            return f"{name} maksimal {percent(bound.most)} dari {base}"
        case _:
            return f"{name} minimal {format_number(bound.villages)} desa"


def _bound(bound: Bound) -> str:
    parts = []
    if bound.least is not None:
        parts.append(f"minimal {percent(bound.least)}")
    if bound.most is not None:
        parts.append(f"maksimal {percent(bound.most)}")
    if bound.villages:
        parts.append(f"minimal {format_number(bound.villages)} desa")
    return ", ".join(parts)
