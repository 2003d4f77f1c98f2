"""Aims as definitions: parts that a village must reach, each a share of the points of an index. All proposed.

A village reaches an aim when it reaches every part that the index measures. It is known of those of which
every part is known: counting a known miss beside an unknown part would make the share too low.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sidara.indices.core import Definition, Version
from sidara.kernel.finding import Finding, Place


@dataclass(frozen=True, slots=True)
class Points:
    """A share of points to take: levels or items of an index, by its slug."""

    index: str
    levels: tuple[str, ...] = ()
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AimPart:
    """A condition of an aim: at least this share of the points of one of its measures."""

    code: str
    name: str
    reason: str
    at_least: Fraction
    measures: tuple[Points, ...]

    def of(self, index: str) -> Points | None:
        """Give what measures it in an index, `None` where nothing does."""
        return next((one for one in self.measures if one.index == index), None)


@dataclass(frozen=True, slots=True)
class Aim:
    """An aim with its parts; `source` and `reason` are shown wherever it is."""

    code: str
    place: int
    name: str
    status: str
    source: str
    reason: str
    parts: tuple[AimPart, ...]

    def measured(self, index: str) -> tuple[AimPart, ...]:
        """Give the parts that an index measures."""
        return tuple(part for part in self.parts if part.of(index) is not None)


@dataclass(frozen=True, slots=True)
class Reached:
    """How many villages reach something, of those of which it is known."""

    reached: int
    known: int
    villages: int

    @property
    def share(self) -> Fraction | None:
        """The part that reaches it of those known, `None` where nothing is."""
        return Fraction(self.reached, self.known) if self.known else None


@dataclass(frozen=True, slots=True)
class AimStanding:
    """An aim over the villages of an area, with its parts opened; `unmeasured` = parts the index lacks."""

    aim: Aim
    all_parts: Reached
    parts: tuple[tuple[AimPart, Reached], ...]
    unmeasured: tuple[AimPart, ...]


def holds(part: AimPart, share: Fraction | None) -> bool | None:
    """Say whether a village reaches a part, `None` where its share is not known."""
    return None if share is None else share >= part.at_least


def standing(
    aim: Aim, index: str, shares: Mapping[str, Mapping[str, Fraction | None]], villages: Iterable[str]
) -> AimStanding:
    """Count who reaches an aim; `shares` = by part, by village, the share of points (0 to 1).

    Of a village of which a part is not known, it is not known whether it reaches the aim.
    """
    codes = tuple(villages)
    measured = aim.measured(index)
    told = {code: [holds(part, shares.get(part.code, {}).get(code)) for part in measured] for code in codes}
    parts = tuple(
        (part, _count([told[code][place] for code in codes])) for place, part in enumerate(measured)
    )
    whole = _count([_together(told[code]) for code in codes])
    left = tuple(part for part in aim.parts if part not in measured)
    return AimStanding(aim, whole, parts, left)


def lint(aims: Sequence[Aim], indices: Sequence[Definition]) -> tuple[Finding, ...]:
    """Find what no index holds, codes that stand twice, and aims that an index measures in no part."""
    found: list[Finding] = []
    by_slug = {one.slug: one for one in indices}
    for code in sorted({one.code for one in aims if sum(other.code == one.code for other in aims) > 1}):
        found.append(
            Finding("AIM_TWICE", f"Tujuan {code} tertulis dua kali.", "Sisakan satu berkas.", value=code)
        )
    for aim in aims:
        for part in aim.parts:
            for points in part.measures:
                where = Place(file=f"aims/{aim.code}.yaml", column=part.code)
                if points.index not in by_slug:
                    found.append(_unknown("indeks", points.index, where))
                    continue
                version = by_slug[points.index].versions[-1]
                found += [
                    _unknown("tingkat", one, where) for one in points.levels if not _level(version, one)
                ]
                found += [_unknown("butir", one, where) for one in points.items if one not in version.by_code]
    return tuple(found)


def _level(version: Version, code: str) -> bool:
    return any(one.code == code for one in version.levels)


def _unknown(kind: str, code: str, where: Place) -> Finding:
    return Finding(
        "AIM_UNKNOWN",
        f"Definisi tujuan menyebut {kind} {code} yang tidak ada.",
        "Betulkan kodenya menurut definisi indeks.",
        place=where,
        value=code,
    )


def _together(parts: Sequence[bool | None]) -> bool | None:
    return None if not parts or None in parts else all(parts)


def _count(told: Sequence[bool | None]) -> Reached:
    known = [one for one in told if one is not None]
    return Reached(sum(known), len(known), len(told))
