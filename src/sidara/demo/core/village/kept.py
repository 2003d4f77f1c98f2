"""The answers of some villages kept small in memory: each form of a period packed, read again when needed."""

import pickle  # only what this process packed itself
import zlib
from collections.abc import Iterator, Sequence

from sidara.collection.core import EXAMPLES
from sidara.collection.core.answering import Given
from sidara.collection.core.submission import SubmissionKey
from sidara.demo.core.village import fill
from sidara.demo.core.village.cells import cells_of
from sidara.dictionary.core import Dictionary

FAST = 1
"""The level of compression that costs least."""


class Answered:
    """What villages answer, by submission."""

    def __init__(
        self, dictionary: Dictionary, years: Sequence[int], *, seed: int, unknown_percent: int
    ) -> None:
        """Begin with no village."""
        self.dictionary, self.years, self.seed, self.unknown_percent = (
            dictionary,
            years,
            seed,
            unknown_percent,
        )
        self._packed: dict[str, dict[SubmissionKey, bytes]] = {}

    def of(self, key: SubmissionKey) -> list[Given]:
        """Give the cells of a submission; none where the village is not asked that form."""
        packed = self._village(key.region).get(key)
        return [] if packed is None else [Given(*one) for one in pickle.loads(zlib.decompress(packed))]  # noqa: S301 - our own

    def keys(self, region: str) -> Iterator[SubmissionKey]:
        """Give the submissions of a village."""
        yield from self._village(region)

    def drop(self, region: str) -> None:
        """Forget a village; it is made again when it is asked for."""
        self._packed.pop(region, None)

    def _village(self, region: str) -> dict[SubmissionKey, bytes]:
        if region not in self._packed:
            answers = fill(
                self.dictionary, region, self.years, seed=self.seed, unknown_percent=self.unknown_percent
            )
            plain: dict[SubmissionKey, list[tuple[str, ...]]] = {}
            for one in cells_of(self.dictionary, answers, EXAMPLES, seed=self.seed):
                cell = one.cell
                parts = cell.variable, cell.value, cell.state, cell.breakdown, cell.row, cell.explanation
                plain.setdefault(one.key, []).append(parts)
            self._packed[region] = {
                key: zlib.compress(pickle.dumps(cells), FAST) for key, cells in plain.items()
            }
        return self._packed[region]
