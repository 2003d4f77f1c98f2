"""What a planner asks the pages of *Sasaran*, as the address says it, and the question for the core."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from sidara.collection.core import COLLECTION, EXAMPLES
from sidara.programmes.core.targeting.need import Source
from sidara.programmes.core.targeting.question import FIRST_INDEX, AskedPart, NeedQuery, weight

type Pairs = Sequence[tuple[str, str]]
TOP, MOST_TOP = 20, 200
LONGEST = 1000
SIMULATED = "simulasi"
EDITOR = "/program/baru"
"""Where an activity is begun; what is known goes along."""
PARTS = {Source.ITEM: "butir", Source.INDICATOR: "indikator", Source.FORMULA: "rumus"}
"""What an address calls the parts of a need."""


@dataclass(frozen=True)
class Asked:
    """The parts of the address in their order; `one` gives the last value of a name."""

    pairs: Pairs
    area: str = ""
    values: Mapping[str, str] = field(default_factory=dict)

    def one(self, name: str) -> str:
        """Give what a name says, empty where it says nothing."""
        return self.values.get(name, "")

    def all(self, name: str) -> tuple[str, ...]:
        """Give every value of a name, each once."""
        return tuple(dict.fromkeys(value for own, value in self.pairs if own == name))

    @property
    def is_simulated(self) -> bool:
        """Say whether the example villages are asked for."""
        return self.one("data") == SIMULATED

    @property
    def answers(self) -> str:
        """Give the data set of what villages filled in."""
        return EXAMPLES if self.is_simulated else COLLECTION

    @property
    def index(self) -> str:
        """Give the name of the index."""
        return self.one("indeks") or FIRST_INDEX

    @property
    def year(self) -> int | None:
        """Give the year of the figures, `None` = the newest."""
        text = self.one("tahun")
        return int(text) if text.isascii() and text.isdigit() and len(text) == 4 else None

    @property
    def top(self) -> int:
        """Give how many villages are looked at."""
        text = self.one("teratas")
        return min(max(int(text), 1), MOST_TOP) if text.isascii() and text.isdigit() else TOP

    @property
    def query(self) -> str:
        """Give the address again."""
        return urlencode(self.pairs)

    @property
    def start(self) -> str:
        """Give where an activity is begun for the list that was kept."""
        told = {"daftar": self.one("daftar")} | ({"data": SIMULATED} if self.is_simulated else {})
        return f"{EDITOR}?{urlencode(told)}"

    def other(self, **changes: str) -> str:
        """Give the address with some parts changed; an empty one is left out."""
        kept = [(name, value) for name, value in self.pairs if name not in changes]
        return urlencode([*kept, *((name, value) for name, value in changes.items() if value)])

    def parts(self) -> tuple[AskedPart, ...]:
        """Give the parts of the need; the whole index where none is named."""
        return tuple(self._parts()) or (AskedPart(Source.INDEX),)

    def _parts(self) -> Iterator[AskedPart]:
        for source, name in PARTS.items():
            for text in self.all(name):
                yield AskedPart(source, text, weight(self.one(f"bobot-{text}")) or AskedPart(source).weight)
        if self.one("status"):
            yield AskedPart(Source.STATUS)

    def need(self, top: int | None = None) -> NeedQuery:
        """Give the question."""
        return NeedQuery(
            self.parts(),
            self.index,
            self.area or None,
            self.year,
            self.one("himpunan"),
            self.answers,
            top or self.top,
        )


def read(pairs: Pairs, area: str) -> Asked:
    """Read an address; what is empty, too long or not printable is left out."""
    kept = [
        (name, value.strip())
        for name, value in pairs
        if value.strip() and len(value) <= LONGEST and value.replace("\n", " ").isprintable()
    ]
    return Asked(kept, area, dict(kept))
