"""Search by words over all codes and kinds: case, order and a slip of spelling do not matter.

The score of a hit is 0 to 100: each word of the question counts by how rare it is and by the best word it
meets, in the name, else in the indicator, else around it (programme, kind), each with its weight.
A code, or its beginning, is found as such.
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

from sidara.programmes.core.codes.catalogue import Catalogue
from sidara.programmes.core.codes.entry import Entry
from sidara.programmes.core.codes.kinds import Kind
from sidara.programmes.core.words import Government

_WORD = re.compile(r"[^\W_]+")
SHORT = 3
"""Up to so many letters a word is held as it is: a slip in it is another word."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How a word counts by where it stands, and what is too little to be shown.

    `beginning`: the likeness of a short word with one that begins with it.
    """

    name: float
    indicator: float
    context: float
    word_likeness: float
    beginning: float
    floor: float
    most: int
    stop_words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Hit:
    """What was found: an entry or a kind, with its score (0 to 100)."""

    found: Entry | Kind
    score: float


@dataclass(frozen=True, slots=True)
class _Row:
    found: Entry | Kind
    parts: tuple[frozenset[str], frozenset[str], frozenset[str]]
    length: int


class Search:
    """The words of a catalogue, ready to be searched."""

    def __init__(self, catalogue: Catalogue, weights: Weights) -> None:
        """Take the catalogue; entries of special regions are left out."""
        self._catalogue, self._weights = catalogue, weights
        kinds = catalogue.kinds
        self._rows = [
            *(self._entry_row(one) for one in catalogue.entries() if not one.is_special),
            *(self._kind_row(one) for one in kinds.kinds),
        ]
        self._words = sorted({word for row in self._rows for part in row.parts for word in part})

    def _entry_row(self, one: Entry) -> _Row:
        kinds = self._catalogue.kinds.of_code(one.government, one.code)
        around = (*(parent.name for parent in one.parents), *(kind.name for kind in kinds), one.owner)
        return self._row(one, one.name, (one.indicator, one.performance), around)

    def _kind_row(self, one: Kind) -> _Row:
        labels = self._catalogue.kinds.labels
        around = (labels.get("groups", {}).get(one.group, ""), labels.get("fields", {}).get(one.field, ""))
        return self._row(one, one.name, (one.definition,), around)

    def _row(self, found: Entry | Kind, name: str, indicator: Iterable[str], around: Iterable[str]) -> _Row:
        parts = (self._told([name]), self._told(indicator), self._told(around))
        return _Row(found, parts, len(self._split(name)))

    def _told(self, texts: Iterable[str]) -> frozenset[str]:
        """Give the words of texts, and each two that stand together as one: BUM Desa is sought as BUMDes."""
        words = [self._split(text) for text in texts]
        pairs = (one + other for told in words for one, other in pairwise(told))
        return frozenset((*chain.from_iterable(words), *pairs))

    def _split(self, text: str) -> list[str]:
        words = [word.casefold() for word in _WORD.findall(text)]
        return [word for word in words if word not in self._weights.stop_words]

    def find(
        self,
        text: str,
        *,
        governments: Sequence[Government] = (),
        year: int | None = None,
        with_kinds: bool = True,
        limit: int | None = None,
    ) -> tuple[Hit, ...]:
        """Rank what a text means, best first; `governments` (none: all) and `year` choose among codes.

        Codes of which that year's list could not be read are shown, too.

        Kinds belong to no government: they are left out where one is asked.
        """
        wanted = governments or tuple(Government)
        by_code = self._by_code(text, wanted, year)
        if by_code:
            return by_code
        words = list(dict.fromkeys(self._split(text)))
        if not words:
            return ()
        alike = {word: self._alike(word) for word in words}
        worth = self._worth(alike)
        hits = []
        for row in self._rows:
            if isinstance(row.found, Kind):
                if not with_kinds or governments:
                    continue
            elif row.found.government not in wanted or not self._holds(row.found, year):
                continue
            score = self._score(alike, worth, row)
            if score >= self._weights.floor:
                hits.append((score, row))
        hits.sort(key=lambda one: (-round(one[0], 6), one[1].length, _order(one[1].found)))
        most = self._weights.most if limit is None else limit
        return tuple(Hit(row.found, round(score * 100, 1)) for score, row in hits[:most])

    def _holds(self, one: Entry, year: int | None) -> bool:
        return self._catalogue.nomenclature.may_hold_in(one, year)

    def _by_code(self, text: str, governments: Sequence[Government], year: int | None) -> tuple[Hit, ...]:
        """Give what a text is as a code: the code itself, else all that lie below it."""
        kind = self._catalogue.kinds.find(text)
        if kind is not None:
            return (Hit(kind, 100.0),)
        found: dict[object, Entry] = {}
        for government in governments:
            read = self._catalogue.read(government, text)
            if read is None:
                continue
            exact = [one for one in self._editions(government, read) if self._holds(one, year)]
            found |= {one.key: one for one in exact or self._below(government, read, year)}
        return tuple(Hit(one, 100.0) for one in found.values())

    def _editions(self, government: Government, read: str) -> tuple[Entry, ...]:
        if government in {Government.PROVINCE, Government.REGENCY}:
            return self._catalogue.nomenclature.editions(government, read)
        entry = self._catalogue.entry(government, read)
        return () if entry is None else (entry,)

    def _below(self, government: Government, read: str, year: int | None) -> list[Entry]:
        steps = self._catalogue.nomenclature.listed(read).split(".")
        return [
            row.found
            for row in self._rows
            if isinstance(row.found, Entry)
            and row.found.government is government
            and self._holds(row.found, year)
            and row.found.code.split(".")[: len(steps)] == steps
        ]

    def _alike(self, word: str) -> dict[str, float]:
        """Give the words of the catalogue that a word may be, with their likeness (0 to 1)."""
        found = {word: 1.0} if word in self._words else {}
        if len(word) <= SHORT:
            begun = (one for one in self._words if one.startswith(word))
            return dict.fromkeys(begun, self._weights.beginning) | found
        least = self._weights.word_likeness
        scores = process.extract(
            word, self._words, scorer=OSA.normalized_similarity, score_cutoff=least, limit=None
        )
        begins = {one: max(least, len(word) / len(one)) for one in self._words if one.startswith(word)}
        for one, likeness, _ in scores:
            begins[one] = max(begins.get(one, 0.0), likeness)
        return begins

    def _worth(self, alike: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
        """Give what each word counts: more the rarer it is; one that is nowhere counts as the commonest."""
        rows = len(self._rows)
        met = {
            word: sum(any(not part.isdisjoint(known) for part in row.parts) for row in self._rows)
            for word, known in alike.items()
        }
        told = {word: math.log(1 + rows / count) for word, count in met.items() if count}
        least = min(told.values(), default=1.0)
        return {word: told.get(word, least) for word in alike}

    def _score(
        self, alike: Mapping[str, Mapping[str, float]], worth: Mapping[str, float], row: _Row
    ) -> float:
        weights = (self._weights.name, self._weights.indicator, self._weights.context)
        got = 0.0
        for word, known in alike.items():
            told = (
                weight * known[one]
                for part, weight in zip(row.parts, weights, strict=True)
                for one in part & known.keys()
            )
            got += worth[word] * max(told, default=0.0)
        return got / sum(worth.values())


def _order(found: Entry | Kind) -> tuple[str, str, int]:
    """Put the newest first among the same."""
    if isinstance(found, Kind):
        return "", found.code, 0
    return found.code, found.government, -(found.valid_from or 0)
