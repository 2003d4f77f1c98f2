"""Ranking of regions by likeness of their name; spelling, sound, beginning and parents count.

Names are never a key: the answer is a list of candidates. The score is 0 to 1 and the best of
- spelling: likeness of the names without blanks (1 - optimal string alignment distance / length),
- sound: the same on folded sounds (`core.naming.sound`),
- prefix: the name begins with what was typed,
- context: the words typed are found in the name or in the names of its parents,
each times its weight of `content/search.yaml`; a word for the kind in front adds a little.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from sidara.regions.core.naming import Reading, plain_key_of, search_key_of, sound, sound_of
from sidara.regions.core.region import Kind

SHORTLIST = 400
"""How many names of the first pass are held against their parents' names."""
ALIKE = 0.6
"""From which likeness on (0 to 1) two words count as the same word, in part."""

type Scores = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Index:
    """The names of a register, ready for searching; row i of each part is one region.

    `words` search keys; `compact` without blanks; `sounds` folded; `paths` search keys of all
    parents in one text; `kinds` the kind.
    """

    words: Sequence[str]
    compact: Sequence[str]
    sounds: Sequence[str]
    paths: Sequence[str]
    kinds: npt.NDArray[np.str_]


def index(regions: pl.DataFrame, reading: Reading) -> Index:
    """Make the index of `regions` (search_key, kind, path: the parents' search keys)."""
    keys = pl.col("search_key")
    made = regions.select(
        keys,
        keys.str.replace_all(" ", "", literal=True).alias("compact"),
        sound(keys, reading).alias("sound"),
        "path",
        "kind",
    )
    return Index(
        words=made["search_key"].to_list(),
        compact=made["compact"].to_list(),
        sounds=made["sound"].to_list(),
        paths=made["path"].to_list(),
        kinds=made["kind"].to_numpy().astype(str),
    )


def _split(key: str, reading: Reading) -> tuple[str, frozenset[Kind]]:
    """Take a word for the kind off the front of a query; alone it is a name."""
    first, _, rest = key.partition(" ")
    if rest and first in reading.prefixes:
        return rest, reading.prefixes[first]
    return key, frozenset()


def _likeness(text: str, names: Sequence[str]) -> Scores:
    """Likeness of one text with each name, 0 to 1."""
    scores: Scores = process.cdist([text], names, scorer=OSA.normalized_similarity, dtype=np.float32)[0]
    return scores


def _name_scores(key: str, at: Index, reading: Reading) -> Scores:
    """Give the best of spelling, sound and prefix for each name."""
    weights = reading.weights
    compact = key.replace(" ", "")
    spelling = weights.spelling * _likeness(compact, at.compact)
    sounds = weights.sound * _likeness(sound_of(key, reading), at.sounds)
    share = np.array(
        [len(compact) / len(name) if name.startswith(compact) else 0.0 for name in at.compact], np.float32
    )
    begins = np.where(share > 0, weights.prefix + (1 - weights.prefix) * share, 0)
    best: Scores = np.maximum(np.maximum(spelling, sounds), begins)
    return best


def _coverage(words: Sequence[str], others: Sequence[str]) -> float:
    """Give the share of the letters of `words` that `others` hold, 0 to 1; unlike words count nothing."""
    total = sum(len(word) for word in words)
    if not total or not others:
        return 0.0
    found = 0.0
    for word in words:
        best = max(fuzz.ratio(word, other) / 100 for other in others)
        found += len(word) * best if best >= ALIKE else 0.0
    return found / total


def _context(words: Sequence[str], name: str, path: str) -> float:
    """How well a query of several words is told by a name and its parents; the name must be told."""
    named = name.split()
    told = _coverage(named, words)
    asked = _coverage(words, [*named, *path.split()])
    return told * asked


def rank(
    text: str, at: Index, reading: Reading, *, limit: int, among: npt.NDArray[np.bool_] | None = None
) -> list[tuple[int, float]]:
    """Rank the regions of the index by likeness with `text`: (row, score 0 to 100), best first.

    `among` marks the rows that may be found. Names below the floor of the content are left out.
    Equal scores stay in the order of the index.
    """
    whole = search_key_of(text, reading)
    if not whole:
        return []
    weights = reading.weights
    key, kinds = _split(whole, reading)
    plain = plain_key_of(text, reading)
    spellings = dict.fromkeys((key, whole, _split(plain, reading)[0], plain))
    scores = np.maximum.reduce([_name_scores(spelling, at, reading) for spelling in spellings])
    words = [word for word in key.split() if word not in reading.prefixes or word == key]
    if len(words) > 1:
        token_scores = process.cdist([key], at.words, scorer=fuzz.token_set_ratio, dtype=np.float32)[0] / 100
        first_pass = np.maximum(scores, token_scores)
        if among is not None:
            first_pass = np.where(among, first_pass, 0)
        for row in np.argsort(-first_pass, kind="stable")[:SHORTLIST]:
            told = weights.context * _context(words, at.words[row], at.paths[row])
            scores[row] = max(scores[row], told)
    if among is not None:
        scores = np.where(among, scores, 0)
    found = scores >= weights.floor
    if kinds:
        hinted = np.isin(at.kinds, [str(kind) for kind in kinds])
        scores = scores + weights.kind * (1 - scores) * hinted
    scores = np.where(found, scores, 0)
    order = np.argsort(-scores, kind="stable")[:limit]
    return [(int(row), round(min(100.0, float(scores[row]) * 100), 1)) for row in order if scores[row] > 0]
