"""The four fields: which item of an index belongs to which, and how far villages are in each.

A field is the points reached of all points of its items, over the villages whose items are all known; so a
village counts by its points, and one that lacks a score is counted as missing, never as zero.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sidara.indices.core import Definition, Item, Version
from sidara.kernel.finding import Finding
from sidara.programmes.core.spread import NINE_TENTHS, TENTH, quantile


@dataclass(frozen=True, slots=True)
class FieldWord:
    """A field with its name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class FieldRule:
    """Items of a dimension, a subdimension, or one by code, belong to a field."""

    field: str
    dimension: str = ""
    subdimension: str = ""
    item: str = ""

    def fits(self, item: Item) -> bool:
        """Say whether an item is meant."""
        pairs = (
            (self.dimension, item.dimension),
            (self.subdimension, item.subdimension),
            (self.item, item.code),
        )
        return all(not asked or asked == told for asked, told in pairs)


@dataclass(frozen=True, slots=True)
class FieldLevel:
    """A level of an index that comes next to a field where scores of items are not published."""

    level: str
    field: str
    note: str


@dataclass(frozen=True, slots=True)
class IndexFields:
    """How an index is parted into fields."""

    index: str
    rules: tuple[FieldRule, ...]
    levels: tuple[FieldLevel, ...]

    def field_of(self, item: Item) -> str:
        """Give the field of an item, empty where no rule fits."""
        return next((rule.field for rule in self.rules if rule.fits(item)), "")

    def items_of(self, version: Version, field: str) -> tuple[Item, ...]:
        """Give the items of a field."""
        return tuple(item for item in version.items if self.field_of(item) == field)

    def level_of(self, field: str) -> FieldLevel | None:
        """Give the level next to a field."""
        return next((one for one in self.levels if one.field == field), None)

    def is_whole(self, version: Version, field: str) -> bool:
        """Say whether the level next to a field holds exactly its items."""
        level = self.level_of(field)
        if level is None:
            return False
        held = {item.code for item in version.items_below(level.level)}
        return held == {item.code for item in self.items_of(version, field)}


@dataclass(frozen=True, slots=True)
class FieldContent:
    """What the content says; `least_coverage` is a share of the villages."""

    status: str
    least_coverage: Fraction
    weakest: int
    fields: tuple[FieldWord, ...]
    beside: tuple[FieldWord, ...]
    indices: tuple[IndexFields, ...]

    def of(self, index: str) -> IndexFields | None:
        """Give how an index is parted, by its slug."""
        return next((one for one in self.indices if one.index == index), None)


@dataclass(frozen=True, slots=True)
class WeakItem:
    """An item with the share of its points that villages reach, over `known` of them."""

    code: str
    name: str
    share: Fraction
    known: int


@dataclass(frozen=True, slots=True)
class FieldStanding:
    """How far the villages of an area are in a field.

    `share` is the points reached of all points over the `known` of `villages`; P10 and P90 are over their own
    shares. `change` is in points of percent since `before`, only where both years are measured alike.
    `note` says what was measured where it was not the items. `weakest` stands on `weak_of` villages.
    """

    field: FieldWord
    share: Fraction | None
    known: int
    villages: int
    p10: Fraction | None
    p90: Fraction | None
    change: Fraction | None = None
    before: str = ""
    note: str = ""
    weakest: tuple[WeakItem, ...] = ()


def standing(field: FieldWord, shares: Mapping[str, Fraction | None], *, note: str = "") -> FieldStanding:
    """Put a field together from the share of points (0 to 1) of each village; `None` = not known."""
    known = [share for share in shares.values() if share is not None]
    if not known:
        return FieldStanding(field, None, 0, len(shares), None, None, note=note)
    pairs = [(share, Fraction(1)) for share in known]
    return FieldStanding(
        field,
        sum(known, Fraction(0)) / len(known),
        len(known),
        len(shares),
        quantile(pairs, TENTH),
        quantile(pairs, NINE_TENTHS),
        note=note,
    )


def lint(content: FieldContent, indices: Sequence[Definition]) -> tuple[Finding, ...]:
    """Find items without a field, rules that fit none, fields and levels that do not exist."""
    found: list[Finding] = []
    known = {one.code for one in (*content.fields, *content.beside)}
    by_slug = {one.slug: one for one in indices}
    for parted in content.indices:
        definition = by_slug.get(parted.index)
        if definition is None:
            found.append(_fault(parted.index, f"Indeks {parted.index} tidak ada."))
            continue
        version = definition.versions[-1]
        levels = {one.code for one in version.levels}
        named = [*(rule.field for rule in parted.rules), *(one.field for one in parted.levels)]
        found += [_fault(one, f"Bidang {one} tidak ada.") for one in named if one not in known]
        found += [
            _fault(one.level, f"Tingkat {one.level} tidak ada pada {parted.index}.")
            for one in parted.levels
            if one.level not in levels
        ]
        found += [
            _fault(item.code, f"Butir {item.code} pada {parted.index} belum mendapat bidang.")
            for item in version.items
            if not parted.field_of(item)
        ]
        found += [
            _fault(
                parted.index,
                f"Aturan bidang ke-{place} pada {parted.index} tidak cocok dengan butir apa pun.",
            )
            for place, rule in enumerate(parted.rules, 1)
            if not any(rule.fits(item) for item in version.items)
        ]
    return tuple(found)


def _fault(value: str, message: str) -> Finding:
    return Finding("FIELD_RULE", message, "Betulkan content/fields.yaml.", value=value)
