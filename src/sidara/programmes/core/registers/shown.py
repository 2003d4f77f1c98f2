"""Which counts are not shown to everybody: small ones, and so many others that none of them can be told."""

from collections.abc import Mapping


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
