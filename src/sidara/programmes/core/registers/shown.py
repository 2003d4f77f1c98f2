"""Which counts are not shown to everybody: small ones, and so many others that none of them can be told."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping


def withheld(counts: Mapping[str, int], smallest: int) -> frozenset[str]:
    """Give the keys of counts with a known sum that are not shown: above 0 and below `smallest`.

    Where one alone would be told by the others and the sum, the next smallest above 0 goes with it; where
    there is none, one of the zeros.
    """
    hidden = {key for key, count in counts.items() if 0 < count < smallest}
    if len(hidden) == 1:
        others = sorted((count == 0, count, key) for key, count in counts.items() if key not in hidden)
        hidden |= {key for _, _, key in others[:1]}
    return frozenset(hidden)


def is_closed(key: str, closed: Collection[str]) -> bool:
    """Whether a count is a closed one, by its name or what stands before `:` in it."""
    return key.partition(":")[0] in closed


def withheld_parts(counts: Counter[str], closed: Collection[str], smallest: int) -> frozenset[str]:
    """Give the closed keys of one area that are not shown: small ones, and parts that would tell one."""
    families: dict[str, dict[str, int]] = {}
    for key, count in counts.items():
        if is_closed(key, closed):
            families.setdefault(key.partition(":")[0], {})[key] = count
    hidden: set[str] = set()
    for name, family in families.items():
        parts = {key: count for key, count in family.items() if key != name}
        hidden |= withheld(parts, smallest)
        hidden |= {name} if 0 < family.get(name, 0) < smallest else set()
    return frozenset(hidden)


def withheld_areas(
    areas: Mapping[int, Counter[str]], keys: Iterable[str], smallest: int
) -> Mapping[int, frozenset[str]]:
    """Give the keys that are not shown of areas beside each other, whose sums are shown above them."""
    made: dict[int, set[str]] = {}
    for key in keys:
        for area in withheld({str(one): counts[key] for one, counts in areas.items()}, smallest):
            made.setdefault(int(area), set()).add(key)
    return {area: frozenset(hidden) for area, hidden in made.items()}
