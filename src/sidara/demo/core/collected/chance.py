"""Chance by counting: a number in (0, 1) for each village, made from the seed, its code and a name alone.

Mixing as in SplitMix64 (Steele, Lea, Flood 2014), so villages and periods can be drawn in any order.
"""

import hashlib
from collections.abc import Sequence
from functools import cached_property

import numpy as np
import scipy  # loads its parts when they are first used
from numpy.typing import NDArray

type Floats = NDArray[np.float64]
type Whole = NDArray[np.int64]
_STEP = np.uint64(0x9E3779B97F4A7C15)


def _key(*parts: object) -> int:
    text = "|".join(map(str, parts)).encode()
    return int.from_bytes(hashlib.blake2b(text, digest_size=8).digest(), "big")


class Chance:
    """The chance of some villages."""

    def __init__(self, villages: Sequence[str], seed: int) -> None:
        """Take dotted codes; the first two parts name the regency."""
        self.villages, self.seed = villages, seed

    @cached_property
    def _own(self) -> NDArray[np.uint64]:
        return np.array([_key(self.seed, village) for village in self.villages], np.uint64)

    @cached_property
    def _regency(self) -> NDArray[np.uint64]:
        return np.array([_key(self.seed, village[:5]) for village in self.villages], np.uint64)

    def uniform(self, *name: object) -> Floats:
        """Draw for each village."""
        return _uniform(self._own, _key(*name))

    def normal(self, *name: object) -> Floats:
        """Draw from the normal distribution for each village."""
        drawn: Floats = scipy.special.ndtri(self.uniform(*name))
        return drawn

    def shared(self, *name: object) -> Floats:
        """Draw from the normal distribution once for each regency."""
        drawn: Floats = scipy.special.ndtri(_uniform(self._regency, _key(*name)))
        return drawn

    def kept(self, name: object, when: object, keep: float) -> Floats:
        """Draw in (0, 1) so that any two periods correlate by `keep` (of the normal scores)."""
        score = np.sqrt(keep) * self.normal(name, "own") + np.sqrt(1 - keep) * self.normal(name, when)
        drawn: Floats = np.clip(scipy.special.ndtr(score), 1e-12, 1 - 1e-12)
        return drawn


def poisson_of(drawn: Floats, mean: Floats) -> Whole:
    """Turn draws in (0, 1) into Poisson counts."""
    made: Whole = np.nan_to_num(scipy.stats.poisson.ppf(drawn, mean)).astype(np.int64)
    return made


def binomial_of(drawn: Floats, of: Whole, share: Floats | float) -> Whole:
    """Turn draws in (0, 1) into binomial counts of a whole."""
    made: Whole = np.nan_to_num(scipy.stats.binom.ppf(drawn, of, share)).astype(np.int64)
    return np.minimum(made, of)


def whole(values: Floats) -> Whole:
    """Round to whole numbers."""
    made: Whole = np.round(values).astype(np.int64)
    return made


def _uniform(keys: NDArray[np.uint64], stream: int) -> Floats:
    mixed = keys ^ np.uint64(stream)
    mixed = mixed + _STEP
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed = mixed ^ (mixed >> np.uint64(31))
    return ((mixed >> np.uint64(11)).astype(np.float64) + 0.5) / 2**53
